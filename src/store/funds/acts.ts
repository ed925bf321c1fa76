import type { ActKind } from "#core/funds/figures.ts";
import { onlyRow, rowsOf, sql, type Queries } from "../database.ts";

export type NewAct = Readonly<{
  fundNo: number;
  kind: ActKind;
  at: string;
  effectiveOn: string;
  title: string;
  authority: string | null;
  reverses?: number | undefined;
}>;

/** Enters an act and returns its number. */
export async function insertAct(trx: Queries, act: NewAct, actor: string): Promise<number> {
  const { no } = await onlyRow<{ no: number }>(
    trx,
    sql`insert into fund_act (fund_no, kind, at, effective_on, title, authority_no, reverses, actor)
        values (${act.fundNo}, ${act.kind}, ${act.at}::timestamptz, ${act.effectiveOn}::date, ${act.title},
                (select no from authority where id = ${act.authority}), ${act.reverses ?? null}::bigint, ${actor})
        returning no`,
  );
  return no;
}

/** Says of postings which act made them. */
export async function linkPostings(trx: Queries, act: number, postings: readonly number[]): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into fund_act_posting (act_no, posting_no) select ${act}, * from unnest(${postings}::bigint[])`,
  );
}

export type StoredAct = Readonly<{
  no: number;
  fund: string;
  kind: ActKind;
  at: string;
  effectiveOn: string;
  title: string;
  amount: string; // smallest parts; of a receipt and a reallocation, and of taking one back, counted once
  actor: string;
  authority: string | null;
  decision: string | null;
  postings: readonly string[];
  reversedBy: number | null;
}>;

/** A fund's acts, oldest first, or those of a decision, or the one of a number, or the one that made a posting. */
export async function storedActs(
  db: Queries,
  which: Readonly<{ fundNo?: number; proposal?: string; no?: number; posting?: number }>,
): Promise<StoredAct[]> {
  const conditions = [
    which.fundNo === undefined ? sql`true` : sql`a.fund_no = ${which.fundNo}`,
    which.proposal === undefined ? sql`true` : sql`pr.id = ${which.proposal}`,
    which.no === undefined ? sql`true` : sql`a.no = ${which.no}`,
    which.posting === undefined
      ? sql`true`
      : sql`a.no = (select act_no from fund_act_posting where posting_no = ${which.posting})`,
  ];
  return rowsOf<StoredAct>(
    db,
    sql`with chosen as materialized (
          select a.no, f.id as fund, a.kind, a.at, a.effective_on, a.title, a.actor, au.id as authority, pr.id as decision, coalesce(undone.kind, a.kind) as what
          from fund_act a join fund f on f.no = a.fund_no left join authority au on au.no = a.authority_no left join proposal pr on pr.no = au.proposal_no
          left join fund_act undone on undone.no = a.reverses
          where ${sql.join(conditions, sql` and `)}
        ), made as (
          select a.no, array_agg(p.no::text order by p.no) as postings,
                 -- Money that goes from one promise to another is in two postings, and is counted where it arrives; as much is taken back.
                 sum(p.quantity) filter (where a.what not in ('receipt', 'reallocate') or (p.class = 2 and p.sign * p.polarity = 1)) as amount
          from chosen a join fund_act_posting ap on ap.act_no = a.no join posting p on p.no = ap.posting_no group by a.no
        )
        select a.no, a.fund, a.kind, a.at, a.effective_on as "effectiveOn", a.title, a.actor, a.authority, a.decision,
               coalesce(made.amount, 0)::text as amount, coalesce(made.postings, '{}') as postings, back.no as "reversedBy"
        from chosen a left join made on made.no = a.no left join fund_act back on back.reverses = a.no order by a.no`,
  );
}
