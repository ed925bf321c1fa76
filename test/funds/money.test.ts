import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseAmount } from "#core/funds/amounts.ts";
import { authorityView, type Granted } from "#core/funds/authority.ts";
import {
  contributionFigures,
  daysBetween,
  moneyAgrees,
  pledgeFigures,
  potFigures,
  type Flow,
} from "#core/funds/figures.ts";
import { inKindCredit, splitAmong } from "#core/funds/split.ts";
import { formatDecimal } from "#core/money.ts";

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((all, one) => all + one, 0n);
const money = fc.bigInt({ min: 0n, max: 10n ** 14n });
const outstanding = fc.array(fc.oneof(money, fc.bigInt({ min: 0n, max: 3n })), { minLength: 1, maxLength: 60 });

describe("what comes is split among what is outstanding", () => {
  test("to the smallest part, none getting more than its own, each within one of its proportion", () => {
    fc.assert(
      fc.property(outstanding, fc.nat(1_000_000), (owed, millionths) => {
        const whole = sum(owed);
        const amount = (whole * BigInt(millionths)) / 1_000_000n;
        const parts = splitAmong(amount, owed);
        expect(sum(parts)).toBe(amount);
        for (const [index, part] of parts.entries()) {
          const own = owed[index] ?? 0n;
          expect(part >= 0n && part <= own).toBe(true);
          if (whole > 0n) expect((part - 1n) * whole < amount * own && (part + 1n) * whole > amount * own).toBe(true);
        }
      }),
    );
  });

  test("all of it settles everything, nothing settles nothing", () => {
    fc.assert(
      fc.property(outstanding, (owed) => {
        expect(splitAmong(sum(owed), owed)).toEqual(owed);
        expect(splitAmong(0n, owed)).toEqual(owed.map(() => 0n));
      }),
    );
  });

  test.each<[bigint, bigint[], bigint[]]>([
    [1n, [1n, 1n, 1n], [1n, 0n, 0n]],
    [2n, [0n, 3n, 1n], [0n, 2n, 0n]],
    [100n, [50n, 100n], [33n, 67n]],
  ])("%s, case %#", (amount, owed, parts) => {
    expect(splitAmong(amount, owed)).toEqual(parts);
  });
});

describe("what is given in kind counts", () => {
  const rule = (part: [bigint, bigint], most: [bigint, bigint]) => ({
    part: { top: part[0], bottom: part[1] },
    most: { top: most[0], bottom: most[1] },
  });
  const half = rule([1n, 2n], [1n, 4n]);

  test.each<[string, bigint, Parameters<typeof inKindCredit>[2], bigint]>([
    ["half of its value", 60n, { amount: 200n, credited: 0n, outstanding: 200n }, 30n],
    ["rounded down", 61n, { amount: 200n, credited: 0n, outstanding: 200n }, 30n],
    ["up to a quarter of the share", 1000n, { amount: 201n, credited: 0n, outstanding: 201n }, 50n],
    ["over all credits together", 1000n, { amount: 200n, credited: 20n, outstanding: 180n }, 30n],
    ["and no more once that is reached", 1000n, { amount: 200n, credited: 50n, outstanding: 150n }, 0n],
    ["nor more than is outstanding", 1000n, { amount: 200n, credited: 0n, outstanding: 7n }, 7n],
    ["nothing where less than a smallest part would count", 1n, { amount: 200n, credited: 0n, outstanding: 200n }, 0n],
  ])("%s", (_, value, share, credit) => {
    expect(inKindCredit(value, half, share)).toBe(credit);
  });

  test("within the rule, whatever comes in whatever order, and as much as the rule allows", () => {
    const fraction = fc
      .tuple(fc.bigInt({ min: 1n, max: 9n }), fc.bigInt({ min: 0n, max: 9n }))
      .map(([top, more]): [bigint, bigint] => [top, top + more]);
    fc.assert(
      fc.property(
        money,
        fc.array(money, { maxLength: 6 }),
        fraction,
        fraction,
        fc.nat(100),
        (amount, values, part, most, percent) => {
          const paid = (amount * BigInt(percent)) / 100n;
          let credited = 0n;
          for (const value of values) {
            const credit = inKindCredit(value, rule(part, most), {
              amount,
              credited,
              outstanding: amount - paid - credited,
            });
            if (credit <= 0n) continue;
            expect(credit * part[1] <= value * part[0]).toBe(true);
            credited += credit;
            const bound = [credit, (amount * most[0]) / most[1], amount - paid];
            expect(credit === (value * part[0]) / part[1] || credited === bound[1] || credited === bound[2]).toBe(true);
          }
          expect(credited * most[1] <= amount * most[0]).toBe(true);
          expect(credited <= amount - paid).toBe(true);
        },
      ),
    );
  });
});

describe("an amount", () => {
  test("is read exactly as it is written, and reads back", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }), fc.integer({ min: 0, max: 6 }), (parts, scale) => {
        expect(parseAmount(formatDecimal(parts, scale), scale)).toBe(parts);
      }),
    );
  });

  test.each([
    ["0.01", 2, 1n],
    ["7", 2, 700n],
    ["7.5", 2, 750n],
    [" 12.34 ", 2, 1234n],
    ["1000000000.00", 2, 100_000_000_000n],
    ["5", 0, 5n],
  ])("%j with %i decimals", (text, scale, parts) => {
    expect(parseAmount(text, scale)).toBe(parts);
  });

  const words = [
    "",
    " ",
    "0",
    "0.00",
    "-1",
    "+1",
    "1.",
    ".5",
    "1.005",
    "1,5",
    "1.000.000",
    "1e6",
    "0x10",
    "NaN",
    "∞",
    "１",
    "1 000",
    "1.2.3",
    "EUR 5",
    "1".repeat(19),
  ];
  test.each(words)("%j is none, and the refusal names the field", (text) => {
    expect(() => parseAmount(text, 2, { field: "lines.training" })).toThrow(
      expect.objectContaining({ code: "invalid_amount", place: { field: "lines.training" } }),
    );
    expect(() => parseAmount(text, 2, { field: "lines.training" })).toThrow(/lines\.training/);
  });

  test("has no digits that its currency does not have", () => {
    expect(() => parseAmount("1.5", 0)).toThrow(expect.objectContaining({ code: "invalid_amount" }));
  });
});

const flow = (more: Partial<Flow>): Flow => ({
  role: "pot",
  claim: null,
  line: "a",
  earmark: null,
  leaves: 0,
  enters: 2,
  moved: false,
  amount: 0n,
  ...more,
});
const ways: readonly Partial<Flow>[] = [
  { leaves: 0, enters: 2 },
  { leaves: 0, enters: 2, moved: true },
  { leaves: 2, enters: 0, moved: true },
  { leaves: 2, enters: 3 },
  { leaves: 3, enters: 2 },
  { leaves: 3, enters: 4 },
  { leaves: 2, enters: 4 },
  { leaves: 4, enters: 5 },
];
const claims: readonly Partial<Flow>[] = [
  { role: "contribution", leaves: 0, enters: 2 },
  { role: "contribution", leaves: 2, enters: 0 },
  { role: "contribution", leaves: 2, enters: 5 },
  { role: "pledge", leaves: 0, enters: 1 },
  { role: "pledge", leaves: 1, enters: 0 },
  { role: "pledge", leaves: 1, enters: 5 },
];
const flows = fc.array(
  fc
    .record({
      way: fc.constantFrom(...ways, ...claims),
      line: fc.constantFrom("a", "b"),
      earmark: fc.constantFrom(null, "e"),
      amount: money,
    })
    .map(({ way, ...rest }) => flow({ ...way, ...rest })),
  { maxLength: 40 },
);

describe("figures of a fund", () => {
  test("of the whole are the sum of the figures of its parts, however it is parted", () => {
    fc.assert(
      fc.property(flows, fc.constantFrom("line", "earmark", "role"), (all, by) => {
        const parts = [...Map.groupBy(all, (one) => one[by]).values()];
        for (const figures of [potFigures, contributionFigures, pledgeFigures] as readonly ((
          some: readonly Flow[],
        ) => Record<string, bigint>)[])
          for (const [name, whole] of Object.entries(figures(all)))
            expect([name, sum(parts.map((part) => figures(part)[name] ?? 0n))]).toEqual([name, whole]);
      }),
    );
  });

  test.each<[string, Partial<Flow>, Partial<ReturnType<typeof potFigures>>]>([
    ["comes", { leaves: 0, enters: 2 }, { received: 5n, available: 5n }],
    ["is moved in", { leaves: 0, enters: 2, moved: true }, { movedIn: 5n, available: 5n }],
    ["is moved out", { leaves: 2, enters: 0, moved: true }, { movedOut: 5n, available: -5n }],
    ["is placed", { leaves: 2, enters: 3 }, { placed: 5n, available: -5n }],
    ["is free again", { leaves: 3, enters: 2 }, { placed: -5n, available: 5n }],
    ["that was placed is paid", { leaves: 3, enters: 4 }, { placed: -5n, paid: 5n }],
    ["is paid at once", { leaves: 2, enters: 4 }, { paid: 5n, available: -5n }],
    ["is confirmed", { leaves: 4, enters: 5 }, { acknowledged: 5n }],
  ])("money that %s", (_, way, expected) => {
    const nothing = { received: 0n, movedIn: 0n, movedOut: 0n, placed: 0n, paid: 0n, acknowledged: 0n, available: 0n };
    expect(potFigures([flow({ ...way, amount: 5n })])).toEqual({ ...nothing, ...expected });
  });

  const paidIn = [flow({ role: "contribution", leaves: 2, enters: 5, amount: 5n }), flow({ amount: 5n })];
  test("agree when as much came into the lines as was paid, and all of it is somewhere", () => {
    fc.assert(
      fc.property(flows, (all) => {
        const spent = all.filter((one) => one.role === "pot" && (one.leaves > 0 || one.moved));
        expect(moneyAgrees([...paidIn, ...spent])).toBe(true);
      }),
    );
  });

  test.each<[string, readonly Flow[]]>([
    ["a line received what nobody paid", [flow({ amount: 5n })]],
    ["somebody paid what no line received", [flow({ role: "pledge", leaves: 1, enters: 5, amount: 5n })]],
    ["a cent less came in than was paid", [paidIn[0] ?? flow({}), flow({ amount: 4n })]],
    ["money was paid in a way that no figure counts", [...paidIn, flow({ leaves: 2, enters: 5, amount: 1n })]],
    [
      "money that was paid came back in a way that no figure counts",
      [...paidIn, flow({ leaves: 4, enters: 2, amount: 1n })],
    ],
  ])("do not agree when %s", (_, all) => {
    expect(moneyAgrees(all)).toBe(false);
  });

  test.each([
    ["2025-03-31", "2025-03-31", 0],
    ["2025-03-31", "2025-04-01", 1],
    ["2025-03-29", "2025-03-31", 2],
    ["2024-02-28", "2024-03-01", 2],
    ["2025-12-31", "2027-01-01", 366],
    ["2025-04-01", "2025-03-31", 0],
  ])("from %s to %s are %i days", (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
  });
});

describe("an authority on a day", () => {
  const granted: Granted = {
    id: "d.1",
    kind: "spend",
    fund: "f",
    line: null,
    lineTitle: null,
    toFund: null,
    toLine: null,
    toLineTitle: null,
    currency: "EUR",
    scale: 2,
    amount: "1000",
    used: "250",
    paid: "100",
    from: "2025-01-01",
    until: "2025-12-31",
    purpose: "Courses",
    proposal: "d",
    ended: null,
    endedOn: null,
  };
  test.each<[string, Partial<Granted>, string, boolean, RegExp]>([
    ["on its first day", {}, "2025-01-01", true, /in force from 2025-01-01 to 2025-12-31/],
    ["on its last day", {}, "2025-12-31", true, /in force/],
    ["the day before", {}, "2024-12-31", false, /it begins on 2025-01-01/],
    ["the day after", {}, "2026-01-01", false, /it ended on 2025-12-31/],
    ["with all of it used", { used: "1000" }, "2025-06-01", false, /all of it is used/],
    [
      "when its decision was annulled",
      { ended: "annulled", endedOn: "2025-05-01" },
      "2025-06-01",
      false,
      /was annulled on 2025-05-01/,
    ],
    ["when its decision expired, and before", { ended: "expired" }, "2025-02-01", false, /was expired/],
  ])("%s", (_, more, day, live, why) => {
    const found = authorityView({ ...granted, ...more }, day);
    expect([found.live, found.amount, found.decision]).toEqual([live, "10.00", "d"]);
    expect(found.why).toMatch(why);
    expect(BigInt(found.left.replace(".", "")) + BigInt(found.used.replace(".", ""))).toBe(1000n);
  });
});
