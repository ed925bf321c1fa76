import { clock as byClock } from "#core/decisions/procedure.ts";
import type { ProposalState } from "#core/decisions/state.ts";
import type { Deadline, DecisionCalendar } from "#core/views-decisions.ts";
import type { Database } from "#store/database.ts";
import { fundDeadlines, type FundDeadline } from "#store/decisions/deadlines.ts";
import { proposalsOfBook } from "#store/decisions/proposals.ts";
import { requireBook } from "../books.ts";
import type { Clock } from "../clock.ts";
import { casesOf, stateBy, type Case } from "./case.ts";
import { rowOf } from "./row.ts";
import { isUnsettled, settleProposal } from "./settle.ts";

/**
 * The proposals of a book, newest first, and every deadline there was or is, earliest first. Silences that have run out are settled before.
 * @throws MainstayError unknown_book
 */
export async function calendarOf(db: Database, clock: Clock, book: string): Promise<DecisionCalendar> {
  const { no } = await requireBook(db, book);
  const cases = await casesOf(db, await proposalsOfBook(db, no));
  const now = clock();
  for (const one of cases) if (isUnsettled(one, stateBy(one, now))) await settleProposal(db, clock, one.stored.id);
  const states = cases.map((one) => ({ one, state: stateBy(one, now) }));
  const expiries = states.flatMap(({ one, state }) => expiriesOf(one, state));
  const due = (await fundDeadlines(db, no)).map(dueOf);
  return {
    now,
    book,
    proposals: states.map(({ one, state }) => rowOf(one, state)),
    deadlines: [...expiries, ...due].toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)),
  };
}

/** The expiry of the silence under way, and those that have come. */
function expiriesOf({ stored }: Case, state: ProposalState): readonly Deadline[] {
  const passed = state.trail.filter((passage) => passage.on === byClock).map((passage) => passage.at);
  const title = `Silence on “${state.text?.title ?? state.opened.title}”`;
  const address = `/decisions/${stored.id}`;
  return [
    ...passed.map((at): Deadline => ({ at, kind: "silence-expires", title: `${title} expired`, address })),
    ...(state.deadline === null
      ? []
      : [{ at: state.deadline.expiresAt, kind: "silence-expires", title: `${title} expires`, address } as const]),
  ];
}

function dueOf({ on, kind, fund, fundTitle, what, party, number, proposal }: FundDeadline): Deadline {
  switch (kind) {
    case "payment-due":
      return { at: on, kind, title: `Call ${what} on ${fundTitle} is due`, address: `/funds/${fund}` };
    case "pledge-due":
      return {
        at: on,
        kind,
        title: `${party}, part ${number} of “${what}” to ${fundTitle} is due`,
        address: `/funds/${fund}`,
      };
    case "authority-ends":
      return { at: on, kind, title: `Authority ends: ${what} (${fundTitle})`, address: `/decisions/${proposal}` };
  }
}
