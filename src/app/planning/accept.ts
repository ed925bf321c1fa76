import type { Accepted } from "#core/views-plan.ts";
import { MainstayError } from "#core/errors.ts";
import { present } from "#core/present.ts";
import type { ProposalView } from "#core/views-decisions.ts";
import { settle } from "#store/cube.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { ensureSource, resolveParty, type NewSource } from "#store/register.ts";
import { requireBook } from "../books.ts";
import type { Clock } from "../clock.ts";
import { appendProposalEvent, openProposal, settleProposals } from "../decisions.ts";
import { placePlan, requirePlan, requireSound } from "./adopt.ts";
import { planRows } from "./plan-row.ts";

/** A giver's own word: it accepts what a plan asks of it. */
export type Acceptance = Readonly<{ giver: string; source: NewSource; actor: string }>;

/**
 * Places what a plan takes from one giver and is not placed yet, on that giver's own word.
 * @throws MainstayError unknown_book, unknown_party, unknown_plan, plan_not_sound, plan_placed_already, need_covered_meanwhile, plan_terms_changed; those of placeAssignments
 */
export async function acceptPlan(
  db: Database,
  clock: Clock,
  plan: Readonly<{ book: string; id: string }>,
  { giver, source, actor }: Acceptance,
): Promise<Accepted> {
  const { no: bookNo } = await requireBook(db, plan.book);
  const party = await resolveParty(db, giver);
  if (party === undefined) throw new MainstayError("unknown_party", JSON.stringify(giver), { field: "giver" });
  await settleProposals(db, clock);
  const placed = await inTransaction(db, async (trx) => {
    await lockPlanning(trx, bookNo); // before the source, as whoever enters needs and offers does
    await ensureSource(trx, source);
    const by = { giver: party, proposalNo: null, source: source.id, knownAt: clock(), actor };
    return placePlan(trx, bookNo, plan.id, by);
  });
  await settle(db, placed.placements);
  const [row] = await planRows(db, bookNo, [await requirePlan(db, bookNo, plan.id)]);
  return { plan: plan.id, giver: party, proposal: null, ...placed, acceptance: present(row, plan.id).acceptance };
}

/** A proposal to adopt a plan: who decides, and how. */
export type Proposing = Readonly<{
  group: string;
  procedure: string;
  id?: string | undefined; // of the proposal; `adopt-PLAN` without it
  words?: string | undefined; // the body of its text
  actor: string;
}>;

/**
 * Opens a proposal to adopt a plan, with its text: once adopted, all of the plan that is not placed yet is placed.
 * @throws MainstayError unknown_book, unknown_plan, plan_not_sound; those of opening a proposal and issuing its text
 */
export async function proposePlan(
  db: Database,
  clock: Clock,
  plan: Readonly<{ book: string; id: string }>,
  { group, procedure, id = `adopt-${plan.id}`, words, actor }: Proposing,
): Promise<ProposalView> {
  const { no: bookNo } = await requireBook(db, plan.book);
  const { title: named } = await requireSound(db, bookNo, plan.id);
  const title = `Adopt: ${named}`;
  const opening = { id, book: plan.book, group, procedure, title, object: "adopt-plan", reference: plan.id } as const;
  return inTransaction(db, async (trx) => {
    await openProposal(trx, clock, opening, actor);
    const terms = { kind: "adopt-plan", plan: plan.id } as const;
    const body = words ?? `The plan ${plan.id} of the book ${plan.book} is adopted as it is on record.`;
    return appendProposalEvent(trx, clock, id, { type: "text-issued", title, reference: null, body, terms }, actor);
  });
}
