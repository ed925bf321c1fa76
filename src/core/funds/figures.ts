/** What can happen to a fund's money. */
export const actKinds = [
  "call",
  "pledge",
  "receipt",
  "credit",
  "place",
  "pay",
  "release",
  "acknowledge",
  "reallocate",
  "reversal",
] as const;
export type ActKind = (typeof actKinds)[number];

/** What moved, summed: the money of a fund's lines (pot), what members are called for (contribution), what is pledged voluntarily (pledge). */
export type Flow = Readonly<{
  role: "pot" | "contribution" | "pledge";
  claim: number | null; // the share of a call, or the pledge
  line: string;
  earmark: string | null;
  leaves: number; // the class left, 0 outside, 1 said to 5 received
  enters: number;
  moved: boolean; // of a pot: moved in from another line, not received
  amount: bigint; // smallest parts; what was taken back is taken off
}>;

const through = (flows: readonly Flow[], leaves: number, enters: number, moved?: boolean): bigint =>
  flows.reduce(
    (sum, flow) =>
      flow.leaves === leaves && flow.enters === enters && (moved === undefined || flow.moved === moved)
        ? sum + flow.amount
        : sum,
    0n,
  );

/** A line's money. `placed` is not yet paid; `available` is received, or moved in, and neither placed, paid nor moved out. */
export type PotFigures = Readonly<{
  received: bigint;
  movedIn: bigint;
  movedOut: bigint;
  placed: bigint;
  paid: bigint;
  acknowledged: bigint;
  available: bigint;
}>;

export function potFigures(flows: readonly Flow[]): PotFigures {
  const own = flows.filter((flow) => flow.role === "pot");
  const received = through(own, 0, 2, false);
  const movedIn = through(own, 0, 2, true);
  const movedOut = through(own, 2, 0);
  const [placed, freed, paidPlaced, paidAtOnce] = [
    through(own, 2, 3),
    through(own, 3, 2),
    through(own, 3, 4),
    through(own, 2, 4),
  ];
  return {
    received,
    movedIn,
    movedOut,
    placed: placed - freed - paidPlaced,
    paid: paidPlaced + paidAtOnce,
    acknowledged: through(own, 4, 5),
    available: received + movedIn - movedOut - placed + freed - paidAtOnce,
  };
}

/** What was called, what of it was credited in kind or remitted, what came, what is outstanding. */
export type ClaimFigures = Readonly<{ called: bigint; credited: bigint; received: bigint; outstanding: bigint }>;

export function contributionFigures(flows: readonly Flow[]): ClaimFigures {
  const own = flows.filter((flow) => flow.role === "contribution");
  const [called, credited, received] = [through(own, 0, 2), through(own, 2, 0), through(own, 2, 5)];
  return { called, credited, received, outstanding: called - credited - received };
}

export function pledgeFigures(flows: readonly Flow[]): ClaimFigures {
  const own = flows.filter((flow) => flow.role === "pledge");
  const [called, credited, received] = [through(own, 0, 1), through(own, 1, 0), through(own, 1, 5)];
  return { called, credited, received, outstanding: called - credited - received };
}

/** What stands at the classes: all that entered them less all that left, in whatever way. */
function standing(flows: readonly Flow[], classes: readonly number[]): bigint {
  return flows.reduce((sum, { enters, leaves, amount }) => {
    return sum + (classes.includes(enters) ? amount : 0n) - (classes.includes(leaves) ? amount : 0n);
  }, 0n);
}

/**
 * Whether the fund's money adds up: what its lines received is what contributors paid, and what the figures call available, placed and paid is what
 * stands there, whatever way it came. What is moved between lines of one fund nets out; between funds it is in or out.
 */
export function moneyAgrees(flows: readonly Flow[]): boolean {
  const own = flows.filter((flow) => flow.role === "pot");
  const { received, available, placed, paid } = potFigures(own);
  const paidIn = contributionFigures(flows).received + pledgeFigures(flows).received;
  return (
    received === paidIn &&
    available === standing(own, [2]) &&
    placed === standing(own, [3]) &&
    paid === standing(own, [4, 5])
  );
}

/** Whole days from a day to a later one, 0 when it is not later. */
export function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000));
}
