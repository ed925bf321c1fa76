import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MainstayError } from "#core/errors.ts";
import { countByHalves } from "#core/power/halves.ts";
import { votingGame, type VotingGame } from "#core/power/game.ts";
import { votingPower, type VotingPower } from "#core/power/indices.ts";
import { ratioText } from "#core/power/ratio.ts";
import { countByTable } from "#core/power/table.ts";
import { fullEffort } from "#core/power/winning.ts";
import { enumeratePower } from "./enumerate.ts";

/** Small games of every make: weights with and without zeros and common divisors, all quotas, member floors, vetoes, a blocking floor. */
const games = fc
  .record({
    weights: fc.oneof(
      fc.array(fc.nat(6), { minLength: 1, maxLength: 9 }),
      fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 9 }),
      fc.array(
        fc.nat(4).map((weight) => weight * 10),
        { minLength: 1, maxLength: 9 },
      ),
    ),
    quota: fc.double({ min: 0, max: 1, noNaN: true }),
    leastMembers: fc.nat(9),
    vetoes: fc.array(fc.nat(8), { maxLength: 2 }),
    leastAgainst: fc.nat(3),
  })
  .map(({ weights, quota, leastMembers, vetoes, leastAgainst }): VotingGame | undefined => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const parts = {
      leastMembers: leastMembers % (weights.length + 1),
      vetoes: vetoes.map((veto) => veto % weights.length),
      leastAgainst,
    };
    try {
      return votingGame(weights, Math.round(quota * total), parts);
    } catch (error) {
      if (error instanceof MainstayError) return undefined;
      throw error;
    }
  })
  .filter((game) => game !== undefined);

const methods = {
  "the one chosen": fullEffort,
  halves: { ...fullEffort, steps: -1 },
  table: { ...fullEffort, held: 0 },
};

describe.each(Object.entries(methods))("counting by %s", (_name, effort) => {
  test("gives what forming every coalition gives", () => {
    fc.assert(
      fc.property(games, (game) => {
        const { method, ...power } = votingPower(
          game,
          effort.held === 0 && game.weights.some((w) => w > 60) ? fullEffort : effort,
        );
        expect(["sizes", "table", "halves"]).toContain(method);
        expect(power).toEqual(enumeratePower(game));
      }),
      { numRuns: 400 },
    );
  });
});

test("both methods count the same in games too large to form every coalition", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 28, maxLength: 32 }),
      fc.nat(600),
      (weights, most) => {
        expect(countByHalves(weights, most)).toEqual(countByTable(weights, most));
      },
    ),
    { numRuns: 15 },
  );
});

const total = (members: VotingPower["members"], of: "banzhaf" | "shapley"): string => {
  const denominator = members.reduce((product, member) => product * member[of].denominator, 1n);
  const sum = members.reduce(
    (left, member) => left + (member[of].numerator * denominator) / member[of].denominator,
    0n,
  );
  return sum === denominator ? "one" : `${sum}/${denominator}`;
};

const compare = (left: VotingPower["members"][number], right: VotingPower["members"][number]): number =>
  Number(left.shapley.numerator * right.shapley.denominator - right.shapley.numerator * left.shapley.denominator);

test("both indices add up to exactly one", () => {
  fc.assert(
    fc.property(games, (game) => {
      const { members } = votingPower(game);
      expect(total(members, "shapley")).toBe("one");
      expect(total(members, "banzhaf")).toBe("one");
    }),
  );
});

test("members that the rule does not tell apart have the same power; more weight is never less power", () => {
  fc.assert(
    fc.property(games, (game) => {
      const { members } = votingPower(game);
      for (const [left, one] of members.entries()) {
        for (const [right, other] of members.entries()) {
          if (game.vetoes[left] !== game.vetoes[right]) continue;
          const heavier = (game.weights[left] ?? 0) - (game.weights[right] ?? 0);
          if (heavier === 0) expect(one).toEqual(other);
          if (heavier > 0) {
            expect(compare(one, other)).toBeGreaterThanOrEqual(0);
            expect(one.swings >= other.swings).toBe(true);
          }
        }
      }
    }),
  );
});

test("a member without weight, veto or part in a head count has no power", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 9 }),
      fc.nat(),
      (weights, drawn) => {
        const quota = 1 + (drawn % weights.reduce((sum, weight) => sum + weight, 0));
        const [without, withOne] = [
          votingPower(votingGame(weights, quota)),
          votingPower(votingGame([...weights, 0], quota)),
        ];
        expect(withOne.members.at(-1)).toMatchObject({
          swings: 0n,
          banzhaf: { numerator: 0n },
          shapley: { numerator: 0n },
        });
        expect(withOne.members.slice(0, -1).map((member) => ratioText(member.shapley))).toEqual(
          without.members.map((member) => ratioText(member.shapley)),
        );
      },
    ),
  );
});

test("in a weighted majority a member whose weight grows, the quota staying, loses no power", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 2, maxLength: 9 }),
      fc.nat(),
      fc.integer({ min: 1, max: 20 }),
      (weights, drawn, more) => {
        const quota = 1 + (drawn % weights.reduce((sum, weight) => sum + weight, 0));
        const before = votingPower(votingGame(weights, quota)).members[0]!;
        const after = votingPower(votingGame([weights[0]! + more, ...weights.slice(1)], quota)).members[0]!;
        expect(compare(after, before)).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});

test.each([
  ["sixty weights in the thousands", "table", 60, (place: number) => 1 + ((place * 7919) % 997)],
  ["forty weights of persons", "halves", 40, (place: number) => 1_000_003 * (place + 1) + ((place * 7919) % 9973)],
] as const)("%s are counted by %s, and the indices add up to one", (_name, method, members, weight) => {
  const weights = Array.from({ length: members }, (_, place) => weight(place));
  const quota = Math.ceil(weights.reduce((sum, weight) => sum + weight, 0) * 0.65);
  const power = votingPower(votingGame(weights, quota));
  expect(power.method).toBe(method);
  expect(total(power.members, "shapley")).toBe("one");
  expect(total(power.members, "banzhaf")).toBe("one");
});

// Populations that grow while those of the others stay: the quota, a part of them all, grows as well.
test.each([
  ["55 % and 65 %, with the rule of four", 55, 4],
  ["72 % and 65 %, reinforced", 72, 0],
  ["more than a half of the members and 65 %", 51, 0],
] as const)("under a double majority a member whose population grows loses no power: %s", (_name, members, against) => {
  const populations = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 4, maxLength: 9 });
  const union = (each: readonly number[]) => {
    const people = each.reduce((sum, weight) => sum + weight, 0);
    return votingGame(each, Math.ceil((people * 65) / 100), {
      leastMembers: Math.ceil((each.length * members) / 100),
      leastAgainst: against,
    });
  };
  fc.assert(
    fc.property(populations, fc.integer({ min: 1, max: 60 }), (weights, more) => {
      const [before] = votingPower(union(weights)).members;
      const [after] = votingPower(union([weights[0]! + more, ...weights.slice(1)])).members;
      expect(compare(after!, before!)).toBeGreaterThanOrEqual(0);
      expect(after!.swings >= before!.swings).toBe(true);
    }),
    { numRuns: 300 },
  );
});
