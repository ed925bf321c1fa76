import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openProposal, proposalView } from "#app/decisions.ts";
import { issueCall, type CallOrder } from "#app/funds/call.ts";
import { takeBack } from "#app/funds/spend.ts";
import { addPledge } from "#app/funds/give.ts";
import { fundView } from "#app/funds/view.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import type { Terms } from "#core/decisions/terms.ts";
import type { Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { fundTerms, grant, openDesk, type Desk } from "./desk.ts";

// What cannot be done is refused in words, wherever it comes up: when the text is issued, when it is adopted, when it is carried out.

let db: Database;
let close: () => Promise<void>;
let desk: Desk;
beforeAll(async () => {
  ({ db, close } = await openRecord());
  desk = await openDesk(db);
  const call = grant({ kind: "call", line: null, amount: "1000.00" });
  await desk.decide("fund", fundTerms({}, [call]));
  await desk.decide("other", fundTerms({ id: "south-fund" }, [call]));
});
afterAll(() => close());

const called = (more: Partial<Extract<Terms, { kind: "call" }>> = {}): Terms => ({
  kind: "call",
  fund: "north-fund",
  year: 2025,
  instalment: 1,
  instalments: 1,
  lines: [{ line: "training", amount: "1.00" }],
  dueOn: "2025-12-31",
  ...more,
});
const twice = [
  { line: "training", amount: "1.00" },
  { line: "training", amount: "2.00" },
];

describe("a text that could not be carried out is not issued", () => {
  test.each<[string, Terms, string]>([
    ["a line is called twice", called({ lines: twice }), "lines"],
    ["a call of no line", called({ lines: [] }), "lines"],
    ["the second instalment of one", called({ instalment: 2 }), "instalment"],
    [
      "a key from a day that has one",
      { kind: "adopt-key", fund: "north-fund", key: "nordic-baltic-table", from: "2025-01-01" },
      "from",
    ],
  ])("%s", async (name, terms, field) => {
    await expect(desk.decide(name.replaceAll(" ", "-"), terms)).rejects.toMatchObject({
      code: "terms_invalid",
      place: { field },
    });
  });
});

describe("a decision that comes too late stays adopted and says why it has no effect", () => {
  const late = async (id: string, terms: Terms) => {
    const before = desk.clock();
    const opening = {
      id,
      book: desk.book,
      group: "nordic-baltic-eight",
      procedure: "consensus-silence",
      title: id,
      object: terms.kind,
    };
    await openProposal(db, desk.clock, opening, "secretariat");
    await desk.happens(id, { type: "text-issued", title: id, reference: null, body: "", terms } as EventDraft);
    await desk.happens(id, { type: "silence-started", expiresAt: "2025-03-01T12:00:00Z" } as EventDraft);
    desk.set("2025-03-01T12:00:00Z");
    try {
      return await proposalView(db, desk.clock, id);
    } finally {
      desk.set(before);
    }
  };
  test.each<[string, Terms]>([
    ["late-call", called({ dueOn: "2025-02-28" })],
    [
      "late-move",
      {
        kind: "reallocate",
        from: { fund: "north-fund", line: "training" },
        to: { fund: "north-fund", line: "budget" },
        amount: "1.00",
        until: "2025-02-28",
        reason: "Too late",
      },
    ],
  ])("%s", async (id, terms) => {
    const found = await late(id, terms);
    expect(found).toMatchObject({ result: "adopted", authorities: [] });
    expect(found.outcome?.effect).toMatch(/2025-02-28, before 2025-03-01/);
  });

  test("two keys from one day: the second to be adopted", async () => {
    const key: Terms = { kind: "adopt-key", fund: "north-fund", key: "nordic-baltic-table", from: "2026-01-01" };
    const opening = {
      book: desk.book,
      group: "nordic-baltic-eight",
      procedure: "consensus-silence",
      title: "Key",
      object: key.kind,
    };
    for (const id of ["key-1", "key-2"]) {
      await openProposal(db, desk.clock, { ...opening, id }, "secretariat");
      await desk.happens(id, { type: "text-issued", title: id, reference: null, body: "", terms: key } as EventDraft);
      await desk.happens(id, { type: "silence-started", expiresAt: "2025-03-02T12:00:00Z" } as EventDraft);
    }
    const before = desk.clock();
    desk.set("2025-03-02T12:00:00Z");
    expect((await proposalView(db, desk.clock, "key-1")).outcome?.effect).toBe("");
    expect((await proposalView(db, desk.clock, "key-2")).outcome?.effect).toMatch(/2026-01-01/);
    desk.set(before);
  });
});

describe("a call under an authority", () => {
  const order = (more: Partial<Extract<CallOrder, { authority: string }>> = {}): CallOrder => ({
    id: "north-1",
    authority: "fund.1",
    year: 2025,
    instalment: 1,
    instalments: 2,
    lines: [{ line: "training", amount: "10.00" }],
    dueOn: "2025-12-31",
    ...more,
  });
  const call = async (more: Parameters<typeof order>[0], fund = "north-fund") =>
    issueCall(db, fund, order(more), desk.doing());

  test.each<[string, Parameters<typeof order>[0], string, string]>([
    ["a line twice", { lines: twice }, "terms_invalid", "lines"],
    ["no line", { lines: [] }, "terms_invalid", "lines"],
    ["the third instalment of two", { instalment: 3 }, "terms_invalid", "instalment"],
    ["an id that no address can hold", { id: "2025/1" }, "parameter_invalid", "id"],
  ])("is refused for %s", async (_, more, code, field) => {
    await expect(call(more)).rejects.toMatchObject({ code, place: { field } });
  });

  test("keeps its id for ever: when it is taken back, and in every other fund", async () => {
    await call({});
    const [act] = (await fundView(db, desk.clock, "north-fund")).acts;
    await takeBack(db, "north-fund", Number(act?.id), "Wrong amount", desk.doing());
    await expect(call({})).rejects.toMatchObject({ code: "call_exists_already" });
    await expect(call({ authority: "other.1" }, "south-fund")).rejects.toMatchObject({ code: "call_exists_already" });
    await call({ id: "north-1-again" });
    await expect(call({ id: "north-2" })).rejects.toMatchObject({
      code: "call_exists_already",
      place: { field: "instalment" },
    });
  });
});

test("a pledge's id is taken by any promise of that id, in whatever fund", async () => {
  const pledge = {
    party: "nor",
    line: "training",
    title: "Course",
    instalments: [{ dueOn: "2025-06-30", amount: "1.00" }],
  };
  await addPledge(db, "north-fund", { ...pledge, id: "course" }, desk.doing());
  await expect(addPledge(db, "south-fund", { ...pledge, id: "course" }, desk.doing())).rejects.toMatchObject({
    code: "pledge_exists_already",
  });
  await expect(addPledge(db, "south-fund", { ...pledge, id: "A course" }, desk.doing())).rejects.toMatchObject({
    code: "parameter_invalid",
  });
});
