import { afterAll, beforeAll, expect, test } from "vitest";
import { appendProposalEvent, openProposal } from "#app/decisions.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import type { Terms } from "#core/decisions/terms.ts";
import type { Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { fundTerms, grant, openDesk, type Desk } from "./desk.ts";

// A fund's money is its own group's to decide on: of those who contribute, of those who opened it, or of a group over either.

let db: Database;
let close: () => Promise<void>;
let desk: Desk;
beforeAll(async () => {
  ({ db, close } = await openRecord());
  desk = await openDesk(db);
  await desk.decide("fund", fundTerms());
  await desk.decide("theirs", fundTerms({ id: "their-fund", members: "eu" }));
});
afterAll(() => close());

const spending = (fund: string): Terms => ({ kind: "spend", fund, grants: [grant()] });
const issued = async (id: string, group: string, terms: Terms) => {
  const opening = { id, book: desk.book, group, procedure: "consensus-silence", title: id, object: terms.kind };
  await openProposal(db, desk.clock, opening, "secretariat");
  const text = { type: "text-issued", title: id, reference: null, body: "", terms } as EventDraft;
  return appendProposalEvent(db, desk.clock, id, text, "secretariat");
};

test("no other group issues a text on it", async () => {
  await expect(issued("by-others", "nato", spending("north-fund"))).rejects.toMatchObject({
    code: "group_not_of_the_fund",
    message: expect.stringContaining("nato, where north-fund is decided on by nordic-baltic-eight"),
  });
  const move = { from: { fund: "north-fund", line: "budget" }, to: { fund: "their-fund", line: "budget" } };
  const terms: Terms = { kind: "reallocate", ...move, amount: "1.00", until: "2025-12-31", reason: "Test" };
  await expect(issued("into-north", "eu", terms)).rejects.toMatchObject({ code: "group_not_of_the_fund" });
});

test("those who contribute do, and those who opened it", async () => {
  expect((await issued("by-members", "eu", spending("their-fund"))).texts).toHaveLength(1);
  expect((await issued("by-openers", "nordic-baltic-eight", spending("their-fund"))).texts).toHaveLength(1);
});

test("a group that either came under does from that day on", async () => {
  await desk.decide("under-nato", {
    kind: "take-over-format",
    format: "nordic-baltic-eight",
    by: "nato",
    from: "2025-03-01",
  });
  await expect(issued("too-early", "nato", spending("north-fund"))).rejects.toMatchObject({
    code: "group_not_of_the_fund",
  });
  desk.set("2025-03-01T00:00:00Z");
  expect((await issued("in-time", "nato", spending("north-fund"))).texts).toHaveLength(1);
});
