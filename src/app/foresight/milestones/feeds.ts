import { createHash } from "node:crypto";
import { movedDays } from "#core/foresight/milestones/moved.ts";
import type { ExpectedDay } from "#core/foresight/milestones/milestone.ts";
import { dayNow, isOpen, type Standing } from "#core/foresight/milestones/standing.ts";
import { dayWords, stateWords } from "#core/foresight/milestones/words.ts";
import { nextDay } from "#core/frame.ts";
import { present } from "#core/present.ts";
import { atomFeed, type AtomEntry } from "#formats/atom/feed.ts";
import { calendarFeed, type CalendarEvent } from "#formats/ical/feed.ts";
import type { Database } from "#store/database.ts";
import type { Clock } from "../../clock.ts";
import type { MilestoneScene } from "./known.ts";
import { mostMilestones, stoodOf, wordsOf } from "./list.ts";
import { inOrderOfDue, type Stood, type Words } from "./rows.ts";

/** What a feed holds: all milestones of a book, those of a fund, of a nation, or of both. */
export type FeedQuestion = Readonly<{
  book: string;
  fund?: string | undefined;
  nation?: string | undefined;
  knownAt?: string | undefined;
}>;

/** Entries of a news feed: the last that changed. */
const mostNews = 500;

/**
 * The milestones of a book, fund or nation as a news feed (RFC 4287), what changed last first. `site`: where the pages are, such as
 * http://127.0.0.1:4870. The same record gives the same bytes.
 * @throws MainstayError unknown_book, invalid_date, unknown_fund, unknown_party
 */
export async function milestoneNews(db: Database, clock: Clock, asked: FeedQuestion, site: string): Promise<string> {
  const told = await toldOf(db, clock, asked, site);
  const entries = told.stood.map((one) => entryOf(one, told));
  return atomFeed({
    id: `urn:uuid:${uuidOf(["feed", ...told.names])}`,
    title: told.title,
    subtitle: "What is expected when, what moved, what is late, and of what there is no word.",
    author: "Mainstay",
    address: told.addressOf("milestones.atom"),
    page: told.page,
    updated: "1970-01-01T00:00:00Z",
    entries: entries.toSorted((one, other) => (one.updated < other.updated ? 1 : -1)).slice(0, mostNews),
  });
}

/** The same as a calendar to subscribe to (RFC 5545). @throws MainstayError as milestoneNews */
export async function milestoneCalendar(
  db: Database,
  clock: Clock,
  asked: FeedQuestion,
  site: string,
): Promise<string> {
  const told = await toldOf(db, clock, asked, site);
  const shown = told.stood.toSorted(inOrderOfDue).slice(0, mostMilestones);
  return calendarFeed({
    name: told.title,
    address: told.addressOf("milestones.ics"),
    stamp: shown.map(updatedOf).reduce((last, one) => (one > last ? one : last), "1970-01-01T00:00:00Z"),
    events: shown.map((one) => eventOf(one, told)),
  });
}

type Told = Readonly<{
  stood: readonly Stood[];
  title: string;
  names: readonly string[]; // what the feed is of
  page: string;
  addressOf: (file: string) => string;
  words: Words;
  book: string;
}>;

async function toldOf(db: Database, clock: Clock, asked: FeedQuestion, site: string): Promise<Told> {
  const { scene, stood } = await stoodOf(db, clock, asked);
  const words = await wordsOf(db, scene, []);
  const { book, fund, nation, knownAt } = asked;
  const query = new URLSearchParams(
    Object.entries({ book, fund, nation, known_at: knownAt }).flatMap(([name, value]) =>
      value === undefined || value === "" ? [] : [[name, value]],
    ),
  );
  return {
    stood,
    title: titleOf(scene, asked, words),
    names: [book, fund ?? "", nation ?? ""],
    page: `${site}/timeline?${query}`,
    addressOf: (file) => `${site}/api/v1/foresight/${file}?${query}`,
    words,
    book,
  };
}

function titleOf({ cut: { head } }: MilestoneScene, { fund, nation }: FeedQuestion, words: Words): string {
  const of = [
    fund === undefined ? "" : (words.funds.get(fund) ?? fund),
    nation === undefined ? "" : (words.parties.get(nation) ?? nation),
  ].filter((part) => part !== "");
  const synthetic = head.synthetic ? " (synthetic)" : "";
  return `${head.title}${synthetic}: milestones${of.length === 0 ? "" : ` of ${of.join(", ")}`}`;
}

/** When what a feed says of it last changed: by an entry on record, or by its day going past. */
function updatedOf({ milestone, standing }: Stood): string {
  const passed = standing.passed === null ? milestone.knownAt : `${nextDay(standing.passed)}T00:00:00.000Z`;
  const known = new Date(milestone.knownAt).toISOString();
  return passed > known ? passed : known;
}

function entryOf(one: Stood, told: Told): AtomEntry {
  const { milestone, standing } = one;
  return {
    id: `urn:uuid:${uuidOf(["milestone", told.book, milestone.id])}`,
    title: `${milestone.title} (${stateWords[standing.state]})`,
    published: present(milestone.days[0], milestone.id).knownAt,
    updated: updatedOf(one),
    address: pageOf(milestone.id, told),
    categories: [milestone.kind, standing.state],
    summary: summaryOf(one, told.words),
  };
}

function eventOf(one: Stood, told: Told): CalendarEvent {
  const { milestone, standing } = one;
  const open = isOpen(standing.state);
  const { on } = dayNow(milestone);
  return {
    uid: `${uuidOf(["milestone", told.book, milestone.id])}@mainstay`,
    at: standing.state === "met" ? (milestone.ending?.on ?? on) : on,
    title: open ? milestone.title : `${milestone.title} (${stateWords[standing.state]})`,
    description: summaryOf(one, told.words),
    url: pageOf(milestone.id, told),
    kind: milestone.kind,
    reminders: open ? (reminders[milestone.kind] ?? [7]) : [],
    revision: milestone.days.length - 1 + (milestone.ending === null ? 0 : 1),
    changedAt: updatedOf(one),
    cancelled: standing.state === "cancelled",
  };
}

/** How many days before its day a milestone is called to mind, where not a week. */
const reminders: Readonly<Record<string, readonly number[]>> = {
  summit: [30, 7],
  payment: [14, 3],
  decision: [7, 1],
};

function pageOf(id: string, { page }: Told): string {
  return `${page}&milestone=${encodeURIComponent(id)}`;
}

/** What stands in a feed of a milestone. Nothing in it changes from day to day by itself. */
function summaryOf({ milestone, standing }: Stood, words: Words): string {
  const { days, ending, owner, says, note } = milestone;
  const first = present(days[0], milestone.id);
  const now = dayNow(milestone);
  const moves = days.filter(
    (day, index) => index > 0 && movedDays(present(days[index - 1], milestone.id), day) !== 0,
  ).length;
  return [
    expectedText(standing, now),
    moves > 0 ? `Moved ${moves === 1 ? "once" : `${moves} times`}, first expected ${dayWords(first)}.` : "",
    ending === null
      ? ""
      : `${capital(stateWords[ending.state])}${ending.on === null ? "" : ` on ${dayWords({ on: ending.on, precision: "day" })}`}.`,
    says,
    owner === null ? "" : `Answers for it: ${words.parties.get(owner) ?? owner}.`,
    note,
  ]
    .filter((part) => part !== "")
    .join(" ");
}

function expectedText({ state, passed }: Standing, now: ExpectedDay): string {
  const day = dayWords(now);
  if (state === "no-word") return `Was expected ${day}; there is no word of it since.`;
  return passed === now.on ? `Was expected ${day}, and is still to come.` : `Expected ${day}.`;
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** A UUID (RFC 9562, version 8) that the names make, the same on every machine. */
function uuidOf(names: readonly string[]): string {
  const hash = createHash("sha256").update(JSON.stringify(names)).digest("hex");
  const variant = ((Number.parseInt(hash.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}
