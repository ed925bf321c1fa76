import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { proposalView } from "#app/decisions.ts";
import { acceptPlan } from "#app/planning/accept.ts";
import { withdrawNeed } from "#app/planning/needs.ts";
import { consentToOffer, withdrawOffer } from "#app/planning/offers.ts";
import { planAssignments, planList } from "#app/planning/plan-view.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
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
  plans = await openPlans(db, `plans-${books}`);
  await plans.state(
    [needOf({ id: "N1" }), needOf({ id: "N2", priority: 2 })],
    [
      offerOf({ id: "O1", giver: "nor" }),
      offerOf({ id: "O2", giver: "swe", quantity: 6 }),
      offerOf({ id: "O3", giver: "fin", consent: { state: "given", of: "deu" } }),
      offerOf({ id: "M1", giver: "nor", item: "EUR", quantity: 3_000, years: [{ year: 2027, amount: 3_000 }] }),
    ],
  );
});

const accepts = async (plan: string, giver: string) =>
  acceptPlan(db, plans.clock, { book: plans.book, id: plan }, { giver, source, actor: "delegate" });

const placements = async () =>
  rowsOf<Record<string, unknown>>(
    db,
    sql`select l.id, o.id as offer, n.id as need, l.item, l.hub, l.due_from as "from", l.due_until as until, l.pieces::int as pieces, l.quantity::int as quantity,
               p.id as proposal, s.title as source, l.actor
        from placement l join offer o on o.no = l.offer_no join need n on n.no = l.need_no join source s on s.no = l.source_no
        join book b on b.no = l.book_no left join proposal p on p.no = l.proposal_no where b.slug = ${plans.book} order by l.id`,
  );

describe("a giver's own word", () => {
  test("places what the plan takes from it, and nothing else", async () => {
    await plans.keep("winter", { assignments: [assign("O1", "N1", 4, 2), assign("O2", "N1", 6)] });
    const done = await accepts("winter", "Norway");
    expect(done).toMatchObject({ giver: "nor", placements: 1, acceptance: { state: "part", placed: 1 } });
    expect(await plans.stands("O1")).toEqual({ "materiel.announced": "6", "materiel.allocated": "4" });
    expect(await plans.stands("O2")).toEqual({ "materiel.announced": "6" });
    expect(await placements()).toEqual([
      {
        id: "winter-0001",
        offer: "O1",
        need: "N1",
        item: "howitzer-155",
        hub: "any",
        pieces: 4,
        quantity: 4,
        from: "2027-01-18",
        until: "2027-01-24",
        proposal: null,
        source: source.title,
        actor: "delegate",
      },
    ]);
    const shown = await planAssignments(db, plans.book, "winter");
    expect(shown.assignments.map((line) => [line.offer, line.quantity, line.placed])).toEqual([
      ["O1", 4, 4],
      ["O2", 6, 0],
    ]);
  });

  test("is taken once", async () => {
    await plans.keep("winter", { assignments: [assign("O1", "N1", 4)] });
    await accepts("winter", "nor");
    await expect(accepts("winter", "nor")).rejects.toMatchObject({ code: "plan_placed_already" });
    await expect(accepts("winter", "swe")).rejects.toMatchObject({ code: "plan_placed_already" });
    expect(await placements()).toHaveLength(1);
  });

  test("places what is bought with its money for what it costs, to the cent", async () => {
    const bought = { money: "M1", need: "N1", item: "howitzer-155", hub: "any", ordered: 0, bucket: 3 };
    await plans.keep("buying", { purchases: [{ ...bought, quantity: 2, costMinor: 123_456 }] });
    await accepts("buying", "nor");
    expect(await plans.stands("M1")).toEqual({ "finance.pledged": "176544", "finance.allocated": "123456" });
    expect(await placements()).toMatchObject([{ pieces: 2, quantity: 123_456, until: "2027-01-31" }]);
  });
});

describe("refused by name, with nothing placed", () => {
  const entering = { source, knownAt: "2026-12-02T09:00:00Z", actor: "secretariat", reason: "Made up" };

  test.each([
    ["offer_withdrawn", "O3", () => withdrawOffer(db, plans.book, "O3", entering)],
    ["offer_consent_missing", "O3", () => consentToOffer(db, plans.book, "O3", "refused", entering)],
    ["need_withdrawn", "N1", () => withdrawNeed(db, plans.book, "N1", entering)],
  ])("%s", async (code, found, happens) => {
    await plans.keep("winter", { assignments: [assign("O3", "N1", 4), assign("O3", "N2", 1)] });
    await happens();
    await expect(accepts("winter", "fin")).rejects.toMatchObject({ code, found });
    expect(await placements()).toEqual([]);
  });

  test("offer_exhausted tells what is left", async () => {
    await plans.keep("one", { assignments: [assign("O1", "N1", 7)] });
    await plans.keep("two", { assignments: [assign("O1", "N2", 2), assign("O1", "N1", 2)] });
    await accepts("one", "nor");
    await expect(accepts("two", "nor")).rejects.toMatchObject({
      code: "offer_exhausted",
      found: "O1 has 3 left, and 4 are to be placed",
    });
    expect(await plans.stands("O1")).toEqual({ "materiel.announced": "3", "materiel.allocated": "7" });
  });

  test.each([
    ["unknown_offer", assign("O9", "N1", 1)],
    ["unknown_need", assign("O1", "N9", 1)],
  ])("%s", async (code, line) => {
    const { placeAssignments } = await import("#app/planning/place.ts");
    const { requireBook } = await import("#app/books.ts");
    const { no: bookNo } = await requireBook(db, plans.book);
    const one = { ...line, id: "x-0001", dueFrom: "2027-01-04", dueUntil: "2027-01-10", pieces: 1, costMinor: null };
    const rest = { planNo: null, proposalNo: null, source: source.id, knownAt: plans.clock(), actor: "test" };
    const placing = db
      .transaction()
      .execute(async (trx) => placeAssignments(trx, { bookNo, assignments: [one], ...rest }));
    await expect(placing).rejects.toMatchObject({ code });
  });

  test("a plan that breaks a limit is neither accepted nor put to decision", async () => {
    await plans.keep("unsound", { assignments: [assign("O1", "N1", 1)] }, [{ code: "hub_full", says: "any is full" }]);
    const refusal = { code: "plan_not_sound", found: "unsound: any is full" };
    await expect(accepts("unsound", "nor")).rejects.toMatchObject(refusal);
    await expect(plans.propose("unsound")).rejects.toMatchObject(refusal);
  });

  test("a plan and a giver that there are not", async () => {
    await plans.keep("winter", { assignments: [assign("O1", "N1", 4)] });
    await expect(accepts("summer", "nor")).rejects.toMatchObject({ code: "unknown_plan", found: '"summer"' });
    await expect(accepts("winter", "atlantis")).rejects.toMatchObject({ code: "unknown_party" });
  });
});

describe("a decision", () => {
  test("places everything that is not placed yet, under that decision", async () => {
    await plans.keep("winter", { assignments: [assign("O1", "N1", 4), assign("O2", "N1", 6)] });
    await accepts("winter", "nor");
    const proposal = await plans.propose("winter", "winter-plan");
    expect((await planList(db, plans.clock, plans.book)).plans[0]?.acceptance).toEqual({
      state: "part",
      assignments: 2,
      placed: 1,
      proposals: [
        {
          id: proposal,
          title: "Adopt: Plan winter",
          state: "under way",
        },
      ],
    });
    await plans.happens(proposal, { type: "silence-started", expiresAt: "2026-12-01T10:00:00Z" });
    plans.set("2026-12-01T10:00:00Z");
    await proposalView(db, plans.clock, proposal);
    expect(await placements()).toMatchObject([
      { id: "winter-0001", proposal: null },
      { id: "winter-0002", proposal, source: `Made up: decision ${proposal}: Adopt: Plan winter` },
    ]);
    expect((await planList(db, plans.clock, plans.book)).plans[0]?.acceptance).toMatchObject({
      state: "accepted",
      placed: 2,
    });
  });

  test("that can't be put into effect stays adopted, places nothing, and says why", async () => {
    await plans.keep("one", { assignments: [assign("O1", "N1", 7), assign("O2", "N1", 1)] });
    await plans.keep("two", { assignments: [assign("O1", "N2", 7), assign("O2", "N2", 1)] });
    expect(await plans.adopt("one", `first-${books}`)).toEqual({ result: "adopted", effect: "" });
    const second = await plans.adopt("two", `second-${books}`);
    expect(second.result).toBe("adopted");
    expect(second.effect).toContain("O1 has 3 left, and 7 are to be placed");
    expect(await placements()).toHaveLength(2);
  });

  test("adopts the plan that its proposal is about, and one there is", async () => {
    await plans.keep("one", { assignments: [assign("O1", "N1", 1)] });
    await plans.keep("two", { assignments: [assign("O1", "N1", 1)] });
    const proposal = await plans.propose("one", `about-one-${books}`);
    const text = (plan: string) =>
      plans.happens(proposal, {
        type: "text-issued",
        title: "Another",
        reference: null,
        body: "Another.",
        terms: {
          kind: "adopt-plan",
          plan,
        },
      });
    await expect(text("two")).rejects.toMatchObject({ code: "terms_of_another_object" });
    await expect(text("three")).rejects.toMatchObject({ code: "unknown_plan" });
    await expect(plans.propose("three")).rejects.toMatchObject({ code: "unknown_plan" });
  });

  test("an annulled one is told with the plan, and nothing more is placed under it", async () => {
    await plans.keep("winter", { assignments: [assign("O1", "N1", 4)] });
    await plans.adopt("winter", `annulled-${books}`);
    await plans.happens(`annulled-${books}`, { type: "annulled", reason: "A mistake in form" });
    expect(await plans.stands("O1")).toEqual({ "materiel.announced": "10" });
    const [shown] = (await planList(db, plans.clock, plans.book)).plans;
    expect(shown?.acceptance.proposals).toMatchObject([{ state: "annulled" }]);
  });
});

describe("many at once", () => {
  test("ten plans on the same offers: what is placed is what they have, never more", async () => {
    const names = Array.from({ length: 10 }, (_, index) => `race-${index}`);
    for (const name of names)
      await plans.keep(name, { assignments: [assign("O1", "N1", 3), assign("O2", "N2", 2), assign("O1", "N2", 1)] });
    const tried = await Promise.allSettled(names.flatMap((name) => [accepts(name, "nor"), accepts(name, "swe")]));
    const refusals = tried.flatMap((one) => (one.status === "rejected" ? [(one.reason as { code: string }).code] : []));
    expect(new Set(refusals)).toEqual(new Set(["offer_exhausted"]));
    expect(await plans.stands("O1")).toEqual({ "materiel.announced": "2", "materiel.allocated": "8" });
    expect(await plans.stands("O2")).toEqual({ "materiel.allocated": "6" });
    expect(await placements()).toHaveLength(2 * 2 + 3);
  });

  test("the same plan accepted ten times at once is placed once", async () => {
    await plans.keep("winter", { assignments: [assign("O1", "N1", 1), assign("O1", "N2", 1)] });
    const tried = await Promise.allSettled(Array.from({ length: 10 }, async () => accepts("winter", "nor")));
    expect(tried.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await plans.stands("O1")).toEqual({ "materiel.announced": "8", "materiel.allocated": "2" });
  });

  test("two decisions on overlapping plans, settled at once, place no more than there is", async () => {
    await plans.keep("one", { assignments: [assign("O1", "N1", 7)] });
    await plans.keep("two", { assignments: [assign("O1", "N2", 7)] });
    const proposals = [await plans.propose("one", `race-a-${books}`), await plans.propose("two", `race-b-${books}`)];
    for (const id of proposals) await plans.happens(id, { type: "silence-started", expiresAt: "2026-12-01T10:00:00Z" });
    plans.set("2026-12-01T10:00:00Z");
    await Promise.all([...proposals, ...proposals].map(async (id) => proposalView(db, plans.clock, id)));
    expect(await plans.stands("O1")).toEqual({ "materiel.announced": "3", "materiel.allocated": "7" });
    expect(await placements()).toHaveLength(1);
  });
});
