import { rowsOf, sql, type Queries } from "../database.ts";

/** A member of a group on a day, with all its roles there and the newest population on record up to a year (null where none is). */
export type MemberRow = Readonly<{
  id: string;
  name: string;
  roles: readonly string[];
  population: string | null;
}>;

/** The members of a group on a day by name. */
export async function membersOn(db: Queries, group: string, day: string): Promise<MemberRow[]> {
  return rowsOf<MemberRow>(
    db,
    sql`select p.id, p.name, array_agg(distinct m.role order by m.role) as roles,
               (select trunc(value)::text from indicator_value where party_no = p.no and indicator = 'population'
                and year <= extract(year from ${day}::date) order by year desc limit 1) as population
        from membership m join party_group g on g.no = m.group_no join party p on p.no = m.party_no
        where g.slug = ${group} and m.valid @> ${day}::date
        group by p.no order by p.name, p.id`,
  );
}

/** What each party has paid into a fund, by its id, in smallest parts of the fund's currency; who is missing has paid nothing. Undefined where there is no such fund. */
export async function contributionsTo(db: Queries, fund: string): Promise<ReadonlyMap<string, bigint> | undefined> {
  const rows = await rowsOf<{ party: string | null; amount: string }>(
    db,
    sql`select p.id as party, coalesce(sum(r.amount), 0)::text as amount
        from fund f left join fund_act a on a.fund_no = f.no and a.kind = 'receipt'
          and not exists (select from fund_act taken where taken.reverses = a.no)
        left join receipt r on r.act_no = a.no
        left join call_share s on s.no = r.share_no
        left join pledge_instalment i on i.no = r.instalment_no left join fund_pledge g on g.no = i.pledge_no
        left join party p on p.no = coalesce(s.party_no, g.party_no)
        where f.id = ${fund} group by p.id`,
  );
  if (rows.length === 0) return undefined;
  return new Map(rows.flatMap(({ party, amount }) => (party === null ? [] : [[party, BigInt(amount)] as const])));
}
