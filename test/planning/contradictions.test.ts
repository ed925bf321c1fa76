import { expect, test } from "vitest";
import { solveInstance } from "#app/planning/solver.ts";
import { contradictions } from "#core/planning/contradictions.ts";
import type { Instance, Pin } from "#core/planning/instance.ts";
import { bare, crewBefore, need, offer } from "./made.ts";

const instance: Instance = {
  ...bare,
  needs: [need("guns", { from: 2, package: [crewBefore] }), need("tanks", { capability: "armour", hubs: ["west"] })],
  offers: [
    offer("any"),
    offer("armour-only", { capabilities: ["armour"] }),
    offer("tanks-only", { needs: ["tanks"] }),
    offer("not-guns", { excludes: ["guns"] }),
    offer("east-only", { hubs: ["east"] }),
    offer("past-crews", { item: "crew", from: 4, until: 3 }),
    offer("spares", { item: "spares" }),
  ],
};
const pin = (named: string, change: Partial<Pin> = {}): Partial<Instance> => ({
  pins: [{ offer: named, need: "guns", hub: null, quantity: 1, ...change }],
});

test("what holds together is told nothing of", () => {
  expect(contradictions({ ...instance, ...pin("any", { quantity: 4 }) })).toEqual([]);
});

test.each<[string, Partial<Instance>, RegExp]>([
  ["offer_unknown", pin("none"), /none is no offer/],
  ["need_unknown", pin("any", { need: "none" }), /none is no need/],
  ["hub_unknown", pin("any", { hub: "north" }), /no hub north/],
  ["units_not_whole", pin("any", { quantity: 0.5 }), /0.5 is no number/],
  ["item_not_asked", pin("spares"), /takes no spares/],
  ["earmark_broken", pin("armour-only"), /earmarked for armour only, the need is of artillery/],
  ["earmark_broken", pin("tanks-only"), /earmarked for tanks only/],
  ["caveat_broken", pin("not-guns"), /caveat rules guns out/],
  ["hub_ruled_out", pin("east-only", { need: "tanks" }), /no hub serves both/],
  ["hub_ruled_out", pin("east-only", { hub: "west" }), /can't go through west/],
  ["offer_not_there", pin("past-crews"), /never there/],
  ["more_pinned_than_offered", pin("any", { quantity: 5 }), /5 of any are pinned, 4 are offered/],
  [
    "more_pinned_than_needed",
    { ...pin("any", { quantity: 4 }), needs: [need("guns", { quantity: 2 })] },
    /4 are pinned to guns, 2 are needed/,
  ],
  ["package_of_itself", { needs: [need("guns", { package: [{ ...crewBefore, item: "gun" }] })] }, /asks for gun/],
  ["item_unknown", { needs: [need("guns", { accepts: [{ item: "laser", worthPpm: 1_000_000 }] })] }, /no kind laser/],
  ["hub_unknown", { needs: [need("guns", { hubs: ["north"] })] }, /no hub north/],
  ["named_twice", { offers: [offer("any"), offer("any")] }, /any is there 2 times/],
])("%s is told by name before anything is solved", async (code, change, says) => {
  const contradictory = { ...instance, ...change };
  const told = contradictions(contradictory);
  expect(told.map((one) => one.code)).toContain(code);
  expect(told.map((one) => one.says).join("\n")).toMatch(says);
  await expect(solveInstance(contradictory, { goal: "cover", preview: true })).rejects.toMatchObject({
    code: "plan_contradictory",
    found: expect.stringMatching(says) as string,
  });
});

test("pins that each could be kept but not all together are refused, never an empty plan", async () => {
  const crowded: Instance = {
    ...bare,
    hubs: [{ id: "west", name: "West", tonnesPerWeek: 1, placesPerWeek: null }],
    buckets: bare.buckets.slice(0, 1),
    needs: [need("guns", { until: 0 })],
    offers: [offer("any", { until: 0 })],
    pins: [{ offer: "any", need: "guns", hub: null, quantity: 1 }],
  };
  expect(contradictions(crowded)).toEqual([]);
  await expect(solveInstance(crowded, { goal: "cover" })).rejects.toMatchObject({ code: "plan_contradictory" });
});
