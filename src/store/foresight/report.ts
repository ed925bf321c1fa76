import { valuedPostings, type FigureQuery } from "../figures.ts";
import { rowsOf, sql, type Queries } from "../database.ts";

/** How a promise reaches the recipient: from the giver itself, through a fund, or through another body. */
export type Channel = "bilateral" | "multilateral" | "fund";

/** What was given, summed. `exact`: by steps whose day is known; `open`: by those of which only the last possible day, or a month, is. */
export type GivenCell = Readonly<{
  donor: string;
  class: string;
  channel: Channel;
  category: string; // of a fund's money, its line
  span: "period" | "unclear" | "before" | "undated"; // unclear: of its year, of which the period is only a later part
  dated: "exact" | "open";
  unit: string;
  scale: number;
  amount: string | null; // millionths of the frame's unit
  original: string;
  postings: number;
  reason: string | null; // why it has no amount
}>;

/**
 * The postings a figure counts, summed by giver, class, channel, category, and whether they took effect from the period's first day on. What is dated by a last
 * possible day lies somewhere in its year.
 * `fundNo`: the fund that counts as one; every fund where it is null.
 */
export async function givenCells(
  db: Queries,
  query: FigureQuery,
  { from, fundNo }: Readonly<{ from: string; fundNo: number | null }>,
): Promise<GivenCell[]> {
  const isFund = fundNo === null ? sql`true` : sql`f.no = ${fundNo}`;
  const dims = [
    sql`d.id`,
    sql`(array['said', 'bound', 'placed', 'moved', 'received'])[p.class]`,
    sql`case when p.recipient_no = (select recipient_no from book where no = ${query.bookNo}) then 'bilateral'
             when exists (select from fund f where f.party_no = p.recipient_no and ${isFund}) then 'fund' else 'multilateral' end`,
    sql`coalesce(line.title, pr.category)`,
    sql`case when p.effective_on is null then 'undated' when p.effective_on < ${from}::date then 'before'
             when p.date_precision = 'by' and date_trunc('year', p.effective_on)::date < ${from}::date then 'unclear' else 'period' end`,
    sql`case when p.date_precision = 'day' then 'exact' else 'open' end`,
  ];
  const lines = sql`left join lateral (
    select l.title from call_share_line c join fund_line l on l.no = c.line_no where c.promise_no = p.promise_no
    union all select l.title from fund_pledge g join fund_line l on l.no = g.line_no where g.promise_no = p.promise_no) line on true`;
  const rows = await rowsOf<
    Omit<GivenCell, "donor" | "class" | "channel" | "category" | "span" | "dated"> & { dims: string[] }
  >(
    db,
    sql`with ${valuedPostings(query, dims, lines)}
        select dims, code as unit, scale, round(sum(amount))::text as amount, sum(quantity)::text as original, count(*)::int as postings, reason
        from valued group by dims, code, scale, reason order by dims, code`,
  );
  return rows.map(({ dims: [donor = "", bindingClass = "", channel, category = "", span, dated], ...row }) => ({
    donor,
    class: bindingClass,
    channel: channel as Channel,
    category,
    span: span as GivenCell["span"],
    dated: dated as GivenCell["dated"],
    ...row,
  }));
}

/** The calls of a fund that stood by an instant. */
export async function standingCalls(db: Queries, fundNo: number, before: string): Promise<readonly number[]> {
  const rows = await rowsOf<{ no: number }>(
    db,
    sql`select k.no from fund_call k join fund_act a on a.no = k.act_no
        where k.fund_no = ${fundNo} and a.at < ${before}::timestamptz
          and not exists (select from fund_act back where back.reverses = a.no and back.at < ${before}::timestamptz)`,
  );
  return rows.map((row) => row.no);
}

/** The sources of the postings a figure counts, the newest first. */
export async function sourcesOf(
  db: Queries,
  query: FigureQuery,
): Promise<{ id: string; title: string; publisher: string; publishedOn: string | null; url: string | null }[]> {
  return rowsOf(
    db,
    sql`with ${valuedPostings(query, [sql`p.source_no::text`])}
        select s.id, s.title, s.publisher, s.published_on as "publishedOn", s.url from source s
        where s.no in (select dims[1]::int from counted) order by s.published_on desc nulls last, s.title, s.id`,
  );
}
