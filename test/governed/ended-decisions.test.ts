import { afterAll, beforeAll, expect, test } from "vitest";
import { decisionCalendar, openProposal, proposalView } from "#app/decisions.ts";
import { issueCall } from "#app/funds/call.ts";
import { callView } from "#app/funds/call-view.ts";
import { takeBack } from "#app/funds/spend.ts";
import { fundList, fundView } from "#app/funds/view.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import type { Terms } from "#core/decisions/terms.ts";
import { present } from "#core/present.ts";
import type { Database } from "#store/database.ts";
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
  // Its day stays taken: what was decided for it is on record.
  await expect(desk.decide("again", key(own("Again"), "2025-01-02"))).rejects.toMatchObject({ code: "terms_invalid" });
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
