import type { EventDraft } from "#core/decisions/events.ts";
import { planLines, type PlanLine } from "#core/planning/lines.ts";
import { present } from "#core/present.ts";
import { refreshCube } from "#store/cube.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { wholePlan, type WholePlan } from "#store/planning/plans.ts";
import { requireBook } from "../../books.ts";
import { dayOf, type Clock } from "../../clock.ts";
import { appendProposalEvent, settleProposals } from "../../decisions.ts";
import { acceptPlan, proposePlan } from "../accept.ts";
import { requirePlan } from "../adopt.ts";
import { enteringByHand } from "../by-hand.ts";
import { withdrawOffer } from "../offers.ts";
import { loadPractice, practiceGroup, type PracticeLoaded, type PracticeOrder } from "../practice.ts";
import type { WorkHooks } from "../run-worker.ts";
import { solvePlan } from "../solving.ts";
import { sourceByWords } from "../source.ts";
import { instantOn, storyDays, type StoryDays } from "./days.ts";
import { playDeliveries } from "./deliveries.ts";

/** A practice set that is on record with all that became of it up to today. */
export type PracticePlayed = PracticeLoaded &
  Readonly<{
    withdrawn: string; // an offer
    accepted: string; // the giver who took its part of the second plan upon itself
    proposal: string; // by which the rest was adopted
    placements: number;
    consignments: number;
  }>;

const actor = "Practice desk";

/**
 * Puts a practice set on record in a synthetic book of its own, its first day half a year before today, and plays what becomes of it through the use
 * cases that people use, each at its own instant: a plan, an offer withdrawn, a second plan, adopted, and deliveries up to today. All of it or nothing.
 * @throws MainstayError parameter_invalid, book_exists_already, plan_cancelled
 */
export async function playPractice(
  db: Database,
  clock: Clock,
  order: Omit<PracticeOrder, "from">,
  hooks: WorkHooks = {},
): Promise<PracticePlayed> {
  const days = storyDays(dayOf(clock()));
  const played = await inTransaction(db, async (trx) => {
    const doing = { now: instantOn(days.stated), actor };
    const loaded = await loadPractice(trx, { ...order, from: days.from }, doing);
    const book = { no: (await requireBook(trx, loaded.book)).no, slug: loaded.book };
    const first = await solved(trx, loaded, { id: "first", on: days.solved }, hooks);
    const withdrawn = mostUrgent(first).offer;
    const reason = "Needed at home";
    const entering = await enteringByHand(trx, book.slug, { now: instantOn(days.withdrawn), actor, reason });
    await withdrawOffer(trx, book.slug, withdrawn, entering);
    const second = await solved(trx, loaded, { id: "second", on: days.solvedAgain, standing: "first" }, hooks);
    const adopted = await adopt(trx, book.slug, days, giverOf(second, mostUrgent(second).offer));
    const consignments = await playDeliveries(trx, book, days);
    const { length: placements } = planLines(second.result);
    return { ...loaded, withdrawn, ...adopted, placements, consignments };
  });
  await refreshCube(db);
  return played;
}

async function solved(
  trx: Database,
  { book, from, until }: PracticeLoaded,
  { on, ...plan }: Readonly<{ id: string; on: string; standing?: string }>,
  hooks: WorkHooks,
): Promise<WholePlan> {
  const order = { book, from, until, actor, preview: true, ...plan }; // a quick plan, so that nobody waits
  await solvePlan(trx, () => instantOn(on), order, hooks);
  return wholePlan(trx, (await requirePlan(trx, (await requireBook(trx, book)).no, plan.id)).no);
}

/** What the plan gives to the need that comes first, the most of it. */
function mostUrgent({ instance, result }: WholePlan): PlanLine {
  const given = new Set(instance.offers.map((offer) => offer.id));
  const priority = new Map(instance.needs.map((need) => [need.id, need.priority]));
  const urgency = (line: PlanLine) => priority.get(line.need) ?? 9;
  const [first] = planLines(result)
    .filter((line) => given.has(line.offer))
    .toSorted((one, other) => urgency(one) - urgency(other) || other.quantity - one.quantity);
  return present(first, "an assignment");
}

function giverOf({ instance }: WholePlan, offer: string): string {
  return present(
    instance.offers.find((one) => one.id === offer),
    offer,
  ).giver;
}

/** One giver takes its part of the second plan upon itself, and the group adopts the rest by silence. */
async function adopt(trx: Database, book: string, days: StoryDays, giver: string) {
  const plan = { book, id: "second" };
  const title = `Made up: letter of ${giver}`;
  const source = sourceByWords({ title, publisher: giver, publishedOn: days.accepted });
  await acceptPlan(trx, () => instantOn(days.accepted), plan, { giver, source, actor });
  const proposal = `${book}-adopts-second`;
  const proposed = () => instantOn(days.proposed);
  const by = { group: practiceGroup.slug, procedure: "consensus-silence", id: proposal, actor };
  await proposePlan(trx, proposed, plan, by);
  const silence = { type: "silence-started", expiresAt: instantOn(days.adopted) } as const satisfies EventDraft;
  await appendProposalEvent(trx, proposed, proposal, silence, actor);
  await settleProposals(trx, () => instantOn(days.adopted));
  return { accepted: giver, proposal };
}
