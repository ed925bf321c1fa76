import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acceptPlan } from "#app/planning/accept.ts";
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
  plans = await openPlans(db, `overtaken-${books}`);
  await plans.state(
    [needOf({ id: "N1" })],
    [offerOf({ id: "O1", giver: "nor" }), offerOf({ id: "O2", giver: "swe" }), offerOf({ id: "O3", giver: "fin" })],
  );
});

const accepts = async (plan: string, giver: string) =>
  acceptPlan(db, plans.clock, { book: plans.book, id: plan }, { giver, source, actor: "delegate" });
const overtaken = { code: "need_covered_meanwhile", place: { field: "plan" } };

describe("of two plans of one record", () => {
  test("the second does not place with a need what the first has covered it with", async () => {
    await plans.keep("one", { assignments: [assign("O1", "N1", 10)] });
    await plans.keep("two", { assignments: [assign("O2", "N1", 10)] });
    await accepts("one", "nor");
    await expect(accepts("two", "swe")).rejects.toMatchObject(overtaken);
    await expect(accepts("two", "swe")).rejects.toThrow("N1: of 10 that the plan found missing, 10 were placed since");
    expect(await plans.adopt("two")).toMatchObject({
      result: "adopted",
      effect: expect.stringContaining("N1: of 10"),
    });
    expect(await plans.stands("O2")).toEqual({ "materiel.announced": "10" });
  });

  test("the second may fill what the first leaves open", async () => {
    await plans.keep("one", { assignments: [assign("O1", "N1", 4)] });
    await plans.keep("two", { assignments: [assign("O2", "N1", 6)] });
    await accepts("one", "nor");
    expect(await accepts("two", "swe")).toMatchObject({ placements: 1 });
  });

  test("a plan made after the first knows what it placed", async () => {
    await plans.keep("one", { assignments: [assign("O1", "N1", 4)] });
    await accepts("one", "nor");
    plans.set("2026-12-01T09:00:01Z");
    await plans.keep("two", { assignments: [assign("O2", "N1", 6)] });
    expect(await accepts("two", "swe")).toMatchObject({ placements: 1 });
  });

  test("givers accept their parts of one plan one after the other", async () => {
    await plans.keep("one", { assignments: [assign("O1", "N1", 4), assign("O2", "N1", 6)] });
    await accepts("one", "nor");
    expect(await accepts("one", "swe")).toMatchObject({ acceptance: { state: "accepted" } });
  });
});
