import { describe, expect, test } from "vitest";
import type { Participant } from "#core/decisions/events.ts";
import { missingForAdoption } from "#core/decisions/outlook.ts";
import type { PositionKind } from "#core/decisions/procedure.ts";
import { appendEvent } from "#core/decisions/state.ts";
import { codeOf, event, procedure, seated, state, voted } from "./support.ts";

/** A letter a participant: f for, a against, o abstains, c abstains constructively, - says nothing. */
const letters: Readonly<Record<string, PositionKind | null>> = {
  f: "for",
  a: "against",
  o: "abstain",
  c: "constructive-abstain",
  "-": null,
};
const votesOf = (participants: readonly Participant[], votes: string): Record<string, PositionKind> => {
  const taking = participants.filter((one) => one.takesPart);
  expect(votes).toHaveLength(taking.length);
  return Object.fromEntries(
    taking.flatMap((one, index) => (letters[votes[index] ?? ""] ? [[one.id, letters[votes[index] ?? ""]!]] : [])),
  );
};

const seats = (weights: readonly number[]): Participant[] =>
  seated(weights.map((weight, index) => ({ id: `m${index + 1}`, weight: BigInt(weight) })));
const equal = (count: number): Participant[] => seats(Array.from({ length: count }, () => 100));
const many = (letter: string, count: number): string => letter.repeat(count);

/** One row a case: who votes how, whether it is adopted, and which conditions are not met. */
type Row = readonly [says: string, participants: Participant[], votes: string, adopted: boolean, unmet: string];

function check(id: string, rows: readonly Row[]): void {
  const rules = procedure(id);
  test.each(rows)("%s", (_says, participants, votes, adopted, unmet) => {
    const events = voted(rules, participants, votesOf(participants, votes));
    const now = state(rules, events, 900);
    expect(now.report.met).toBe(adopted);
    expect(
      now.report.conditions
        .filter((one) => !one.met)
        .map((one) => one.id)
        .join(" "),
    ).toBe(unmet);
    const adopting = appendEvent(rules, events, event(901, { type: "adopted" }));
    const rejecting = appendEvent(rules, events, event(901, { type: "rejected" }));
    expect([codeOf(adopting), codeOf(rejecting)]).toEqual(
      adopted ? ["accepted", "proposal_rule_met"] : ["proposal_rule_not_met", "accepted"],
    );
    expect(missingForAdoption(rules, now).ruleMet).toBe(adopted);
  });
}

// Twenty members of 10,000 people, the first eleven of them with so many.
const twenty = (people: number): Participant[] =>
  seats([
    people - 1000,
    ...Array.from({ length: 10 }, () => 100),
    10_000 - people - 80,
    ...Array.from({ length: 8 }, () => 10),
  ]);
// Twenty-seven members, the first as listed.
const eu = (first: readonly number[], rest: number): Participant[] =>
  seats([...first, ...Array.from({ length: 27 - first.length }, () => rest)]);

describe("EU qualified majority", () => {
  check("eu-qualified-majority", [
    [
      "exactly 55 % of the members with as little of the population",
      equal(20),
      many("f", 11) + many("a", 9),
      false,
      "population blocking-minority",
    ],
    [
      "exactly 55 % of the members, exactly 65 % of the population",
      twenty(6500),
      many("f", 11) + many("a", 9),
      true,
      "blocking-minority",
    ],
    [
      "exactly 55 % of the members, a ten-thousandth less than 65 % of the population",
      twenty(6499),
      many("f", 11) + many("a", 9),
      false,
      "population blocking-minority",
    ],
    [
      "one below 55 % of the members",
      twenty(6500),
      many("f", 10) + many("a", 10),
      false,
      "members population blocking-minority",
    ],
    [
      "fifteen of twenty-seven is enough, fourteen is not",
      eu(
        Array.from({ length: 15 }, () => 100),
        1,
      ),
      many("f", 15) + many("a", 12),
      true,
      "blocking-minority",
    ],
    [
      "fourteen of twenty-seven",
      eu(
        Array.from({ length: 15 }, () => 100),
        1,
      ),
      many("f", 14) + many("a", 13),
      false,
      "members blocking-minority",
    ],
    [
      "three against with far more than 35 %: deemed attained",
      eu([2000, 2000, 2000], 100),
      "aaa" + many("f", 24),
      true,
      "population",
    ],
    ["three not in favour in three ways", eu([2000, 2000, 2000], 100), "ao-" + many("f", 24), true, "population"],
    [
      "four against with more than 35 %",
      eu([900, 900, 900, 900], 279),
      "aaaa" + many("f", 23),
      false,
      "population blocking-minority",
    ],
    [
      "four against with less than 35 %",
      eu([300, 300, 300, 300], 300),
      "aaaa" + many("f", 23),
      true,
      "blocking-minority",
    ],
    [
      "abstaining is not being in favour",
      eu([900, 900, 900, 900], 279),
      "oooo" + many("f", 23),
      false,
      "population blocking-minority",
    ],
    ["nobody has voted", equal(27), many("-", 27), false, "members population blocking-minority"],
  ]);

  // 65 of 100 held by twenty-three, 35 by four; then one part of ten thousand to the other side.
  const exact = (against: number): Participant[] =>
    seats([against, 875, 875, 875, ...Array.from({ length: 22 }, () => 282), 6500 + 875 - against - 22 * 282]);
  check("eu-qualified-majority", [
    ["exactly 65 % of the population, four against", exact(875), "aaaa" + many("f", 23), true, "blocking-minority"],
    ["one ten-thousandth below 65 %", exact(876), "aaaa" + many("f", 23), false, "population blocking-minority"],
  ]);
});

describe("EU qualified majority where some do not take part", () => {
  const some = (weights: readonly number[]): Participant[] => [
    ...seats(weights),
    ...seated([{ id: "out", weight: 9_999n, takesPart: false }]),
  ];
  // Over 35 % of 1,000 takes two members (300 and 200): a blocking minority is three.
  const nine = some([300, 200, 100, 100, 100, 100, 50, 25, 25]);
  check("eu-qualified-majority", [
    ["two against with half of the population are too few", nine, "aa" + many("f", 7), true, "population-taking-part"],
    [
      "three against with more than 35 %",
      nine,
      "aaa" + many("f", 6),
      false,
      "population-taking-part blocking-minority-some",
    ],
    ["three against with exactly 35 %", nine, "a" + "ffffff" + "aa", true, "blocking-minority-some"],
    [
      "five of nine against",
      nine,
      "ffaaaa" + "aff",
      false,
      "members-taking-part population-taking-part blocking-minority-some",
    ],
    [
      "two against where the first alone has exactly 35 %: a minority still needs three",
      some([350, 100, 100, 100, 100, 100, 50, 50, 50]),
      "aa" + many("f", 7),
      true,
      "population-taking-part",
    ],
    ["who stays out weighs nothing", some([100, 100, 100]), "fff", true, ""],
    [
      "five of nine in favour are over 55 % with 75 % of the population",
      nine,
      "fffff" + "aaaa",
      true,
      "blocking-minority-some",
    ],
  ]);
});

describe("EU reinforced qualified majority", () => {
  check("eu-qualified-majority-reinforced", [
    ["exactly 72 % of twenty-five", equal(25), many("f", 18) + many("a", 7), true, ""],
    ["seventeen of twenty-five", equal(25), many("f", 17) + many("a", 8), false, "members"],
    ["twenty of twenty-seven", equal(27), many("f", 20) + many("a", 7), true, ""],
    ["nineteen of twenty-seven", equal(27), many("f", 19) + many("a", 8), false, "members"],
    [
      "three against with more than 35 % block: no least number is named",
      eu([2000, 2000, 2000], 100),
      "aaa" + many("f", 24),
      false,
      "population",
    ],
    [
      "only those who take part count",
      [...equal(25), ...seated([{ id: "out", weight: 99_999n, takesPart: false }])],
      many("f", 18) + many("a", 7),
      true,
      "",
    ],
  ]);
});

describe("EU unanimity with constructive abstention", () => {
  check("eu-unanimity", [
    ["all in favour", equal(27), many("f", 27), true, ""],
    ["one against", equal(27), many("f", 26) + "a", false, "nobody-against"],
    ["one not present", equal(27), many("f", 26) + "-", false, "everybody-present"],
    ["plain abstentions never block", equal(27), "f" + many("o", 26), true, ""],
    ["one constructive abstainer", equal(27), many("f", 26) + "c", true, ""],
    [
      "exactly a third of the members with exactly a third of the population",
      equal(27),
      many("f", 18) + many("c", 9),
      false,
      "constructive-members constructive-population",
    ],
    [
      "a third of the members with one part less than a third of the population",
      seats([...Array.from({ length: 18 }, () => 100), ...Array.from({ length: 8 }, () => 100), 99]),
      many("f", 18) + many("c", 9),
      true,
      "constructive-members",
    ],
    [
      "more than a third of the population in fewer than a third of the members",
      seats([1000, 1000, ...Array.from({ length: 25 }, () => 10)]),
      "cc" + many("f", 25),
      true,
      "constructive-population",
    ],
    ["a plain abstention is not counted to the third", equal(27), many("f", 18) + many("c", 8) + "o", true, ""],
  ]);
});

describe("UN Security Council", () => {
  const council = seated(
    Array.from({ length: 15 }, (_, index) => ({ id: `m${index + 1}`, roles: index < 5 ? ["permanent"] : [] })),
  );
  check("un-security-council", [
    ["nine in favour", council, many("f", 9) + many("a", 6), true, ""],
    ["eight in favour", council, many("f", 8) + many("a", 7), false, "nine-in-favour"],
    ["fourteen in favour, a permanent member against", council, "a" + many("f", 14), false, "no-veto"],
    ["a permanent member abstains", council, "o" + many("f", 14), true, ""],
    ["a permanent member is absent", council, "-" + many("f", 14), true, ""],
    ["all permanent members abstain, nine others in favour", council, many("o", 5) + many("f", 9) + "a", true, ""],
    [
      "eight in favour and a veto",
      council,
      many("f", 4) + "a" + many("f", 4) + many("a", 6),
      false,
      "nine-in-favour no-veto",
    ],
  ]);
});

describe("UN General Assembly", () => {
  check("un-general-assembly", [
    ["one more in favour", equal(10), "fffaa" + "ooooo", true, ""],
    ["equal votes", equal(10), "fffaaa" + "oooo", false, "majority"],
    ["one in favour, all others abstain", equal(10), "f" + many("o", 9), true, ""],
    ["all abstain: no vote is cast", equal(10), many("o", 10), false, "majority"],
    ["exactly half present is no quorum", equal(10), many("f", 5) + many("-", 5), false, "quorum"],
    ["one more than half present", equal(10), many("f", 6) + many("-", 4), true, ""],
  ]);
  check("un-general-assembly-two-thirds", [
    ["exactly two thirds of those voting", equal(10), "ffff" + "aa" + "oooo", true, ""],
    ["one vote short of two thirds", equal(10), "fffff" + "aaa" + "oo", false, "two-thirds"],
    ["all abstain: no share of no votes", equal(10), many("o", 10), false, "two-thirds"],
    ["two thirds without a quorum", equal(10), "fff" + many("-", 7), false, "quorum"],
  ]);
});

describe("weighted by contribution", () => {
  // 1,200 in all; two thirds are 800.
  const board = seats([400, 300, 200, 150, 100, 50]);
  check("weighted-by-contribution", [
    ["the majority of what was cast", board, "faaa--", false, "majority-cast"],
    ["the majority of members is outweighed", board, "ffaaaa", true, ""],
    ["equal weights cast", seats([300, 300, 100, 100]), "faaf", false, "majority-cast"],
    ["three of six present", board, "fff---", false, "quorum-members"],
    ["four of six with exactly two thirds", seats([400, 300, 50, 50, 200, 200]), "ffff--", true, ""],
    [
      "four of six with less than two thirds",
      seats([400, 299, 50, 50, 200, 201]),
      "ffff--",
      false,
      "quorum-contributions",
    ],
    ["who abstains is present", board, "ooof--", true, ""],
    ["all abstain", board, "oooooo", false, "majority-cast"],
  ]);
});

describe("simple majority of the members", () => {
  check("simple-majority", [
    ["one more than half", equal(10), many("f", 6) + many("a", 4), true, ""],
    ["exactly half", equal(10), many("f", 5) + many("o", 5), false, "majority"],
    ["fourteen of twenty-seven", equal(27), many("f", 14) + many("a", 13), true, ""],
    ["thirteen of twenty-seven, nobody against", equal(27), many("f", 13) + many("-", 14), false, "majority"],
  ]);
});

describe("lead nations", () => {
  const coalition = seated([{ id: "m1", roles: ["lead"] }, { id: "m2", roles: ["lead"] }, { id: "m3" }, { id: "m4" }]);
  check("lead-nation", [
    ["both leads", coalition, "ff--", true, ""],
    ["both leads, all others against", coalition, "ffaa", true, ""],
    ["one lead abstains", coalition, "fo--", false, "leads-in-favour"],
    ["one lead is silent", coalition, "f-ff", false, "leads-in-favour"],
    ["a lead is against", coalition, "afff", false, "leads-in-favour"],
  ]);
});

describe("what is missing is exact", () => {
  test("the population that is lacking, and the one member too few for a blocking minority", () => {
    const rules = procedure("eu-qualified-majority");
    const members = eu([900, 900, 900, 900], 279);
    const now = state(rules, voted(rules, members, votesOf(members, "aaaa" + many("f", 23))), 900);
    const ways = missingForAdoption(rules, now).ways.map((way) =>
      way.map(({ id, have, need, gap }) => ({ id, have, need, gap })),
    );
    // 65 % of 10,017 is 6,511.05
    expect(ways).toEqual([
      [{ id: "population", have: 6417n, need: 6512n, gap: 95n }],
      [{ id: "blocking-minority", have: 4n, need: 3n, gap: 1n }],
    ]);
  });

  test.each([
    ["un-general-assembly", "ffaaa" + "ooooo", "majority", 2n],
    ["un-general-assembly", many("o", 10), "majority", 1n],
    ["un-general-assembly-two-thirds", "ffaaa" + "ooooo", "two-thirds", 4n],
    ["un-general-assembly-two-thirds", many("o", 10), "two-thirds", 1n],
  ] as const)("%s %s: so many more in favour from those not voting", (id, votes, condition, gap) => {
    const rules = procedure(id);
    const now = state(rules, voted(rules, equal(10), votesOf(equal(10), votes)), 900);
    expect(missingForAdoption(rules, now).ways).toMatchObject([[{ id: condition, gap }]]);
  });
});
