import { describe, expect, test } from "vitest";
import { checkPlan } from "#core/planning/check.ts";
import type { Instance } from "#core/planning/instance.ts";
import type { Plan } from "#core/planning/plan.ts";
import { previewPlan } from "#core/planning/preview.ts";
import { effortOf, scoreOf } from "#core/planning/score.ts";
import { bare, crewBefore, need, offer, randomInstance, shellsWith, sparesMonthly } from "./made.ts";

const codes = (instance: Instance, plan: Plan) => [...new Set(checkPlan(instance, plan).map(({ code }) => code))];

/** A plan of these lines with the claims that follow from them. */
function planOf(instance: Instance, parts: Pick<Plan, "assignments" | "purchases" | "coverage">): Plan {
  const score = scoreOf(instance, parts.coverage);
  const effort = effortOf(instance, parts);
  return { state: "preview", goals: [], score, bound: null, gap: null, ...parts, effort };
}

/** Two guns with crews, shells and spares, bought shells among them: everything that can be wrong in one sound plan. */
const instance: Instance = {
  ...bare,
  needs: [
    need("guns", { quantity: 2, package: [crewBefore, shellsWith, sparesMonthly] }),
    need("more", { quantity: 3, capability: "armour" }),
  ],
  offers: [
    offer("some-guns", { quantity: 3, capabilities: ["artillery"], hubs: ["west"] }),
    offer("crews", { item: "crew", quantity: 2, until: 0, giver: "borduria" }),
    offer("spares", { item: "spares", quantity: 9 }),
    offer("whole", { quantity: 3, allOrNothing: true, excludes: ["guns", "west"], from: 1 }),
  ],
  money: [{ id: "purse", giver: "borduria", capabilities: ["artillery"], years: [{ year: 2026, minor: 3000 }] }],
  market: [{ item: "shells", priceMinor: 900, leadDays: 20, perMonth: 3 }],
  transport: [{ year: 2026, tonnes: 200 }],
  pins: [{ offer: "some-guns", need: "guns", hub: null, quantity: 2 }],
};

const line = { need: "guns", hub: "west", bucket: 1 };
const sound = planOf(instance, {
  assignments: [
    { ...line, offer: "some-guns", item: "gun", quantity: 2 },
    { ...line, offer: "crews", item: "crew", bucket: 0, quantity: 2 },
    { ...line, offer: "spares", item: "spares", quantity: 3 },
    { offer: "whole", need: "more", item: "gun", hub: "east", bucket: 1, quantity: 3 },
  ],
  purchases: [{ ...line, money: "purse", item: "shells", ordered: 0, bucket: 1, quantity: 3, costMinor: 2700 }],
  coverage: [
    { need: "guns", byBucket: [{ bucket: 1, complete: 2, worthPpm: 2_000_000 }] },
    { need: "more", byBucket: [{ bucket: 1, complete: 3, worthPpm: 3_000_000 }] },
  ],
});

test("a sound plan breaks nothing", () => {
  expect(checkPlan(instance, sound)).toEqual([]);
});

const [guns, crews, spares, whole] = sound.assignments;
const [shells] = sound.purchases;
const others = (...left: (object | undefined)[]) => sound.assignments.filter((one) => !left.includes(one));
const gunsOf = (change: object) =>
  planOf(instance, { ...sound, assignments: [...others(guns), { ...guns, ...change } as never] });
const bought = (change: object) => planOf(instance, { ...sound, purchases: [{ ...shells, ...change } as never] });
const given = (...assignments: object[]) => planOf(instance, { ...sound, assignments: assignments as never });
const covered = (byBucket: object[]) =>
  planOf(instance, { ...sound, coverage: [{ need: "guns", byBucket: byBucket as never }, sound.coverage[1] as never] });
const without = (change: Partial<Instance>): Instance => ({ ...instance, ...change });

describe("each breach is told by its name", () => {
  test.each<[string, Plan, Instance?]>([
    ["offer_unknown", gunsOf({ offer: "none" })],
    ["need_unknown", gunsOf({ need: "none" })],
    ["item_unknown", gunsOf({ item: "none" })],
    ["item_wrong", gunsOf({ item: "old-gun" })],
    ["item_not_asked", gunsOf({ need: "more", offer: "spares", item: "spares" })],
    ["hub_unknown", gunsOf({ hub: "north" })],
    ["hub_ruled_out", gunsOf({ hub: "east" })],
    ["bucket_unknown", gunsOf({ bucket: 9 })],
    ["units_not_whole", gunsOf({ quantity: 1.5 })],
    ["units_not_whole", gunsOf({ quantity: 0 })],
    [
      "too_early",
      sound,
      without({
        needs: [need("guns", { ...instance.needs[0], from: 2, until: 3 }), need("more", { ...instance.needs[1] })],
      }),
    ],
    ["earmark_broken", gunsOf({ need: "more" })],
    ["earmark_broken", given(guns ?? {}, crews ?? {}, spares ?? {}, { ...whole, need: "guns" })],
    ["hub_ruled_out", given(guns ?? {}, crews ?? {}, spares ?? {}, { ...whole, hub: "west" })],
    ["offer_not_there", given(guns ?? {}, crews ?? {}, spares ?? {}, { ...whole, bucket: 0 })],
    ["offer_not_there", given(guns ?? {}, { ...crews, bucket: 1 }, spares ?? {}, whole ?? {})],
    ["all_or_nothing_broken", given(guns ?? {}, crews ?? {}, spares ?? {}, { ...whole, quantity: 2 })],
    ["offer_exceeded", gunsOf({ quantity: 4 })],
    [
      "hub_exceeded",
      sound,
      without({
        hubs: [
          { id: "east", name: "East", tonnesPerWeek: null, placesPerWeek: null },
          { id: "west", name: "West", tonnesPerWeek: 5, placesPerWeek: 2 },
        ],
      }),
    ],
    [
      "centre_exceeded",
      sound,
      without({
        hubs: [
          { id: "east", name: "East", tonnesPerWeek: null, placesPerWeek: null },
          { id: "west", name: "West", tonnesPerWeek: 20, placesPerWeek: 0.4 },
        ],
      }),
    ],
    ["transport_exceeded", sound, without({ transport: [{ year: 2026, tonnes: 50 }] })],
    [
      "money_exceeded",
      sound,
      without({
        money: [{ id: "purse", giver: "borduria", capabilities: null, years: [{ year: 2026, minor: 2699 }] }],
      }),
    ],
    [
      "money_exceeded",
      sound,
      without({
        money: [{ id: "purse", giver: "borduria", capabilities: null, years: [{ year: 2027, minor: 9000 }] }],
      }),
    ],
    [
      "earmark_broken",
      sound,
      without({
        money: [{ id: "purse", giver: "borduria", capabilities: ["armour"], years: [{ year: 2026, minor: 3000 }] }],
      }),
    ],
    ["money_unknown", bought({ money: "none" })],
    ["price_unknown", bought({ item: "gun" })],
    ["cost_wrong", bought({ costMinor: 2600 })],
    [
      "lead_too_short",
      bought({ ordered: 1, bucket: 1 }),
      without({ market: [{ item: "shells", priceMinor: 900, leadDays: 28, perMonth: 3 }] }),
    ],
    ["market_exceeded", sound, without({ market: [{ item: "shells", priceMinor: 900, leadDays: 20, perMonth: 2 }] })],
    ["pin_broken", sound, without({ pins: [{ offer: "some-guns", need: "guns", hub: "east", quantity: 1 }] })],
    ["package_incomplete", given(guns ?? {}, { ...crews, quantity: 1 }, spares ?? {}, whole ?? {})],
    ["package_incomplete", given(guns ?? {}, crews ?? {}, { ...spares, quantity: 2 }, whole ?? {})],
    ["package_incomplete", given(guns ?? {}, crews ?? {}, { ...spares, bucket: 4 }, whole ?? {})],
    ["package_incomplete", bought({ quantity: 2, costMinor: 1800 })],
    ["package_incomplete", bought({ bucket: 2 })],
    ["pieces_missing", covered([{ bucket: 0, complete: 2, worthPpm: 2_000_000 }])],
    ["pieces_missing", covered([{ bucket: 1, complete: 3, worthPpm: 2_000_000 }])],
    ["worth_wrong", covered([{ bucket: 1, complete: 2, worthPpm: 2_000_001 }])],
    ["covered_too_early", covered([{ bucket: 7, complete: 2, worthPpm: 2_000_000 }])],
    ["idle", covered([]), without({ pins: [] })],
    ["idle", given(guns ?? {}, crews ?? {}, { ...spares, quantity: 9 }, whole ?? {})],
    [
      "more_than_needed",
      sound,
      without({
        needs: [
          need("guns", { ...instance.needs[0], quantity: 1 }),
          need("more", { quantity: 3, capability: "armour" }),
        ],
      }),
    ],
    ["coverage_twice", planOf(instance, { ...sound, coverage: [...sound.coverage, { need: "guns", byBucket: [] }] })],
    ["effort_wrong", { ...sound, effort: sound.effort.map((effort) => ({ ...effort, minor: effort.minor + 1 })) }],
    ["score_wrong", { ...sound, score: sound.score + 0.01 }],
    ["bound_wrong", { ...sound, bound: sound.score - 1, gap: 0 }],
    ["gap_wrong", { ...sound, bound: sound.score + 1, gap: 0 }],
  ])("%s", (code, plan, changed = instance) => {
    expect(codes(changed, plan)).toContain(code);
  });
});

test("quick plans of thousands of random instances break nothing", () => {
  const broken: string[] = [];
  let covered = 0;
  for (let seed = 1; seed <= 2000; seed += 1) {
    const made = randomInstance(seed, { needs: 4, offers: 10, buckets: 1 + (seed % 6), most: 5, pins: true });
    const plan = previewPlan(made);
    if (plan.score > 0) covered += 1;
    const found = checkPlan(made, plan).filter(({ code }) => code !== "pin_broken");
    if (found.length > 0) broken.push(`seed ${seed}: ${found[0]?.says}`);
  }
  expect(broken).toEqual([]);
  expect(covered).toBeGreaterThan(1000);
});

/** Ways to spoil a sound plan, each of which breaks some rule whatever the instance. */
const spoil: Readonly<Record<string, (plan: Plan, at: number) => Plan>> = {
  "a piece more of an offer than complete systems use": (plan, at) => ({
    ...plan,
    assignments: changed(plan, at, (one) => ({ ...one, quantity: one.quantity + 1 })),
  }),
  "a line left out": (plan, at) => ({ ...plan, assignments: plan.assignments.filter((_, place) => place !== at) }),
  "a line through no hub": (plan, at) => ({
    ...plan,
    assignments: changed(plan, at, (one) => ({ ...one, hub: "nowhere" })),
  }),
  "a line after the last day": (plan, at) => ({
    ...plan,
    assignments: changed(plan, at, (one) => ({ ...one, bucket: 99 })),
  }),
  "a line of another kind": (plan, at) => ({
    ...plan,
    assignments: changed(plan, at, (one) => ({ ...one, item: one.item === "gun" ? "crew" : "gun" })),
  }),
  "half a piece": (plan, at) => ({
    ...plan,
    assignments: changed(plan, at, (one) => ({ ...one, quantity: one.quantity - 0.5 })),
  }),
  "one more complete": (plan) => ({
    ...plan,
    coverage: plan.coverage.map((one, place) =>
      place === 0 ? { ...one, byBucket: [{ bucket: 5, complete: 99, worthPpm: 0 }] } : one,
    ),
  }),
};

function changed(plan: Plan, at: number, change: (line: Plan["assignments"][number]) => Plan["assignments"][number]) {
  return plan.assignments.map((one, place) => (place === at ? change(one) : one));
}

test.each(Object.entries(spoil))("is always caught: %s", (_, change) => {
  const missed: number[] = [];
  let tried = 0;
  for (let seed = 1; seed <= 300; seed += 1) {
    const made = randomInstance(seed, { needs: 4, offers: 10, buckets: 1 + (seed % 6), most: 5 });
    const plan = previewPlan(made);
    if (plan.assignments.length === 0) continue;
    tried += 1;
    const at = seed % plan.assignments.length;
    const spoilt = change(plan, at);
    if (
      checkPlan(made, { ...spoilt, score: scoreOf(made, spoilt.coverage), effort: effortOf(made, wholeOf(spoilt)) })
        .length === 0
    )
      missed.push(seed);
  }
  expect(tried).toBeGreaterThan(100);
  expect(missed).toEqual([]);
});

/** Half pieces have no exact effort: whole ones are claimed. */
function wholeOf(plan: Plan): Plan {
  return { ...plan, assignments: plan.assignments.map((one) => ({ ...one, quantity: Math.ceil(one.quantity) })) };
}
