import type { Stream } from "#core/bindingness.ts";
import type { Chain } from "#core/delivery/chain.ts";
import { foldMoves, type Move } from "#core/delivery/fold.ts";
import { dayItCounts, ledgerSteps, type StageChange } from "#core/delivery/ledger.ts";
import { MainstayError } from "#core/errors.ts";
import type { DeliverySide } from "#core/views-delivery.ts";
import { constraintOf, detailOf, type Queries } from "#store/database.ts";
import { insertEvent, insertMoves, insertSaid, linkEventPostings } from "#store/delivery/events.ts";
import { carriedPlacements, stageChanges, type CarriedPlacement } from "#store/delivery/placements.ts";
import { postSteps, type Step } from "../post.ts";
import type { Cut } from "../planning/cut.ts";
import { lineAt, type Carried } from "./carried.ts";
import { sourceOf } from "./source.ts";

/** When something is entered and by whom. */
export type Doing = Readonly<{ now: string; actor: string }>;

/** What was reported of a consignment, beside what it moved. `source`: a source's id; the side's own reports where null. */
export type Report = Readonly<{
  kind: string;
  side: DeliverySide;
  on: string;
  place?: string | null | undefined;
  evidence?: string | null | undefined;
  reason?: string | undefined;
  source?: string | null | undefined;
  partner?: number | undefined;
}>;

/**
 * Puts an event on record with what it moved and what the recipient said, and has the ledger follow, under the book's lock and in the transaction under way.
 * What is only taken in, split or merged stays where it was in the ledger. Returns the event's number.
 * @throws MainstayError unknown_source, more_than_stands_there, placement_carried_already; those of postSteps
 */
export async function enact(
  trx: Queries,
  cut: Cut,
  carried: Carried,
  report: Report,
  moves: readonly Move[],
  doing: Doing,
  said: readonly Readonly<{ line: number; pieces: bigint }>[] = [],
): Promise<number> {
  const source = await sourceOf(trx, cut, carried, report);
  const placements = await carriedPlacements(trx, cut.bookNo, {
    numbers: [...new Set(moves.map((move) => lineAt(carried, move.line).placementNo))],
  });
  const made = {
    consignmentNo: carried.no,
    kind: report.kind,
    side: report.side,
    on: report.on,
    place: report.place ?? null,
    evidence: report.evidence ?? null,
    reason: report.reason ?? "",
    partner: report.partner ?? null,
    knownAt: doing.now,
    sourceNo: source.no,
    actor: doing.actor,
  };
  const no = await insertEvent(trx, made);
  await enterMoves(trx, carried, no, moves);
  await insertSaid(
    trx,
    { no, consignmentNo: carried.no },
    said.map(({ line, pieces }) => ({ lineNo: lineAt(carried, line).no, pieces })),
  );
  if (moves.some((move) => move.from === null || move.to === null)) return no;
  const byPlacement = Map.groupBy(moves, (move) => lineAt(carried, move.line).placementNo);
  const steps = placements.flatMap((placement) =>
    stepsOf(carried.chain, placement, byPlacement.get(placement.no) ?? [], report, source.id, carried, doing.now),
  );
  await linkEventPostings(trx, no, await postSteps(trx, await dated(trx, steps, report.on), doing.actor));
  return no;
}

async function enterMoves(trx: Queries, carried: Carried, event: number, moves: readonly Move[]): Promise<void> {
  try {
    await insertMoves(
      trx,
      { no: event, consignmentNo: carried.no },
      moves.map(({ line, from, to, pieces }) => ({ lineNo: lineAt(carried, line).no, from, to, pieces })),
    );
  } catch (error) {
    throw deliveryRefusal(error);
  }
}

function deliveryRefusal(error: unknown): unknown {
  const constraint = constraintOf(error);
  if (constraint === "delivery_state_below_zero") return new MainstayError("more_than_stands_there", detailOf(error));
  if (constraint === "placement_carried_once") return new MainstayError("placement_carried_already", detailOf(error));
  return error;
}

function stepsOf(
  chain: Chain,
  placement: CarriedPlacement,
  moves: readonly Move[],
  report: Report,
  source: string,
  carried: Carried,
  knownAt: string,
): Step[] {
  const before = new Map(Object.entries(placement.standing).map(([state, pieces]) => [state, BigInt(pieces)]));
  const placed = { pieces: BigInt(placement.pieces), quantity: BigInt(placement.quantity) };
  const stream: Stream = placement.promiseStream;
  return ledgerSteps(chain, stream, placed, before, foldMoves(moves, before)).map(({ from, to, quantity }) => ({
    promise: placement.promise,
    unit: placement.unit,
    from,
    to,
    quantity,
    reported: null,
    effective: { on: report.on, precision: "day" },
    knownAt,
    source,
    reason: reasonOf(chain, carried, report),
  }));
}

/** The steps, each from the day it is reported of or, where not as much stood there yet, the first on which it can count. */
async function dated(trx: Queries, steps: readonly Step[], on: string): Promise<Step[]> {
  const stages = new Map<string, StageChange[]>();
  const at = (promise: string, stage: string) => {
    const name = `${promise}\t${stage}`;
    const changes = stages.get(name) ?? [];
    stages.set(name, changes);
    return changes;
  };
  for (const { promise, stage, on: day, change } of await stageChanges(
    trx,
    steps.map((step) => step.promise),
  ))
    at(promise, stage).push({ on: day, change: BigInt(change) });
  return steps.map((step) => {
    const { promise, from, to, quantity } = step;
    const day = from === null ? on : dayItCounts(at(promise, from), quantity, on);
    if (from !== null) at(promise, from).push({ on: day, change: -quantity });
    if (to !== null) at(promise, to).push({ on: day, change: quantity });
    return { ...step, effective: { on: day, precision: "day" } };
  });
}

function reasonOf(chain: Chain, carried: Carried, { kind, reason = "" }: Report): string {
  const name = chain.events.find((event) => event.id === kind)?.name ?? "Corrected after a query";
  return `Consignment ${carried.id}: ${name}${reason === "" ? "" : `; ${reason}`}`;
}
