import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { proposalView } from "#app/decisions.ts";
import { enterEvent } from "#app/delivery/event.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { acceptPlan } from "#app/planning/accept.ts";
import { needView } from "#app/planning/need-views.ts";
import { planList } from "#app/planning/plan-view.ts";
import { takeBackRest } from "#app/planning/settle-annulled.ts";
import { ensureSource } from "#store/register.ts";
import { inTransaction, rowsOf, sql, type Database } from "#store/database.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { requireBook } from "#app/books.ts";
import { proposalPage, recordedText } from "../../src/cli/decision-page.ts";
import { openRecord } from "../support/record.ts";
import { assign, needOf, offerOf, openPlans, source, type Plans } from "./support.ts";

let db: Database;
let close: () => Promise<void>;
let plans: Plans;
let books = 0;
let proposal: string;
beforeAll(async () => {
  ({ db, close } = await openRecord());
});
afterAll(() => close());
beforeEach(async () => {
  books += 1;
  proposal = `adopts-${books}`;
  plans = await openPlans(db, `annulled-${books}`);
  await plans.state([needOf({ id: "N1" })], [offerOf({ id: "O1", giver: "nor" }), offerOf({ id: "O2", giver: "swe" })]);
  await plans.keep("winter", { assignments: [assign("O1", "N1", 4), assign("O2", "N1", 6)] }, [], { preview: false });
  await plans.adopt("winter", proposal);
});

const annul = async (on = "2026-12-10T09:00:00Z") => {
  plans.set(on);
  await plans.happens(proposal, { type: "annulled", reason: "Taken without a quorum" });
  return proposalView(db, plans.clock, proposal);
};
const doing = (day: string) => ({ now: `${day}T12:00:00Z`, actor: "carrier" });
const carry = async (placement: string) => {
  const lines = [{ placement, pieces: null }];
  await newConsignment(db, plans.book, { id: "C-1", title: "Guns", lines }, doing("2026-12-02"));
  await enterEvent(db, plans.book, "C-1", { event: "dispatch" }, doing("2026-12-03"));
};
const reversals = async () =>
  rowsOf<{ reason: string; source: string; actor: string }>(
    db,
    sql`select r.reason, s.title as source, r.actor from posting r join source s on s.no = r.source_no join placement l on l.posting_no = r.reverses
        join book b on b.no = l.book_no where b.slug = ${plans.book} order by r.no`,
  );

describe("a decision that is annulled", () => {
  test("has all it placed taken back, with reason and source, and the offers have it to give again", async () => {
    expect(await plans.stands("O1")).toEqual({ "materiel.announced": "6", "materiel.allocated": "4" });
    const view = await annul();
    expect(view.placements).toEqual({ placed: 2, takenBack: 2, toSettle: [] });
    expect(await plans.stands("O1")).toEqual({ "materiel.announced": "10" });
    expect(await plans.stands("O2")).toEqual({ "materiel.announced": "10" });
    const one = {
      reason: `The decision ${proposal} was annulled: Taken without a quorum`,
      source: `Made up: decision ${proposal}: Adopt: Plan winter`,
      actor: "secretariat",
    };
    expect(await reversals()).toEqual([one, one]);
    const { plans: listed, standing } = await planList(db, plans.clock, plans.book);
    expect(listed[0]?.acceptance).toMatchObject({ state: "open", placed: 0 });
    expect(standing?.plan).toBe("winter");
    const need = async (knownAt?: string) => needView(db, { book: plans.book, id: "N1", knownAt });
    expect(await need()).toMatchObject({ coverage: { placed: 0 }, placements: [] });
    expect((await need("2026-12-09")).placements).toHaveLength(2);
  });

  test("leaves placed what a consignment carries, names it, and takes it back once it has come back", async () => {
    await carry("winter-0001");
    const toSettle = [{ id: "winter-0001", offer: "O1", need: "N1", consignments: ["C-1"] }];
    const view = await annul();
    expect(view.placements).toEqual({ placed: 2, takenBack: 1, toSettle });
    expect(recordedText(view)).toContain(
      `Still placed, to be settled by a person: winter-0001 (O1 for N1, in C-1). Once it has come back: npx mainstay plan take-back ${proposal}`,
    );
    expect(proposalPage(view)).toContain("2 assignments, 1 of them taken back.");
    const settle = async () => takeBackRest(db, plans.clock, proposal, { actor: "secretariat" });
    await expect(settle()).rejects.toMatchObject({ code: "nothing_to_take_back", found: "winter-0001 in C-1" });
    await enterEvent(db, plans.book, "C-1", { event: "return", reason: "Annulled" }, doing("2026-12-11"));
    plans.set("2026-12-12T09:00:00Z");
    expect((await settle()).placements).toEqual({ placed: 2, takenBack: 2, toSettle: [] });
    expect(await plans.stands("O1")).toEqual({ "materiel.announced": "10" });
  });

  test("what it placed and was taken back is carried no more, and is placed again by another decision or word", async () => {
    await annul();
    await expect(carry("winter-0001")).rejects.toMatchObject({ code: "unknown_placement" });
    expect(await plans.adopt("winter", `${proposal}-again`)).toEqual({ result: "adopted", effect: "" });
    expect(await plans.stands("O1")).toEqual({ "materiel.announced": "6", "materiel.allocated": "4" });
    const rows = await rowsOf<{ id: string }>(
      db,
      sql`select l.id from placement l join book b on b.no = l.book_no where b.slug = ${plans.book} order by l.no`,
    );
    expect(rows.map((row) => row.id)).toEqual(["winter-0001", "winter-0002", "winter-0001.2", "winter-0002.2"]);
    const again = acceptPlan(
      db,
      plans.clock,
      { book: plans.book, id: "winter" },
      { giver: "nor", source, actor: "delegate" },
    );
    await expect(again).rejects.toMatchObject({ code: "plan_placed_already" });
  });

  test("what a giver placed by its own word stays", async () => {
    await plans.state([needOf({ id: "N2" })], [offerOf({ id: "O3", giver: "fin" })]);
    await plans.keep("spring", { assignments: [assign("O3", "N2", 5)] });
    const plan = { book: plans.book, id: "spring" };
    await acceptPlan(db, plans.clock, plan, { giver: "fin", source, actor: "delegate" });
    await annul();
    expect(await plans.stands("O3")).toEqual({ "materiel.announced": "5", "materiel.allocated": "5" });
  });

  test("one that only expires leaves what it placed", async () => {
    plans.set("2026-12-10T09:00:00Z");
    await plans.happens(proposal, { type: "expired", reason: "Its time is over" });
    const { placements } = await proposalView(db, plans.clock, proposal);
    expect(placements).toEqual({ placed: 2, takenBack: 0, toSettle: [] });
    const settle = takeBackRest(db, plans.clock, proposal, { actor: "secretariat" });
    await expect(settle).rejects.toMatchObject({ code: "decision_not_annulled" });
  });
});

test("who accepts waits for who enters offers, and neither for the other's source", async () => {
  await annul();
  const { no } = await requireBook(db, plans.book);
  const own = { ...source, id: `word-${books}`, title: "Word given while offers are entered" };
  let accepted: Promise<unknown> = Promise.resolve();
  await inTransaction(db, async (trx) => {
    await lockPlanning(trx, no);
    const plan = { book: plans.book, id: "winter" };
    accepted = acceptPlan(db, plans.clock, plan, { giver: "nor", source: own, actor: "delegate" });
    const waiting = async () =>
      rowsOf(
        db,
        sql`select from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
      );
    await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBeGreaterThan(0);
    await ensureSource(trx, own);
  });
  await expect(accepted).resolves.toMatchObject({ placements: 1 });
});
