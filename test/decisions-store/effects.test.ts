import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appendProposalEvent, openProposal, proposalView, settleProposal } from "#app/decisions.ts";
import { issueCall } from "#app/funds/call.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import type { ObjectKind, Terms } from "#core/decisions/terms.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { fundTerms, grant, openDesk, type Desk } from "../governed/desk.ts";
import { openRecord } from "../support/record.ts";
import { refusal } from "./support.ts";

let db: Database;
let desk: Desk;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openRecord());
  desk = await openDesk(db);
});
afterAll(() => close());

const textOf = (terms: Terms | null): EventDraft => ({
  type: "text-issued",
  title: "Text",
  reference: null,
  body: "As in the terms.",
  terms,
});
const begin = async (id: string, object: ObjectKind, reference?: string): Promise<unknown> =>
  openProposal(
    db,
    desk.clock,
    { id, book: desk.book, group: "nordic-baltic-eight", procedure: "consensus-silence", title: id, object, reference },
    "secretariat",
  );
/** Opened, its text issued and put under a silence that ends at the instant. */
async function quiet(id: string, terms: Terms, expiresAt: string): Promise<void> {
  await begin(id, terms.kind);
  await desk.happens(id, textOf(terms));
  await desk.happens(id, { type: "silence-started", expiresAt });
}

test("adopted, a fund is open and what the text grants can be used; annulled, no more", async () => {
  await desk.decide("north", fundTerms({}, [grant()]));
  const view = await proposalView(db, desk.clock, "north");
  expect(view).toMatchObject({ fund: "north-fund", outcome: { effect: "" }, uses: [] });
  expect(view.authorities).toMatchObject([
    { kind: "spend", line: "air-defence", amount: "1000000.00", left: "1000000.00", live: true, decision: "north" },
  ]);
  await desk.happens("north", { type: "annulled", reason: "Superseded." });
  expect((await proposalView(db, desk.clock, "north")).authorities).toMatchObject([
    { live: false, why: expect.stringContaining("annulled") },
  ]);
  expect(await rowsOf(db, sql`select kind, reason from decision_end`)).toEqual([
    { kind: "annulled", reason: "Superseded." },
  ]);
});

test("a call under a decision is shown with it, with its postings", async () => {
  await desk.decide("called", fundTerms({ id: "called-fund" }));
  await desk.decide("call-25", {
    kind: "call",
    fund: "called-fund",
    year: 2025,
    instalment: 1,
    instalments: 2,
    lines: [{ line: "training", amount: "8000000.00" }],
    dueOn: "2025-06-30",
  });
  await issueCall(db, "called-fund", { id: "call-25-1", decision: "call-25" } as never, desk.doing());
  const view = await proposalView(db, desk.clock, "call-25");
  expect(view.fund).toBe("called-fund");
  expect(view.uses).toMatchObject([
    { kind: "call", authority: view.authorities[0]?.id, amount: "8000000.00", currency: "EUR" },
  ]);
  expect(view.uses[0]?.postings).toHaveLength(8);
  expect(view.authorities).toMatchObject([{ used: "8000000.00", left: "0.00", live: false }]);
});

describe("what cannot be put into effect stays adopted, and says why", () => {
  const other = fundTerms({ id: "twice-fund", title: "Twice" });

  test("when another decision has done it before", async () => {
    await quiet("first", other, "2025-02-01T10:00:00Z");
    await quiet("second", other, "2025-02-01T11:00:00Z");
    desk.set("2025-02-03T09:00:00Z");
    // Late, and in the wrong order: the second finds nothing in its way.
    expect((await proposalView(db, desk.clock, "second")).outcome?.effect).toBe("");
    const first = await proposalView(db, desk.clock, "first");
    expect(first).toMatchObject({ result: "adopted", decidedAt: "2025-02-01T10:00:00Z", authorities: [] });
    expect(first.outcome?.effect).toMatch(/twice-fund/);
    expect(await rowsOf(db, sql`select count(*)::int as funds from fund where id = 'twice-fund'`)).toEqual([
      { funds: 1 },
    ]);
  });

  test("when another does it at the same moment", async () => {
    const raced = fundTerms({ id: "raced-fund", title: "Raced" });
    const ids = ["race-1", "race-2", "race-3", "race-4"];
    for (const id of ids) await quiet(id, raced, "2025-02-10T10:00:00Z");
    desk.set("2025-02-11T09:00:00Z");
    await Promise.all(ids.map(async (id) => settleProposal(db, desk.clock, id)));
    const effects = await Promise.all(ids.map(async (id) => (await proposalView(db, desk.clock, id)).outcome?.effect));
    expect(effects.filter((effect) => effect === "")).toHaveLength(1);
    expect(effects.filter((effect) => effect?.includes("raced-fund"))).toHaveLength(3);
  });
});

describe("a text is checked when it is issued", () => {
  const issue = async (id: string, terms: Terms): Promise<string> =>
    refusal(appendProposalEvent(db, desk.clock, id, textOf(terms), "secretariat"));

  test("it does what its proposal is about: terms_of_another_object", async () => {
    await begin("another", "spend", "north-fund");
    expect(await issue("another", { kind: "adopt-report", report: "R", address: null })).toBe(
      "terms_of_another_object",
    );
    expect(await proposalView(db, desk.clock, "another")).toMatchObject({ texts: [], fund: "north-fund" });
  });

  test.each([
    ["an unknown fund", "unknown_fund", { kind: "spend", fund: "no-fund", grants: [grant()] }],
    ["an unknown line", "terms_invalid", { kind: "spend", fund: "north-fund", grants: [grant({ line: "boats" })] }],
    [
      "a day that is none",
      "proposal_invalid",
      { kind: "spend", fund: "north-fund", grants: [grant({ from: "soon" })] },
    ],
  ] as const)("%s is refused", async (_, code, terms) => {
    expect(await issue("another", terms as Terms)).toBe(code);
  });
});
