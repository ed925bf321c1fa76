import type { Milestone, SourceRef, Statement } from "#core/views.ts";
import { sourceRef } from "./books.ts";
import { rowsOf, sql, type Queries } from "./database.ts";

export type NeedLine = Readonly<{
  item: string;
  measure: string;
  quantity: string | null;
  statedBy: string;
  asOf: string;
  note: string;
  source: SourceRef;
}>;

export async function statedNeeds(db: Queries, bookNo: number): Promise<NeedLine[]> {
  return rowsOf<NeedLine>(
    db,
    sql`select n.item, n.measure, n.quantity::text as quantity, n.stated_by as "statedBy", n.as_of as "asOf", n.note, ${sourceRef} as source
        from stated_need n join source s on s.no = n.source_no where n.book_no = ${bookNo} order by n.item, n.as_of, n.measure`,
  );
}

export async function statements(db: Queries, bookNo: number): Promise<Statement[]> {
  return rowsOf<Statement>(
    db,
    sql`select t.id, t.said_on as "saidOn", t.speaker, p.id as giver, t.title, t.place, t.amount::text as amount, t.currency, t.note,
               exists (select from promise q where q.book_no = t.book_no and lower(q.code) = lower(t.id)) as "inLedger", ${sourceRef} as source,
               case when g.id is null then null else json_build_object('id', g.id, 'locator', g.locator, 'quote', g.quote) end as passage
        from statement t join source s on s.no = t.source_no left join party p on p.no = t.giver_no
        left join passage g on g.source_no = t.source_no and g.id = t.passage
        where t.book_no = ${bookNo} order by t.said_on, t.id`,
  );
}

export async function milestones(db: Queries, bookNo: number): Promise<Milestone[]> {
  return rowsOf<Milestone>(
    db,
    sql`select m.on_day as "on", m.date_precision as precision, m.kind, m.title, g.slug as "group", m.note, ${sourceRef} as source
        from milestone m join source s on s.no = m.source_no left join party_group g on g.no = m.group_no
        where m.book_no = ${bookNo} order by m.on_day, m.title`,
  );
}
