import type { EventDraft } from "#core/decisions/events.ts";
import { authorityView } from "#core/funds/authority.ts";
import { formatDecimal } from "#core/money.ts";
import { present } from "#core/present.ts";
import type { DecisionCalendar, ProposalView } from "#core/views-decisions.ts";
import type { Database } from "#store/database.ts";
import { storedActs } from "#store/funds/acts.ts";
import { authoritiesOf } from "#store/funds/funds.ts";
import { abstentionOf } from "./abstention.ts";
import { dayOf, type Clock } from "./clock.ts";
import { calendarFile, calendarOf } from "./decisions/calendar.ts";
import { requireCase, stateBy, type Case } from "./decisions/case.ts";
import { enterOpening, type Opening } from "./decisions/open.ts";
import { enterEvent } from "./decisions/record.ts";
import { decidedPlacements } from "./planning/take-back.ts";
import { isUnsettled, settleProposal, settleProposals } from "./decisions/settle.ts";
import { viewOf } from "./decisions/view.ts";
import { readPlaces } from "./decisions/zones.ts";
import type { FiledProcedure } from "./procedures.ts";

export type { Opening } from "./decisions/open.ts";
export { expiryOf as proposalExpiry } from "./decisions/expiry.ts";
export { settleProposal, settleProposals };

/**
 * Opens a proposal under a procedure in force, one of those that come with the program unless others are given.
 * @throws MainstayError proposal_invalid, proposal_exists_already, unknown_book, unknown_group, unknown_party, participants_invalid,
 *   participant_weight_missing, unknown_procedure, procedure_not_in_force
 */
export async function openProposal(
  db: Database,
  clock: Clock,
  opening: Opening,
  actor: string,
  procedures?: readonly FiledProcedure[],
): Promise<ProposalView> {
  await enterOpening(db, clock, opening, actor, procedures);
  return proposalView(db, clock, opening.id);
}

/**
 * Puts an event on a proposal's record at the instant of the clock, with what follows from it.
 * @throws MainstayError unknown_proposal, proposal_invalid, unknown_party, terms_of_another_object, those of checkTerms, and what the procedure refuses
 */
export async function appendProposalEvent(
  db: Database,
  clock: Clock,
  id: string,
  event: EventDraft,
  actor: string,
): Promise<ProposalView> {
  await enterEvent(db, clock, id, event, actor);
  return proposalView(db, clock, id);
}

/**
 * A proposal whole, as it stands at the instant of the clock, any silence that has run out settled before. `restricted`: with the reasons that
 * only those concerned may read; they never go over the API.
 * @throws MainstayError unknown_proposal
 */
export async function proposalView(
  db: Database,
  clock: Clock,
  id: string,
  options: Readonly<{ restricted?: boolean | undefined }> = {},
): Promise<ProposalView> {
  const now = clock();
  const found = await settledCase(db, clock, id, now);
  const beside = await besideOf(db, found, now);
  return viewOf(found, now, beside, options.restricted);
}

/**
 * The proposals of a book and its deadlines.
 * @throws MainstayError unknown_book
 */
export async function decisionCalendar(db: Database, clock: Clock, book: string): Promise<DecisionCalendar> {
  return calendarOf(db, clock, book);
}

/**
 * The deadlines of a book as iCalendar, for text/calendar; `site` is where its pages are.
 * @throws MainstayError unknown_book
 */
export async function decisionFeed(db: Database, clock: Clock, book: string, site: string): Promise<string> {
  return calendarFile(db, clock, book, site);
}

async function settledCase(db: Database, clock: Clock, id: string, now: string): Promise<Case> {
  const found = await requireCase(db, id);
  if (!isUnsettled(found, stateBy(found, now))) return found;
  await settleProposal(db, clock, id);
  return requireCase(db, id);
}

async function besideOf(db: Database, found: Case, now: string) {
  const { id: proposal, book } = found.stored;
  const granted = await authoritiesOf(db, { proposal });
  const acts = granted.length === 0 ? [] : await storedActs(db, { proposal });
  const byId = new Map(granted.map((authority) => [authority.id, authority]));
  return {
    places: await readPlaces(),
    authorities: granted.map((authority) => authorityView(authority, dayOf(now))),
    uses: acts.map(({ at, kind, title, authority, amount, postings }) => {
      const { scale, currency } = present(byId.get(authority ?? ""), `the authority of ${title}`);
      return {
        at,
        kind,
        title,
        authority: authority ?? "",
        amount: formatDecimal(BigInt(amount), scale),
        currency,
        postings,
      };
    }),
    placements: await decidedPlacements(db, proposal, stateBy(found, now).ending?.kind === "annulled"),
    abstention: await abstentionOf(db, {
      book,
      state: stateBy(found, now),
      procedureAllows: found.procedure.positions.includes("constructive-abstain"),
    }),
  };
}
