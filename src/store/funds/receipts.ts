import type { BankEntry, BankStatement } from "#core/funds/statement.ts";
import { onlyRow, rowOf, rowsOf, sql, type Queries } from "../database.ts";

/** The hash under which a statement is on record, undefined when it is not. */
export async function statementHash(
  db: Queries,
  fundNo: number,
  statement: Pick<BankStatement, "id" | "account">,
): Promise<string | undefined> {
  return (
    await rowOf<{ sha256: string }>(
      db,
      sql`select sha256 from bank_statement where fund_no = ${fundNo} and account = ${statement.account} and id = ${statement.id}`,
    )
  )?.sha256;
}

/** Enters a statement with every entry of it; returns the row number of each entry by its reference. */
export async function insertStatement(
  trx: Queries,
  statement: BankStatement,
  file: Readonly<{ fundNo: number; fileName: string; sha256: string; actor: string }>,
  references: (entry: BankEntry) => readonly string[],
): Promise<Map<string, number>> {
  const { no } = await onlyRow<{ no: number }>(
    trx,
    sql`insert into bank_statement (fund_no, id, account, from_on, to_on, opening, closing, file_name, sha256, actor)
        values (${file.fundNo}, ${statement.id}, ${statement.account}, ${statement.from}::date, ${statement.to}::date, ${statement.opening?.toString() ?? null}::numeric,
                ${statement.closing?.toString() ?? null}::numeric, ${file.fileName}, ${file.sha256}, ${file.actor}) returning no`,
  );
  const { entries } = statement;
  const rows = await rowsOf<{ no: number; reference: string }>(
    trx,
    sql`insert into bank_entry (statement_no, row, reference, booked_on, value_on, direction, reversal, amount, currency, counterparty, counterparty_account, references_given, remittance)
        select ${no}, l.row, l.reference, l.booked, l.value, l.direction, l.reversal, l.amount, l.currency, l.counterparty, l.account,
               string_to_array(l.given, ' '), l.remittance
        from unnest(${entries.map((e) => e.row)}::integer[], ${entries.map((e) => e.reference)}::text[], ${entries.map((e) => e.bookedOn)}::date[],
               ${entries.map((e) => e.valueOn)}::date[], ${entries.map((e) => e.direction)}::text[], ${entries.map((e) => e.reversal)}::boolean[],
               ${entries.map((e) => e.amount.toString())}::numeric[], ${entries.map((e) => e.currency)}::text[], ${entries.map((e) => e.counterparty)}::text[],
               ${entries.map((e) => e.counterpartyAccount)}::text[], ${entries.map((e) => references(e).join(" "))}::text[], ${entries.map((e) => e.remittance)}::text[])
          as l(row, reference, booked, value, direction, reversal, amount, currency, counterparty, account, given, remittance)
        returning no, reference`,
  );
  return new Map(rows.map((row) => [row.reference, row.no]));
}

/** What of a payment to a fund's accounts is settled: sums of receipts that stand, by the account and by all that tells one payment on it from another. */
const settled = (fundNo: number) => sql`(
  select s.account, e.reference, e.booked_on, e.amount, e.currency, sum(r.amount) as part
  from receipt r join bank_entry e on e.no = r.entry_no join bank_statement s on s.no = e.statement_no join fund f on f.no = s.fund_no
  where f.book_no = (select book_no from fund where no = ${fundNo}) and s.account in (select account from bank_statement where fund_no = ${fundNo}) and not exists (select from fund_act back where back.reverses = r.act_no)
  group by s.account, e.reference, e.booked_on, e.amount, e.currency)`;
const sameAs = (one: string) =>
  sql.raw(`${one}.account = s.account and ${one}.reference = e.reference and ${one}.booked_on = e.booked_on and ${one}.amount = e.amount
           and ${one}.currency = e.currency and e.direction = 'credit' and not e.reversal`);

/** Lets one writer at a time settle payments in the book of a fund, to the end of the transaction: two of its funds may be paid into one account. */
export async function lockPayments(trx: Queries, bookNo: number): Promise<void> {
  await rowsOf(trx, sql`select pg_advisory_xact_lock(hashtextextended('mainstay.payments', ${bookNo}))`);
}

/** What is left of every entry of a statement, by its reference: a payment that another statement or another fund has settled is settled. */
export async function leftOf(
  db: Queries,
  fundNo: number,
  statement: Pick<BankStatement, "id" | "account">,
): Promise<ReadonlyMap<string, bigint>> {
  const rows = await rowsOf<{ reference: string; left: string }>(
    db,
    sql`select e.reference, (e.amount - coalesce(d.part, 0))::text as "left"
        from bank_entry e join bank_statement s on s.no = e.statement_no left join ${settled(fundNo)} as d on ${sameAs("d")}
        where s.fund_no = ${fundNo} and s.account = ${statement.account} and s.id = ${statement.id}`,
  );
  return new Map(rows.map((row) => [row.reference, BigInt(row.left)]));
}

/** What can be paid under a reference: a member's part of a call, or a pledge's instalment; and what of it came, to this day of knowledge. */
export type StoredClaim = Readonly<{
  reference: string;
  shareNo: number | null;
  instalmentNo: number | null;
  party: string;
  name: string;
  askedOn: string; // the day from which it is asked
  asked: string;
  received: string;
  outstanding: string;
}>;

const standing = (receipt: "share_no" | "instalment_no", of: string) =>
  sql`coalesce((select sum(r.amount) from receipt r where r.${sql.raw(receipt)} = ${sql.raw(of)}
        and not exists (select from fund_act back where back.reverses = r.act_no)), 0)`;

/** Everything payable to a fund, or what is payable under one reference. A share's credits in kind, and what was taken back, are no longer asked. */
export async function claimsOf(db: Queries, fundNo: number, reference?: string): Promise<StoredClaim[]> {
  const one = reference === undefined ? sql`true` : sql`reference = ${reference}`;
  return rowsOf<StoredClaim>(
    db,
    sql`select reference, "shareNo", "instalmentNo", p.id as party, p.name, asked_on as "askedOn", asked::text as asked, received::text as received, outstanding::text as outstanding
        from (
          select s.reference, s.no as "shareNo", null::integer as "instalmentNo", s.party_no, k.issued_on as asked_on, s.amount as asked, ${standing("share_no", "s.no")} as received,
                 coalesce((select sum(b.balance) from call_share_line sl join account a on a.promise_no = sl.promise_no and a.class = 2 and not a.contra
                           join account_balance b on b.account_no = a.no where sl.share_no = s.no), 0) as outstanding
          from call_share s join fund_call k on k.no = s.call_no where k.fund_no = ${fundNo}
          union all
          select i.reference, null, i.no, g.party_no, made.effective_on, i.amount, ${standing("instalment_no", "i.no")},
                 case when exists (select from fund_act back where back.reverses = g.act_no) then 0 else i.amount - ${standing("instalment_no", "i.no")} end
          from pledge_instalment i join fund_pledge g on g.no = i.pledge_no join fund_act made on made.no = g.act_no
          where g.fund_no = ${fundNo}
        ) as claim join party p on p.no = claim.party_no where ${one} order by reference`,
  );
}

/** Every reference under which something of a fund is, or was, payable. */
export async function referencesOf(db: Queries, fundNo: number): Promise<ReadonlySet<string>> {
  const rows = await rowsOf<{ reference: string }>(
    db,
    sql`select s.reference from fund_call k join call_share s on s.call_no = k.no where k.fund_no = ${fundNo}
        union all
        select i.reference from fund_pledge g join pledge_instalment i on i.pledge_no = g.no where g.fund_no = ${fundNo}`,
  );
  return new Set(rows.map((row) => row.reference));
}

/** What of a share is outstanding by line: the promise and the line's free pot. */
export async function shareParts(
  db: Queries,
  shareNo: number,
): Promise<{ promise: string; pot: string; outstanding: string }[]> {
  return rowsOf(
    db,
    sql`select m.id as promise, t.id as pot, coalesce(b.balance, 0)::text as outstanding
        from call_share_line sl join promise m on m.no = sl.promise_no join fund_line l on l.no = sl.line_no
        join pot on pot.line_no = sl.line_no and pot.earmark_no is null join promise t on t.no = pot.promise_no
        left join account a on a.promise_no = sl.promise_no and a.class = 2 and not a.contra left join account_balance b on b.account_no = a.no
        where sl.share_no = ${shareNo} order by l.ordinal`,
  );
}

/** The promise of a pledge's instalment and the pot its money goes to. */
export async function instalmentParts(db: Queries, instalmentNo: number): Promise<{ promise: string; pot: string }> {
  return onlyRow(
    db,
    sql`select m.id as promise, t.id as pot from pledge_instalment i join fund_pledge g on g.no = i.pledge_no join promise m on m.no = g.promise_no
        join pot on pot.line_no = g.line_no and pot.earmark_no is not distinct from g.earmark_no join promise t on t.no = pot.promise_no where i.no = ${instalmentNo}`,
  );
}

/** Lets nobody else move the money of a fund's lines that is not placed, to the end of the transaction: what comes is posted line by line. */
export async function lockPots(trx: Queries, fundNo: number): Promise<void> {
  await rowsOf(trx, sql`select lock_pots(${fundNo})`);
}

export async function insertReceipt(
  trx: Queries,
  receipt: Readonly<{
    actNo: number;
    entryNo: number;
    shareNo: number | null;
    instalmentNo: number | null;
    amount: bigint;
    matchedBy: "reference" | "hand";
  }>,
): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into receipt (act_no, entry_no, share_no, instalment_no, amount, matched_by)
        values (${receipt.actNo}, ${receipt.entryNo}, ${receipt.shareNo}, ${receipt.instalmentNo}, ${receipt.amount.toString()}::numeric, ${receipt.matchedBy})`,
  );
}

export type StoredEntry = Readonly<{
  no: number;
  statement: string;
  account: string;
  reference: string;
  bookedOn: string;
  direction: "credit" | "debit";
  reversal: boolean;
  amount: string;
  left: string;
  currency: string;
  counterparty: string | null;
  given: readonly string[];
  remittance: string;
}>;

/** The entries of a fund's statements of which something is not matched, or the one of a statement and reference, whatever is left of it. */
export async function entriesOf(
  db: Queries,
  fundNo: number,
  one?: Readonly<{ statement: string; reference: string }>,
): Promise<StoredEntry[]> {
  const which =
    one === undefined
      ? sql`entry.left_over > 0`
      : sql`entry.statement = ${one.statement} and entry.reference = ${one.reference}`;
  return rowsOf<StoredEntry>(
    db,
    sql`select no, statement, account, reference, booked_on as "bookedOn", direction, reversal, amount::text as amount, left_over::text as left, currency,
               counterparty, references_given as given, remittance
        from (
          select e.*, s.id as statement, s.account, e.amount - coalesce(d.part, 0) as left_over
          from bank_entry e join bank_statement s on s.no = e.statement_no left join ${settled(fundNo)} as d on ${sameAs("d")} where s.fund_no = ${fundNo}
        ) as entry where ${which} order by booked_on, no`,
  );
}

export type StoredStatement = Readonly<{
  id: string;
  account: string;
  from: string | null;
  to: string | null;
  opening: string | null;
  closing: string | null;
  fileName: string;
  recordedAt: string;
  actor: string;
  currency: string; // of its entries; the fund's where it has none
  entries: number;
  credits: string;
  matched: string;
}>;

/** A fund's bank statements, newest first. */
export async function statementsOf(db: Queries, fundNo: number): Promise<StoredStatement[]> {
  return rowsOf<StoredStatement>(
    db,
    sql`select s.id, s.account, s.from_on as "from", s.to_on as "to", s.opening::text as opening, s.closing::text as closing, s.file_name as "fileName",
               s.recorded_at as "recordedAt", s.actor, coalesce(max(e.currency), u.code) as currency, count(e.no)::int as entries,
               coalesce(sum(e.amount) filter (where e.direction = 'credit'), 0)::text as credits,
               coalesce(sum(d.part), 0)::text as matched
        from bank_statement s join fund f on f.no = s.fund_no join unit u on u.no = f.unit_no left join bank_entry e on e.statement_no = s.no
        left join ${settled(fundNo)} as d on ${sameAs("d")} where s.fund_no = ${fundNo} group by s.no, u.code order by s.no desc`,
  );
}
