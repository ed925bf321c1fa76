import type { Participant } from "./events.ts";
import { conditionsOf, measuresOf, rolesOf, standings, type Ratio, type Rule, type Standing } from "./procedure.ts";

/** Who takes part and where each stands. Those without an entry are silent. */
export type Poll = Readonly<{
  participants: readonly Participant[]; // only those who take part
  allTakePart: boolean;
  underSilence: boolean;
  standing: ReadonlyMap<string, Standing>;
}>;

/** Sums by role (the empty one is everybody), standing and measure: all that a rule looks at. */
export type Count = Readonly<{
  allTakePart: boolean;
  underSilence: boolean;
  sums: ReadonlyMap<string, bigint>;
  minimums: ReadonlyMap<string, bigint>;
}>;

export function standingOf(poll: Poll, participant: string): Standing {
  return poll.standing.get(participant) ?? "silent";
}

/** A participant's weight in a measure; `members` is one each. */
export function weightOf(participant: Participant, measure: string): bigint {
  return measure === "members" ? 1n : (participant.weights[measure] ?? 0n);
}

const place = (role: string | null, standing: Standing, measure: string): string =>
  `${role ?? ""}|${standing}|${measure}`;

/** The sum of a measure over those who stand in one of the ways named, in a role where one is named. */
export function sumOf(count: Count, role: string | null, ways: readonly Standing[], measure: string): bigint {
  return ways.reduce((sum, way) => sum + (count.sums.get(place(role, way, measure)) ?? 0n), 0n);
}

/** The fewest participants who can hold more than the share of a measure together. */
function fewestOver(participants: readonly Participant[], measure: string, share: Ratio): bigint {
  const weights = participants.map((one) => weightOf(one, measure)).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  const whole = weights.reduce((a, b) => a + b, 0n);
  let held = 0n;
  let fewest = 0n;
  for (const weight of weights) {
    held += weight;
    fewest += 1n;
    if (held * share.denominator > share.numerator * whole) return fewest;
  }
  return fewest;
}

/** How a blocking minimum is looked up in a count. */
export function minimumKey(measure: string, share: Ratio): string {
  return `${measure}|${share.numerator}/${share.denominator}`;
}

/** Counts a poll for a rule. */
export function countPoll(rule: Rule, poll: Poll): Count {
  const minimums = new Map<string, bigint>();
  for (const { bound } of conditionsOf(rule)) {
    if (bound.kind !== "blocking-minimum") continue;
    minimums.set(minimumKey(bound.measure, bound.share), fewestOver(poll.participants, bound.measure, bound.share));
  }
  const sums = new Map<string, bigint>();
  for (const one of poll.participants) addTo(sums, rule, one, standingOf(poll, one.id), 1n);
  return { allTakePart: poll.allTakePart, underSilence: poll.underSilence, sums, minimums };
}

/** The count after participants have moved: each `from` one standing `to` another. */
export function moveIn(
  rule: Rule,
  count: Count,
  moves: readonly Readonly<{ participant: Participant; from: Standing; to: Standing }>[],
): Count {
  const sums = new Map(count.sums);
  for (const { participant, from, to } of moves) {
    addTo(sums, rule, participant, from, -1n);
    addTo(sums, rule, participant, to, 1n);
  }
  return { ...count, sums };
}

function addTo(
  sums: Map<string, bigint>,
  rule: Rule,
  participant: Participant,
  standing: Standing,
  sign: bigint,
): void {
  const roles = [null, ...rolesOf(rule).filter((role) => participant.roles.includes(role))];
  for (const role of roles) {
    for (const measure of ["members", ...measuresOf(rule)]) {
      const key = place(role, standing, measure);
      sums.set(key, (sums.get(key) ?? 0n) + sign * weightOf(participant, measure));
    }
  }
}

/** For each standing how many there are and what they weigh, for a table. Weights by measure, `members` first. */
export function tableOf(
  rule: Rule,
  poll: Poll,
): readonly Readonly<{ standing: Standing; weights: Readonly<Record<string, bigint>> }>[] {
  const count = countPoll(rule, poll);
  return standings.map((standing) => ({
    standing,
    weights: Object.fromEntries(
      ["members", ...measuresOf(rule)].map((measure) => [measure, sumOf(count, null, [standing], measure)]),
    ),
  }));
}
