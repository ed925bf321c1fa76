import type { BindingClass } from "#core/bindingness.ts";
import type { DatePrecision } from "#core/entries.ts";
import type { SourceRef } from "#core/views.ts";
import type { RawBuilder } from "kysely";
import { sourceRef } from "./books.ts";
import { sql } from "./database.ts";
import { valuedPostings, type FigureQuery } from "./figures.ts";

/** A posting with its accounts by name. Quantities in smallest parts of its unit, `reported` in millionths. */
export type PostingLine = Readonly<{
  id: string;
  from: string;
  to: string;
  class: BindingClass | null;
  quantity: string;
  unit: string;
  scale: number;
  reported: string | null;
  reportedUnit: string | null;
  effectiveOn: string | null;
  datePrecision: DatePrecision;
  knownAt: string;
  recordedAt: string;
  reverses: string | null;
  reason: string | null;
  actor: string;
  source: SourceRef;
}>;

export type FigurePostingLine = PostingLine &
  Readonly<{
    promise: string;
    code: string;
    donor: string;
    donorName: string;
    category: string;
    stream: string;
    amount: string | null; // millionths of the frame's unit
    why: string | null;
    total: number;
  }>;

const place = (stage: RawBuilder<unknown>, account: RawBuilder<unknown>) =>
  sql`coalesce(${stage} || case when ${account} then ' (contra)' else '' end, 'outside')`;

const columns = sql`p.no::text as id, ${place(sql`cs.name`, sql`ca.contra`)} as "from", ${place(sql`ds.name`, sql`da.contra`)} as "to",
  (array['said', 'bound', 'placed', 'moved', 'received'])[p.class] as class, p.quantity::text as quantity, u.code as unit, u.scale,
  p.reported::text as reported, ru.code as "reportedUnit", p.effective_on as "effectiveOn", p.date_precision as "datePrecision",
  p.known_at as "knownAt", p.recorded_at as "recordedAt", p.reverses::text as reverses, p.reason, p.actor, ${sourceRef} as source`;

const joins = sql`join account ca on ca.no = p.credit_account left join stage cs on cs.id = ca.stage
  join account da on da.no = p.debit_account left join stage ds on ds.id = da.stage
  join unit u on u.no = p.unit_no left join unit ru on ru.no = p.reported_unit_no join source s on s.no = p.source_no`;

/**
 * Every posting a figure counts, oldest knowledge first, each with what it adds; `total` of them all on each row. A period (YYYY, YYYY-MM
 * or undated) keeps the steps whose day lies in it.
 */
export function postingsOfFigure(
  query: FigureQuery,
  period: string | undefined,
  page: Readonly<{ limit: number; offset: number }> | null,
): RawBuilder<FigurePostingLine> {
  const slice = page === null ? sql`` : sql`limit ${page.limit} offset ${page.offset}`;
  const pattern = period?.length === 4 ? "YYYY" : "YYYY-MM";
  const inPeriod =
    period === undefined ? sql`true` : sql`coalesce(to_char(p.effective_on, ${pattern}), 'undated') = ${period}`;
  return sql`with ${valuedPostings(query, [sql`p.no`])}, chosen as (
      select p.no, p.known_at, v.amount, v.reason as why, count(*) over ()::int as total
      from valued v join posting p on p.no = v.dims[1]::bigint where ${inPeriod} order by p.known_at, p.no ${slice}
    )
    select ${columns}, pr.id as promise, pr.code, d.id as donor, d.name as "donorName", pr.category, pr.stream,
           l.amount::text as amount, l.why, l.total
    from chosen l join posting p on p.no = l.no join promise pr on pr.no = p.promise_no join party d on d.no = p.donor_no ${joins}
    order by l.known_at, l.no`;
}

/** The whole chain of a promise as known before an instant, oldest knowledge first, what was taken back and taking back included. */
export function chainOf(promiseNo: number, knownBefore: string | null): RawBuilder<PostingLine> {
  const known = knownBefore === null ? sql`true` : sql`p.known_at < ${knownBefore}::timestamptz`;
  return sql`select ${columns} from posting p ${joins} where p.promise_no = ${promiseNo} and ${known} order by p.known_at, p.no`;
}
