import type { BindingClass } from "#core/bindingness.ts";
import { dimensionColumns, type FigureQuery } from "./counted.ts";
import { rowsOf, sql, type Queries } from "./database.ts";
import { valuedPostings } from "./figures.ts";

export const periods = ["before", "under", "after", "undated"] as const;
export type Period = (typeof periods)[number];

/** How many promises have something standing in a class by steps of a period, and what of it could be converted, in millionths of the frame's unit. */
export type PeriodSum = Readonly<{ class: BindingClass; period: Period; promises: number; amount: string | null }>;

/** A figure's promises by class and by whether their steps were before a span of days (ISO, `until` its last, null open), in it, after it or without a day. */
export async function sumByPeriod(
  db: Queries,
  query: FigureQuery,
  { from, until }: Readonly<{ from: string; until: string | null }>,
): Promise<PeriodSum[]> {
  const period = sql`case when p.effective_on is null then 'undated' when p.effective_on < ${from}::date then 'before'
    when p.effective_on > ${until}::date then 'after' else 'under' end`;
  return rowsOf<PeriodSum>(
    db,
    sql`with ${valuedPostings(query, [dimensionColumns.class, period, sql`pr.no`])}
        select class, period, (count(*) filter (where quantity <> 0))::int as promises, sum(amount)::text as amount
        from (select dims[1] as class, dims[2] as period, sum(quantity) as quantity, sum(amount) as amount from valued group by dims) as each
        group by class, period`,
  );
}
