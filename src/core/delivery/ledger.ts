import type { Stream } from "../bindingness.ts";
import { roundHalfAway } from "../money.ts";
import { present } from "../present.ts";
import { stateOf, type Chain } from "./chain.ts";
import type { Standing } from "./fold.ts";

/** A placement as the ledger has it: so many pieces, which are so much of its promise's unit. */
export type PlacedQuantity = Readonly<{ pieces: bigint; quantity: bigint }>;

/** From a stage of the promise to another; null is out of the promise. */
export type LedgerStep = Readonly<{ from: string | null; to: string | null; quantity: bigint }>;

/**
 * What `pieces` of a placement's pieces are in the ledger: its quantity shared by pieces, cumulatively, to the smallest part, so that the parts always add up
 * to the whole. Where a piece is one of the unit, the number itself.
 */
export function shareOf({ pieces: all, quantity }: PlacedQuantity, pieces: bigint): bigint {
  return roundHalfAway(quantity * pieces, all);
}

/** The stages of a promise's stream that a chain's pieces pass, in order, the outside first: there what is lost goes. */
export function stagesOf(chain: Chain, stream: Stream): readonly (string | null)[] {
  const named = chain.states.flatMap((state) => {
    const stage = stageOf(chain, stream, state.id);
    return stage === null ? [] : [stage];
  });
  return [null, ...new Set(named)];
}

/** The stage of a promise's stream at which pieces in a state stand; null is out of the ledger. */
function stageOf(chain: Chain, stream: Stream, state: string): string | null {
  const stage = present(stateOf(chain, state).stages[stream], `the stage of ${stream} for ${state}`);
  return stage === null ? null : `${stream}.${stage}`;
}

/** So much that came to a stage, or left it, on a day. */
export type StageChange = Readonly<{ on: string; change: bigint }>;

/**
 * The day from which so much counts as having left a stage: the one reported, or the first later one from which on as much is there every day. What is put on
 * record late, or dated before what went ahead of it, leaves no day on which less than nothing stands there.
 */
export function dayItCounts(changes: readonly StageChange[], quantity: bigint, on: string): string {
  const balances = new Map([[on, 0n]]);
  let balance = 0n;
  for (const { on: day, change } of changes.toSorted((one, other) => (one.on < other.on ? -1 : 1))) {
    balance += change;
    balances.set(day < on ? on : day, balance);
  }
  const short = [...balances].findLastIndex(([, there]) => there < quantity);
  const [first] = [...balances.keys()].slice(short + 1);
  return short < 0 ? on : (first ?? on);
}

/** What of a placement stands at each stage, by the states of all its pieces; those that no consignment carries are where they were placed. */
export function atStages(
  chain: Chain,
  stream: Stream,
  placed: PlacedQuantity,
  standing: Standing,
): ReadonlyMap<string | null, bigint> {
  const stages = stagesOf(chain, stream);
  const reached = cumulative(chain, stream, placed, standing);
  return new Map(stages.map((stage, index) => [stage, (reached[index] ?? 0n) - (reached[index + 1] ?? 0n)] as const));
}

/** What stands at each stage or beyond it. */
function cumulative(chain: Chain, stream: Stream, placed: PlacedQuantity, standing: Standing): readonly bigint[] {
  const stages = stagesOf(chain, stream);
  const pieces = stages.map(() => 0n);
  let carried = 0n;
  for (const [state, count] of standing) {
    // What came back is where it was placed, and may be carried again.
    if (stateOf(chain, state).reached === "returned") continue;
    const at = stages.indexOf(stageOf(chain, stream, state));
    for (let index = 0; index <= at; index += 1) pieces[index] = (pieces[index] ?? 0n) + count;
    carried += count;
  }
  const start = stages.indexOf(stageOf(chain, stream, chain.starts));
  for (let index = 0; index <= start; index += 1) pieces[index] = (pieces[index] ?? 0n) + placed.pieces - carried;
  return pieces.map((count) => shareOf(placed, count));
}

/**
 * The steps by which the ledger follows when a placement's pieces go from one standing to another: as few as there can be, and such that what stands at each
 * stage is its share to the smallest part, however the pieces came there.
 */
export function ledgerSteps(
  chain: Chain,
  stream: Stream,
  placed: PlacedQuantity,
  before: Standing,
  after: Standing,
): LedgerStep[] {
  const stages = stagesOf(chain, stream);
  const [was, is] = [cumulative(chain, stream, placed, before), cumulative(chain, stream, placed, after)];
  // What crosses into each stage from the one before it; never into the first, which nothing is before.
  const flows = stages.map((_, index) => (index === 0 ? 0n : (is[index] ?? 0n) - (was[index] ?? 0n)));
  const steps: LedgerStep[] = [];
  for (;;) {
    const first = flows.findIndex((flow) => flow !== 0n);
    if (first < 0) return steps;
    const forward = (flows[first] ?? 0n) > 0n;
    let last = first;
    while ((flows[last + 1] ?? 0n) !== 0n && (flows[last + 1] ?? 0n) > 0n === forward) last += 1;
    const run = flows.slice(first, last + 1).map((flow) => (flow < 0n ? -flow : flow));
    const least = run.reduce((low, flow) => (flow < low ? flow : low));
    for (let index = first; index <= last; index += 1) flows[index] = (flows[index] ?? 0n) + (forward ? -least : least);
    const [low, high] = [stages[first - 1] ?? null, stages[last] ?? null];
    steps.push(forward ? { from: low, to: high, quantity: least } : { from: high, to: low, quantity: least });
  }
}
