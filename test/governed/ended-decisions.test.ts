import { afterAll, beforeAll, expect, test } from "vitest";
import { decisionCalendar, openProposal, proposalView } from "#app/decisions.ts";
import { issueCall } from "#app/funds/call.ts";
import { callView } from "#app/funds/call-view.ts";
import { addPledge } from "#app/funds/give.ts";
import { importReceipts } from "#app/funds/receipts.ts";
import { reallocate, spend, takeBack } from "#app/funds/spend.ts";
import { fundList, fundView } from "#app/funds/view.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import type { Terms } from "#core/decisions/terms.ts";
import { present } from "#core/present.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { fundTerms, grant, openDesk, type Desk } from "./desk.ts";

// What a decision brought into force is not used once it has ended, and what was taken back is not called to mind.

let db: Database;
let close: () => Promise<void>;
let desk: Desk;
beforeAll(async () => {
  ({ db, close } = await openRecord());
  desk = await openDesk(db);
  await desk.decide("fund", fundTerms({}, [grant({ kind: "call", line: null, amount: "1000.00" })]));
});
afterAll(() => close());

const own = (title: string) =>
  JSON.stringify({
    id: "norway-pays",
    title,
    description: "Made up",
    modelled: null,
    validFrom: "2025-01-01",
    validUntil: null,
    source: { title: "Made up", publisher: "Nobody", publishedOn: null, url: null },
    shares: { nor: "1" },
  });
const key = (text: string, from: string): Terms => ({ kind: "adopt-key", fund: "north-fund", key: text, from });
const call = async (id: string, instalment: number) => {
  const lines = [{ line: "training", amount: "100.00" }];
  const order = { id, authority: "fund.1", year: 2025, instalment, instalments: 9, lines, dueOn: "2025-12-31" };
  await issueCall(db, "north-fund", order, desk.doing());
  return callView(db, desk.clock, { fund: "north-fund", call: id });
};

test("a key of a decision that was annulled splits no call after it", async () => {
  await desk.decide("one-pays", key(own("Norway pays"), "2025-01-02"));
  const before = await call("under-it", 1);
  expect(before.key.id).toBe("norway-pays");
  await desk.happens("one-pays", { type: "annulled", reason: "Unfair" });
  expect((await call("after-it", 2)).key.id).toBe("nordic-baltic-table");
  expect((await callView(db, desk.clock, { fund: "north-fund", call: "under-it" })).shares).toEqual(before.shares);
  const shown = (await fundView(db, desk.clock, "north-fund")).keys;
  expect(shown.map((one) => one.id)).toEqual(["nordic-baltic-table"]);
  // Its day is free again, for one that stands; the day of the fund's first key never is.
  await desk.decide("again", key(own("Again"), "2025-01-02"));
  expect((await proposalView(db, desk.clock, "again")).outcome?.effect).toBe("");
  const keys = (await fundView(db, desk.clock, "north-fund")).keys.map(({ from, decision }) => [from, decision]);
  expect(keys).toEqual([
    ["2025-01-02", "again"],
    ["2025-01-01", "fund"],
  ]);
  for (const day of ["2025-01-01", "2025-01-02"])
    await expect(desk.decide(`third-${day}`, key(own("Third"), day))).rejects.toMatchObject({ code: "terms_invalid" });
  // Nor can the database be made to hold two.
  await desk.decide("report", { kind: "adopt-report", report: "Report", address: null });
  const second = rowsOf(
    db,
    sql`insert into fund_key (fund_no, valid_from, key, proposal_no)
        select f.no, '2025-01-02', '{}', p.no from fund f, proposal p where f.id = 'north-fund' and p.id = 'report'`,
  );
  await expect(second).rejects.toMatchObject({ code: "23505" });
  await desk.happens("again", { type: "annulled", reason: "Unfair too" });
});

test("a call that was taken back is due no more", async () => {
  await call("mistaken", 3);
  const due = async () => {
    const { deadlines } = await decisionCalendar(db, desk.clock, desk.book);
    return deadlines.filter((one) => one.kind === "payment-due" && one.title.includes("mistaken")).length;
  };
  expect(await due()).toBe(1);
  const { acts } = await fundView(db, desk.clock, "north-fund");
  await takeBack(db, "north-fund", Number(present(acts.at(-1), "the call").id), "By mistake", desk.doing());
  expect(await due()).toBe(0);
});

test.each([
  ["a NUL", "\\u0000"],
  ["half of a character", "\\ud800"],
])("a key with %s in its text is refused, and does not stop everything else once it is adopted", async (_, odd) => {
  const text = own("X").replace('"Made up"', `"Made up${odd}"`);
  const id = `odd-${odd.slice(2)}`;
  await expect(desk.decide(id, key(text, "2025-02-02"))).rejects.toMatchObject({ code: "key_invalid" });
  await fundList(db, desk.clock, desk.book);
});

test("what a call would cost who abstains is told by the key in force, not by a later one", async () => {
  await desk.decide("later-key", key(own("Norway pays from 2027"), "2027-01-01"));
  const lines = [{ line: "training", amount: "1000000.00" }];
  const terms: Terms = {
    kind: "call",
    fund: "north-fund",
    year: 2025,
    instalment: 8,
    instalments: 9,
    lines,
    dueOn: "2025-12-31",
  };
  const opening = {
    id: "asks",
    book: desk.book,
    group: "nordic-baltic-eight",
    title: "A call",
    object: "call",
  } as const;
  await desk.decide("free-fund", fundTerms({ id: "free-fund", decides: {} }));
  await desk.decide("free-key", { kind: "adopt-key", fund: "free-fund", key: own("Later"), from: "2027-01-01" });
  await openProposal(db, desk.clock, { ...opening, procedure: "consensus-silence-constructive" }, "secretariat");
  const text = { title: "A call", reference: null, body: "", terms: { ...terms, fund: "free-fund" } };
  await desk.happens("asks", { type: "text-issued", ...text } as EventDraft);
  const { abstention } = await proposalView(db, desk.clock, "asks");
  expect(abstention?.length).toBeGreaterThan(1);
});

test("a fund whose opening is annulled takes in nothing new, and what it holds can still be spent and moved", async () => {
  const fund = "ended-fund";
  const calls = grant({ kind: "call", line: null, amount: "1000.00" });
  await desk.decide(fund, fundTerms({ id: fund, decides: {} }, [calls]));
  const lines = [{ line: "training", amount: "100.00" }];
  const year = { year: 2025, instalments: 9, lines, dueOn: "2026-12-31" };
  const asking = (instalment: number): Terms => ({ kind: "call", fund, instalment, ...year });
  await desk.decide("ended-call", asking(1));
  await issueCall(db, fund, { id: "ended-1", decision: "ended-call" }, desk.doing());
  const { shares } = await callView(db, desk.clock, { fund, call: "ended-1" });
  const [first] = shares.filter((one) => one.exempt === null);
  const paid = `SX,XX1,2025-01-06,${first?.amount},EUR,${first?.reference},Payer,Paid,E1`;
  const file = { bytes: Buffer.from(`${columns}\n${paid}\n`), fileName: "paid.csv" };
  expect((await importReceipts(db, fund, file, desk.doing())).matched).toHaveLength(1);
  // Texts that were issued while the opening stood are adopted after it has ended.
  await underway("late-call", asking(2));
  await underway("late-key", { kind: "adopt-key", fund, key: own("Late"), from: "2025-03-01" });
  await desk.decide("early-call", asking(3));
  await desk.happens(fund, { type: "annulled", reason: "A test" });

  desk.set("2025-01-06T12:00:00Z");
  for (const id of ["late-call", "late-key"]) {
    const { outcome } = await proposalView(db, desk.clock, id);
    expect(outcome).toMatchObject({ result: "adopted", effect: expect.stringMatching(/ended-fund.*annulled/) });
  }
  expect((await fundView(db, desk.clock, fund)).ended).toBe("annulled");
  expect((await fundList(db, desk.clock, desk.book)).funds.map(({ id, ended }) => [id, ended])).toContainEqual([
    "north-fund",
    null,
  ]);
  const closed = { code: "fund_opening_ended" };
  await expect(desk.decide("ended-again", asking(4))).rejects.toMatchObject(closed);
  await expect(
    desk.decide("ended-key", { kind: "adopt-key", fund, key: own("New"), from: "2025-04-01" }),
  ).rejects.toMatchObject(closed);
  const order = { id: "ended-3", decision: "early-call" };
  await expect(issueCall(db, fund, order, desk.doing())).rejects.toMatchObject(closed);
  const instalments = [{ dueOn: "2026-12-31", amount: "1" }];
  const pledge = { id: "ended-p", party: "nor", line: "training", title: "x", instalments };
  await expect(addPledge(db, fund, pledge, desk.doing())).rejects.toMatchObject(closed);

  await desk.decide("winding-up", { kind: "spend", fund, grants: [grant({ line: "training" })] });
  await spend(
    db,
    fund,
    "pay",
    { line: "training", amount: "1.00", authority: "winding-up.1", purpose: "Rest" },
    desk.doing(),
  );
  const from = { fund, line: "training" };
  const moving = { kind: "reallocate", amount: "1.00", until: "2026-12-31", reason: "Rest" } as const;
  await desk.decide("winding-over", { ...moving, from, to: { fund: "north-fund", line: "budget" } });
  await reallocate(
    db,
    fund,
    {
      line: "training",
      toFund: "north-fund",
      toLine: "budget",
      amount: "1.00",
      authority: "winding-over.1",
      reason: "Rest",
    },
    desk.doing(),
  );
});

const columns = "statement,account,booked_on,amount,currency,reference,counterparty,remittance,bank_reference";

/** A proposal under silence, not adopted yet. */
async function underway(id: string, terms: Terms): Promise<void> {
  const opening = { id, book: desk.book, group: "nordic-baltic-eight", procedure: "consensus-silence", title: id };
  await openProposal(db, desk.clock, { ...opening, object: terms.kind }, "secretariat");
  await desk.happens(id, { type: "text-issued", title: id, reference: null, body: "", terms } as EventDraft);
  await desk.happens(id, { type: "silence-started", expiresAt: "2025-01-06T11:00:00Z" });
}
