import type { FundTerms } from "#core/decisions/terms.ts";
import { onlyRow, rowOf, rowsOf, sql, type Queries } from "../database.ts";
import { keysOf } from "./funds.ts";

export type NewFund = Readonly<{
  terms: FundTerms;
  bookNo: number;
  unitNo: number;
  groupNo: number;
  openedAt: string;
  proposalNo: number;
  years: readonly Readonly<{ year: number; amount: bigint }>[]; // smallest parts
  key: string; // the whole text of the key
}>;

/** Opens a fund under an adopted decision: a giver of its own, its lines, years, first key, earmarks, and a pot for each line and each earmark of it. */
export async function insertFund(trx: Queries, fund: NewFund): Promise<number> {
  const { terms } = fund;
  const party = await onlyRow<{ no: number }>(
    trx,
    sql`insert into party (id, name, kind, synthetic)
        select ${terms.id}, case when synthetic then ${terms.title} || ' (made up)' else ${terms.title} end, 'organisation', synthetic
        from book where no = ${fund.bookNo} returning no`,
  );
  const { no } = await onlyRow<{ no: number }>(
    trx,
    sql`insert into fund (id, book_no, party_no, group_no, unit_no, title, valid, terms, opened_at, proposal_no)
        values (${terms.id}, ${fund.bookNo}, ${party.no}, ${fund.groupNo}, ${fund.unitNo}, ${terms.title},
                daterange(${terms.from}::date, ${terms.until}::date, '[]'), ${JSON.stringify(terms)}::jsonb, ${fund.openedAt}::timestamptz, ${fund.proposalNo})
        returning no`,
  );
  await rowsOf(
    trx,
    sql`insert into fund_line (fund_no, id, ordinal, title, stream, purpose)
        select ${no}, id, ordinal, title, stream, purpose
        from unnest(${terms.lines.map((l) => l.id)}::text[], ${terms.lines.map((l) => l.title)}::text[],
               ${terms.lines.map((l) => l.stream)}::text[], ${terms.lines.map((l) => l.purpose)}::text[])
          with ordinality as l(id, title, stream, purpose, ordinal)`,
  );
  await rowsOf(
    trx,
    sql`insert into fund_year (fund_no, year, amount)
        select ${no}, * from unnest(${fund.years.map((y) => y.year)}::smallint[], ${fund.years.map((y) => y.amount.toString())}::numeric[])`,
  );
  await insertKey(trx, { fundNo: no, from: terms.from, key: fund.key, proposalNo: fund.proposalNo });
  for (const earmark of terms.earmarks) {
    await rowsOf(
      trx,
      sql`with made as (insert into earmark (fund_no, id, title) values (${no}, ${earmark.id}, ${earmark.title}) returning no)
          insert into earmark_line (earmark_no, line_no)
          select made.no, l.no from made, fund_line l where l.fund_no = ${no} and l.id = any(${earmark.lines})`,
    );
  }
  await openPots(trx, no);
  return no;
}

/** A pot for each line's free money and for each earmark that allows the line; the promise of the fund to the recipient that holds it. */
async function openPots(trx: Queries, fundNo: number): Promise<void> {
  await rowsOf(
    trx,
    sql`with wanted as (
          select l.no as line_no, null::integer as earmark_no, f.id || '.' || l.id as id, l.title from fund f join fund_line l on l.fund_no = f.no where f.no = ${fundNo}
          union all
          select l.no, e.no, f.id || '.' || l.id || '.' || e.id, l.title || ', ' || e.title
          from fund f join earmark e on e.fund_no = f.no join earmark_line el on el.earmark_no = e.no join fund_line l on l.no = el.line_no where f.no = ${fundNo}
        ), made as (
          insert into promise (id, book_no, code, donor_no, recipient_no, stream, category, unit_no)
          select w.id, f.book_no, w.id, f.party_no, b.recipient_no, 'finance', w.title, f.unit_no
          from wanted w cross join fund f join book b on b.no = f.book_no where f.no = ${fundNo} order by w.line_no, w.earmark_no nulls first
          returning no, id
        )
        insert into pot (promise_no, fund_no, line_no, earmark_no)
        select made.no, ${fundNo}, w.line_no, w.earmark_no from made join wanted w on w.id = made.id`,
  );
}

/** A key in force for a fund from a day on. */
export async function insertKey(
  trx: Queries,
  key: Readonly<{ fundNo: number; from: string; key: string; proposalNo: number }>,
): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into fund_key (fund_no, valid_from, key, proposal_no) values (${key.fundNo}, ${key.from}::date, ${key.key}::jsonb, ${key.proposalNo})`,
  );
}

/** Whether a fund has a key from a day on, by a decision that stands. */
export async function hasKeyFrom(db: Queries, fundNo: number, day: string): Promise<boolean> {
  return (await keysOf(db, fundNo)).some((key) => key.from === day);
}

export type NewAuthority = Readonly<{
  kind: "call" | "spend" | "reallocate";
  fundNo: number;
  line: string | null;
  to: Readonly<{ fundNo: number; line: string }> | null;
  amount: bigint;
  from: string;
  until: string;
  purpose: string;
}>;

/** What an adopted decision allows, each under the proposal's id and its place in the list. */
export async function grantAuthorities(
  trx: Queries,
  decision: Readonly<{ proposalNo: number; proposal: string; at: string }>,
  grants: readonly NewAuthority[],
): Promise<void> {
  for (const [index, grant] of grants.entries()) {
    await onlyRow(
      trx,
      sql`insert into authority (id, kind, fund_no, line_no, to_fund_no, to_line_no, amount, valid, purpose, granted_at, proposal_no)
          select ${`${decision.proposal}.${index + 1}`}, ${grant.kind}, ${grant.fundNo},
                 (select no from fund_line where fund_no = ${grant.fundNo} and id = ${grant.line}),
                 ${grant.to?.fundNo ?? null}::integer, (select no from fund_line where fund_no = ${grant.to?.fundNo ?? null}::integer and id = ${grant.to?.line ?? null}),
                 ${grant.amount.toString()}::numeric, daterange(${grant.from}::date, ${grant.until}::date, '[]'), ${grant.purpose},
                 ${decision.at}::timestamptz, ${decision.proposalNo} returning no`,
    );
  }
}

/** Brings a group under another from a day on. */
export async function insertTakeover(
  trx: Queries,
  takeover: Readonly<{ formatNo: number; byNo: number; from: string; proposalNo: number }>,
): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into takeover (format_no, by_no, valid, proposal_no)
        values (${takeover.formatNo}, ${takeover.byNo}, daterange(${takeover.from}::date, null), ${takeover.proposalNo})`,
  );
}

/** The row number of a group, undefined when there is none of the slug. */
export async function groupNumber(db: Queries, slug: string): Promise<number | undefined> {
  return (await rowOf<{ no: number }>(db, sql`select no from party_group where slug = ${slug}`))?.no;
}

/** The groups that decide on a fund on a day: the one that contributes, the one that opened it, and those that either is under by then. */
export async function groupsDeciding(db: Queries, fundNo: number, day: string): Promise<string[]> {
  const rows = await rowsOf<{ slug: string }>(
    db,
    sql`with recursive deciding as (
          select unnest(array[f.group_no, p.group_no]) as group_no, f.book_no from fund f join proposal p on p.no = f.proposal_no where f.no = ${fundNo}
          union
          select t.by_no, d.book_no from deciding d cross join takeovers_of(d.book_no, null) t where t.format_no = d.group_no and t.valid @> ${day}::date
        )
        select distinct g.slug from deciding d join party_group g on g.no = d.group_no order by g.slug`,
  );
  return rows.map((row) => row.slug);
}

/** Whether a group is already under another, by decisions of a book, on a day or after it. */
export async function isTakenOver(db: Queries, bookNo: number, groupNo: number, from: string): Promise<boolean> {
  return (
    (await rowOf(
      db,
      sql`select 1 from takeovers_of(${bookNo}, null) where format_no = ${groupNo} and valid && daterange(${from}::date, null)`,
    )) !== undefined
  );
}

/** Whether a group is under another, directly or by way of others, by decisions of a book, on a day or after it; each is under itself. */
export async function isUnder(
  db: Queries,
  bookNo: number,
  { groupNo, byNo, from }: Readonly<{ groupNo: number; byNo: number; from: string }>,
): Promise<boolean> {
  const { under } = await onlyRow<{ under: boolean }>(
    db,
    sql`select is_under(${bookNo}, ${groupNo}, ${byNo}, daterange(${from}::date, null)) as under`,
  );
  return under;
}
