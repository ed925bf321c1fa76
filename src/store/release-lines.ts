import type { BindingClass } from "#core/bindingness.ts";
import { classRank } from "#core/bindingness.ts";
import type { ReleaseLine } from "#core/diff.ts";
import { rowsOf, sql, type Queries } from "./database.ts";

export type NamedRelease = Readonly<{
  no: number;
  name: string;
  series: string;
  publishedOn: string;
  stated: readonly BindingClass[];
}>;

/** The releases of a book, oldest first. */
export async function releasesOf(db: Queries, bookNo: number): Promise<NamedRelease[]> {
  return rowsOf<NamedRelease>(
    db,
    sql`select r.no, r.name, r.series, r.published_on as "publishedOn",
          array(select (array['said', 'bound', 'placed', 'moved', 'received'])[c.class] from release_coverage c
                where c.release_no = r.no and c.state = 'stated' order by c.class) as stated
        from release r where r.book_no = ${bookNo} order by r.published_on, r.series`,
  );
}

/** Every promise of money that a release values in a class, as known on its publication day. */
export async function releaseLines(
  db: Queries,
  bookNo: number,
  release: NamedRelease,
  theClass: BindingClass,
): Promise<ReleaseLine[]> {
  const rows = await rowsOf<{
    donor: string;
    code: string;
    category: string;
    unit: string;
    unitScale: number;
    quantity: string;
    reported: string | null;
  }>(
    db,
    sql`select d.id as donor, pr.code, pr.category, u.code as unit, u.scale as "unitScale", sum(p.sign * p.quantity)::text as quantity,
               sum(p.sign * p.reported)::text as reported
        from posting p join release r on r.no = p.release_no join promise pr on pr.no = p.promise_no
        join party d on d.no = p.donor_no join unit u on u.no = p.unit_no and u.kind = 'currency'
        where p.book_no = ${bookNo} and r.series = ${release.series} and r.published_on <= ${release.publishedOn} and p.class = ${classRank(theClass)}
        group by d.id, pr.no, pr.code, pr.category, u.code, u.scale having sum(p.sign * p.quantity) <> 0
        order by d.id, pr.code, pr.category, u.code`,
  );
  return rows.map((row) => ({
    ...row,
    quantity: BigInt(row.quantity),
    reported: row.reported === null ? null : BigInt(row.reported),
  }));
}
