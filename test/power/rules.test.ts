import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { powerOf, votingRules } from "#app/power.ts";
import { MainstayError } from "#core/errors.ts";
import { gameOf, type VotingRule } from "#core/power/rule.ts";
import { votingPower } from "#core/power/indices.ts";
import { root } from "../architecture/sources.ts";

const rows = (file: string): string[][] =>
  readFileSync(join(root, "reference", file), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(","));
const rule = (id: string): VotingRule => votingRules.find((candidate) => candidate.id === id)!;
const ids = (one: VotingRule): string[] => one.voters.map((voter) => voter.id).sort();

test("every file of policies/rules is a rule of its name", () => {
  const files = readdirSync(join(root, "policies/rules")).map((file) => file.replace(/\.json$/, ""));
  expect(votingRules.map((one) => one.id).sort()).toEqual(files.sort());
});

test.each([
  ["eu-qmv", "eu", "population", "2024"],
  ["eu-qmv-reinforced", "eu", "population", "2024"],
  ["nato-by-gdp", "nato", "gdp", "2023"],
])("%s weighs the members of %s by %s of %s as the reference has them", (id, group, indicator, year) => {
  const members = rows("memberships.csv")
    .filter((row) => row[0] === group && row[5] === "")
    .map((row) => row[1]!);
  expect(ids(rule(id))).toEqual(members.sort());
  const figures = new Map(
    rows("indicators.csv")
      .filter((row) => row[1] === indicator && row[2] === year)
      .map((row) => [row[0], Number(row[3])]),
  );
  expect(rule(id).voters.map((voter) => voter.weight)).toEqual(rule(id).voters.map((voter) => figures.get(voter.id)));
});

test.each(["eu-simple-majority", "eu-unanimity"])("%s has the members of the Union", (id) => {
  expect(ids(rule(id))).toEqual(ids(rule("eu-qmv")));
});

test("the consensus of NATO has every ally", () => {
  expect(ids(rule("nato-consensus"))).toEqual(ids(rule("nato-by-gdp")));
});

// What each rule asks in numbers, as its text says: the least members, the part of the weight, who may be against.
test.each([
  ["eu-qmv", 15, 27, 4],
  ["eu-qmv-reinforced", 20, 27, 0],
  ["eu-simple-majority", 14, 27, 0],
  ["eu-unanimity", 27, 27, 0],
  ["eu-nice", 14, 27, 0],
  ["eu-15", 0, 15, 0],
  ["unsc", 9, 15, 0],
  ["nato-consensus", 32, 32, 0],
  ["nato-by-gdp", 17, 32, 0],
])("%s: at least %i of %i members, with fewer than %i against adopted all the same", (id, least, all, against) => {
  const game = gameOf(rule(id));
  expect([game.leastMembers, game.weights.length, game.leastAgainst]).toEqual([least, all, against]);
});

test.each([
  ["eu-15", "2549"],
  ["eu-nice", "2718758"],
  ["unsc", "848"],
  ["eu-unanimity", "1"],
  ["eu-simple-majority", "67108864"],
])("%s: %s winning coalitions", (id, winning) => {
  expect(powerOf({ rule: id }).winning).toBe(winning);
});

test("65 % of the population is exactly that: one person less is not", () => {
  const { quota, totalWeight } = powerOf({ rule: "eu-qmv" });
  expect(BigInt(quota!) * 100n >= BigInt(totalWeight!) * 65n).toBe(true);
  expect((BigInt(quota!) - 1n) * 100n >= BigInt(totalWeight!) * 65n).toBe(false);
});

test("under the qualified majority of the Union more population is never less power, and the rule of four moves some to the small", () => {
  const power = powerOf({ rule: "eu-qmv" });
  for (const [place, member] of power.members.entries()) {
    const next = power.members[place + 1];
    if (next === undefined) continue;
    expect(BigInt(member.weight!) >= BigInt(next.weight!)).toBe(true);
    expect(BigInt(member.swings) >= BigInt(next.swings)).toBe(true);
    expect(Number(member.shapley.decimal)).toBeGreaterThanOrEqual(Number(next.shapley.decimal));
  }
  const without = votingPower({ ...gameOf(rule("eu-qmv")), leastAgainst: 0 });
  expect(BigInt(power.winning) > without.winning).toBe(true);
  expect(BigInt(power.members.at(-1)!.swings) > without.members.at(-1)!.swings).toBe(true);
  expect(BigInt(power.members[0]!.swings) < without.members[0]!.swings).toBe(true);
});

test("one person more for a member, taken from none, loses it no power", () => {
  const before = rule("eu-qmv");
  const powers = (one: VotingRule) => votingPower(gameOf(one)).members.map((member) => member.swings);
  const swings = powers(before);
  for (const place of [1, 9, 26]) {
    const voters = before.voters.map((voter, at) =>
      at === place ? { ...voter, weight: voter.weight! + 400_000 } : voter,
    );
    expect(powers({ ...before, voters })[place]! >= swings[place]!).toBe(true);
  }
});

const weights = { weights: "10x4,8,5x4,4x2,3x3,2", quota: "62" };

test("weights and a quota in every spelling are the rule they spell", () => {
  const expected = powerOf({ rule: "eu-15" }).members.map((member) => member.shapley.exact);
  const shapley = (quota: string) => powerOf({ ...weights, quota }).members.map((member) => member.shapley.exact);
  for (const quota of ["62", "62/87", "71.264%", " 71% "]) expect([quota, shapley(quota)]).toEqual([quota, expected]);
  expect(powerOf({ ...weights, quota: "majority" }).quota).toBe("44");
  expect(powerOf({ ...weights, quota: "all" }).winning).toBe("1");
  expect(powerOf({ ...weights, quota: "2/3", leastMembers: "majority" })).toMatchObject({
    quota: "58",
    leastMembers: 8,
  });
  expect(
    powerOf({ weights: "0x15", quota: "0", leastMembers: "9", veto: "1,2,3,4,5" }).members.map(
      (member) => member.shapley.exact,
    ),
  ).toEqual(powerOf({ rule: "unsc" }).members.map((member) => member.shapley.exact));
});

const refusal = (work: () => unknown): MainstayError => {
  try {
    work();
  } catch (error) {
    if (error instanceof MainstayError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};

test.each([
  [{ rule: "nowhere" }, "unknown_voting_rule", '"nowhere"', "rule"],
  [{ rule: "unsc", quota: "9" }, "parameter_invalid", '"9" beside the rule unsc', "quota"],
  [{ rule: "unsc", leastMembers: "9" }, "parameter_invalid", '"9" beside the rule unsc', "least-members"],
  [{}, "voting_game_invalid", "neither a rule nor weights", "weights"],
  [{ weights: "1,2" }, "voting_game_invalid", "weights without a quota", "quota"],
  [{ weights: "1,-2", quota: "1" }, "voting_game_invalid", '"-2" among the weights', "weights"],
  [{ weights: "1,2.5", quota: "1" }, "voting_game_invalid", '"2.5" among the weights', "weights"],
  [{ weights: "1,,2", quota: "1" }, "voting_game_invalid", '"" among the weights', "weights"],
  [{ weights: "1,2", quota: "4" }, "voting_game_invalid", "a quota of 4 where all weights add up to 3", "quota"],
  [{ weights: "1,2", quota: "120%" }, "voting_game_invalid", "a quota of 4 where", "quota"],
  [{ weights: "1,2", quota: "1/0" }, "voting_game_invalid", "a part of nothing", "quota"],
  [{ weights: "1,2", quota: "0" }, "voting_game_invalid", "nobody in favour", "quota"],
  [{ weights: "1,2", quota: "most" }, "voting_game_invalid", '"most", neither a number', "quota"],
  [{ weights: "1,2", quota: "2", leastMembers: "3" }, "voting_game_invalid", "at least 3 of 2 members", "members"],
  [{ weights: "1,2", quota: "2", leastAgainst: "3" }, "voting_game_invalid", "nobody in favour", "quota"],
  [{ weights: "1,2", quota: "2", veto: "3" }, "voting_game_invalid", "a veto of member 3 of 2", "veto"],
  [{ weights: "1,2", quota: "2", veto: "0" }, "voting_game_invalid", "a veto of member 0 of 2", "veto"],
  [{ weights: "999999999999999x10", quota: "2" }, "voting_game_invalid", "2^53", "weights"],
  [{ weights: "1x61", quota: "31" }, "voting_game_too_large", "more than 60 weights", "weights"],
  [{ weights: "1x999999", quota: "31" }, "voting_game_too_large", "more than 60 weights", "weights"],
] as const)("%j is refused: %s", (question, code, found, field) => {
  const error = refusal(() => powerOf(question));
  expect([error.code, error.place.field]).toEqual([code, field]);
  expect(error.found).toContain(found);
});

test("sixty weights of persons are refused at once, not counted for years", () => {
  const many = Array.from({ length: 60 }, (_, place) => 1_000_003 * (place + 1) + ((place * 7919) % 9973)).join(",");
  const started = performance.now();
  expect(refusal(() => powerOf({ weights: many, quota: "65%" }))).toMatchObject({
    code: "voting_game_too_large",
    found: expect.stringContaining("60 members whose weights add up to"),
  });
  expect(performance.now() - started).toBeLessThan(5000);
});
