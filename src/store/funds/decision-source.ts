import { rowOf, sql, type Queries } from "../database.ts";
import { titleOf } from "../decisions/title.ts";

/** What a decision is called, by whom it was taken and when. */
export async function decisionSource(
  db: Queries,
  proposal: string,
): Promise<
  | Readonly<{
      title: string;
      group: string | null;
      on: string;
      procedure: string;
      number: string | null;
      synthetic: boolean;
    }>
  | undefined
> {
  return rowOf(
    db,
    sql`select ${titleOf("p.no")} as title, g.name as "group", utc_day(d.at) as "on", p.procedure_id as procedure, b.synthetic,
               (select i.body ->> 'number' from proposal_event i where i.proposal_no = p.no and i.kind = 'issued' order by i.seq limit 1) as number
        from proposal p join decision d on d.proposal_no = p.no join book b on b.no = p.book_no
        left join party_group g on g.no = p.group_no where p.id = ${proposal}`,
  );
}
