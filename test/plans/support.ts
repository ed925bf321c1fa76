import { openBook } from "#app/books.ts";
import { appendProposalEvent, proposalView } from "#app/decisions.ts";
import { proposePlan } from "#app/planning/accept.ts";
import { instanceOf } from "#app/planning/instance.ts";
import { enterNeeds } from "#app/planning/needs.ts";
import { enterOffers } from "#app/planning/offers.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import { effortOf, scoreOf } from "#core/planning/score.ts";
import type { Assignment, Plan, Purchase } from "#core/planning/plan.ts";
import type { Need, Offer } from "#core/planning/record.ts";
import { summaryOf } from "#core/planning/summary.ts";
import type { PlanAsked, PlanProblem } from "#core/views-plan.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { insertPlan } from "#store/planning/plans.ts";
import { requireBook } from "#app/books.ts";
import { withoutConditions } from "../support/offers.ts";

export const source = {
  id: "made-up-plans",
  title: "Made up for the tests",
  publisher: "Nobody",
  publishedOn: null,
  retrievedOn: null,
  url: null,
  note: "",
};

export const needOf = (more: Partial<Need> & Pick<Need, "id">): Need => ({
  title: `Need ${more.id}`,
  accepts: [{ item: "howitzer-155", worthPpm: 1_000_000 }],
  quantity: 10,
  priority: 1,
  from: "2027-01-04",
  until: "2027-12-31",
  place: null,
  package: [],
  coalition: null,
  note: "",
  ...more,
});

export const offerOf = (more: Partial<Offer> & Pick<Offer, "id" | "giver">): Offer => ({
  title: `Offer ${more.id}`,
  item: "howitzer-155",
  quantity: 10,
  from: "2027-01-04",
  until: "2027-12-31",
  ...withoutConditions,
  ...more,
});

export type Lines = Readonly<{ assignments?: readonly Assignment[]; purchases?: readonly Purchase[] }>;

/** A synthetic book with needs, offers and plans made by hand, and a clock that stands still until it is set. */
export type Plans = Readonly<{
  db: Database;
  book: string;
  clock: () => string;
  set: (instant: string) => void;
  state: (needs: readonly Need[], offers: readonly Offer[]) => Promise<void>;
  keep: (id: string, lines: Lines, problems?: readonly PlanProblem[], asked?: Partial<PlanAsked>) => Promise<void>;
  happens: (proposal: string, event: unknown) => Promise<void>;
  propose: (plan: string, proposal?: string) => Promise<string>;
  adopt: (plan: string, proposal?: string) => Promise<Readonly<{ result: string | null; effect: string | null }>>;
  stands: (offer: string) => Promise<Readonly<Record<string, string>>>;
}>;

const group = "nordic-baltic-eight";

export async function openPlans(db: Database, book = "plans"): Promise<Plans> {
  let now = "2026-12-01T09:00:00Z";
  const clock = () => now;
  const actor = "secretariat";
  await openBook(db, { slug: book, title: "Plans", recipient: "ukr", synthetic: true });
  const { no: bookNo } = await requireBook(db, book);
  const happens: Plans["happens"] = async (proposal, event) =>
    void (await appendProposalEvent(db, clock, proposal, event as EventDraft, actor));
  const later = (seconds: number) => new Date(Date.parse(now) + seconds * 1000).toISOString().replace(".000Z", "Z");
  const propose: Plans["propose"] = async (plan, proposal) => {
    const order = { group, procedure: "consensus-silence", id: proposal, actor };
    return (await proposePlan(db, clock, { book, id: plan }, order)).id;
  };
  return {
    db,
    book,
    clock,
    set: (instant) => {
      now = instant;
    },
    state: async (needs, offers) => {
      const entering = { source, knownAt: now, actor };
      await enterNeeds(db, book, needs, entering);
      await enterOffers(db, book, offers, entering);
    },
    keep: async (id, { assignments = [], purchases = [] }, problems = [], asked = {}) => {
      const days = { from: "2027-01-04", until: "2027-12-31" };
      const instance = await instanceOf(db, book, { ...days, knownAt: now });
      const whole = { assignments, purchases, coverage: coverageOf(assignments) };
      const score = scoreOf(instance, whole.coverage);
      const plan: Plan = {
        state: "preview",
        goals: [],
        score,
        bound: null,
        gap: null,
        ...whole,
        effort: effortOf(instance, whole),
      };
      const rest = {
        goal: "cover",
        seconds: null,
        gap: null,
        preview: true,
        without: [],
        pins: [],
        standing: null,
        causes: [],
      } as const;
      await insertPlan(db, {
        bookNo,
        id,
        title: `Plan ${id}`,
        asked: {
          ...days,
          ...rest,
          ...asked,
        },
        instance,
        result: plan,
        summary: summaryOf(instance, plan, problems),
        knownAt: now,
        actor,
      });
    },
    happens,
    propose,
    adopt: async (plan, proposal) => {
      const id = await propose(plan, proposal);
      await happens(id, { type: "silence-started", expiresAt: later(60) });
      now = later(60);
      const { outcome } = await proposalView(db, clock, id);
      const [row] = await rowsOf<{ effect: string }>(
        db,
        sql`select d.effect from decision d join proposal p on p.no = d.proposal_no where p.id = ${id}`,
      );
      return { result: outcome?.result ?? null, effect: row?.effect ?? null };
    },
    stands: async (offer) => {
      const rows = await rowsOf<{ stage: string; balance: string }>(
        db,
        sql`select a.stage, b.balance::text as balance from offer o join account a on a.promise_no = o.promise_no join account_balance b on b.account_no = a.no
            where o.book_no = ${bookNo} and o.id = ${offer} and b.balance <> 0 order by a.stage`,
      );
      return Object.fromEntries(rows.map((row) => [row.stage, row.balance]));
    },
  };
}

function coverageOf(assignments: readonly Assignment[]): Plan["coverage"] {
  return [...Map.groupBy(assignments, (one) => one.need)].map(([need, own]) => ({
    need,
    byBucket: own.map(({ bucket, quantity }) => ({ bucket, complete: quantity, worthPpm: quantity * 1_000_000 })),
  }));
}

/** So many pieces of an offer for a need, through the one hub there is. */
export const assign = (offer: string, need: string, quantity: number, bucket = 0): Assignment => ({
  offer,
  need,
  item: "howitzer-155",
  hub: "any",
  bucket,
  quantity,
});
