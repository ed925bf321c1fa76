import { rowOf, rowsOf, sql, type Queries } from "../database.ts";

export type NewPledge = Readonly<{
  id: string;
  actNo: number;
  fundNo: number;
  party: string;
  lineNo: number;
  earmark: string | null;
  title: string;
  conditions: string;
  instalments: readonly Readonly<{ dueOn: string; amount: bigint; reference: string }>[];
}>;

/** Enters a voluntary pledge with its promise and its schedule; false where there is a pledge, or a promise, of that id. */
export async function insertPledge(trx: Queries, pledge: NewPledge): Promise<boolean> {
  const made = await rowOf<{ no: number }>(
    trx,
    sql`with made as (
          insert into promise (id, book_no, code, donor_no, recipient_no, stream, category, unit_no)
          select ${pledge.id}, f.book_no, ${pledge.id}, p.no, f.party_no, 'finance', 'Voluntary contribution', f.unit_no
          from fund f, party p where f.no = ${pledge.fundNo} and p.id = ${pledge.party}
          on conflict (id) do nothing returning no, donor_no
        )
        insert into fund_pledge (id, act_no, fund_no, party_no, line_no, earmark_no, title, conditions, promise_no)
        select ${pledge.id}, ${pledge.actNo}, ${pledge.fundNo}, made.donor_no, ${pledge.lineNo},
               (select no from earmark where fund_no = ${pledge.fundNo} and id = ${pledge.earmark}), ${pledge.title}, ${pledge.conditions}, made.no
        from made returning no`,
  );
  if (made === undefined) return false;
  const { instalments } = pledge;
  await rowsOf(
    trx,
    sql`insert into pledge_instalment (pledge_no, seq, due_on, amount, reference)
        select ${made.no}, l.seq, l.due, l.amount, l.reference
        from unnest(${instalments.map((i) => i.dueOn)}::date[], ${instalments.map((i) => i.amount.toString())}::numeric[], ${instalments.map((i) => i.reference)}::text[])
          with ordinality as l(due, amount, reference, seq)`,
  );
  return true;
}

export type StoredPledge = Readonly<{
  no: number;
  id: string;
  party: string;
  name: string;
  title: string;
  line: string;
  earmark: string | null;
  conditions: string;
  takenBack: boolean;
  instalments: readonly Readonly<{ seq: number; dueOn: string; amount: string; received: string; reference: string }>[];
}>;

/** A fund's voluntary pledges with what came of every instalment by a day. */
export async function pledgesOf(db: Queries, fundNo: number, asOf: string): Promise<StoredPledge[]> {
  return rowsOf<StoredPledge>(
    db,
    sql`select g.no, g.id, p.id as party, p.name, g.title, l.id as line, e.id as earmark, g.conditions,
               exists (select from fund_act back where back.reverses = g.act_no) as "takenBack",
               (select json_agg(json_build_object('seq', i.seq, 'dueOn', i.due_on, 'amount', i.amount::text, 'reference', i.reference, 'received',
                         coalesce((select sum(r.amount) from receipt r join fund_act a on a.no = r.act_no where r.instalment_no = i.no and a.effective_on <= ${asOf}::date
                           and not exists (select from fund_act back where back.reverses = a.no)), 0)::text) order by i.seq)
                from pledge_instalment i where i.pledge_no = g.no) as instalments
        from fund_pledge g join party p on p.no = g.party_no join fund_line l on l.no = g.line_no left join earmark e on e.no = g.earmark_no
        where g.fund_no = ${fundNo} order by g.no`,
  );
}
