import { createHash } from "node:crypto";
import type { DecisionCalendar } from "#core/views-decisions.ts";
import { calendarFeed, type CalendarEvent } from "#formats/ical/feed.ts";
import type { Database } from "#store/database.ts";
import { fundDeadlines } from "#store/decisions/deadlines.ts";
import { proposalsOfBook } from "#store/decisions/proposals.ts";
import { book as bookOf, requireBook } from "../books.ts";
import type { Clock } from "../clock.ts";
import { casesOf, stateBy } from "./case.ts";
import { fundDeadline, silenceDeadlines, type KeyedDeadline } from "./deadlines.ts";
import { rowOf } from "./row.ts";
import { isUnsettled, settleProposal } from "./settle.ts";

type Agenda = Omit<DecisionCalendar, "deadlines"> & Readonly<{ deadlines: readonly KeyedDeadline[] }>;

/** Silences that have run out are settled before anything is listed. */
async function agendaOf(db: Database, clock: Clock, book: string): Promise<Agenda> {
  const { no } = await requireBook(db, book);
  const cases = await casesOf(db, await proposalsOfBook(db, no));
  const now = clock();
  const states = cases.map((one) => ({ one, state: stateBy(one, now) }));
  for (const { one, state } of states) if (isUnsettled(one, state)) await settleProposal(db, clock, one.stored.id);
  const deadlines = [
    ...states.flatMap(({ one, state }) => silenceDeadlines(one, state)),
    ...(await fundDeadlines(db, no)).map(fundDeadline),
  ].toSorted((one, other) => Date.parse(one.deadline.at) - Date.parse(other.deadline.at));
  return { now, book, proposals: states.map(({ one, state }) => rowOf(one, state)), deadlines };
}

/**
 * The proposals of a book, newest first, and every deadline there was or is, earliest first.
 * @throws MainstayError unknown_book
 */
export async function calendarOf(db: Database, clock: Clock, book: string): Promise<DecisionCalendar> {
  const agenda = await agendaOf(db, clock, book);
  return { ...agenda, deadlines: agenda.deadlines.map((one) => one.deadline) };
}

/**
 * The deadlines of a book as a calendar to subscribe to. `site`: where its pages are, such as http://127.0.0.1:4870.
 * @throws MainstayError unknown_book
 */
export async function calendarFile(db: Database, clock: Clock, book: string, site: string): Promise<string> {
  const [agenda, { title }] = [await agendaOf(db, clock, book), await bookOf(db, book)];
  return calendarFeed({
    name: `${title}: decisions and deadlines`,
    address: `${site}/api/v1/decisions/calendar.ics?book=${book}`,
    stamp: agenda.now,
    events: agenda.deadlines.map((one) => eventOf(one, book, site)),
  });
}

/** How many days before a deadline it is called to mind. */
const reminders: Readonly<Record<string, readonly number[]>> = {
  "silence-expires": [1],
  "payment-due": [14, 3],
  "pledge-due": [14, 3],
  "authority-ends": [30, 7],
};
const descriptions: Readonly<Record<string, string>> = {
  "silence-expires":
    "The text is adopted at this instant unless somebody objects in writing before it. Who says nothing consents.",
  "payment-due": "What is called is to be on the fund's account by the end of this day.",
  "pledge-due": "What was pledged is to be on the fund's account by the end of this day.",
  "authority-ends": "After this day nothing more can be done under the authority.",
};

function eventOf(
  { deadline: { at, kind, title, address }, key }: KeyedDeadline,
  book: string,
  site: string,
): CalendarEvent {
  const hash = createHash("sha256").update(`${book} ${key}`).digest("hex").slice(0, 32);
  const [description = "", before = []] = [descriptions[kind], reminders[kind]];
  return { uid: `${hash}@mainstay`, at, title, description, url: `${site}${address}`, kind, reminders: before };
}
