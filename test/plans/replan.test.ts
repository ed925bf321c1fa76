import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { acceptPlan } from "#app/planning/accept.ts";
import { openPlanDesk, type PlanDesk } from "#app/planning/desk.ts";
import { needList } from "#app/planning/need-views.ts";
import { offerView } from "#app/planning/offer-views.ts";
import { changeOffer, consentToOffer, withdrawOffer } from "#app/planning/offers.ts";
import { planAssignments, planList, planView } from "#app/planning/plan-view.ts";
import { replanStanding, replanningAfter } from "#app/planning/replan.ts";
import { carriedPins, causesText, causeStem } from "#core/planning/causes.ts";
import { MainstayError } from "#core/errors.ts";
import type { PlanAsked, PlanCause, PlanJob } from "#core/views-plan.ts";
import type { Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { assign, needOf, offerOf, openPlans, source, type Plans } from "./support.ts";

let db: Database;
let close: () => Promise<void>;
let plans: Plans;
let desk: PlanDesk;
let books = 0;
let jobs = 0;
beforeAll(async () => {
  ({ db, close } = await openRecord());
});
afterAll(async () => {
  await close();
});
beforeEach(async () => {
  books += 1;
  plans = await openPlans(db, `replan-${books}`);
  desk = openPlanDesk({ db, clock: plans.clock, now: () => performance.now(), newId: () => `job-${(jobs += 1)}` });
  await plans.state(
    [needOf({ id: "N1" }), needOf({ id: "N2", priority: 2 })],
    [
      offerOf({ id: "O1", giver: "nor" }),
      offerOf({ id: "O2", giver: "swe", quantity: 6 }),
      offerOf({ id: "O3", giver: "fin", consent: { state: "given", of: "deu" } }),
    ],
  );
});

const solved = { preview: false } satisfies Partial<PlanAsked>;
const at = (second: number) => `2026-12-02T09:00:0${second}Z`;
const why = (second: number) => ({ source, knownAt: at(second), actor: "secretariat", reason: "Needed at home" });
const standing = async () => (await planList(db, plans.clock, plans.book)).standing;
const accepts = async (plan: string, giver: string) =>
  acceptPlan(db, plans.clock, { book: plans.book, id: plan }, { giver, source, actor: "delegate" });
const replan = async () => replanStanding(db, plans.clock, { book: plans.book, actor: "secretariat" });
const linesOf = async (plan: string) =>
  (await planAssignments(db, plans.book, plan)).assignments.map((line) => [line.offer, line.need, line.quantity]);

async function ended(started: PlanJob | null | undefined): Promise<PlanJob> {
  let last = started;
  if (last == null) throw new Error("no job");
  for await (const state of desk.follow(plans.book, last.id, new AbortController().signal)) last = state;
  return last;
}

describe("the plan that stands", () => {
  test("is none where only quick plans, unsound ones and those without some offers were solved", async () => {
    await plans.keep("quick", { assignments: [assign("O1", "N1", 4)] });
    await plans.keep("what-if", { assignments: [assign("O1", "N1", 4)] }, [], { ...solved, without: ["O2"] });
    await plans.keep("unsound", { assignments: [assign("O1", "N1", 4)] }, [{ code: "hub_full", says: "full" }], solved);
    expect(await standing()).toBeNull();
  });

  test("is the one solved last, until something of one is accepted", async () => {
    await plans.keep("one", { assignments: [assign("O1", "N1", 4)] }, [], solved);
    await plans.keep("two", { assignments: [assign("O2", "N1", 4)] }, [], solved);
    await plans.keep("quick", { assignments: [assign("O2", "N2", 1)] });
    expect(await standing()).toEqual({ plan: "two", lost: [] });
    await accepts("one", "nor");
    expect(await standing()).toEqual({ plan: "one", lost: [] });
    await accepts("quick", "swe");
    expect(await standing()).toEqual({ plan: "quick", lost: [] });
  });

  test("is what the needs are planned by, as it was known on a day", async () => {
    await plans.keep("one", { assignments: [assign("O1", "N1", 4)] }, [], solved);
    plans.set("2026-12-03T09:00:00Z");
    await plans.keep("two", { assignments: [assign("O1", "N1", 7)] }, [], solved);
    await plans.keep("quick", { assignments: [assign("O1", "N1", 10)] });
    const planned = async (knownAt?: string) => {
      const { plan, items } = await needList(db, { book: plans.book, knownAt });
      return [plan, items.find(({ id }) => id === "N1")?.coverage.planned];
    };
    expect(await planned()).toEqual(["two", 7]);
    expect(await planned("2026-12-01")).toEqual(["one", 4]);
    expect(await planned("2026-11-30")).toEqual([null, undefined]);
  });
});

describe("when an offer of the standing plan is lost", () => {
  beforeEach(async () => {
    await plans.keep(
      "winter",
      { assignments: [assign("O1", "N1", 4, 2), assign("O2", "N1", 6, 1), assign("O3", "N2", 5, 3)] },
      [],
      { ...solved, pins: [{ offer: "O1", need: "N1", hub: null, quantity: 4 }] },
    );
    plans.set(at(9));
  });

  test("a plan is made anew from it, named after why, with pins and ways kept, and nothing of it is accepted", async () => {
    await withdrawOffer(db, plans.book, "O2", why(1));
    const lost = [{ offer: "O2", title: "Offer O2", what: "withdrawn" }];
    expect(await standing()).toEqual({ plan: "winter", lost });
    expect(await replan()).toBe("after-o2-withdrawn");
    const made = await planView(db, plans.clock, plans.book, "after-o2-withdrawn");
    expect(made).toMatchObject({
      title: "Re-planned after the withdrawal of O2: January 2027 to December 2027",
      standing: "winter",
      causes: lost,
      problems: [],
      acceptance: { state: "open", placed: 0 },
      asked: { preview: false, pins: [{ offer: "O1", need: "N1", hub: null, quantity: 4 }] },
    });
    const lines = await linesOf("after-o2-withdrawn");
    expect(lines.filter(([offer]) => offer === "O2")).toEqual([]);
    expect(lines).toContainEqual(["O3", "N2", 5]);
    expect(await plans.stands("O1")).toEqual({ "materiel.announced": "10" });
  });

  test("each further one counts everything that is lost of what was accepted", async () => {
    await accepts("winter", "nor");
    await withdrawOffer(db, plans.book, "O2", why(1));
    expect(await replan()).toBe("after-o2-withdrawn");
    await consentToOffer(db, plans.book, "O3", "refused", why(2));
    expect(await replan()).toBe("after-o3-consent-refused");
    const made = await planView(db, plans.clock, plans.book, "after-o3-consent-refused");
    expect(made.title).toMatch(/^Re-planned after the refusal of consent to O3, and the withdrawal of O2: /);
    expect(made.standing).toBe("winter");
    expect(made.asked.pins).toEqual([]);
    expect((await standing())?.plan).toBe("winter");
  });

  test("for the same loss one is made once", async () => {
    await accepts("winter", "nor");
    await withdrawOffer(db, plans.book, "O2", why(1));
    expect([await replan(), await replan()]).toEqual(["after-o2-withdrawn", "after-o2-withdrawn"]);
  });

  test("what is placed of it is no loss of the plan", async () => {
    await accepts("winter", "fin");
    await consentToOffer(db, plans.book, "O3", "refused", why(1));
    expect(await standing()).toEqual({ plan: "winter", lost: [] });
    await expect(replan()).rejects.toMatchObject({ code: "standing_plan_holds", found: "winter" });
  });

  test("the desk makes it by itself, unless the offer is still there or was never counted on", async () => {
    const after = async (offer: string) => replanningAfter(db, { book: plans.book, actor: "desk", offer }, desk);
    await changeOffer(db, plans.book, "O2", { note: "Painted white" }, why(1));
    expect(await after("O2")).toBeNull();
    await withdrawOffer(db, plans.book, "O2", why(2));
    expect(await after("O1")).toBeNull();
    const found = await after("O2");
    expect(found).toMatchObject({ plan: "winter", lost: [{ offer: "O2" }], job: { state: "waiting" } });
    expect(await ended(found?.job)).toMatchObject({ state: "done", plan: "after-o2-withdrawn" });
  });

  test("a plan that fails leaves the offer withdrawn and the loss in sight", async () => {
    await plans.keep("pinned", { assignments: [assign("O2", "N1", 6)] }, [], {
      ...solved,
      pins: [{ offer: "O1", need: "N1", hub: "nowhere", quantity: 4 }],
    });
    await withdrawOffer(db, plans.book, "O2", why(1));
    const found = await replanningAfter(db, { book: plans.book, actor: "desk", offer: "O2" }, desk);
    expect(await ended(found?.job)).toMatchObject({ state: "refused", problem: { code: "plan_contradictory" } });
    expect(await offerView(db, plans.clock, { book: plans.book, id: "O2" })).toMatchObject({ state: "withdrawn" });
    expect(await standing()).toMatchObject({ plan: "pinned", lost: [{ offer: "O2" }] });
  });

  test("a desk that is full starts none, and the loss stays in sight", async () => {
    await withdrawOffer(db, plans.book, "O2", why(1));
    const full = {
      replan: () => {
        throw new MainstayError("plan_desk_full");
      },
    };
    const found = await replanningAfter(db, { book: plans.book, actor: "desk", offer: "O2" }, full);
    expect(found).toMatchObject({ plan: "winter", lost: [{ offer: "O2" }], job: null });
  });

  test("without a plan that stands there is nothing to make anew", async () => {
    const empty = await openPlans(db, `empty-${books}`);
    const order = { book: empty.book, actor: "secretariat" };
    await expect(replanStanding(db, plans.clock, order)).rejects.toMatchObject({ code: "no_standing_plan" });
  });
});

describe("in words", () => {
  const cause = (offer: string, what: PlanCause["what"]) => ({ offer, title: "", what });
  test.each([
    [[cause("O1", "withdrawn")], "the withdrawal of O1", "after-o1-withdrawn"],
    [
      [cause("A.1_x", "consent-refused"), cause("O2", "withdrawn"), cause("O3", "withdrawn")],
      "the refusal of consent to A.1_x, and the withdrawal of O2 and O3",
      "after-a-1-x-consent-refused",
    ],
    [
      ["A", "B", "C", "D", "E"].map((id) => cause(id, "withdrawn")),
      "the withdrawal of A, B, C and 2 more",
      "after-a-withdrawn",
    ],
  ])("%#", (causes, text, stem) => {
    expect([causesText(causes), causeStem(causes)]).toEqual([text, stem]);
  });

  test("pins that are carried on are less what is placed, without offers and needs that are gone", () => {
    const pin = (offer: string, need: string, quantity: number) => ({ offer, need, hub: null, quantity });
    const left = { offers: new Set(["O1", "O2"]), needs: new Set(["N1"]) };
    const pins = [pin("O1", "N1", 4), pin("O1", "N1", 2), pin("O2", "N2", 1), pin("O3", "N1", 1), pin("O2", "N1", 3)];
    expect(carriedPins(pins, left, [{ offer: "O1", need: "N1", quantity: 5 }])).toEqual([
      pin("O1", "N1", 1),
      pin("O2", "N1", 3),
    ]);
  });
});
