import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { settleProposals } from "#app/decisions.ts";
import type { EventDraft, ProposalEvent } from "#core/decisions/events.ts";
import { positionKinds, type Procedure } from "#core/decisions/procedure.ts";
import { appendEvent, stateAt } from "#core/decisions/state.ts";
import { rowsOf, sql } from "#store/database.ts";
import { eventFromJson } from "#formats/proposals/events.ts";
import { procedure } from "../decisions/support.ts";
import {
  instant,
  objection,
  openDesk,
  refusal,
  reissued,
  silence,
  stated,
  stored,
  text,
  type Desk,
} from "./support.ts";

// The record against a list of events in memory: what one takes, the other takes, and both say the same of it at every instant.

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => desk.close());

type Command = Readonly<{ what: (typeof commands)[number]; wait: number; who: number; pick: number; ahead: number }>;
const commands = [
  "text",
  "silence",
  "extend",
  "objection",
  "reissue",
  "position",
  "reserve",
  "lift",
  "statement",
  "meeting",
  "vote",
  "adopt",
  "reject",
  "issue",
  "withdraw",
  "annul",
  "expire",
  "look",
  "settle",
] as const;

/** What a command asks to be put on record at a millisecond; null where it only looks. */
function draftOf({ what, who, pick, ahead }: Command, now: number): EventDraft | null {
  const participant = `n${(who % 7) + 1}`; // the seventh is a stranger
  switch (what) {
    case "text":
      return text(`Text ${pick}`);
    case "silence":
      return silence(now + ahead);
    case "extend":
      return { type: "silence-extended", expiresAt: instant(now + ahead) };
    case "objection":
      return objection(participant, pick % 5 === 0 ? " " : "Not so.", "Not for everybody");
    case "reissue":
      return reissued(now + ahead);
    case "position": {
      const position = positionKinds[pick % positionKinds.length] ?? "for";
      return stated(participant, position, position === "constructive-abstain" ? "We stay out." : null);
    }
    case "reserve":
      return { type: "reservation-placed", participant, note: "" };
    case "lift":
      return { type: "reservation-lifted", participant };
    case "statement":
      return { type: "statement-made", participant, kind: "interpretative-statement", text: "As we read it." };
    case "meeting":
      return { type: "taken-to-meeting", note: "" };
    case "vote":
      return { type: "put-to-vote", note: "" };
    case "adopt":
      return { type: "adopted", note: "" };
    case "reject":
      return { type: "rejected", note: "" };
    case "issue":
      return { type: "issued", number: String(pick) };
    case "withdraw":
      return { type: "withdrawn", reason: "" };
    case "annul":
      return { type: "annulled", reason: "Wrong." };
    case "expire":
      return { type: "expired", reason: "" };
    case "look":
    case "settle":
      return null;
  }
}

/** Puts a draft on the list as the rules alone would, and the code they refuse it with. */
function playOn(rules: Procedure, events: ProposalEvent[], draft: EventDraft, at: string): string {
  if ("participant" in draft && draft.participant === "n7") return "unknown_party";
  const version = events.filter((one) => one.type === "text-issued" || one.type === "re-issued").length + 1;
  const numbered = draft.type === "text-issued" || draft.type === "re-issued" ? { version } : {};
  const event = { ...draft, ...numbered, at, actor: "secretariat" } as ProposalEvent;
  const after = appendEvent(rules, events, event);
  if (!after.ok) return after.refusal.code;
  events.push(event);
  return "accepted";
}

const command: fc.Arbitrary<Command> = fc.record({
  what: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...commands) },
    { weight: 2, arbitrary: fc.constantFrom("text", "silence", "position", "vote", "meeting", "look") },
  ),
  wait: fc.constantFrom(0, 1, 999, 1000, 2000, 5000),
  who: fc.nat(6),
  pick: fc.nat(40),
  ahead: fc.constantFrom(-1, 0, 1, 1000, 3000, 8000),
});
let count = 0;

test.each([
  "consensus-silence",
  "consensus-silence-constructive",
  "eu-unanimity",
  "simple-majority",
  "un-general-assembly",
])("random walks of %s end on record where the rules alone end", { timeout: 120_000 }, async (rulesId) => {
  const rules = procedure(rulesId);
  const ended = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 24 }), async (walk) => {
      count += 1;
      const id = `walk-${count}`;
      let now = 0;
      await desk.at(now).open({ id, procedure: rulesId });
      const [opened] = await rowsOf<{ body: unknown }>(
        desk.db,
        sql`select e.body from proposal_event e join proposal p on p.no = e.proposal_no where p.id = ${id}`,
      );
      const events = [eventFromJson(opened?.body)];
      for (const step of walk) {
        now += step.wait;
        desk.at(now);
        const draft = draftOf(step, now);
        if (draft !== null)
          expect([step.what, await refusal(desk.enter(draft, id))]).toEqual([
            step.what,
            playOn(rules, events, draft, instant(now)),
          ]);
        else if (step.what === "settle") await settleProposals(desk.db, desk.clock);
        else await desk.view(id);
      }
      now += 10_000;
      const view = await desk.at(now).view(id);
      const state = stateAt(rules, events, instant(now));
      if (!state.ok) throw new Error(state.refusal.message);
      const { step, outcome, ending, number, texts, standing, report, reservations } = state.value;
      expect(view).toMatchObject({ step: step.id, number, ending: ending?.kind ?? null, rule: { met: report.met } });
      expect(view.texts.map((one) => one.title)).toEqual(texts.map((one) => one.title));
      expect(Object.fromEntries(view.participants.map((one) => [one.id, one.standing]))).toEqual(
        Object.fromEntries(standing.map((one) => [one.participant, one.standing])),
      );
      expect(view.participants.filter((one) => one.reservation !== null).map((one) => one.id)).toEqual(
        reservations
          .filter((one) => one.liftedAt === null)
          .map((one) => one.participant)
          .toSorted(),
      );
      expect(JSON.stringify(view)).not.toContain("Not for everybody");
      const decided = await stored(desk.db, id);
      expect(decided.map((one) => [one.result, one.at])).toEqual(
        outcome === null ? [] : [[outcome.result, new Date(outcome.at).toISOString()]],
      );
      ended.add(step.kind);
    }),
    { numRuns: 20 },
  );
  // The walks go far enough to be worth walking.
  expect(ended.size).toBeGreaterThan(1);
});
