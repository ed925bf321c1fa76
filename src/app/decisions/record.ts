import type { EventDraft, ProposalEvent } from "#core/decisions/events.ts";
import { millisecondsOf } from "#core/decisions/instants.ts";
import { accepted, refused, valueOf, type Result } from "#core/decisions/result.ts";
import { appendEvent } from "#core/decisions/state.ts";
import type { Terms } from "#core/decisions/terms.ts";
import { MainstayError } from "#core/errors.ts";
import { draftFromJson, toJson } from "#formats/proposals/events.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import { endDecision, insertEvent } from "#store/decisions/proposals.ts";
import { enqueueAt } from "#store/jobs/enqueue.ts";
import { resolveParty } from "#store/register.ts";
import { dayOf, type Clock } from "../clock.ts";
import { checkTerms } from "../effects.ts";
import { takeBackPlaced } from "../planning/take-back.ts";
import { lockedCase, type Case } from "./case.ts";
import { settleCase } from "./settle.ts";

/** The queue of what is to be done when a silence runs out. */
export const silenceExpiry = "silence-expiry";

/**
 * Puts an event on a proposal's record at the instant of the clock, and whatever follows from it: a decision with its effect, the end of one,
 * a deadline to be met. A silence that has run out is settled first, and stays settled where the event itself is refused.
 * @throws MainstayError unknown_proposal, proposal_invalid, unknown_party, terms_of_another_object, those of checkTerms, and what the procedure refuses
 */
export async function enterEvent(
  db: Database,
  clock: Clock,
  id: string,
  draft: EventDraft,
  actor: string,
): Promise<void> {
  const checked = draftFromJson(draft);
  const entered = await inTransaction(db, async (trx): Promise<Result<null>> => {
    const before = await lockedCase(trx, id);
    // Taken under the lock, so that the list of events is in the order of time.
    const at = clock();
    const found = await settleCase(trx, before, at);
    const { decidedAt } = found.stored;
    if (decidedAt !== null && millisecondsOf(decidedAt) > millisecondsOf(at))
      return refused("proposal_event_out_of_order", `${checked.type} at ${at}, after the decision at ${decidedAt}`);
    const event = await eventOf(trx, found, checked, { at, actor });
    const events = appendEvent(found.procedure, found.events, event);
    if (!events.ok) return events;
    await checkText(trx, found, event);
    await insertEvent(trx, found.stored.no, {
      seq: events.value.length,
      at,
      kind: event.type,
      body: toJson(event),
      actor,
    });
    await settleCase(trx, { ...found, events: events.value }, at);
    await follow(trx, found, event);
    return accepted(null);
  });
  valueOf(entered);
}

type Entry = Readonly<{ at: string; actor: string }>;

async function eventOf(trx: Queries, found: Case, draft: EventDraft, entry: Entry): Promise<ProposalEvent> {
  if (draft.type === "text-issued" || draft.type === "re-issued") {
    const texts = found.events.filter((one) => one.type === "text-issued" || one.type === "re-issued");
    return { ...draft, ...entry, version: texts.length + 1 };
  }
  if (!("participant" in draft)) return { ...draft, ...entry };
  return { ...draft, ...entry, participant: await participantNamed(trx, found, draft.participant) };
}

/** The id of a participant by its id, or of whatever party goes by that name or code. */
async function participantNamed(trx: Queries, { events }: Case, word: string): Promise<string> {
  const [opened] = events;
  const participants = opened?.type === "opened" ? opened.participants : [];
  const found = participants.find((one) => one.id === word) ?? participants.find((one) => one.name === word);
  const id = found?.id ?? (await resolveParty(trx, word));
  if (id === undefined) throw new MainstayError("unknown_party", JSON.stringify(word), { field: "participant" });
  return id;
}

/** Whether what a new text would do is what the proposal is about, and can be done as the record stands. */
async function checkText(trx: Queries, found: Case, event: ProposalEvent): Promise<void> {
  const { stored, procedure } = found;
  if ((event.type !== "text-issued" && event.type !== "re-issued") || event.terms === null) return;
  const { bookNo, object, group } = stored;
  if (event.terms.kind !== object)
    throw new MainstayError("terms_of_another_object", `${event.terms.kind}, where the proposal is about ${object}`, {
      field: "terms.kind",
    });
  await checkTerms(trx, { bookNo, object, procedure: procedure.id, group, on: dayOf(event.at), terms: event.terms });
  refuseOtherFund(found, event.terms);
  refuseOtherPlan(found, event.terms);
}

/** A proposal opened on a plan adopts that one. @throws MainstayError terms_of_another_object */
function refuseOtherPlan({ events: [opened] }: Case, terms: Terms): void {
  const named = opened?.type === "opened" ? opened.object.reference : null;
  if (terms.kind === "adopt-plan" && named !== null && terms.plan !== named)
    throw new MainstayError("terms_of_another_object", `the plan ${terms.plan}, where the proposal is about ${named}`, {
      field: "terms.plan",
    });
}

/** What is decided on a fund is decided by those whose contributions to that fund weigh. @throws MainstayError terms_of_another_object */
function refuseOtherFund({ events: [opened] }: Case, terms: Terms): void {
  const named = opened?.type === "opened" ? opened.object.reference : null;
  const fund =
    "fund" in terms && typeof terms.fund === "string"
      ? terms.fund
      : terms.kind === "reallocate"
        ? terms.from.fund
        : named;
  if (named !== null && fund !== named)
    throw new MainstayError("terms_of_another_object", `the fund ${fund}, where the proposal is about ${named}`, {
      field: "terms.fund",
    });
}

async function follow(trx: Queries, { stored }: Case, event: ProposalEvent): Promise<void> {
  if ("expiresAt" in event)
    await enqueueAt(trx, { queue: silenceExpiry, key: stored.id, data: { proposal: stored.id }, at: event.expiresAt });
  if ((event.type === "annulled" || event.type === "expired") && stored.result === "adopted")
    await endDecision(trx, stored.no, { kind: event.type, at: event.at, reason: event.reason });
  if (event.type === "annulled" && stored.result === "adopted" && stored.object === "adopt-plan") {
    const { id: proposal, bookNo } = stored;
    const { at, reason, actor } = event;
    await takeBackPlaced(trx, { proposal, bookNo, at, reason, actor });
  }
}
