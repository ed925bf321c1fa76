import type { Instance } from "#core/planning/instance.ts";
import type { Plan } from "#core/planning/plan.ts";
import type { PlanAsked } from "#core/views-plan.ts";
import type { PlanSummary } from "#core/planning/summary.ts";
import { onlyRow, rowOf, rowsOf, sql, type Queries } from "../database.ts";

/** A plan as a list shows it: without what it was made from and what it says. */
export type StoredPlan = Readonly<{
  no: number;
  id: string;
  title: string;
  book: string;
  bookNo: number;
  synthetic: boolean;
  asked: PlanAsked;
  summary: PlanSummary;
  placed: number; // of its lines
  knownAt: string;
  recordedAt: string;
  actor: string;
}>;

const columns = sql`p.no, p.id, p.title, b.slug as book, b.no as "bookNo", b.synthetic, '{"causes": []}'::jsonb || p.asked as asked, p.summary, p.known_at as "knownAt",
  p.recorded_at as "recordedAt", p.actor, (select count(*)::int from placement l where l.plan_no = p.no
    and not exists (select from posting r where r.reverses = l.posting_no)) as placed`;

/** The plans of a book, newest first, or the one of a name. */
export async function storedPlans(db: Queries, bookNo: number, id?: string): Promise<StoredPlan[]> {
  return rowsOf<StoredPlan>(
    db,
    sql`select ${columns} from plan p join book b on b.no = p.book_no
        where p.book_no = ${bookNo} ${id === undefined ? sql`` : sql`and p.id = ${id}`} order by p.no desc`,
  );
}

export type WholePlan = Readonly<{ instance: Instance; result: Plan }>;

/** What a plan was made from and what it says. */
export async function wholePlan(db: Queries, planNo: number): Promise<WholePlan> {
  return onlyRow<WholePlan>(db, sql`select instance, result from plan where no = ${planNo}`);
}

export type NewPlan = Readonly<{
  bookNo: number;
  id: string;
  title: string;
  asked: PlanAsked;
  instance: Instance;
  result: Plan;
  summary: PlanSummary;
  knownAt: string;
  actor: string;
}>;

/** Keeps a plan whole, and returns its number; undefined where one of its name is there. */
export async function insertPlan(trx: Queries, plan: NewPlan): Promise<number | undefined> {
  const row = await rowOf<{ no: number }>(
    trx,
    sql`insert into plan (book_no, id, title, asked, instance, result, summary, known_at, actor)
        values (${plan.bookNo}, ${plan.id}, ${plan.title}, ${JSON.stringify(plan.asked)}::jsonb, ${JSON.stringify(plan.instance)}::jsonb,
          ${JSON.stringify(plan.result)}::jsonb, ${JSON.stringify(plan.summary)}::jsonb, ${plan.knownAt}, ${plan.actor})
        on conflict (book_no, id) do nothing returning no`,
  );
  return row?.no;
}

/** The proposals whose newest text would adopt a plan of the book, oldest first. */
export async function proposalsOfPlans(
  db: Queries,
  bookNo: number,
): Promise<Readonly<{ plan: string; id: string; title: string; result: string | null; step: string | null }>[]> {
  return rowsOf(
    db,
    sql`select t.body -> 'terms' ->> 'plan' as plan, p.id, t.body ->> 'title' as title, d.result, e.kind as step
        from proposal p
        join lateral (select body from proposal_event where proposal_no = p.no and kind in ('text-issued', 're-issued') order by seq desc limit 1) t on true
        left join decision d on d.proposal_no = p.no
        left join lateral (select kind from proposal_event where proposal_no = p.no and kind in ('withdrawn', 'annulled', 'expired') order by seq desc limit 1) e
          on true
        where p.book_no = ${bookNo} and p.object = 'adopt-plan' and t.body -> 'terms' ->> 'plan' is not null order by p.no`,
  );
}
