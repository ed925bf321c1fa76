import { rowOf, rowsOf, sql, type Queries } from "../database.ts";

export type NewCall = Readonly<{
  id: string;
  actNo: number;
  fundNo: number;
  year: number;
  instalment: number;
  instalments: number;
  issuedOn: string;
  dueOn: string;
  amount: bigint;
  uncovered: bigint;
  key: string;
  indicatorYear: number | null;
  lines: readonly Readonly<{ no: number; amount: bigint }>[];
}>;

/** Enters a call with what it asks for by line, and returns its number; undefined where there is one of that id, in whatever fund. */
export async function insertCall(trx: Queries, call: NewCall): Promise<number | undefined> {
  const made = await rowOf<{ no: number }>(
    trx,
    sql`insert into fund_call (id, act_no, fund_no, year, instalment, instalments, issued_on, due_on, amount, uncovered, key, indicator_year)
        values (${call.id}, ${call.actNo}, ${call.fundNo}, ${call.year}, ${call.instalment}, ${call.instalments}, ${call.issuedOn}::date, ${call.dueOn}::date,
                ${call.amount.toString()}::numeric, ${call.uncovered.toString()}::numeric, ${call.key}::jsonb, ${call.indicatorYear})
        on conflict (id) do nothing returning no`,
  );
  if (made === undefined) return undefined;
  await rowsOf(
    trx,
    sql`insert into call_line (call_no, line_no, amount)
        select ${made.no}, * from unnest(${call.lines.map((l) => l.no)}::integer[], ${call.lines.map((l) => l.amount.toString())}::numeric[])`,
  );
  return made.no;
}

export type NewShare = Readonly<{
  party: string;
  reference: string;
  amount: bigint;
  share: string;
  exempt: string | null;
  steps: unknown;
  lines: readonly Readonly<{ no: number; amount: bigint; promise: string }>[];
}>;

/** Enters every member's part of a call, and the promise of each part of a line. */
export async function insertShares(
  trx: Queries,
  call: Readonly<{ no: number; fundNo: number }>,
  shares: readonly NewShare[],
): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into call_share (call_no, party_no, reference, amount, share, exempt, steps)
        select ${call.no}, p.no, l.reference, l.amount, l.share, l.exempt, l.steps::jsonb
        from unnest(${shares.map((s) => s.party)}::text[], ${shares.map((s) => s.reference)}::text[], ${shares.map((s) => s.amount.toString())}::numeric[],
               ${shares.map((s) => s.share)}::text[], ${shares.map((s) => s.exempt)}::text[], ${shares.map((s) => JSON.stringify(s.steps))}::text[])
          as l(party, reference, amount, share, exempt, steps) join party p on p.id = l.party`,
  );
  const parts = shares.flatMap((share) => share.lines.map((line) => ({ ...line, reference: share.reference })));
  await rowsOf(
    trx,
    sql`with part as (
          select * from unnest(${parts.map((p) => p.promise)}::text[], ${parts.map((p) => p.reference)}::text[], ${parts.map((p) => p.no)}::integer[],
            ${parts.map((p) => p.amount.toString())}::numeric[]) as l(promise, reference, line_no, amount)
        ), made as (
          insert into promise (id, book_no, code, donor_no, recipient_no, stream, category, unit_no)
          select l.promise, f.book_no, l.promise, s.party_no, f.party_no, 'finance', 'Assessed contribution', f.unit_no
          from part l join call_share s on s.reference = l.reference cross join fund f where f.no = ${call.fundNo}
          returning no, id
        )
        insert into call_share_line (share_no, line_no, amount, promise_no)
        select s.no, l.line_no, l.amount, made.no from part l join made on made.id = l.promise join call_share s on s.reference = l.reference`,
  );
}

export type StoredCall = Readonly<{
  no: number;
  id: string;
  actNo: number;
  year: number;
  instalment: number;
  instalments: number;
  issuedOn: string;
  dueOn: string;
  amount: string;
  uncovered: string;
  key: string;
  indicatorYear: number | null;
  authority: string;
  decision: string;
  takenBack: boolean;
}>;

/** The calls of a fund, by year and instalment. */
export async function callsOf(db: Queries, fundNo: number): Promise<StoredCall[]> {
  return rowsOf<StoredCall>(
    db,
    sql`select k.no, k.id, k.act_no as "actNo", k.year, k.instalment, k.instalments, k.issued_on as "issuedOn", k.due_on as "dueOn", k.amount::text as amount,
               k.uncovered::text as uncovered, k.key::text as key, k.indicator_year as "indicatorYear", au.id as authority, p.id as decision,
               exists (select from fund_act back where back.reverses = k.act_no) as "takenBack"
        from fund_call k join fund_act a on a.no = k.act_no join authority au on au.no = a.authority_no join proposal p on p.no = au.proposal_no
        where k.fund_no = ${fundNo} order by k.year, k.instalment, k.no`,
  );
}

export async function callLinesOf(
  db: Queries,
  callNo: number,
): Promise<{ line: string; title: string; amount: string }[]> {
  return rowsOf(
    db,
    sql`select l.id as line, l.title, c.amount::text as amount from call_line c join fund_line l on l.no = c.line_no where c.call_no = ${callNo} order by l.ordinal`,
  );
}

export type StoredShare = Readonly<{
  no: number;
  callNo: number;
  party: string;
  name: string;
  reference: string;
  amount: string;
  share: string;
  exempt: string | null;
  steps: unknown;
}>;

/** Every member's part of the calls of a fund, without how it came about unless asked for. */
export async function sharesOf(
  db: Queries,
  which: Readonly<{ fundNo?: number; callNo?: number }>,
): Promise<StoredShare[]> {
  const steps = which.callNo === undefined ? sql`null` : sql`s.steps`;
  return rowsOf<StoredShare>(
    db,
    sql`select s.no, s.call_no as "callNo", p.id as party, p.name, s.reference, s.amount::text as amount, s.share, s.exempt, ${steps} as steps
        from call_share s join fund_call k on k.no = s.call_no join party p on p.no = s.party_no
        where ${which.callNo === undefined ? sql`k.fund_no = ${which.fundNo}` : sql`k.no = ${which.callNo}`} order by p.name, p.id, s.call_no`,
  );
}

/** What each member has to pay of each line of a call. */
export async function shareLinesOf(
  db: Queries,
  callNo: number,
): Promise<{ party: string; line: string; title: string; amount: string }[]> {
  return rowsOf(
    db,
    sql`select p.id as party, l.id as line, l.title, sl.amount::text as amount
        from call_share s join call_share_line sl on sl.share_no = s.no join party p on p.no = s.party_no join fund_line l on l.no = sl.line_no
        where s.call_no = ${callNo} order by p.id, l.ordinal`,
  );
}
