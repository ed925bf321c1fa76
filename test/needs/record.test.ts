import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeNeed, enterNeeds, withdrawNeed } from "#app/planning/needs.ts";
import { needList, needView } from "#app/planning/need-views.ts";
import { changeOffer, consentToOffer, enterOffers, withdrawOffer } from "#app/planning/offers.ts";
import { offerList, offerView } from "#app/planning/offer-views.ts";
import { placeAssignments } from "#app/planning/place.ts";
import { inTransaction, onlyRow, rowsOf, sql, type Database } from "#store/database.ts";
import { need, offer, openPlanning, said } from "./support.ts";

let db: Database;
let close: () => Promise<void>;
const clock = () => "2026-03-01T00:00:00Z";
const book = "test";
const refused = (code: string, found?: RegExp) =>
  expect.objectContaining({ code, ...(found === undefined ? {} : { found: expect.stringMatching(found) }) });

beforeAll(async () => {
  ({ db, close } = await openPlanning());
});
afterAll(async () => close());

async function ledger(id: string): Promise<Record<string, string>> {
  const rows = await rowsOf<{ stage: string; balance: string }>(
    db,
    sql`select a.stage, b.balance::text as balance from offer o join account a on a.promise_no = o.promise_no and not a.contra
        join account_balance b on b.account_no = a.no where o.id = ${id} and b.balance <> 0 order by a.stage`,
  );
  return Object.fromEntries(rows.map((row) => [row.stage, row.balance]));
}

async function place(id: string, offerId: string, needId: string, pieces: number, at: string): Promise<void> {
  const { no: bookNo } = await onlyRow<{ no: number }>(db, sql`select no from book where slug = ${book}`);
  await inTransaction(db, async (trx) =>
    placeAssignments(trx, {
      bookNo,
      planNo: null,
      proposalNo: null,
      source: "made-up",
      knownAt: at,
      actor: "tester",
      assignments: [
        {
          id,
          offer: offerId,
          need: needId,
          item: "howitzer-155",
          hub: "any",
          dueFrom: "2026-04-01",
          dueUntil: "2026-04-30",
          pieces,
          costMinor: null,
        },
      ],
    }),
  );
}

describe("needs", () => {
  test("a need is entered once, changes by further versions, and every version stays", async () => {
    const first = said("2026-01-05T00:00:00Z");
    expect(await enterNeeds(db, book, [need(), need({ id: "N-2" })], first)).toEqual({
      entered: 2,
      changed: 0,
      unchanged: 0,
    });
    expect(
      await enterNeeds(db, book, [need(), need({ id: "N-2", quantity: 4 })], said("2026-01-06T00:00:00Z")),
    ).toEqual({
      entered: 0,
      changed: 1,
      unchanged: 1,
    });
    await changeNeed(db, book, "N-2", { priority: 3 }, said("2026-01-07T00:00:00Z", "others come first"));
    const now = await needView(db, { book, id: "N-2" });
    expect(now).toMatchObject({ quantity: 4, priority: 3, reason: "others come first", itemName: "Howitzer, 155 mm" });
    expect(now.history.map(({ seq, changes }) => [seq, changes])).toEqual([
      [3, [{ field: "priority", before: "1", after: "3" }]],
      [2, [{ field: "quantity", before: "10", after: "4" }]],
      [1, []],
    ]);
    expect(await needView(db, { book, id: "N-2", knownAt: "2026-01-05" })).toMatchObject({ quantity: 10, priority: 1 });
    await expect(needView(db, { book, id: "N-2", knownAt: "2026-01-04" })).rejects.toEqual(refused("unknown_need"));
  });

  test.each([
    ["change_without_reason", () => changeNeed(db, book, "N-1", { priority: 2 }, said("2026-01-08T00:00:00Z", " "))],
    ["change_changes_nothing", () => changeNeed(db, book, "N-1", { priority: 1 }, said("2026-01-08T00:00:00Z", "why"))],
    ["version_out_of_order", () => changeNeed(db, book, "N-1", { priority: 2 }, said("2026-01-04T00:00:00Z", "why"))],
    ["unknown_need", () => changeNeed(db, book, "N-9", { priority: 2 }, said("2026-01-08T00:00:00Z", "why"))],
    ["unknown_book", () => enterNeeds(db, "nowhere", [need()], said("2026-01-08T00:00:00Z"))],
    ["record_named_twice", () => enterNeeds(db, book, [need(), need()], said("2026-01-08T00:00:00Z"))],
    ["unknown_coalition", () => enterNeeds(db, book, [need({ coalition: "pact" })], said("2026-01-08T00:00:00Z"))],
    [
      "unknown_item_kind",
      () =>
        enterNeeds(db, book, [need({ accepts: [{ item: "catapult", worthPpm: 1e6 }] })], said("2026-01-08T00:00:00Z")),
    ],
  ])("%s is refused, and nothing changes", async (code, act) => {
    const before = await needList(db, { book, state: "all" });
    await expect(act()).rejects.toEqual(refused(code));
    expect(await needList(db, { book, state: "all" })).toEqual(before);
  });

  test("a withdrawn need is out of the list and of the sums, and can be stated anew", async () => {
    await enterNeeds(db, book, [need({ id: "N-3", priority: 5 })], said("2026-01-10T00:00:00Z"));
    await withdrawNeed(db, book, "N-3", said("2026-01-11T00:00:00Z", "covered at home"));
    const after = await needList(db, { book });
    expect(after.items.map((row) => row.id)).not.toContain("N-3");
    expect(after.byPriority.map((row) => row.priority)).toEqual([1, 3]);
    expect((await needList(db, { book, state: "withdrawn" })).items.map((row) => row.id)).toEqual(["N-3"]);
    expect((await needList(db, { book, knownAt: "2026-01-10" })).items.map((row) => row.id)).toContain("N-3");
    await expect(withdrawNeed(db, book, "N-3", said("2026-01-12T00:00:00Z", "again"))).rejects.toEqual(
      refused("withdrawn_already"),
    );
    await expect(changeNeed(db, book, "N-3", { priority: 4 }, said("2026-01-12T00:00:00Z", "so"))).rejects.toEqual(
      refused("need_withdrawn"),
    );
    expect(await enterNeeds(db, book, [need({ id: "N-3", priority: 5 })], said("2026-01-12T00:00:00Z"))).toMatchObject({
      changed: 1,
    });
  });
});

describe("offers", () => {
  test("an offer stands as said in the ledger; more and less are posted by the difference, withdrawing takes all out", async () => {
    expect(await enterOffers(db, book, [offer()], said("2026-01-05T00:00:00Z"))).toMatchObject({ entered: 1 });
    expect(await ledger("O-1")).toEqual({ "materiel.pledged": "6" });
    await changeOffer(db, book, "O-1", { quantity: 9 }, said("2026-01-06T00:00:00Z", "three more were found"));
    await changeOffer(
      db,
      book,
      "O-1",
      { quantity: 8, note: "one is broken" },
      said("2026-01-07T00:00:00Z", "one is broken"),
    );
    expect(await ledger("O-1")).toEqual({ "materiel.pledged": "8" });
    const shown = await offerView(db, clock, { book, id: "O-1" });
    expect(shown).toMatchObject({ quantity: "8", placed: "0", left: "8", unused: null, giverName: "Aland" });
    expect(shown.history).toHaveLength(3);
    expect(await offerView(db, clock, { book, id: "O-1", knownAt: "2026-01-06" })).toMatchObject({
      quantity: "9",
      left: "9",
    });
    await withdrawOffer(db, book, "O-1", said("2026-01-08T00:00:00Z", "needed at home"));
    expect(await ledger("O-1")).toEqual({});
    expect(await offerView(db, clock, { book, id: "O-1" })).toMatchObject({
      state: "withdrawn",
      left: "0",
      unused: { code: "withdrawn", says: "Withdrawn: needed at home" },
    });
    expect(await enterOffers(db, book, [offer()], said("2026-01-09T00:00:00Z"))).toMatchObject({ changed: 1 });
    expect(await ledger("O-1")).toEqual({ "materiel.pledged": "6" });
  });

  test("what is placed of an offer is neither withdrawn nor offered less", async () => {
    await enterOffers(db, book, [offer({ id: "O-2", quantity: 10 })], said("2026-01-05T00:00:00Z"));
    await place("P-1", "O-2", "N-1", 4, "2026-01-20T00:00:00Z");
    await expect(withdrawOffer(db, book, "O-2", said("2026-01-21T00:00:00Z", "no"))).rejects.toEqual(
      refused("offer_placed_already", /4 of 10/),
    );
    await expect(changeOffer(db, book, "O-2", { quantity: 3 }, said("2026-01-21T00:00:00Z", "no"))).rejects.toEqual(
      refused("offer_placed_already"),
    );
    await changeOffer(db, book, "O-2", { quantity: 4 }, said("2026-01-21T00:00:00Z", "the rest stays at home"));
    expect(await offerView(db, clock, { book, id: "O-2" })).toMatchObject({
      placed: "4",
      left: "0",
      unused: { code: "all-placed" },
      placements: [{ id: "P-1", need: "N-1", pieces: 4, cost: null }],
    });
    expect((await needView(db, { book, id: "N-1" })).coverage).toMatchObject({
      needed: 10,
      placed: 4,
      confirmed: 0,
      planned: null,
    });
    expect((await needView(db, { book, id: "N-1", knownAt: "2026-01-19" })).coverage).toMatchObject({ placed: 0 });
  });

  test("money is offered by years, in the smallest parts of its currency", async () => {
    const years = [
      { year: 2027, amount: 500 },
      { year: 2026, amount: 250 },
    ];
    await enterOffers(
      db,
      book,
      [offer({ id: "M-1", item: "EUR", quantity: 750, years })],
      said("2026-01-05T00:00:00Z"),
    );
    expect(await ledger("M-1")).toEqual({ "finance.pledged": "75000" });
    expect(await offerView(db, clock, { book, id: "M-1" })).toMatchObject({
      quantity: "750.00",
      left: "750.00",
      years: [
        { year: 2026, amount: "250.00" },
        { year: 2027, amount: "500.00" },
      ],
    });
  });

  test("a consent is waited for, given and refused", async () => {
    await enterOffers(
      db,
      book,
      [offer({ id: "C-1", consent: { state: "pending", of: "Borduria" } })],
      said("2026-01-05T00:00:00Z"),
    );
    const state = async () => (await offerView(db, clock, { book, id: "C-1" })).unused?.code ?? "open";
    expect(await state()).toBe("consent-pending");
    await consentToOffer(db, book, "C-1", "given", said("2026-01-06T00:00:00Z"));
    expect(await state()).toBe("open");
    await consentToOffer(db, book, "C-1", "refused", said("2026-01-07T00:00:00Z"));
    expect(await state()).toBe("consent-refused");
    await expect(consentToOffer(db, book, "O-1", "given", said("2026-01-21T00:00:00Z"))).rejects.toEqual(
      refused("consent_not_asked"),
    );
    expect((await offerList(db, clock, { book, state: "consent-refused" })).items.map((row) => row.id)).toEqual([
      "C-1",
    ]);
  });

  test("an offer that has ended is listed as such", async () => {
    await enterOffers(
      db,
      book,
      [offer({ id: "E-1", from: "2026-01-01", until: "2026-02-28" })],
      said("2026-01-05T00:00:00Z"),
    );
    expect((await offerList(db, clock, { book, state: "window-over" })).items.map((row) => row.id)).toEqual(["E-1"]);
    expect((await offerList(db, clock, { book, state: "window-over", knownAt: "2026-02-01" })).items).toEqual([]);
  });

  test("training and staff are counted in places and post-months", async () => {
    await enterOffers(
      db,
      book,
      [
        offer({ id: "T-1", item: "course-artillery", quantity: 40 }),
        offer({ id: "S-1", item: "staff-adviser", quantity: 12 }),
      ],
      said("2026-01-05T00:00:00Z"),
    );
    expect(await ledger("T-1")).toEqual({ "training.announced": "40" });
    expect(await ledger("S-1")).toEqual({ "staff.offered": "12" });
    expect(await offerView(db, clock, { book, id: "S-1" })).toMatchObject({
      unit: "item:staff-adviser",
      counted: "post-months",
    });
  });

  test.each([
    ["offer_is_anothers", offer({ giver: "bbb" })],
    ["offer_is_anothers", offer({ item: "tank" })],
    ["unknown_party", offer({ id: "X", giver: "Nobody" })],
    ["unknown_need", offer({ id: "X", earmark: { capabilities: [], needs: ["N-77"] } })],
    ["unknown_capability", offer({ id: "X", earmark: { capabilities: ["sorcery"], needs: [] } })],
    ["unknown_fund", offer({ id: "X", fund: "no-fund" })],
    ["offer_invalid", offer({ id: "X", quantity: 0.5 })],
  ])("%s is refused", async (code, wrong) => {
    await expect(enterOffers(db, book, [wrong], said("2026-02-05T00:00:00Z"))).rejects.toEqual(refused(code));
  });

  test("thousands are entered and listed in seconds", async () => {
    const many = Array.from({ length: 3_000 }, (_, index) => offer({ id: `L-${index}`, quantity: (index % 50) + 1 }));
    const began = performance.now();
    expect(await enterOffers(db, book, many, said("2026-02-06T00:00:00Z"))).toMatchObject({ entered: 3_000 });
    const list = await offerList(db, clock, { book, limit: 100 });
    expect(list.total).toBeGreaterThan(3_000);
    expect(performance.now() - began).toBeLessThan(20_000);
  });
});

describe("many at once", () => {
  test("of a withdrawal and a placing one is refused, and the ledger says what the record says", async () => {
    const ids = Array.from({ length: 6 }, (_, index) => `R-${index}`);
    await enterOffers(
      db,
      book,
      ids.map((id) => offer({ id, quantity: 5 })),
      said("2026-02-10T00:00:00Z"),
    );
    for (const id of ids) {
      const [withdrawn, placed] = await Promise.allSettled([
        withdrawOffer(db, book, id, said("2026-02-11T00:00:00Z", "no longer")),
        place(`PR-${id}`, id, "N-1", 2, "2026-02-11T00:00:00Z"),
      ]);
      expect([withdrawn.status, placed.status].toSorted()).toEqual(["fulfilled", "rejected"]);
      expect(await ledger(id)).toEqual(
        withdrawn.status === "fulfilled" ? {} : { "materiel.allocated": "2", "materiel.pledged": "3" },
      );
    }
  });

  test("two who change one need get a version each", async () => {
    await enterNeeds(db, book, [need({ id: "N-10" })], said("2026-02-10T00:00:00Z"));
    const change = (quantity: number) =>
      changeNeed(db, book, "N-10", { quantity }, said("2026-02-11T00:00:00Z", `now ${quantity}`));
    await Promise.all([change(11), change(12), change(13)]);
    const { history, quantity } = await needView(db, { book, id: "N-10" });
    expect(history.map((version) => version.seq)).toEqual([4, 3, 2, 1]);
    expect([11, 12, 13]).toContain(quantity);
  });
});
