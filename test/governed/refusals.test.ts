import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openBook } from "#app/books.ts";
import { openProposal } from "#app/decisions.ts";
import { checkTerms } from "#app/effects.ts";
import { issueCall } from "#app/funds/call.ts";
import { callView } from "#app/funds/call-view.ts";
import { addPledge, creditInKind } from "#app/funds/give.ts";
import { matchReceipt } from "#app/funds/receipts.ts";
import { previewReallocation } from "#app/funds/reallocation.ts";
import { reallocate, spend, takeBack } from "#app/funds/spend.ts";
import { fundView } from "#app/funds/view.ts";
import { whyPosting } from "#app/funds/why.ts";
import { postSteps } from "#app/post.ts";
import type { Terms } from "#core/decisions/terms.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { fundTerms, grant, openDesk, type Desk } from "./desk.ts";

let db: Database;
let close: () => Promise<void>;
let desk: Desk;
const fund = "north-fund";

beforeAll(async () => {
  ({ db, close } = await openRecord());
  desk = await openDesk(db);
  await desk.decide(
    "fund",
    fundTerms({ decides: { spend: "simple-majority" }, inKind: null }, [grant({ kind: "call", line: null })]),
  );
  const order = {
    authority: "fund.1",
    year: 2025,
    instalment: 1,
    instalments: 1,
    lines: [{ line: "training", amount: "1000.00" }],
    dueOn: "2025-12-31",
  };
  await issueCall(db, fund, { id: "call", ...order }, desk.doing());
  await desk.decide("move", move("air-defence", "budget"));
});
afterAll(() => close());

const move = (from: string, to: string): Terms => ({
  kind: "reallocate",
  from: { fund, line: from },
  to: { fund, line: to },
  amount: "100.00",
  until: "2025-12-31",
  reason: "Test",
});
const checked = async (terms: Terms, procedure = "consensus-silence") => {
  const [book] = await rowsOf<{ no: number }>(db, sql`select no from book where slug = 'practice'`);
  const asked = {
    bookNo: book?.no ?? 0,
    object: terms.kind,
    procedure,
    group: "nordic-baltic-eight",
    on: "2025-02-01",
  };
  return checkTerms(db, { ...asked, terms });
};
const spending = { line: "training", amount: "1.00", authority: "fund.1", purpose: "Test" };
const moving = {
  unit: "EUR",
  reported: null,
  effective: { on: "2025-02-01", precision: "day" },
  knownAt: "2025-02-01T00:00:00Z",
  source: "decision-fund",
  reason: "test",
  authority: "move.1",
} as const;

describe("what cannot be done is refused by name, and nothing is changed", () => {
  const cases: readonly (readonly [code: string, found: RegExp, work: () => Promise<unknown>])[] = [
    ["unknown_fund", /"nowhere"/, async () => fundView(db, desk.clock, "nowhere")],
    ["unknown_fund_line", /"roads"/, async () => checked(move("roads", "budget"))],
    [
      "unknown_fund_line",
      /"roads"/,
      async () => previewReallocation(db, desk.clock, { fund, line: "roads", toLine: "budget", amount: "1" }),
    ],
    ["fund_exists_already", /"north-fund"/, async () => checked(fundTerms())],
    ["fund_exists_already", /"nor"/, async () => checked(fundTerms({ id: "nor" }))],
    [
      "procedure_not_of_the_fund",
      /where north-fund decides spend by simple-majority/,
      async () => checked({ kind: "spend", fund, grants: [grant()] }),
    ],
    ["terms_invalid", /a line to itself/, async () => checked(move("budget", "budget"))],
    [
      "terms_invalid",
      /2031, outside 2025-01-01 to 2027-12-31/,
      async () => checked(fundTerms({ id: "other", years: [{ year: 2031, amount: "1.00" }] })),
    ],
    [
      "decision_not_adopted",
      /"nothing"/,
      async () => issueCall(db, fund, { id: "again", decision: "nothing" }, desk.doing()),
    ],
    [
      "decision_not_adopted",
      /move, which does not call for north-fund/,
      async () => issueCall(db, fund, { id: "again", decision: "move" }, desk.doing()),
    ],
    [
      "authority_missing",
      /none named/,
      async () => spend(db, fund, "pay", { line: "training", amount: "1", purpose: "x" }, desk.doing()),
    ],
    [
      "authority_missing",
      /none named/,
      async () => reallocate(db, fund, { line: "training", toLine: "budget", amount: "1", reason: "x" }, desk.doing()),
    ],
    ["unknown_call", /"nothing"/, async () => callView(db, desk.clock, { fund, call: "nothing" })],
    [
      "unknown_bank_entry",
      /S9, E9/,
      async () => matchReceipt(db, fund, { statement: "S9", entry: "E9", reference: "RF18539007547034" }, desk.doing()),
    ],
    [
      "unknown_payment_reference",
      /RF18539007547034/,
      async () => creditInKind(db, fund, { reference: "RF18539007547034", value: "1", method: "x" }, desk.doing()),
    ],
    [
      "in_kind_not_allowed",
      /north-fund has no rule for it/,
      async () => creditInKind(db, fund, { reference: await reference(), value: "1", method: "x" }, desk.doing()),
    ],
    [
      "earmark_does_not_allow_line",
      /no-budget, budget/,
      async () =>
        addPledge(
          db,
          fund,
          {
            id: "p",
            party: "nor",
            line: "budget",
            earmark: "no-budget",
            title: "x",
            instalments: [{ dueOn: "2025-06-01", amount: "1" }],
          },
          desk.doing(),
        ),
    ],
    ["invalid_amount", /"1\.005"/, async () => spend(db, fund, "pay", { ...spending, amount: "1.005" }, desk.doing())],
    ["invalid_amount", /"-1"/, async () => spend(db, fund, "pay", { ...spending, amount: "-1" }, desk.doing())],
    ["unknown_act", /999/, async () => takeBack(db, fund, 999, "x", desk.doing())],
    ["unknown_posting", /"abc"/, async () => whyPosting(db, desk.clock, "abc")],
    [
      "book_exists_already",
      /"practice"/,
      async () => openBook(db, { slug: "practice", title: "x", recipient: "ukr", synthetic: true }),
    ],
    [
      "unknown_party",
      /"nobody"/,
      async () => openBook(db, { slug: "fresh", title: "x", recipient: "nobody", synthetic: true }),
    ],
    [
      "reallocation_must_balance",
      /authority move\.1/,
      async () =>
        postSteps(
          db,
          [
            {
              ...moving,
              promise: "north-fund.training",
              from: null,
              to: "finance.committed",
              quantity: 500n,
              authority: null,
            },
            {
              ...moving,
              promise: "north-fund.air-defence",
              from: null,
              to: "finance.committed",
              quantity: 500n,
              authority: null,
            },
            { ...moving, promise: "north-fund.air-defence", from: "finance.committed", to: null, quantity: 500n },
            { ...moving, promise: "north-fund.budget", from: null, to: "finance.committed", quantity: 501n },
          ],
          "somebody",
        ),
    ],
  ];
  test.each(cases)("%s, %s", async (code, found, work) => {
    const before = await rowsOf(
      db,
      sql`select (select count(*) from posting), (select count(*) from fund_act), (select count(*) from proposal_event)`,
    );
    await expect(work()).rejects.toMatchObject({ code, found: expect.stringMatching(found) as string });
    expect(
      await rowsOf(
        db,
        sql`select (select count(*) from posting), (select count(*) from fund_act), (select count(*) from proposal_event)`,
      ),
    ).toEqual(before);
  });

  test("a proposal on a fund of another book is refused when its text is issued", async () => {
    await openBook(db, { slug: "elsewhere", title: "x", recipient: "ukr", synthetic: true });
    const [book] = await rowsOf<{ no: number }>(db, sql`select no from book where slug = 'elsewhere'`);
    const asked = {
      bookNo: book?.no ?? 0,
      object: "reallocate",
      procedure: "consensus-silence",
      group: "nordic-baltic-eight",
      on: "2025-02-01",
      terms: move("training", "budget"),
    } as const;
    await expect(checkTerms(db, asked)).rejects.toMatchObject({
      code: "unknown_fund",
      found: expect.stringContaining("of another book") as string,
    });
    await expect(
      openProposal(
        db,
        desk.clock,
        { id: "Not So", book: "elsewhere", group: "nato", procedure: "consensus-silence", title: "x", object: "call" },
        "x",
      ),
    ).rejects.toMatchObject({ code: "proposal_invalid" });
  });
});

async function reference(): Promise<string> {
  return (await callView(db, desk.clock, { fund, call: "call" })).shares[0]?.reference ?? "";
}
