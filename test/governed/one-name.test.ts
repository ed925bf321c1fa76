import { afterAll, beforeAll, expect, test } from "vitest";
import { openProposal, proposalView } from "#app/decisions.ts";
import { issueCall } from "#app/funds/call.ts";
import { invoicesOf } from "#app/funds/invoices.ts";
import { fundView } from "#app/funds/view.ts";
import { whyPosting } from "#app/funds/why.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { fundTerms, grant, openDesk, type Desk } from "./desk.ts";

// A decision has one name wherever it is told of: that of the text that was adopted.

let db: Database;
let close: () => Promise<void>;
let desk: Desk;
beforeAll(async () => {
  ({ db, close } = await openRecord());
  desk = await openDesk(db);
  await desk.decide("fund", fundTerms({}, [grant({ kind: "call", line: null, amount: "1000.00" })]));
});
afterAll(() => close());

test("on its own page, the fund's, an invoice, the source of a posting, and where a posting is accounted for", async () => {
  const name = "Text of fund";
  const lines = [{ line: "training", amount: "100.00" }];
  const order = {
    id: "c-1",
    authority: "fund.1",
    year: 2025,
    instalment: 1,
    instalments: 1,
    lines,
    dueOn: "2025-12-31",
  };
  await issueCall(db, "north-fund", order, desk.doing());
  const { decisions, acts } = await fundView(db, desk.clock, "north-fund");
  const [invoice] = await invoicesOf(db, desk.clock, { fund: "north-fund", call: "c-1" });
  const why = await whyPosting(db, desk.clock, acts[0]?.postings[0] ?? "");
  expect([
    (await proposalView(db, desk.clock, "fund")).title,
    decisions.find((one) => one.id === "fund")?.title,
    invoice?.decision.title,
    why.decision?.title,
  ]).toEqual([name, name, name, name]);
  expect(await rowsOf(db, sql`select title from source where id = 'decision-fund'`)).toEqual([
    { title: `Made up: decision fund: ${name}` },
  ]);
});

test("a proposal that has no text yet goes by what it was opened with, then by its newest text", async () => {
  const opening = { id: "later", book: desk.book, group: "nordic-baltic-eight", title: "First words" } as const;
  await openProposal(db, desk.clock, { ...opening, procedure: "consensus-silence", object: "spend" }, "secretariat");
  expect((await proposalView(db, desk.clock, "later")).title).toBe("First words");
  const terms = { kind: "spend", fund: "north-fund", grants: [grant()] };
  for (const title of ["Second words", "Third words"]) {
    await desk.happens("later", { type: "text-issued", title, reference: null, body: "", terms } as EventDraft);
    const { decisions } = await fundView(db, desk.clock, "north-fund");
    expect(decisions.find((one) => one.id === "later")?.title).toBe(title);
  }
});
