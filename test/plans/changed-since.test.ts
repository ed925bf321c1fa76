import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acceptPlan } from "#app/planning/accept.ts";
import { changeNeed, type NeedChange } from "#app/planning/needs.ts";
import { changeOffer, type OfferEdit } from "#app/planning/offers.ts";
import type { Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { assign, needOf, offerOf, openPlans, source, type Plans } from "./support.ts";

let db: Database;
let close: () => Promise<void>;
let plans: Plans;
let books = 0;
beforeAll(async () => {
  ({ db, close } = await openRecord());
});
afterAll(() => close());
beforeEach(async () => {
  books += 1;
  plans = await openPlans(db, `changed-${books}`);
  await plans.state(
    [needOf({ id: "N1" })],
    [
      offerOf({ id: "O1", giver: "nor" }),
      offerOf({ id: "O2", giver: "swe" }),
      offerOf({ id: "M1", giver: "fin", item: "EUR", quantity: 3_000, years: [{ year: 2027, amount: 3_000 }] }),
    ],
  );
  const bought = { money: "M1", need: "N1", item: "howitzer-155", hub: "any", ordered: 0, bucket: 3 };
  await plans.keep("winter", {
    assignments: [assign("O1", "N1", 4, 1), assign("O2", "N1", 5, 3)],
    purchases: [{ ...bought, quantity: 1, costMinor: 100_000 }],
  });
});

const accepts = async (giver: string) =>
  acceptPlan(db, plans.clock, { book: plans.book, id: "winter" }, { giver, source, actor: "delegate" });
const later = { source, knownAt: "2026-12-02T09:00:00Z", actor: "secretariat", reason: "Said anew" };

describe("an offer that was said otherwise since the plan was made", () => {
  test.each<[string, OfferEdit, string]>([
    [
      "earmark",
      { earmark: { capabilities: ["demining"], needs: [] } },
      "O1 is earmarked for others than N1 now, or excludes it",
    ],
    ["exclusion", { excludes: ["N1"] }, "O1 is earmarked for others than N1 now, or excludes it"],
    [
      "window, later",
      { from: "2027-03-01" },
      "O1 can leave from 2027-03-01 to 2027-12-31 now, and the plan has it with N1 by 2027-01-17",
    ],
    [
      "repair",
      { condition: "repair", repairDays: 30 },
      "O1 can leave from 2027-01-04 to 2027-12-31 now, after 30 days of repair, and the plan has it with N1 by 2027-01-17",
    ],
    ["hub", { hubs: ["hub-9"] }, "O1 can't go through any now, as the plan has it for N1"],
    ["all or nothing", { allOrNothing: true }, "O1 goes whole or not at all now, and the plan takes 4 of 10"],
  ])("%s: is refused by name, and nothing is placed", async (_, change, found) => {
    await changeOffer(db, plans.book, "O1", change, later);
    await expect(accepts("nor")).rejects.toMatchObject({ code: "plan_terms_changed", found });
    expect(await plans.adopt("winter", `refused-${books}`)).toMatchObject({
      result: "adopted",
      effect: expect.stringContaining(found),
    });
    expect(await plans.stands("O1")).toEqual({ "materiel.announced": "10" });
  });

  test("money, by its earmark", async () => {
    await changeOffer(db, plans.book, "M1", { earmark: { capabilities: ["demining"], needs: [] } }, later);
    await expect(accepts("fin")).rejects.toMatchObject({ found: "M1 is earmarked for others than N1 now" });
  });

  test.each<[string, OfferEdit]>([
    ["says more", { from: "2026-12-20", until: "2028-06-30" }],
    ["says less than the plan minds", { earmark: { capabilities: [], needs: ["N1"] }, hubs: ["any"] }],
    ["is only described otherwise", { note: "Painted white" }],
  ])("one that %s is no obstacle", async (_, change) => {
    await changeOffer(db, plans.book, "O1", change, later);
    expect(await accepts("nor")).toMatchObject({ placements: 1 });
  });

  test("of another giver is no obstacle to this one's word", async () => {
    await changeOffer(db, plans.book, "O1", { from: "2027-03-01" }, later);
    expect(await accepts("swe")).toMatchObject({ placements: 1 });
  });
});

describe("a need that was said otherwise since", () => {
  test.each<[string, NeedChange, string]>([
    ["from", { from: "2027-02-01" }, "N1 can be taken from 2027-02-01 on now, and the plan has it there by 2027-01-17"],
    ["until", { until: "2027-01-05" }, "N1 is wanted by 2027-01-05 now, and the plan has it there by 2027-01-17"],
    ["place", { place: "hub-9" }, "N1 is wanted at hub-9 now, and the plan has it go through any"],
    ["kinds", { accepts: [{ item: "ambulance", worthPpm: 1_000_000 }] }, "N1 takes no howitzer-155 now"],
  ])("%s: is refused by name", async (_, change, found) => {
    await changeNeed(db, plans.book, "N1", change, later);
    await expect(accepts("nor")).rejects.toMatchObject({ code: "plan_terms_changed", found });
    expect(await plans.stands("O1")).toEqual({ "materiel.announced": "10" });
  });

  test("one that is only more urgent, or wanted later, is no obstacle", async () => {
    await changeNeed(db, plans.book, "N1", { priority: 2, until: "2028-06-30" }, later);
    expect(await accepts("nor")).toMatchObject({ placements: 1 });
  });
});
