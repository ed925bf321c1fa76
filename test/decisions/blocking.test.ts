import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { whoCanBlock } from "#core/decisions/blocking.ts";
import { countPoll, type Poll } from "#core/decisions/count.ts";
import type { Standing } from "#core/decisions/procedure.ts";
import { isMet, judge } from "#core/decisions/rules.ts";
import { procedure, seated, shipped } from "./support.ts";

/** A poll of a few members with random weights, roles and standings the procedure knows. */
const council = procedure("un-security-council");
const councilRules = council.rule.kind === "all" ? council.rule.rules : [];
/** Three in favour instead of nine, so that a few members can be a council. */
const fewer = councilRules.map((rule) =>
  rule.kind === "condition" && rule.id === "nine-in-favour"
    ? { ...rule, bound: { kind: "count" as const, count: 3n } }
    : rule,
);
const drawnFrom = shipped.map((one) =>
  one.id === council.id ? { ...one, rule: { kind: "all" as const, rules: fewer } } : one,
);
const scene = fc.record({
  rules: fc.constantFrom(...drawnFrom),
  members: fc.array(
    fc.record({ weight: fc.nat(12), lead: fc.boolean(), permanent: fc.boolean(), standing: fc.nat(9) }),
    { minLength: 1, maxLength: 5 },
  ),
  allTakePart: fc.boolean(),
  underSilence: fc.boolean(),
});
type Scene = typeof scene extends fc.Arbitrary<infer T> ? T : never;

const pollOf = ({ rules, members, allTakePart, underSilence }: Scene): Poll => {
  const known: readonly Standing[] = [...rules.positions, "silent"];
  const roles = (lead: boolean, permanent: boolean): string[] => [
    ...(lead ? ["lead"] : []),
    ...(permanent ? ["permanent"] : []),
  ];
  const participants = seated(
    members.map((one, index) => ({
      id: `m${index}`,
      weight: BigInt(one.weight + 1),
      roles: roles(one.lead || index === 0, one.permanent),
    })),
  );
  return {
    participants,
    allTakePart,
    underSilence,
    standing: new Map(members.map((one, index) => [`m${index}`, known[one.standing % known.length] ?? "silent"])),
  };
};

/** Everything that members can do, tried out: sizes of the sets that can block, by who is in them. */
function tried(
  { rules }: Scene,
  poll: Poll,
  baseline: ReadonlyMap<string, Standing>,
): { alone: string[]; fewest: number | null } {
  const met = (standing: ReadonlyMap<string, Standing>): boolean =>
    isMet(rules.rule, countPoll(rules.rule, { ...poll, standing }));
  const blocking = new Map<number, string[][]>();
  const walk = (index: number, standing: Map<string, Standing>, moved: string[]): void => {
    const one = poll.participants[index];
    if (one === undefined) {
      if (!met(standing)) blocking.set(moved.length, [...(blocking.get(moved.length) ?? []), moved]);
      return;
    }
    walk(index + 1, standing, moved);
    const now = poll.standing.get(one.id) ?? "silent";
    for (const to of [...rules.positions, ...(now === "silent" ? (["silent"] as const) : [])]) {
      if (to !== baseline.get(one.id)) walk(index + 1, new Map(standing).set(one.id, to), [...moved, one.id]);
    }
  };
  walk(0, new Map(baseline), []);
  return {
    alone: [...new Set((blocking.get(1) ?? []).flat())].sort(),
    fewest: blocking.size === 0 ? null : Math.min(...blocking.keys()),
  };
}

test("who can block is what trying everything finds", () => {
  fc.assert(
    fc.property(scene, (drawn) => {
      const poll = pollOf(drawn);
      const { rule, positions } = drawn.rules;
      const best = new Map(
        poll.participants.map((one): [string, Standing] => {
          const standing = poll.standing.get(one.id) ?? "silent";
          return [one.id, standing === "silent" ? "for" : standing];
        }),
      );
      const adoptable = isMet(rule, countPoll(rule, { ...poll, standing: best }));
      const favour = new Map(poll.participants.map((one): [string, Standing] => [one.id, "for"]));
      const found = whoCanBlock(rule, poll, positions);
      expect(found.blocked).toBe(!adoptable);
      const expected = tried(drawn, poll, adoptable ? best : favour);
      expect({ alone: found.alone.toSorted(), fewest: found.fewest }).toEqual(expected);
      expect(found.example.length).toBe(found.fewest ?? 0);
      for (const id of found.holding)
        expect(isMet(rule, countPoll(rule, { ...poll, standing: new Map(best).set(id, "for") }))).toBe(true);
    }),
    { numRuns: 600 },
  );
});

describe("known blocking minorities", () => {
  const everyone = (weights: readonly number[], roles: (index: number) => string[] = () => []): Poll => ({
    participants: seated(
      weights.map((weight, index) => ({ id: `m${index + 1}`, weight: BigInt(weight), roles: roles(index) })),
    ),
    allTakePart: true,
    underSilence: false,
    standing: new Map(),
  });
  const block = (id: string, poll: Poll) => whoCanBlock(procedure(id).rule, poll, procedure(id).positions);

  test("QMV: four members, the most populous, and none alone", () => {
    const found = block(
      "eu-qualified-majority",
      everyone([...Array.from({ length: 23 }, () => 100), 700, 701, 702, 703]),
    );
    expect(found).toMatchObject({ alone: [], fewest: 4, example: ["m27", "m26", "m25", "m24"] });
  });
  test("reinforced: eight of twenty-seven by number, three by population", () => {
    expect(block("eu-qualified-majority-reinforced", everyone(Array.from({ length: 27 }, () => 100))).fewest).toBe(8);
    expect(
      block("eu-qualified-majority-reinforced", everyone([700, 700, 700, ...Array.from({ length: 24 }, () => 100)]))
        .fewest,
    ).toBe(3);
  });
  test("Security Council: each permanent member alone, seven of the others together", () => {
    const found = block(
      "un-security-council",
      everyone(
        Array.from({ length: 15 }, () => 1),
        (index) => (index < 5 ? ["permanent"] : []),
      ),
    );
    expect(found).toMatchObject({ alone: ["m1", "m2", "m3", "m4", "m5"], fewest: 1 });
  });
  test("General Assembly of 193: ninety-seven for the simple majority, sixty-five against two thirds", () => {
    const assembly = everyone(Array.from({ length: 193 }, () => 1));
    expect(block("un-general-assembly", assembly).fewest).toBe(97);
    expect(block("un-general-assembly-two-thirds", assembly).fewest).toBe(65);
  });
  test("General Assembly of 193 with ninety abstaining: the answer comes at once", () => {
    const assembly = everyone(Array.from({ length: 193 }, () => 1));
    const standing = new Map(assembly.participants.slice(0, 90).map((one): [string, Standing] => [one.id, "abstain"]));
    // 103 undecided: 52 of them against are more than the 51 in favour
    expect(block("un-general-assembly", { ...assembly, standing }).fewest).toBe(52);
  });
  test("lead nations: only the leads", () => {
    const found = block(
      "lead-nation",
      everyone([1, 1, 1], (index) => (index === 1 ? ["lead"] : [])),
    );
    expect(found).toMatchObject({ alone: ["m2"], fewest: 1 });
  });
});

describe("what always holds of a rule", () => {
  test("coming round to in favour never turns a met rule into one not met", () => {
    fc.assert(
      fc.property(scene, fc.nat(4), (drawn, mover) => {
        const poll = pollOf(drawn);
        const one = poll.participants[mover % poll.participants.length]!;
        const { rule } = drawn.rules;
        if (!isMet(rule, countPoll(rule, poll))) return;
        expect(isMet(rule, countPoll(rule, { ...poll, standing: new Map(poll.standing).set(one.id, "for") }))).toBe(
          true,
        );
      }),
    );
  });

  test("the order of participants and the unit of a weight change nothing", () => {
    fc.assert(
      fc.property(scene, fc.bigInt(1n, 10n ** 30n), (drawn, unit) => {
        const poll = pollOf(drawn);
        const scaled = poll.participants.map((one) => ({
          ...one,
          weights: Object.fromEntries(Object.entries(one.weights).map(([measure, weight]) => [measure, weight * unit])),
        }));
        const { rule } = drawn.rules;
        const report = judge(rule, countPoll(rule, poll));
        expect(isMet(rule, countPoll(rule, poll))).toBe(report.met);
        expect(isMet(rule, countPoll(rule, { ...poll, participants: scaled.toReversed() }))).toBe(report.met);
      }),
    );
  });

  test("the gap of a condition in favour is the least that closes it", () => {
    fc.assert(
      fc.property(
        fc.nat(30),
        fc.nat(30),
        fc.nat(30),
        fc.constantFrom("un-general-assembly", "un-general-assembly-two-thirds", "simple-majority"),
        (favour, against, rest, id) => {
          const { rule } = procedure(id);
          const total = favour + against + rest + 200;
          const poll = (more: number): Poll => ({
            participants: seated(Array.from({ length: total }, (_, index) => ({ id: `m${index}` }))),
            allTakePart: true,
            underSilence: false,
            standing: new Map(
              Array.from({ length: favour + against + more }, (_, index): [string, Standing] => [
                `m${index}`,
                index >= favour && index < favour + against ? "against" : "for",
              ]),
            ),
          });
          const first = (more: number) => judge(rule, countPoll(rule, poll(more))).conditions[0]!;
          const gap = Number(first(0).gap);
          expect(first(gap).met).toBe(true);
          if (gap > 0) expect(first(gap - 1).met).toBe(false);
        },
      ),
      { numRuns: 60 },
    );
  });
});
