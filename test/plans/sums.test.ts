import { describe, expect, test } from "vitest";
import { comparePlans } from "#core/planning/compare.ts";
import type { Assignment, Plan } from "#core/planning/plan.ts";
import { classesOf, flowsOf, needsCovered } from "#core/planning/picture.ts";
import { summaryOf } from "#core/planning/summary.ts";
import { bare, need, offer } from "../planning/made.ts";

/** Four guns and a million shells: what is added up over both is worth nothing, so nothing is. */
const instance = {
  ...bare,
  needs: [
    need("guns", { quantity: 4 }),
    need("shells", { quantity: 1_000_000, accepts: [{ item: "shells", worthPpm: 1_000_000 }] }),
    need("late", { quantity: 2, priority: 1, until: 0 }),
  ],
  offers: [
    offer("G", { pieceMinor: 250_000_000 }),
    offer("S", { item: "shells", quantity: 1_000_000, pieceMinor: 300_000 }),
    offer("U", { giver: "borduria", quantity: 9, pieceMinor: 0 }),
  ],
  money: [{ id: "M", giver: "borduria", capabilities: null, years: [{ year: 2026, minor: 10_000_000_000 }] }],
};

const line = (from: string, to: string, quantity: number, bucket = 0): Assignment => ({
  offer: from,
  need: to,
  item: from === "S" ? "shells" : "gun",
  hub: "east",
  bucket,
  quantity,
});

function plan(assignments: readonly Assignment[], purchases: Plan["purchases"] = []): Plan {
  const lines = [...assignments, ...purchases];
  const coverage = [...Map.groupBy(lines, (one) => one.need)].map(([id, own]) => ({
    need: id,
    byBucket: own.map(({ bucket, quantity }) => ({ bucket, complete: quantity, worthPpm: quantity * 1_000_000 })),
  }));
  const rest = { state: "preview", goals: [], score: 0, bound: null, gap: null, effort: [] } as const;
  return { ...rest, assignments, purchases, coverage };
}

const guns = plan([line("G", "guns", 4)]);

describe("needs of different kinds", () => {
  test("count once each, whatever they are counted in", () => {
    expect(summaryOf(instance, guns, [])).toMatchObject({ needs: 3, whole: 1, share: 1 / 3, lines: 1 });
    expect(summaryOf(instance, plan([line("S", "shells", 999_999)]), [])).toMatchObject({
      whole: 0,
      share: 0.999999 / 3,
    });
    expect(summaryOf({ ...instance, needs: [] }, plan([]), [])).toMatchObject({ needs: 0, whole: 0, share: null });
  });

  test("are told by priority: in full, not at all, with a part late", () => {
    const some = plan([line("S", "shells", 500_000), line("G", "late", 1), line("U", "late", 1, 3)]);
    expect(classesOf(needsCovered(instance, some))).toEqual([
      { priority: 1, needs: 1, whole: 1, none: 0, late: 1, share: 1 },
      { priority: 2, needs: 2, whole: 0, none: 1, late: 0, share: 0.25 },
    ]);
  });
});

describe("what flows from givers", () => {
  const bought = { money: "M", need: "shells", item: "shells", hub: "east", ordered: 0, bucket: 3 } as const;
  const all = plan(
    [line("G", "guns", 3), line("S", "shells", 1000), line("U", "guns", 1)],
    [{ ...bought, quantity: 10, costMinor: 3_100_001 }],
  );
  const way = { capability: "artillery", priority: 2, stream: "materiel" };

  test("makes a sum by what its givers say it is worth, and by its price where it is bought", () => {
    expect(flowsOf(instance, all, 2)).toEqual([
      { ...way, giver: "aland", giverName: "Aland", assignments: 2, unvalued: 0, value: "10500000.00" },
      { ...way, giver: "borduria", giverName: "Borduria", assignments: 2, unvalued: 1, value: "31000.01" },
    ]);
  });

  test("counts what nobody has valued apart", () => {
    expect(flowsOf(instance, plan([line("U", "guns", 4)]), 2)).toMatchObject([
      { assignments: 1, unvalued: 1, value: "0.00" },
    ]);
  });
});

describe("two plans", () => {
  const compared = (before: Plan, after: Plan) => comparePlans({ instance, plan: before }, { instance, plan: after });

  test("differ by assignments and by shares of needs, not by pieces", () => {
    const before = plan([line("G", "guns", 4), line("S", "shells", 1_000_000)]);
    const after = plan([line("G", "guns", 4), line("S", "shells", 999_000)]);
    expect(compared(before, after)).toMatchObject({ same: 1, changed: 1, moved: 0.5, total: 1 });
    expect(compared(before, after).share).toBeCloseTo(-0.001 / 3, 12);
    expect(compared(before, after).classes).toEqual([
      { priority: 1, needs: 1, before: 0, after: 0 },
      { priority: 2, needs: 2, before: 1, after: 0.9995 },
    ]);
    expect(compared(before, before)).toMatchObject({ share: 0, same: 2, changed: 0, moved: 0, changes: [], needs: [] });
  });

  test("have no share between them where one has no need", () => {
    const none = { instance: { ...instance, needs: [] }, plan: plan([]) };
    expect(comparePlans(none, { instance, plan: guns })).toMatchObject({ share: null, moved: null });
  });
});
