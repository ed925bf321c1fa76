import { expect, test } from "vitest";
import { checkPlan } from "#core/planning/check.ts";
import type { Instance, Standing } from "#core/planning/instance.ts";
import { gathered } from "#core/planning/lots.ts";
import type { Plan } from "#core/planning/plan.ts";
import { practiceInstance } from "#core/planning/practice.ts";
import { previewPlan } from "#core/planning/preview.ts";
import { effortOf, scoreOf } from "#core/planning/score.ts";
import { bare, need, offer, randomInstance, shellsWith, weeks } from "./made.ts";

const lots = ({ assignments, purchases }: Plan): number => assignments.length + purchases.length;

/** Two guns with three shells of one offer in two hubs and weeks, three bought in three weeks of one month. */
const instance: Instance = {
  ...bare,
  buckets: weeks,
  needs: [need("guns", { quantity: 4, until: 5, package: [shellsWith] })],
  offers: [offer("some-guns"), offer("shells", { item: "shells", quantity: 3 })],
  money: [{ id: "purse", giver: "aland", capabilities: null, years: [{ year: 2026, minor: 9000 }] }],
  market: [{ item: "shells", priceMinor: 900, leadDays: 5, perMonth: 3 }],
};
const line = { need: "guns", hub: "east" };
const bought = { ...line, money: "purse", item: "shells", quantity: 1, costMinor: 900 };
const parts: Pick<Plan, "assignments" | "purchases" | "coverage"> = {
  assignments: [
    { ...line, offer: "some-guns", item: "gun", bucket: 1, quantity: 2 },
    { ...line, offer: "some-guns", item: "gun", bucket: 5, quantity: 2 },
    { ...line, offer: "shells", item: "shells", bucket: 0, quantity: 2 },
    { ...line, offer: "shells", item: "shells", hub: "west", bucket: 1, quantity: 1 },
  ],
  purchases: [
    { ...bought, ordered: 2, bucket: 3 },
    { ...bought, ordered: 3, bucket: 4 },
    { ...bought, ordered: 4, bucket: 5 },
  ],
  coverage: [
    {
      need: "guns",
      byBucket: [
        { bucket: 1, complete: 2, worthPpm: 2_000_000 },
        { bucket: 5, complete: 2, worthPpm: 2_000_000 },
      ],
    },
  ],
};
const made = (given: Instance): Plan => ({
  state: "limit",
  goals: [],
  score: scoreOf(given, parts.coverage),
  bound: null,
  gap: null,
  ...parts,
  effort: effortOf(given, parts),
});

test("what one offer gives to a need comes together, and what is bought in one month is one order", () => {
  const plan = gathered(instance, made(instance));
  expect(checkPlan(instance, made(instance))).toEqual([]);
  expect(checkPlan(instance, plan)).toEqual([]);
  expect(plan.assignments.map(({ item, bucket, quantity }) => [item, bucket, quantity])).toEqual([
    ["gun", 1, 4],
    ["shells", 0, 3],
  ]);
  expect(plan.purchases).toHaveLength(1);
  expect(plan.purchases[0]).toMatchObject({ quantity: 3, costMinor: 2700 });
});

test("nothing goes together where a hub has no room for it, or as a plan stands that holds now", () => {
  const narrow = {
    ...instance,
    hubs: [{ id: "east", name: "East", tonnesPerWeek: 20, placesPerWeek: null }, bare.hubs[1]!],
  };
  const guns = (given: Instance) => gathered(given, made(given)).assignments.filter(({ item }) => item === "gun");
  expect(guns(narrow).map(({ quantity }) => quantity)).toEqual([2, 2]);
  const standing: Standing[] = parts.assignments.map(({ offer: of, need: to, hub, bucket, quantity }) => {
    return { offer: of, need: to, hub, bucket, quantity };
  });
  expect(gathered({ ...instance, standing }, made(instance)).assignments).toEqual(parts.assignments);
});

test("random and practice plans are as sound, cover the same on the same days for the same effort, in fewer lots", () => {
  const wrong: string[] = [];
  let [before, after] = [0, 0];
  const look = (name: string, given: Instance) => {
    const plan = previewPlan(given);
    if (checkPlan(given, plan).length > 0) return;
    const fewer = gathered(given, plan);
    before += lots(plan);
    after += lots(fewer);
    const found = checkPlan(given, fewer);
    if (found.length > 0) wrong.push(`${name}: ${found[0]?.says}`);
    if (lots(fewer) > lots(plan)) wrong.push(`${name}: more lots`);
    expect(fewer.coverage).toEqual(plan.coverage);
    expect(effortOf(given, fewer)).toEqual(plan.effort);
  };
  for (let seed = 1; seed <= 1000; seed += 1)
    look(
      `seed ${seed}`,
      randomInstance(seed, {
        needs: 4,
        offers: 10,
        buckets: 1 + (seed % 6),
        most: 5,
        pins: true,
        weekly: seed % 2 === 0,
      }),
    );
  look("S", practiceInstance("S"));
  look("M", practiceInstance("M"));
  expect(wrong).toEqual([]);
  expect(after).toBeLessThan(before * 0.9);
});
