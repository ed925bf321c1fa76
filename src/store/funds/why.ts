import { rowOf, sql, type Queries } from "../database.ts";

export type PostingFacts = Readonly<{
  id: string;
  promise: string;
  promiseTitle: string;
  donor: string;
  from: string;
  to: string;
  quantity: string;
  unit: string;
  scale: number;
  effectiveOn: string | null;
  knownAt: string;
  actor: string;
  reason: string | null;
  source: string;
  authority: string | null;
  governed: "contribution" | "pot" | null;
  release: string | null;
  opening: string | null; // the decision by which its fund was opened
}>;

/** A posting with everything that says why it could be made. */
export async function postingFacts(db: Queries, no: number): Promise<PostingFacts | undefined> {
  return rowOf<PostingFacts>(
    db,
    sql`select p.no::text as id, m.id as promise, m.category || ' of ' || dn.name as "promiseTitle", dn.name as donor,
               coalesce(cs.name, 'outside') as "from", coalesce(ds.name, 'outside') as "to", p.quantity::text as quantity, u.code as unit, u.scale,
               p.effective_on as "effectiveOn", p.known_at as "knownAt", p.actor, p.reason, s.title as source, a.id as authority, g.kind as governed,
               r.name as release, (select pr.id from fund f join proposal pr on pr.no = f.proposal_no where f.no = g.fund_no) as opening
        from posting p join promise m on m.no = p.promise_no join party dn on dn.no = p.donor_no join unit u on u.no = p.unit_no join source s on s.no = p.source_no
        join account c on c.no = p.credit_account left join stage cs on cs.id = c.stage join account d on d.no = p.debit_account left join stage ds on ds.id = d.stage
        left join authority a on a.no = p.authority_no left join governed g on g.promise_no = p.promise_no left join release r on r.no = p.release_no
        where p.no = ${no}`,
  );
}
