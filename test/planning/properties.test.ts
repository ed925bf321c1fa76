import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { loadSolver } from "#app/planning/highs.ts";
import { quietly } from "#core/planning/driving.ts";
import { fairPlan } from "#core/planning/fair.ts";
import { classesCovered } from "#core/planning/fair/floors.ts";
import type { Instance } from "#core/planning/instance.ts";
import { planInstance } from "#core/planning/solve.ts";
import type { Solve } from "#core/planning/solving.ts";
import { bare, crewBefore, need, offer, randomInstance } from "./made.ts";

// What holds whatever the record is, on tiny ones that are solved to the optimum.

let solve: Solve;
beforeAll(async () => {
  solve = await loadSolver();
});

const options = { gap: 0, seconds: null };
const near = 1e-6;

async function best(instance: Instance): Promise<number> {
  const plan = await planInstance(instance, options, solve, quietly);
  if (plan === null) throw new Error("no plan");
  return plan.score;
}

const tiny = fc
  .record({ seed: fc.integer({ min: 1, max: 1_000_000 }), buckets: fc.integer({ min: 1, max: 4 }) })
  .map(({ seed, buckets }) => randomInstance(seed, { needs: 2, offers: 5, buckets, most: 3 }));

/** The same cases on every machine; as many as are solved in a few seconds. */
const holds = <T>(over: fc.Arbitrary<T>, property: (of: T) => Promise<void>, runs = 30) =>
  fc.assert(fc.asyncProperty(over, property), { seed: 4, numRuns: runs });

const more = fc.record({
  item: fc.constantFrom("crew", "gun", "old-gun", "shells", "spares"),
  quantity: fc.integer({ min: 1, max: 3 }),
  from: fc.integer({ min: 0, max: 3 }),
  allOrNothing: fc.boolean(),
});

test("one more offer never lowers the best score", async () => {
  let raised = 0;
  await holds(fc.tuple(tiny, more), async ([instance, change]) => {
    const added = offer("offer-more", { ...change, from: Math.min(change.from, instance.buckets.length - 1) });
    const [before, after] = [
      await best(instance),
      await best({ ...instance, offers: [...instance.offers, { ...added, until: instance.buckets.length - 1 }] }),
    ];
    expect(after).toBeGreaterThan(before - near);
    if (after > before + near) raised += 1;
  });
  expect(raised).toBeGreaterThan(0);
});

const upTo = (max: number) => fc.integer({ min: 0, max });

/** Where limits bind: guns that weigh ten tonnes, some of them bought, with crews to be trained, and one hub. */
const limited = fc
  .record({ tonnes: upTo(6), places: upTo(2), transport: upTo(80), sold: upTo(2), minor: upTo(4000), guns: upTo(6) })
  .chain((limits) => fc.tuple(fc.constant(limits), fc.integer({ min: 1, max: 5 }), fc.boolean()))
  .map(([{ tonnes, places, transport, sold, minor, guns }, quantity, crewed]): Instance => ({
    ...bare,
    buckets: bare.buckets.slice(0, 4),
    hubs: [{ id: "east", name: "East", tonnesPerWeek: tonnes, placesPerWeek: places }],
    transport: [{ year: 2026, tonnes: transport }],
    needs: [need("a", { quantity, package: crewed ? [crewBefore] : [] }), need("b", { priority: 4, quantity: 2 })],
    offers: [offer("guns", { quantity: Math.max(1, guns), until: 3 }), offer("crews", { item: "crew", quantity: 9 })],
    money: [{ id: "purse", giver: "aland", capabilities: null, years: [{ year: 2026, minor }] }],
    market: [{ item: "gun", priceMinor: 700, leadDays: 20, perMonth: sold }],
  }));

/** Each with one limit looser; limits that aren't there stay as they are. */
const loosened: Readonly<Record<string, (instance: Instance) => Instance>> = {
  "tonnes of a hub": (one) => ({ ...one, hubs: one.hubs.map((hub) => ({ ...hub, tonnesPerWeek: null })) }),
  "places of a centre": (one) => ({
    ...one,
    hubs: one.hubs.map((hub) => ({ ...hub, placesPerWeek: hub.placesPerWeek === null ? null : hub.placesPerWeek + 2 })),
  }),
  transport: (one) => ({ ...one, transport: one.transport.map((year) => ({ ...year, tonnes: year.tonnes + 30 })) }),
  "what the market sells": (one) => ({
    ...one,
    market: one.market.map((price) => ({ ...price, perMonth: price.perMonth + 2, leadDays: 0 })),
  }),
  money: (one) => ({
    ...one,
    money: one.money.map((purse) => ({
      ...purse,
      years: purse.years.map((year) => ({ ...year, minor: year.minor + 2000 })),
    })),
  }),
};

test.each(Object.keys(loosened))("more of a limit never lowers the best score: %s", async (name) => {
  let raised = 0;
  await holds(limited, async (instance) => {
    const [before, after] = [await best(instance), await best(loosened[name]!(instance))];
    expect(after).toBeGreaterThan(before - near);
    if (after > before + near) raised += 1;
  });
  expect(raised).toBeGreaterThan(0);
});

test("in whatever order needs and offers are told, the best score is the same", async () => {
  await holds(
    tiny.chain((instance) =>
      fc.tuple(
        fc.constant(instance),
        fc.shuffledSubarray([...instance.needs], { minLength: instance.needs.length }),
        fc.shuffledSubarray([...instance.offers], { minLength: instance.offers.length }),
      ),
    ),
    async ([instance, needs, offers]) => {
      expect(await best({ ...instance, needs, offers })).toBeCloseTo(await best(instance), 5);
    },
  );
});

test("an offer in two parts of the same giver brings what the whole one brings", async () => {
  await holds(tiny, async (instance) => {
    const parts = instance.offers.flatMap((one) => {
      const half = Math.floor(one.quantity / 2);
      if (half === 0 || one.allOrNothing) return [one];
      return [
        { ...one, id: `${one.id}a`, quantity: half },
        { ...one, id: `${one.id}b`, quantity: one.quantity - half },
      ];
    });
    expect(await best({ ...instance, offers: parts })).toBeCloseTo(await best(instance), 5);
  });
});

/** Several needs for the same two kinds, of which there are too few. */
const contested = fc
  .integer({ min: 1, max: 1_000_000 })
  .map((seed) => randomInstance(seed, { needs: 4, offers: 4, buckets: 2, most: 4 }))
  .map((instance): Instance => ({
    ...instance,
    needs: instance.needs.map((one) => ({ ...one, package: [] })),
    offers: [...instance.offers, offer("offer-few", { quantity: 3, until: 1 })],
  }));

test("a fair plan covers the least covered priority no less than the plan with the best score", async () => {
  let fairer = 0;
  await holds(contested, async (instance) => {
    const cover = await planInstance(instance, options, solve, quietly);
    const fair = await fairPlan(instance, options, solve, quietly);
    const [most, least] = [cover, fair].map((plan) =>
      Math.min(...classesCovered(instance, plan?.coverage ?? []).map(({ covered }) => covered)),
    );
    expect(least).toBeGreaterThan((most ?? 0) - near);
    if ((least ?? 0) > (most ?? 0) + near) fairer += 1;
  });
  expect(fairer).toBeGreaterThan(0);
});
