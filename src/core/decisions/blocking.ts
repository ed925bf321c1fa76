import { countPoll, moveIn, standingOf, weightOf, type Count, type Poll } from "./count.ts";
import type { Participant } from "./events.ts";
import { measuresOf, rolesOf, type PositionKind, type Rule, type Standing } from "./procedure.ts";
import { isMet } from "./rules.ts";

/**
 * Who can still keep a proposal from being adopted. The baseline is the best that can come of the positions stated: those who have stated none are
 * counted in favour (`as-stated`). Where even that is not enough, the proposal is blocked as things stand, and the question is asked
 * of the case that everybody came round (`all-in-favour`).
 * - `alone`: each of these could block by itself, all others as in the baseline;
 * - `fewest`: the smallest number that could block together, null when all of them together cannot, 0 when nothing could ever adopt it; `example` is one such set, the heaviest first;
 * - `holding`: when blocked, those whose stated position is by itself what blocks: it would be adoptable if that one came round.
 */
export type Blocking = Readonly<{
  blocked: boolean;
  baseline: "as-stated" | "all-in-favour";
  alone: readonly string[];
  fewest: number | null;
  example: readonly string[];
  holding: readonly string[];
}>;

type Free = Readonly<{ participant: Participant; from: Standing; moves: readonly Standing[] }>;
type Scene = Readonly<{ rule: Rule; count: Count; free: readonly Free[] }>;

/** Exact for rules that use the plain count and at most one weight, as every procedure that can be read does. */
export function whoCanBlock(rule: Rule, poll: Poll, allowed: readonly PositionKind[]): Blocking {
  const stated = sceneOf(rule, poll, allowed, (standing) => (standing === "silent" ? "for" : standing));
  const blocked = !isMet(rule, stated.count);
  const scene = blocked ? sceneOf(rule, poll, allowed, () => "for") : stated;
  const example = smallestBlock(scene);
  return {
    blocked,
    baseline: blocked ? "all-in-favour" : "as-stated",
    alone: scene.free
      .filter((one) => one.moves.some((to) => !isMet(rule, moveIn(rule, scene.count, [{ ...one, to }]))))
      .map((one) => one.participant.id),
    fewest: example === null ? null : example.length,
    example: example ?? [],
    holding: blocked ? holders(stated) : [],
  };
}

/** The baseline's count, and where each could go from there: any position it may state, or none where it has stated none. */
function sceneOf(
  rule: Rule,
  poll: Poll,
  allowed: readonly PositionKind[],
  baseline: (standing: Standing) => Standing,
): Scene {
  const standing = new Map(poll.participants.map((one) => [one.id, baseline(standingOf(poll, one.id))]));
  const free = poll.participants.map((participant): Free => {
    const now = standingOf(poll, participant.id);
    const from = standing.get(participant.id) ?? "silent";
    const open: readonly Standing[] = now === "silent" ? [...allowed, "silent"] : allowed;
    return { participant, from, moves: open.filter((to) => to !== from) };
  });
  return { rule, count: countPoll(rule, { ...poll, standing }), free };
}

function holders({ rule, count, free }: Scene): string[] {
  return free
    .filter((one) => one.from !== "for" && isMet(rule, moveIn(rule, count, [{ ...one, to: "for" }])))
    .map((one) => one.participant.id);
}

/**
 * A smallest set that blocks, all its members moving to one standing. Participants alike in roles and standing differ only in the one weight, so the
 * heaviest of each kind block if any so many of that kind do: only how many come from each kind has to be tried.
 */
function smallestBlock(scene: Scene): string[] | null {
  const standingsTried = [...new Set(scene.free.flatMap((one) => one.moves))];
  let smallest: string[] | null = null;
  for (const to of standingsTried) {
    const kinds = kindsOf(scene, to);
    const limit = smallest === null ? scene.free.length : smallest.length - 1;
    for (let size = 0; size <= limit; size += 1) {
      const found = blockOfSize(scene, kinds, to, size);
      if (found === null) continue;
      smallest = found;
      break;
    }
  }
  return smallest;
}

function kindsOf({ rule, free }: Scene, to: Standing): readonly (readonly Free[])[] {
  const [measure = "members"] = measuresOf(rule);
  const kinds = new Map<string, Free[]>();
  for (const one of free) {
    if (!one.moves.includes(to)) continue;
    const key = [one.from, ...rolesOf(rule).filter((role) => one.participant.roles.includes(role))].join("|");
    const kind = kinds.get(key);
    if (kind === undefined) kinds.set(key, [one]);
    else kind.push(one);
  }
  const heavier = (a: Free, b: Free): number => {
    const difference = weightOf(b.participant, measure) - weightOf(a.participant, measure);
    return difference > 0n ? 1 : difference < 0n ? -1 : 0;
  };
  return [...kinds.values()].map((kind) => kind.sort(heavier));
}

/** The heaviest `size` members that block, by any division of the size over the kinds; null when none does. */
function blockOfSize(scene: Scene, kinds: readonly (readonly Free[])[], to: Standing, size: number): string[] | null {
  const [kind, ...rest] = kinds;
  if (size === 0) return isMet(scene.rule, scene.count) ? null : [];
  if (kind === undefined) return null;
  let count = scene.count;
  for (let taken = 0; taken <= Math.min(size, kind.length); taken += 1) {
    const added = kind[taken - 1];
    if (added !== undefined) count = moveIn(scene.rule, count, [{ ...added, to }]);
    const others = blockOfSize({ ...scene, count }, rest, to, size - taken);
    if (others !== null) return [...kind.slice(0, taken).map((one) => one.participant.id), ...others];
  }
  return null;
}
