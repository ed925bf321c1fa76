import type { BindingClass } from "#core/bindingness.ts";
import { rowOf, rowsOf, sql, type Queries } from "./database.ts";

export type PromiseBackground = Readonly<{
  recipient: string;
  title: string | null;
  explanation: string | null;
  details: Readonly<Record<string, string>> | null;
  links: readonly string[] | null;
  file: string | null;
  sheet: string | null;
  row: number | null;
}>;

const publishedBefore = (knownBefore: string | null) =>
  knownBefore === null ? sql`true` : sql`r.published_on < (${knownBefore}::timestamptz at time zone 'UTC')::date`;

/** What the latest release that knows a promise says of it, by an instant. */
export async function backgroundOf(
  db: Queries,
  promiseNo: number,
  knownBefore: string | null,
): Promise<PromiseBackground> {
  const row = await rowOf<PromiseBackground>(
    db,
    sql`select c.name as recipient, l.title, l.explanation, l.details, l.links, l.file_name as file, l.sheet, l."row"
        from promise pr join party c on c.no = pr.recipient_no
        left join lateral (
          select g.*, r.file_name from reading g join release r on r.no = g.release_no
          where g.promise_no = pr.no and ${publishedBefore(knownBefore)} order by r.published_on desc, r.no desc limit 1) l on true
        where pr.no = ${promiseNo}`,
  );
  if (row === undefined) throw new RangeError(`there is no promise number ${promiseNo}`);
  return row;
}

export type StoredReading = Readonly<{
  release: string;
  publishedOn: string;
  class: BindingClass | null;
  original: string | null; // smallest parts
  reported: string | null; // millionths
  reportedUnit: string;
  unit: string;
  scale: number;
}>;

/** What each release published before an instant says of a promise: its quantity and the source's own valuation at the furthest class it gives. */
export async function readingsOf(db: Queries, promiseNo: number, knownBefore: string | null): Promise<StoredReading[]> {
  return rowsOf<StoredReading>(
    db,
    sql`select r.name as release, r.published_on as "publishedOn", (array['said', 'bound', 'placed', 'moved', 'received'])[f.class] as class,
               f.quantity::text as original, f.reported::text as reported, ru.code as "reportedUnit", u.code as unit, u.scale
        from reading g join release r on r.no = g.release_no join promise pr on pr.no = g.promise_no
        join unit u on u.no = pr.unit_no join unit ru on ru.no = r.reported_unit_no
        left join lateral (
          select p.class, sum(p.sign * p.quantity) as quantity, sum(p.sign * p.reported) as reported
          from posting p join release e on e.no = p.release_no
          where p.promise_no = pr.no and e.book_no = r.book_no and e.series = r.series and e.published_on <= r.published_on
            and p.class is not null
          group by p.class having sum(p.sign * p.quantity) > 0 order by p.class desc limit 1) f on true
        where g.promise_no = ${promiseNo} and ${publishedBefore(knownBefore)} order by r.published_on, r.no`,
  );
}
