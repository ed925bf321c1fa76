import { z } from "zod";
import { streams } from "#core/bindingness.ts";
import { reaches, type Chain, type DeliveryPolicy } from "#core/delivery/chain.ts";
import { MainstayError } from "#core/errors.ts";

const word = z.string().regex(/^[a-z][a-z-]*$/);
const name = z.string().min(1);
const days = z.int().min(1).max(3650);
const state = z.strictObject({
  id: word,
  name,
  reached: z.enum(reaches),
  with: z.enum(["giver", "carrier", "hub", "recipient"]).nullable(),
  stages: z.partialRecord(z.enum(streams), word.nullable()),
});
const event = z.strictObject({
  id: word,
  name,
  side: z.enum(["donor", "recipient", "either"]),
  from: z.array(word).min(1),
  to: word,
  reason: z.boolean(),
});
const chain = z.strictObject({
  stream: z.enum(streams),
  starts: word,
  handedOver: word,
  confirmed: word,
  onTheWay: word,
  states: z.array(state).min(1),
  events: z.array(event).min(1),
});
const policy = z.strictObject({
  validFrom: z.iso.date(),
  watch: z.strictObject({ stuckDays: days, unconfirmedDays: days, linkDays: days }),
  chains: z.array(chain).length(streams.length),
});

/**
 * The courses that consignments take, from the text of `deliveries.json`.
 * @throws MainstayError reference_invalid when it is not such a file, a stream has not exactly one course, a course names a state that it has not, or
 *   one name is a state of two meanings
 */
export function readDeliveryPolicy(text: string): DeliveryPolicy {
  const found = policy.safeParse(parsed(text));
  if (!found.success) throw refusal(z.prettifyError(found.error));
  for (const stream of streams) {
    const chains = found.data.chains.filter((one) => one.stream === stream);
    if (chains.length !== 1 || chains[0] === undefined) throw refusal(`${chains.length} courses of ${stream}`);
    checkChain(chains[0]);
  }
  checkReaches(found.data.chains);
  return found.data;
}

/** Coverage counts states over all courses by their names. */
function checkReaches(chains: readonly Chain[]): void {
  const reached = new Map<string, string>();
  for (const { id, reached: now } of chains.flatMap((one) => one.states)) {
    if ((reached.get(id) ?? now) !== now) throw refusal(`the state ${id} with two meanings`);
    reached.set(id, now);
  }
}

function checkChain(one: Chain): void {
  const ids = one.states.map((each) => each.id);
  if (new Set(ids).size !== ids.length) throw refusal(`a state of ${one.stream} named twice`);
  const named = [one.starts, one.handedOver, one.confirmed, one.onTheWay].concat(
    one.events.flatMap((each) => [...each.from, each.to]),
  );
  const stranger = named.find((id) => !ids.includes(id));
  if (stranger !== undefined) throw refusal(`the state ${stranger} of ${one.stream}`);
  if (!one.events.some((each) => each.id === "confirm" && each.to === one.confirmed && each.side === "recipient"))
    throw refusal(`no event by which the recipient of ${one.stream} confirms`);
  // Money pays for anything: whatever is bought stands in the ledger as money too.
  const unplaced = one.states.find(
    (each) => each.stages[one.stream] === undefined || each.stages.finance === undefined,
  );
  if (unplaced !== undefined) throw refusal(`${unplaced.id} of ${one.stream} without a stage`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal("text that is not JSON");
  }
}

function refusal(found: string): MainstayError {
  return new MainstayError("reference_invalid", found, { file: "deliveries.json" });
}
