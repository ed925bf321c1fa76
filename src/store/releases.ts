import type { BindingClass } from "#core/bindingness.ts";
import { classRank } from "#core/bindingness.ts";
import type { ClassCoverage, LedgerEntry, PromiseReading, PublishedTotal } from "#core/entries.ts";
import { onlyRow, rowOf, rowsOf, sql, type Queries } from "./database.ts";

export type ReleaseHead = Readonly<{
  bookNo: number;
  series: string;
  name: string;
  publishedOn: string;
  fileName: string;
  sha256: string;
  rows: number;
  reportedUnitNo: number;
  sourceNo: number;
  actor: string;
  remarks: readonly unknown[];
}>;

export type StoredRelease = Readonly<{ no: number; name: string; publishedOn: string; sha256: string }>;

/** A promise's identity with everything resolved to the register. */
export type ResolvedPromise = Readonly<{
  reading: PromiseReading;
  donorNo: number;
  recipientNo: number;
  unitNo: number;
}>;

/** Holds off any other import into the same series until the transaction ends. */
export async function lockSeries(trx: Queries, bookNo: number, series: string): Promise<void> {
  await rowsOf(trx, sql`select pg_advisory_xact_lock(${bookNo}::int, hashtext(${series}))`);
}

export async function findRelease(
  trx: Queries,
  bookNo: number,
  series: string,
  name: string,
): Promise<StoredRelease | undefined> {
  return rowOf<StoredRelease>(
    trx,
    sql`select no, name, published_on as "publishedOn", sha256 from release
        where book_no = ${bookNo} and series = ${series} and name = ${name}`,
  );
}

/** The releases of the series published just before and just after a day. */
export async function neighbours(
  trx: Queries,
  bookNo: number,
  series: string,
  publishedOn: string,
): Promise<{ before: StoredRelease | undefined; after: StoredRelease | undefined; same: StoredRelease | undefined }> {
  const rows = await rowsOf<StoredRelease>(
    trx,
    sql`select no, name, published_on as "publishedOn", sha256 from release
        where book_no = ${bookNo} and series = ${series} order by published_on`,
  );
  return {
    before: rows.findLast((row) => row.publishedOn < publishedOn),
    after: rows.find((row) => row.publishedOn > publishedOn),
    same: rows.find((row) => row.publishedOn === publishedOn),
  };
}

export async function insertRelease(trx: Queries, head: ReleaseHead): Promise<number> {
  const row = await onlyRow<{ no: number }>(
    trx,
    sql`insert into release (book_no, series, name, published_on, file_name, sha256, rows, reported_unit_no, source_no, remarks, actor)
        values (${head.bookNo}, ${head.series}, ${head.name}, ${head.publishedOn}, ${head.fileName}, ${head.sha256}, ${head.rows},
                ${head.reportedUnitNo}, ${head.sourceNo}, ${JSON.stringify(head.remarks)}::jsonb, ${head.actor})
        returning no`,
  );
  return row.no;
}

export async function insertCoverage(
  trx: Queries,
  releaseNo: number,
  coverage: readonly ClassCoverage[],
): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into release_coverage (release_no, class, state, reason)
        select ${releaseNo}, * from unnest(${coverage.map((c) => classRank(c.class))}::smallint[],
          ${coverage.map((c) => c.state)}::text[], ${coverage.map((c) => c.reason)}::text[])`,
  );
}

export type ResolvedPublishedTotal = PublishedTotal & Readonly<{ donorNo: number }>;

export async function insertPublishedTotals(
  trx: Queries,
  releaseNo: number,
  totals: readonly ResolvedPublishedTotal[],
): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into published_total (release_no, donor_no, category, class, amount, place)
        select ${releaseNo}, * from unnest(${totals.map((t) => t.donorNo)}::int[], ${totals.map((t) => t.category)}::text[],
          ${totals.map((t) => classRank(t.class))}::smallint[], ${totals.map((t) => t.amount.toString())}::numeric[],
          ${totals.map((t) => t.place)}::text[])`,
  );
}

/** Enters promises not yet in the register and returns the row number of each, in order. */
export async function upsertPromises(
  trx: Queries,
  bookNo: number,
  promises: readonly ResolvedPromise[],
): Promise<number[]> {
  const arrays = sql`unnest(${promises.map((p) => p.reading.code)}::text[], ${promises.map((p) => p.donorNo)}::int[],
    ${promises.map((p) => p.recipientNo)}::int[], ${promises.map((p) => p.reading.stream)}::text[],
    ${promises.map((p) => p.reading.category)}::text[], ${promises.map((p) => p.unitNo)}::int[])
    with ordinality as l(code, donor_no, recipient_no, stream, category, unit_no, position)`;
  await rowsOf(
    trx,
    sql`insert into promise (id, book_no, code, donor_no, recipient_no, stream, category, unit_no)
        select distinct on (id) id, ${bookNo}, code, donor_no, recipient_no, stream, category, unit_no
        from (select l.*, regexp_replace(lower(l.code), '[^a-z0-9]+', '-', 'g') || '-' ||
                left(md5(concat_ws('|', b.slug, l.code, d.id, l.category, l.stream, u.code, nullif(l.recipient_no, b.recipient_no))), 10) as id
              from ${arrays} join party d on d.no = l.donor_no join unit u on u.no = l.unit_no
              cross join (select slug, recipient_no from book where no = ${bookNo}) b) as named
        on conflict do nothing`,
  );
  const rows = await rowsOf<{ no: number }>(
    trx,
    sql`select p.no from ${arrays} join promise p on p.book_no = ${bookNo} and p.code = l.code and p.donor_no = l.donor_no and p.recipient_no = l.recipient_no
          and p.category = l.category and p.stream = l.stream and p.unit_no = l.unit_no
        order by l.position`,
  );
  return rows.map((row) => row.no);
}

export async function insertReadings(
  trx: Queries,
  releaseNo: number,
  promises: readonly ResolvedPromise[],
  promiseNos: readonly number[],
): Promise<void> {
  const readings = promises.map((p) => p.reading);
  await rowsOf(
    trx,
    sql`insert into reading (release_no, promise_no, sheet, row, title, explanation, details, links, quantity_stated)
        select ${releaseNo}, promise_no, sheet, "row", title, explanation, details,
               array(select jsonb_array_elements_text(links)), stated
        from unnest(${promiseNos}::bigint[], ${readings.map((r) => r.sheet)}::text[], ${readings.map((r) => r.row)}::int[],
          ${readings.map((r) => r.title)}::text[], ${readings.map((r) => r.explanation)}::text[],
          ${readings.map((r) => JSON.stringify(r.details))}::jsonb[], ${readings.map((r) => JSON.stringify(r.sourceLinks))}::jsonb[],
          ${readings.map((r) => r.quantityStated)}::bool[])
          as l(promise_no, sheet, "row", title, explanation, details, links, stated)`,
  );
}

/**
 * Stages the steps a release states in a table of this transaction, `staged`, resolving classes to the leading stage of each promise's
 * stream and opening the accounts they need.
 */
export async function stageEntries(
  trx: Queries,
  head: { bookNo: number; reportedUnitNo: number },
  entries: readonly LedgerEntry[],
  promiseNos: readonly number[],
): Promise<void> {
  const rank = (value: BindingClass | null) => (value === null ? null : classRank(value));
  await rowsOf(
    trx,
    sql`create temporary table staged on commit drop as
        select l.promise_no, p.unit_no, l.class_from, l.class_to, l.contra, l.quantity, l.reported, l.effective, l.precision,
               f.id as stage_from, t.id as stage_to, p.donor_no
        from unnest(${entries.map((e) => promiseNos[e.promise])}::bigint[], ${entries.map((e) => rank(e.from))}::smallint[],
          ${entries.map((e) => rank(e.to))}::smallint[], ${entries.map((e) => e.contra)}::bool[],
          ${entries.map((e) => e.quantity.toString())}::numeric[], ${entries.map((e) => e.reported?.toString() ?? null)}::numeric[],
          ${entries.map((e) => e.effective.on)}::date[], ${entries.map((e) => e.effective.precision)}::text[])
          as l(promise_no, class_from, class_to, contra, quantity, reported, effective, precision)
        join promise p on p.no = l.promise_no
        left join stage f on f.stream = p.stream and f.class = l.class_from and f.leads_class
        left join stage t on t.stream = p.stream and t.class = l.class_to and t.leads_class`,
  );
  await rowsOf(
    trx,
    sql`insert into account (book_no, promise_no, stage, contra, unit_no, donor_no, class)
        select ${head.bookNo}, s.promise_no, s.stage, s.contra, s.unit_no, s.donor_no, g.class
        from (select promise_no, stage_from as stage, contra, unit_no, donor_no from staged where stage_from is not null
              union select promise_no, stage_to, contra, unit_no, donor_no from staged where stage_to is not null) s
        join stage g on g.id = s.stage
        union all
        select distinct ${head.bookNo}::int, null::bigint, null, false, unit_no, null::int, null::smallint from staged
        on conflict do nothing`,
  );
  await rowsOf(trx, sql`analyze staged`);
}

/**
 * Posts what a release changes, in one call of the ledger: at its own publication what differs from the release before it, and, when a
 * later release is already on record, the same with signs turned at that one's publication. So the record is the same in whatever order
 * releases come in.
 * @returns how many postings were added
 */
export async function postRelease(
  trx: Queries,
  target: Readonly<{
    bookNo: number;
    series: string;
    releaseNo: number;
    releaseName: string;
    publishedOn: string;
    sourceNo: number;
    reportedUnitNo: number;
    actor: string;
    after: StoredRelease | undefined;
  }>,
): Promise<number> {
  const { bookNo, series, releaseNo, releaseName, publishedOn, sourceNo, reportedUnitNo, actor, after } = target;
  const reported = sql`case when s.reported is null then null::int else ${reportedUnitNo}::int end`;
  const row = await rowOf<{ posted: number }>(
    trx,
    sql`with line as (
          select s.debit, s.credit, s.quantity, s.reported, ${reported} as reported_unit, s.effective, s.precision,
                 md5(concat_ws('|', s.debit, s.credit, s.quantity, s.reported, ${reported}, s.effective, s.precision))::uuid as content
          from (
            select s.*, case when s.stage_to is null then o.no else t.no end as debit, case when s.stage_from is null then o.no else f.no end as credit
            from staged s
            join account o on o.book_no = ${bookNo} and o.unit_no = s.unit_no and o.promise_no is null
            left join account t on t.promise_no = s.promise_no and t.stage = s.stage_to and t.contra = s.contra
            left join account f on f.promise_no = s.promise_no and f.stage = s.stage_from and f.contra = s.contra
          ) as s
        ), wanted as (
          select debit, credit, quantity, reported, reported_unit, effective, precision, content, count(*) as copies
          from line group by debit, credit, quantity, reported, reported_unit, effective, precision, content
        ), standing as (
          select p.content_key as content, sum(p.polarity) as copies, max(p.no) filter (where p.polarity = 1) as stated_by
          from posting p join release r on r.no = p.release_no
          where r.book_no = ${bookNo} and r.series = ${series} and r.published_on < ${publishedOn}
          group by p.content_key having sum(p.polarity) <> 0
        ), changed as (
          select content, coalesce(w.copies, 0) - coalesce(s.copies, 0) as copies, s.stated_by, w.debit, w.credit, w.quantity, w.reported,
                 w.reported_unit, w.effective, w.precision
          from wanted w full join standing s using (content)
          where coalesce(w.copies, 0) <> coalesce(s.copies, 0)
        ), own as (
          select row_number() over () as position, step.*
          from (
            select g.debit, g.credit, g.quantity, g.reported, g.reported_unit, g.effective, g.precision, g.content, 1 as polarity,
                   null::bigint as reverses, null::text as reason
            from changed g, generate_series(1, g.copies) where g.copies > 0
            union all
            select o.credit_account, o.debit_account, o.quantity, o.reported, o.reported_unit_no, o.effective_on, o.date_precision, g.content,
                   -1, o.no, ${`no longer so in ${releaseName}`}::text
            from changed g join posting o on o.no = g.stated_by, generate_series(1, -g.copies) where g.copies < 0
          ) as step
        ), mirrored as (
          select position + (select count(*) from own) as position, credit as debit, debit as credit, quantity, reported, reported_unit, effective, precision,
                 content, -polarity as polarity, -position as reverses,
                 case when polarity = 1 then ${`not so in ${after?.name ?? ""}, the release after`}::text
                      else ${`so again in ${after?.name ?? ""}, the release after`}::text end as reason
          from own where ${after !== undefined}
        ), step as (
          select *, ${publishedOn}::timestamp at time zone 'UTC' as known, ${releaseNo}::int as release from own
          union all
          select *, ${after?.publishedOn ?? publishedOn}::timestamp at time zone 'UTC', ${after?.no ?? releaseNo}::int from mirrored
        )
        select cardinality(post_batch(array_agg(debit order by position), array_agg(credit order by position),
          array_agg(quantity order by position), array_agg(reported order by position), array_agg(reported_unit order by position),
          array_agg(effective order by position), array_agg(precision order by position), array_agg(known order by position),
          array_agg(release order by position), array_agg(reverses order by position), array_agg(reason order by position),
          array_agg(${sourceNo}::int order by position), array_agg(content order by position),
          array_agg(polarity::smallint order by position), ${actor})) as posted
        from step having count(*) > 0`,
  );
  return row?.posted ?? 0;
}
