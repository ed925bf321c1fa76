import { describe, expect, test } from "vitest";
import { explainUnmet } from "#core/planning/explain/need.ts";
import { explainAssignment } from "#core/planning/explain/offer.ts";
import type { Instance } from "#core/planning/instance.ts";
import { previewPlan } from "#core/planning/preview.ts";
import { unusedOffers } from "#core/planning/unused.ts";
import { bare, crewBefore, need, offer, randomInstance } from "./made.ts";

/** Why something is left over, as the plan's page, an offer's and a need's explanation tell it: they never contradict each other. */
const guns: Instance = {
  ...bare,
  needs: [need("guns", { quantity: 6, package: [crewBefore] })],
  offers: [offer("guns-a", { quantity: 6 }), offer("crews", { item: "crew", quantity: 2 })],
};

describe("what is left over of a whole system's parts", () => {
  test("says which other part is lacking, where nothing of it is left", () => {
    const plan = previewPlan(guns);
    const [unused] = unusedOffers(guns, plan, 2);
    expect(unused).toMatchObject({
      offer: "guns-a",
      unused: 4,
      why: "guns lacks crew, of which nothing more is offered",
    });
    expect(explainAssignment(guns, plan, "guns-a").says).toContain(`4 of it are not used: ${unused?.why}.`);
    expect(explainUnmet(guns, plan, "guns").says).toContain(
      "Nobody offers more of crew that this need could use, and no other need gets any.",
    );
  });

  test("of nothing that is left over is it said that nobody offers more", () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const instance = randomInstance(seed, { needs: 4, offers: 10, buckets: 6, most: 6 });
      const plan = previewPlan(instance);
      const over = unusedOffers(instance, plan, 2);
      for (const { id } of instance.needs) {
        const says = explainUnmet(instance, plan, id).says.join(" ");
        for (const { itemName, offer: left } of over) {
          const mine = instance.offers.find((one) => one.id === left);
          if (mine === undefined || !says.includes(`Nobody offers more of ${itemName} that this need could use`))
            continue;
          const own = instance.needs.find((one) => one.id === id);
          const reaches =
            (mine.needs === null || mine.needs.includes(id)) &&
            (mine.capabilities === null || mine.capabilities.includes(own?.capability ?? "")) &&
            !mine.excludes.includes(id) &&
            instance.hubs.some(
              (hub) =>
                (mine.hubs === null || mine.hubs.includes(hub.id)) &&
                (own?.hubs === null || own?.hubs.includes(hub.id) === true) &&
                !mine.excludes.includes(hub.id),
            );
          expect([seed, id, left, reaches]).toEqual([seed, id, left, false]);
        }
      }
      for (const { why } of over)
        for (const [, id, kind] of why.matchAll(/^(\S+) lacks (.+), of which nothing more is offered$/g)) {
          const lacks = over.filter((one) => one.itemName === kind && one.why.includes(id ?? ""));
          expect([seed, why, lacks]).toEqual([seed, why, []]);
        }
    }
  });
});
