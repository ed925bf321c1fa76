import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bindingClasses, streams } from "#core/bindingness.ts";
import type { MilestoneCondition } from "#core/foresight/milestones/condition.ts";
import { afterAct, edited, newMilestone, withEvidence } from "#core/foresight/milestones/edit.ts";
import { milestoneFaults, type MilestoneNames } from "#core/foresight/milestones/faults.ts";
import { circleIn, circleSince, inOrder } from "#core/foresight/milestones/graph.ts";
import { evidenceKinds, type Milestone } from "#core/foresight/milestones/milestone.ts";
import { movedDays } from "#core/foresight/milestones/moved.ts";
import {
  changesBetween,
  expectedText,
  milestoneOf,
  readExpected,
  saysTheSame,
  storedOf,
} from "#core/foresight/milestones/normal.ts";
import { standingsOf } from "#core/foresight/milestones/standing.ts";
import {
  conditionText,
  conditionWords,
  evidenceText,
  readCondition,
  readEvidence,
} from "#core/foresight/milestones/written.ts";
import { knownWith, milestoneWith } from "./support.ts";

describe("what depends on what", () => {
  test.each<[string, Record<string, string[]>, string[] | null]>([
    ["nothing", {}, null],
    ["a chain", { a: ["b"], b: ["c"], c: [] }, null],
    ["two ways to the same", { a: ["b", "c"], b: ["d"], c: ["d"] }, null],
    ["itself", { a: ["a"] }, ["a", "a"]],
    ["two", { a: ["b"], b: ["a"] }, ["a", "b", "a"]],
    ["a circle off the path", { a: ["b"], b: ["c"], c: ["d"], d: ["c"] }, ["c", "d", "c"]],
    ["ids that are not listed", { a: ["x"], b: ["x", "a"] }, null],
  ])("%s", (_, edges, circle) => {
    expect(circleIn(new Map(Object.entries(edges)))).toEqual(circle);
  });

  test("a chain as long as a record is walked without running out of room", () => {
    const chain = new Map(Array.from({ length: 50_000 }, (_, index) => [`m${index}`, [`m${index + 1}`]]));
    expect(circleIn(chain)).toBeNull();
    expect(inOrder(chain)[0]).toBe("m49999");
  });

  test("a graph whose edges lead to earlier nodes has no circle and an order; one edge back over a path makes a circle", () => {
    const edges = fc.integer({ min: 1, max: 12 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        back: fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 30 }),
      }),
    );
    fc.assert(
      fc.property(edges, ({ size, back }) => {
        const graph = new Map<string, string[]>(Array.from({ length: size }, (_, index) => [`n${index}`, []]));
        for (const [one, other] of back)
          if (one !== other) graph.get(`n${Math.max(one, other)}`)?.push(`n${Math.min(one, other)}`);
        expect(circleIn(graph)).toBeNull();
        const order = inOrder(graph);
        expect(order).toHaveLength(size);
        for (const [id, needs] of graph)
          for (const need of needs) expect(order.indexOf(need)).toBeLessThan(order.indexOf(id));
        for (const [id, [need]] of graph) {
          if (need === undefined) continue;
          const turned = new Map(graph).set(need, [...(graph.get(need) ?? []), id]);
          const circle = circleIn(turned) ?? [];
          expect(circle[0]).toBe(circle.at(-1));
          circle.slice(1).forEach((to, index) => expect(turned.get(circle[index] ?? "")).toContain(to));
          expect(circle.length).toBeGreaterThan(1);
        }
      }),
    );
  });

  test("a circle that stood only for a while, in between, is found too", () => {
    const at = (day: string) => `2024-0${day}-01T00:00:00Z`;
    const versions = [
      { id: "a", knownAt: at("1"), dependsOn: ["b"] },
      { id: "a", knownAt: at("3"), dependsOn: [] },
    ];
    const late = { id: "b", knownAt: at("2"), dependsOn: ["a"] };
    expect(circleSince([...versions, late], at("2"))).toEqual(["a", "b", "a"]);
    expect(circleSince([...versions, { ...late, knownAt: at("3") }], at("3"))).toBeNull();
  });
});

describe("how a milestone stands", () => {
  const today = "2024-07-01";
  const met = { ending: { state: "met" as const, on: "2024-06-20", knownAt: "", recordedAt: null } };
  const standing = (...list: Parameters<typeof standingsOf>[0]) => standingsOf(list, today).get("m");

  test.each([
    ["to come", "2024-07-02", {}, "expected", null],
    ["today", "2024-07-01", {}, "expected", null],
    ["past its day, of which nobody has said anything since", "2024-06-30", {}, "no-word", 1],
    ["past its day, and spoken of on that day", "2024-06-30", { knownAt: "2024-06-30T23:00:00Z" }, "no-word", 1],
    ["past its day, and spoken of since", "2024-06-20", { knownAt: "2024-06-21T00:00:00Z" }, "late", 11],
    ["past its day, and open by what it follows from", "2024-06-30", { origin: "call" }, "late", 1],
    ["moved to a day to come, past the first", ["2024-06-10", "2024-07-02"], {}, "late", 21],
    ["moved to a day to come, the first to come too", ["2024-07-02", "2024-07-10"], {}, "expected", null],
    ["moved to a day to come, and past that", ["2024-06-10", "2024-06-25"], {}, "no-word", 6],
    ["moved to an earlier day", ["2024-08-10", "2024-07-10"], {}, "expected", null],
    ["met in time", "2024-06-20", met, "met", null],
    ["met late", "2024-06-10", met, "met", 10],
    ["met before its day", "2024-12-31", met, "met", null],
    ["met, nobody says when", "2024-06-10", { ending: { ...met.ending, on: null } }, "met", null],
    ["missed", "2024-06-10", { ending: { ...met.ending, state: "missed" as const } }, "missed", null],
    ["cancelled", "2024-06-10", { ending: { ...met.ending, state: "cancelled" as const } }, "cancelled", null],
  ] as const)("%s", (_, on, more, state, daysLate) => {
    expect(standing(knownWith("m", on, more))).toMatchObject({ state, daysLate });
  });

  test("how far it was shifted is told from the first day to the last", () => {
    expect(standing(knownWith("m", ["2024-07-10", "2024-08-10", "2024-07-31"]))?.shiftedDays).toBe(21);
    expect(standing(knownWith("m", ["2024-07-10", "2024-07-03"]))?.shiftedDays).toBe(-7);
  });

  test.each([
    ["late", knownWith("n", "2024-06-01", { origin: "call" }), "at-risk", "“n”, which is 30 days late"],
    ["without word", knownWith("n", "2024-06-01"), "at-risk", "“n”, whose day passed 30 days ago with no word yet"],
    ["moved, and in time", knownWith("n", ["2024-06-01", "2024-07-05"]), "expected", ""],
    ["moved after it", knownWith("n", ["2024-06-01", "2024-07-12"]), "at-risk", "is expected 2 days after it"],
    [
      "moved, in time and at risk",
      knownWith("n", ["2024-06-01", "2024-07-05"], { dependsOn: ["o"] }),
      "at-risk",
      "“n”, which is at risk",
    ],
    ["expected after it", knownWith("n", "2024-07-20"), "at-risk", "“n”, which is expected 10 days after it"],
    [
      "cancelled",
      knownWith("n", "2024-06-01", { ending: { ...met.ending, state: "cancelled" } }),
      "at-risk",
      "was cancelled",
    ],
    ["met", knownWith("n", "2024-06-01", met), "expected", ""],
    ["in time", knownWith("n", "2024-07-05"), "expected", ""],
    ["at risk itself", knownWith("n", "2024-07-05", { dependsOn: ["o"] }), "at-risk", "“n”, which is at risk"],
  ] as const)("what it depends on is %s", (_, on, state, why) => {
    const found = standing(
      knownWith("m", "2024-07-10", { dependsOn: ["n", "nobody"] }),
      on,
      knownWith("o", "2024-06-30"),
    );
    expect(found?.state).toBe(state);
    expect(found?.why.join(" ")).toContain(why);
    expect(found?.why.length).toBe(why === "" ? 0 : 1);
  });

  test.each([
    [0.49, "at-risk", ["The forecast gives it 49 % to be met by its day."]],
    [0.5, "expected", []],
  ] as const)("at a chance of %s it is %s", (chance, state, why) => {
    const found = standingsOf([knownWith("m", "2024-07-10")], today, new Map([["m", chance]])).get("m");
    expect(found).toMatchObject({ state, why });
  });
});

const names: MilestoneNames = {
  parties: new Set(["aaa"]),
  groups: new Set(["pact"]),
  funds: new Set(["fund"]),
  needs: new Set(["N-1"]),
  decisions: new Set(["text"]),
  milestones: new Set(["other", "decision:text"]),
};

describe("by how much a day moved", () => {
  test.each([
    ["2024-07-10", "2024-07-12", 2],
    ["2024-07-10", "2024-06-30", -10],
    ["by 2024-12-31", "by 2024-06-30", -184],
    ["by 2024-12-31", "by 2025-01-31", 31],
    ["2024-07", "2024-09", 61],
    // Said more exactly, it has not moved; nor where only its month is said.
    ["by 2024-12-31", "2024-07", 0],
    ["by 2024-12-31", "2024-07-10", 0],
    ["2024-07", "2024-07-10", 0],
    ["2024-07-10", "2024-07", 0],
    ["2024-07", "2024-08-01", 1],
    ["by 2024-06-30", "2024-07", 31],
    ["by 2024-06-30", "2024-07-01", 1],
    ["2024-07-10", "by 2024-12-31", 174],
    ["2024-07", "by 2024-12-31", 153],
  ])("%s, then %s", (before, after, days) => {
    const day = (text: string) => readExpected(text) ?? { on: "", precision: "day" as const };
    expect(movedDays(day(before), day(after))).toBe(days);
  });
});

describe("what a milestone may say", () => {
  test("nothing is wrong with one that names what there is", () => {
    const whole = milestoneWith({
      owner: "The chair",
      parties: ["aaa"],
      group: "pact",
      fund: "fund",
      dependsOn: ["other", "decision:text"],
      condition: { kind: "amount", class: "received", unit: "EUR", amount: 1n, donor: "aaa", fund: "fund" },
      evidence: [{ kind: "source", id: "x" }],
    });
    expect(milestoneFaults(whole, names)).toEqual([]);
    expect(milestoneFaults(milestoneWith({ on: "2024-02-29", precision: "month" }), names)).toEqual([]);
    // A day that exists is not said to be none.
    expect(milestoneFaults(milestoneWith({ on: "1850-01-01" }), names)).toContainEqual(
      expect.objectContaining({ field: "on", found: '"1850-01-01", not a day as YYYY-MM-DD from 1900 to 2200' }),
    );
  });

  test.each<[Partial<Milestone>, string, string]>([
    [{ id: "a b" }, "id", "milestone_invalid"],
    [{ id: "decision:x" }, "id", "milestone_invalid"],
    [{ title: " " }, "title", "milestone_invalid"],
    [{ title: "x".repeat(301) }, "title", "milestone_invalid"],
    [{ title: "bell \u0007" }, "title", "milestone_invalid"],
    [{ title: "round \u202e" }, "title", "milestone_invalid"],
    [{ on: "2024-02-30" }, "on", "milestone_invalid"],
    [{ on: "1024-02-03" }, "on", "milestone_invalid"],
    [{ on: "2024-02-28", precision: "month" }, "on", "milestone_invalid"],
    [{ happenedOn: "soon" }, "happenedOn", "milestone_invalid"],
    [{ owner: "" }, "owner", "milestone_invalid"],
    [{ note: "x".repeat(5001) }, "note", "milestone_invalid"],
    [{ note: "\u0000" }, "note", "milestone_invalid"],
    [{ dependsOn: ["m"] }, "dependsOn", "milestone_invalid"],
    [{ dependsOn: ["other", "other"] }, "dependsOn", "milestone_invalid"],
    [{ dependsOn: ["nowhere"] }, "dependsOn", "unknown_milestone"],
    [{ parties: ["zzz"] }, "parties", "unknown_party"],
    [{ group: "zzz" }, "group", "unknown_group"],
    [{ fund: "zzz" }, "fund", "unknown_fund"],
    [{ condition: { kind: "decision", decision: "zzz" } }, "condition", "milestone_invalid"],
    [{ condition: { kind: "need", need: "zzz", share: [1n, 1n] } }, "condition", "milestone_invalid"],
    [{ condition: { kind: "need", need: "N-1", share: [3n, 2n] } }, "condition", "milestone_invalid"],
    [{ condition: { kind: "amount", class: "said", unit: "USD", amount: 1n } }, "condition", "milestone_invalid"],
    [{ condition: { kind: "amount", class: "said", unit: "EUR", amount: 0n } }, "condition", "milestone_invalid"],
    [
      { condition: { kind: "amount", class: "said", unit: "EUR", amount: 1n, donor: "z" } },
      "condition",
      "milestone_invalid",
    ],
    [
      { condition: { kind: "amount", class: "said", unit: "EUR", amount: 1n, fund: "z" } },
      "condition",
      "milestone_invalid",
    ],
  ])("row %# is refused", (more, field, code) => {
    expect(milestoneFaults(milestoneWith(more), names)).toContainEqual(expect.objectContaining({ field, code }));
  });
});

const word = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,8}$/);
const condition: fc.Arbitrary<MilestoneCondition> = fc.oneof(
  fc.constant(null),
  fc.record({ kind: fc.constant("decision" as const), decision: word }),
  fc.record({
    kind: fc.constant("need" as const),
    need: word,
    share: fc.tuple(fc.bigInt(1n, 999_999_999n), fc.bigInt(1n, 999_999_999n)),
  }),
  fc.record(
    {
      kind: fc.constant("amount" as const),
      class: fc.constantFrom(...bindingClasses),
      unit: fc.constant("EUR"),
      amount: fc.bigInt(1n, 10n ** 18n),
      donor: word,
      fund: word,
      stream: fc.constantFrom(...streams),
    },
    { requiredKeys: ["kind", "class", "unit", "amount"] },
  ),
);

describe("what is written of a milestone", () => {
  test("a condition comes back from its line as it was", () => {
    fc.assert(
      fc.property(condition, (one) => {
        expect(readCondition(conditionText(one))).toEqual(one);
      }),
    );
  });

  test.each([
    "amount",
    "amount hoped EUR 1.00",
    "amount said EUR 1.001",
    "amount said EUR -1.00",
    "amount said EUR 1.00 colour=red",
    "amount said EUR 1.00 stream=water",
    "amount said EUR 1.00 donor=a donor=b",
    "need N",
    "need N 1",
    "decision",
    "decision a b",
    "hope",
  ])("%s is no condition", (text) => {
    expect(readCondition(text)).toBeUndefined();
  });

  test("a condition says in a sentence what has to hold", () => {
    const amount = readCondition("amount received EUR 40000000000.00 fund=f donor=d stream=finance") ?? null;
    expect(conditionWords(amount)).toBe(
      "At least EUR 40,000,000,000.00 from d through f in finance is received or further.",
    );
    expect(conditionWords(readCondition("need N-1 1/2") ?? null)).toBe("1/2 of the need N-1 is handed over.");
    expect(conditionWords(readCondition("need N-1 3/3") ?? null)).toBe("All of the need N-1 is handed over.");
    expect(conditionWords(readCondition("decision d") ?? null)).toBe("The decision d is taken.");
  });

  test("evidence comes back from its line as it was", () => {
    const evidence = fc.array(fc.record({ kind: fc.constantFrom(...evidenceKinds), id: word }), { maxLength: 5 });
    fc.assert(
      fc.property(evidence, (list) => {
        expect(readEvidence(evidenceText(list))).toEqual(list);
      }),
    );
    expect(readEvidence("rumour:x")).toBeUndefined();
    expect(readEvidence("source:")).toBeUndefined();
  });

  test.each([
    ["2024-07-10", { on: "2024-07-10", precision: "day" }],
    ["by 2024-07-10", { on: "2024-07-10", precision: "by" }],
    ["2024-02", { on: "2024-02-29", precision: "month" }],
    ["2023-02", { on: "2023-02-28", precision: "month" }],
  ] as const)("%s is a day, and is written so", (text, day) => {
    expect(readExpected(text)).toEqual(day);
    expect(expectedText(day)).toBe(text);
  });

  test.each(["", "soon", "2024", "2024-13", "10.7.2024", "until 2024-07-10"])("%j is no day", (text) => {
    expect(readExpected(text)).toBeUndefined();
  });
});

describe("versions", () => {
  test("say the same whatever the order of their fields, and say what differs", () => {
    const one = milestoneWith({ condition: { kind: "decision", decision: "d" }, note: "a\r\nb " });
    const stored = storedOf(one);
    const turned = Object.fromEntries(Object.entries(stored).toReversed()) as typeof stored;
    expect(saysTheSame(stored, turned)).toBe(true);
    expect(milestoneOf(stored)).toEqual({ ...one, note: "a\nb" });
    const later = storedOf({ ...one, on: "2024-07-31", precision: "month", owner: "deu" });
    expect(saysTheSame(stored, later)).toBe(false);
    expect(changesBetween(stored, later)).toEqual([
      { field: "expected", before: "2024-07-10", after: "2024-07" },
      { field: "answered for by", before: "", after: "deu" },
    ]);
  });

  test("what is left out of a change stays; what is written badly is refused", () => {
    const before = milestoneWith({ owner: "deu", dependsOn: ["a"] });
    expect(edited(before, { on: "by 2024-08-01" })).toEqual({ ...before, on: "2024-08-01", precision: "by" });
    expect(edited(before, { owner: null, dependsOn: [] })).toEqual({ ...before, owner: null, dependsOn: [] });
    const code = (act: () => unknown) => {
      try {
        act();
        return "none";
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    expect(code(() => edited(before, { kind: "party" }))).toBe("milestone_invalid");
    expect(code(() => edited(before, { on: "soon" }))).toBe("milestone_invalid");
    expect(code(() => edited(before, { condition: "hope" }))).toBe("parameter_invalid");
    expect(code(() => edited(before, { evidence: ["rumour:x"] }))).toBe("parameter_invalid");
    expect(code(() => newMilestone("m", { on: "2024-07-10" }))).toBe("milestone_invalid");
    expect(code(() => newMilestone("m", { title: "M" }))).toBe("milestone_invalid");
    expect(code(() => afterAct({ milestone: before, state: "met" }, "cancel", "2024-07-01"))).toBe("milestone_over");
    expect(code(() => afterAct({ milestone: before, state: "expected" }, "reopen", ""))).toBe("milestone_not_over");
  });

  test("evidence is added to what is there, once", () => {
    const once = withEvidence(milestoneWith(), ["source:a", "decision:b"]);
    expect(withEvidence(once, ["source:a", "source:c"]).evidence.map((one) => one.id)).toEqual(["a", "b", "c"]);
  });
});
