import type { EventType, PositionKind, Standing, StepKind } from "../../../src/core/decisions/procedure.ts";
import type { ObjectKind } from "../../../src/core/decisions/terms.ts";
import type { EventView, ProposalRow, ProposalView } from "../../../src/core/views-decisions.ts";
import { formatDay } from "../format/days.ts";
import { formatInstant, formatMinute, isInstant, readerZone, zoneCity } from "../format/instants.ts";

/** What each object of a proposal is called, and what it does, in a line; in the order in which they are offered. */
export const objectWords: Readonly<Record<ObjectKind, readonly [title: string, does: string]>> = {
  "open-fund": [
    "Open a fund",
    "Sets up an envelope over years with its lines, its key and who decides what; can grant its first calls and spending.",
  ],
  call: ["Call contributions", "Asks the members of a fund for a dated instalment, split by its key."],
  spend: ["Allow spending", "Lets so much of a line of a fund be placed and paid, for a purpose, until a day."],
  reallocate: ["Move money between lines", "Lets so much be moved from one line to another, in a fund or between two."],
  "adopt-key": ["Adopt a key", "Changes how the calls of a fund are shared, from a day on."],
  "take-over-format": [
    "Take over a format",
    "Brings an ad hoc group under another from a day on; before and after stay readable as they were.",
  ],
  appoint: ["Appoint", "Gives a post to a holder for a time."],
  "adopt-report": ["Adopt a report", "Takes note of a report. It moves no money."],
  "adopt-plan": ["Adopt a plan", "Places all of a plan of needs and offers that is not placed yet."],
};

export const standingWords: Readonly<Record<Standing, string>> = {
  for: "For",
  against: "Against",
  abstain: "Abstains",
  "constructive-abstain": "Abstains constructively",
  silent: "Nothing said",
};

/** For the heads of narrow columns. */
export const standingHeads: Readonly<Record<Standing, string>> = {
  ...standingWords,
  "constructive-abstain": "Constructive",
  silent: "Silent",
};

/** After a number: "4 in favour". */
export const countWords: Readonly<Record<Standing, string>> = {
  for: "in favour",
  against: "against",
  abstain: "abstaining",
  "constructive-abstain": "abstaining constructively",
  silent: "silent",
};

export const positionWords: Readonly<Record<PositionKind, string>> = {
  for: "In favour",
  against: "Against",
  abstain: "Abstain",
  "constructive-abstain": "Abstain constructively, with a formal declaration",
};

/** What is done with an event, as its button says it. */
export const actionWords: Readonly<Record<Exclude<EventType, "opened">, string>> = {
  "text-issued": "Issue a text",
  "silence-started": "Put it under silence",
  "silence-extended": "Extend the silence",
  objection: "Break the silence",
  "re-issued": "Issue a revised text",
  "position-stated": "State a position",
  "reservation-placed": "Place a reservation",
  "reservation-lifted": "Lift a reservation",
  "statement-made": "Make a statement",
  "taken-to-meeting": "Take it to a meeting",
  "put-to-vote": "Put it to the vote",
  adopted: "Adopt it",
  rejected: "Reject it",
  issued: "Issue it under a number",
  withdrawn: "Withdraw it",
  annulled: "Annul it",
  expired: "Let it expire",
};

const eventWords: Readonly<Record<EventView["kind"], string>> = {
  opened: "Opened",
  "text-issued": "Text issued",
  "silence-started": "Silence started",
  "silence-extended": "Silence extended",
  objection: "Silence broken",
  "re-issued": "Revised text issued",
  "position-stated": "Position stated",
  "reservation-placed": "Reservation placed",
  "reservation-lifted": "Reservation lifted",
  "statement-made": "Statement made",
  "taken-to-meeting": "Taken to a meeting",
  "put-to-vote": "Put to the vote",
  adopted: "Adopted",
  rejected: "Rejected",
  issued: "Issued",
  withdrawn: "Withdrawn",
  annulled: "Annulled",
  expired: "Expired",
  "silence-expired": "Silence expired",
};

/** What an event is called, whatever it is. */
export function eventName(kind: string): string {
  return eventWords[kind as EventView["kind"]] ?? kind.replaceAll("-", " ");
}

/** With its full stop, where it has no end of its own. */
export function sentence(words: string): string {
  return words === "" || /[.!?\u2026]["\u201d)]*$/.test(words) ? words : `${words}.`;
}

/** "27 November 2026, 17:00 in Oslo" for an instant, the day alone for a day. */
export function whenWords(at: string): string {
  return isInstant(at) ? `${formatInstant(at)} ${placeWords()}` : formatDay(at);
}

/** " in Oslo", for a time by the reader's own clocks. */
export function placeWords(): string {
  const zone = readerZone();
  return zone === "UTC" ? "UTC" : `in ${zoneCity(zone)}`;
}

/** Where a proposal stands, for a list. */
export function stateWords(row: ProposalRow): string {
  if (row.ending !== null) return row.ending === "annulled" ? "Adopted, then annulled" : "Adopted; its period is over";
  if (row.result === "adopted") return row.number === null ? "Adopted" : `Adopted, issued as ${row.number}`;
  return row.stepTitle;
}

/** Whether it is still to be decided. */
export function isOpen(kind: StepKind): boolean {
  return ["preparing", "silence", "broken", "meeting", "vote"].includes(kind);
}

const manner = { silence: "by silence that nobody broke", meeting: "at a meeting", vote: "by vote" } as const;

/** Where a proposal stands, in a sentence. */
export function stateSentence(view: ProposalView): string {
  const last = (kind: EventView["kind"]) => view.events.findLast((event) => event.kind === kind);
  const day = (kind: EventView["kind"]) => formatDay(last(kind)?.at ?? view.lastAt);
  const adopted =
    view.outcome === null ? "" : `${formatMinute(view.outcome.at)} ${placeWords()}, ${manner[view.outcome.by]}`;
  switch (view.stepKind) {
    case "preparing":
      return view.texts.length === 0
        ? "Being prepared: no text has been issued yet."
        : `Being prepared: version ${view.texts.length} of the text is out, and nothing is running on it yet.`;
    case "silence":
      return "Under silence: adopted when it runs out, unless somebody objects in writing before.";
    case "broken": {
      const by = last("objection")?.partyName;
      return by == null
        ? `The silence did not adopt it. What can come next is a revised text, a meeting, or its end.`
        : `${by} broke the silence on ${day("objection")}. What can come next is a revised text, a meeting, or its end.`;
    }
    case "meeting":
      return `Before a meeting since ${day("taken-to-meeting")}.`;
    case "vote":
      return `Put to the vote on ${day("put-to-vote")}; ${view.rule.met ? "the positions so far would adopt it" : "the positions so far do not adopt it"}.`;
    case "adopted":
      return `Adopted on ${adopted}${view.number === null ? "" : `, issued as ${view.number}`}.`;
    case "rejected":
      return `Rejected on ${adopted}.`;
    case "withdrawn":
      return `Withdrawn on ${day("withdrawn")}, undecided.`;
    case "annulled":
    case "expired": {
      const ending = view.outcome?.ending;
      const end = `${view.stepKind === "annulled" ? "annulled" : "expired"} on ${formatDay(ending?.at ?? view.lastAt)}`;
      return `Adopted on ${adopted}, ${end}. What was done under it stands; nothing more can be.`;
    }
  }
}
