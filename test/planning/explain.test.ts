import { describe, expect, test } from "vitest";
import { checkPlan } from "#core/planning/check.ts";
import { comparePlans } from "#core/planning/compare.ts";
import { blockOf } from "#core/planning/explain/blocked.ts";
import { explainUnmet } from "#core/planning/explain/need.ts";
import { explainAssignment } from "#core/planning/explain/offer.ts";
import type { Instance } from "#core/planning/instance.ts";
import { levers } from "#core/planning/levers.ts";
import { practiceInstance } from "#core/planning/practice.ts";
import { fillUp, previewPlan } from "#core/planning/preview.ts";
import { carriedOn, standingOf } from "#core/planning/carried.ts";
import { bare, crewBefore, need, offer, randomInstance } from "./made.ts";

/** Six guns and two crews: four more crews are what is lacking, and nothing else. */
const short: Instance = {
  ...bare,
  needs: [need("guns", { quantity: 6, package: [crewBefore] })],
  offers: [offer("guns-a", { quantity: 6 }), offer("crews", { item: "crew", quantity: 2 })],
};

describe("why a need is not met", () => {
  const plan = previewPlan(short);

  test("the one thing that is lacking is named, with how much of it and what it would bring", () => {
    const { says, limits } = explainUnmet(short, plan, "guns");
    expect(says[0]).toBe("4 of 6 gun are not covered.");
    expect(says[1]).toMatch(/^4 places more of crew, .* would cover 4 more gun: \d/);
    expect(limits.map(({ name }) => name)).toEqual(["crew"]);
  });

  test("and with just that much more it is so", () => {
    const more = { ...short, offers: [...short.offers, offer("more-crews", { item: "crew", quantity: 4 })] };
    const block = blockOf(short, plan, short.needs[0] as never);
    expect(fillUp(more, plan).score - plan.score).toBeCloseTo(block?.score ?? 0, 6);
    const fewer = { ...short, offers: [...short.offers, offer("more-crews", { item: "crew", quantity: 3 })] };
    expect(fillUp(fewer, plan).score - plan.score).toBeLessThan(block?.score ?? 0);
  });

  test("a full hub is named where it is what holds back", () => {
    const narrow: Instance = {
      ...short,
      needs: [need("guns", { quantity: 6, hubs: ["west"], until: 0 })],
      buckets: bare.buckets.slice(0, 1),
      hubs: [{ id: "west", name: "West", tonnesPerWeek: 5, placesPerWeek: null }],
      offers: [offer("guns-a", { quantity: 6, until: 0 })],
    };
    const { limits } = explainUnmet(narrow, previewPlan(narrow), "guns");
    expect(limits).toEqual([{ name: "tonnes through West", says: "38 t more through West, January 2026" }]);
  });

  test("where time alone is lacking it says so; what is met says by when", () => {
    const late: Instance = {
      ...short,
      needs: [need("guns", { quantity: 6, package: [{ ...crewBefore, leadDays: 900 }] })],
    };
    expect(explainUnmet(late, previewPlan(late), "guns").says[1]).toMatch(/lead times and courses take longer/);
    const met: Instance = { ...short, needs: [need("guns", { quantity: 2, package: [crewBefore] })] };
    expect(explainUnmet(met, previewPlan(met), "guns").says).toEqual([
      "All 2 are covered by 30 April 2026, the end of the stretch in which they are wanted.",
    ]);
  });
});

test("why an offer goes where it goes: its lines, what is lost without it, where else it could go", () => {
  const rivals: Instance = {
    ...bare,
    needs: [need("first", { priority: 1 }), need("second", { priority: 5 })],
    offers: [offer("guns-a")],
  };
  const { says, figures } = explainAssignment(rivals, previewPlan(rivals), "guns-a");
  expect(says).toContainEqual(
    expect.stringMatching(/^4 gun go to first \(priority 1\), there by 31 January 2026 through/),
  );
  expect(says).toContainEqual(expect.stringMatching(/^Without it 4 of first would not be covered/));
  expect(says).toContainEqual(expect.stringMatching(/^It could go to second \(priority 5/));
  expect(figures[0]).toEqual({ name: "pieces", value: "4" });
  expect(explainAssignment(rivals, previewPlan(rivals), "nothing").says).toEqual([]);
});

test("every lever brings what it says, in a plan that breaks nothing", () => {
  const instance = practiceInstance("S", 3);
  const plan = previewPlan(instance);
  const told = levers(instance, plan);
  expect(told.length).toBe(5);
  expect(told.map(({ gain }) => gain)).toEqual(told.map(({ gain }) => gain).toSorted((one, other) => other - one));
  expect(told.every(({ gain }) => gain > 0)).toBe(true);
  const [first] = levers(short, previewPlan(short));
  const more = { ...short, offers: [...short.offers, offer("more", { item: "crew", quantity: 4 })] };
  expect(first?.name).toBe("crew");
  expect(first?.gain).toBeCloseTo(fillUp(more, previewPlan(short)).score - previewPlan(short).score, 9);
  expect(first?.coverage).toEqual([{ priority: 2, gained: 4 / 6 }]);
});

describe("a plan after a change", () => {
  test("without any change nothing moves", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const instance = randomInstance(seed, { needs: 4, offers: 10, buckets: 1 + (seed % 6), most: 5 });
      const plan = previewPlan(instance);
      const again = carriedOn({ ...instance, standing: standingOf(plan) });
      expect(checkPlan(instance, again)).toEqual([]);
      expect(again.score).toBeGreaterThanOrEqual(plan.score - 0.005 * plan.score - 1e-9);
    }
  });

  test("an offer withdrawn from M moves few pieces, and the plan breaks nothing", () => {
    const instance = practiceInstance("M", 1);
    const plan = previewPlan(instance);
    const gone = plan.assignments.find(
      ({ item }) => instance.items.find(({ id }) => id === item)?.stream === "training",
    )?.offer;
    const changed = {
      ...instance,
      offers: instance.offers.filter(({ id }) => id !== gone),
      standing: standingOf(plan),
    };
    const next = carriedOn(changed);
    expect(checkPlan(changed, next)).toEqual([]);
    const difference = comparePlans({ instance, plan }, { instance: changed, plan: next });
    expect(difference.changed).toBeGreaterThan(0);
    expect(difference.moved).toBeLessThan(0.02);
    expect(next.score).toBeGreaterThan(plan.score * 0.98);
  });

  test("pins hold whatever stands", () => {
    const instance: Instance = {
      ...bare,
      needs: [need("first", { priority: 1 }), need("second", { priority: 5 })],
      offers: [offer("guns-a")],
    };
    const pinned = {
      ...instance,
      standing: standingOf(previewPlan(instance)),
      pins: [{ offer: "guns-a", need: "second", hub: null, quantity: 3 }],
    };
    const next = carriedOn(pinned);
    expect(checkPlan(pinned, next)).toEqual([]);
    expect(next.assignments.find((line) => line.need === "second")?.quantity).toBe(3);
  });
});

test("two plans are compared piece by piece", () => {
  const instance: Instance = {
    ...bare,
    needs: [need("first", { priority: 1 }), need("second", { priority: 5 })],
    offers: [offer("guns-a")],
  };
  const before = { instance, plan: previewPlan(instance) };
  const turned: Instance = { ...instance, needs: [need("first", { priority: 5 }), need("second", { priority: 1 })] };
  const after = { instance: turned, plan: previewPlan(turned) };
  const same = comparePlans(before, before);
  expect([same.changed, same.moved, same.total, same.needs, same.effort]).toEqual([0, 0, 0, [], []]);
  const turn = comparePlans(before, after);
  expect([turn.same, turn.moved]).toEqual([0, 1]);
  expect(turn.changed).toBeGreaterThan(0);
  expect(turn.changes.map(({ need: id, says }) => [id, says])).toEqual([
    ["first", "nothing of it any more, moved to second"],
    ["second", "4 that it did not get before"],
  ]);
  expect(turn.needs.map(({ need: id, before: had, after: has }) => [id, had, has])).toEqual([
    ["first", 4, 0],
    ["second", 0, 4],
  ]);
});
