import type { BindingClass } from "#core/bindingness.ts";
import type { Book, Release, SourceRef } from "#core/views.ts";
import { rowsOf, sql, type Queries } from "./database.ts";
import type { RawBuilder } from "kysely";

/** The fields of a source as a JSON object, for the alias s. */
export const sourceRef = sql`json_build_object('id', s.id, 'title', s.title, 'publisher', s.publisher, 'publishedOn', s.published_on, 'url', s.url)`;

/** Every book, or the one of a slug, with how much it holds and when its knowledge begins and ends: the last day on which a figure may change. */
export async function listBooks(db: Queries, slug?: string): Promise<Book[]> {
  return rowsOf<Book>(
    db,
    sql`select b.slug, b.title, b.description, r.name as recipient, b.synthetic, coalesce(l.releases, 0) as releases,
               coalesce(k.postings, 0) as postings, l.latest as "latestRelease",
               least(k.first_known, l.first_published) as "knownFrom", greatest(k.last_known, l.last_published, t.last_decided) as "knownTo"
        from book b join party r on r.no = b.recipient_no
        left join (select book_no, count(*)::int as releases, (array_agg(name order by published_on desc, no desc))[1] as latest,
                          min(published_on) as first_published, max(published_on) as last_published
                   from release group by book_no) l on l.book_no = b.no
        left join lateral (select count(*)::int as postings, (min(known_at) at time zone 'UTC')::date as first_known,
                                  (max(known_at) at time zone 'UTC')::date as last_known
                           from posting where book_no = b.no) k on true
        left join lateral (select greatest(max(utc_day(d.at)), max(utc_day(e.at))) as last_decided
                           from takeover t join proposal p on p.no = t.proposal_no join decision d on d.proposal_no = t.proposal_no
                           left join decision_end e on e.proposal_no = t.proposal_no where p.book_no = b.no) t on true
        where ${slug === undefined ? sql`true` : sql`b.slug = ${slug}`} order by b.no`,
  );
}

type ReleaseRow = Omit<Release, "source" | "coverage"> & Readonly<{ source: SourceRef; coverage: Release["coverage"] }>;

const classWord = (column: RawBuilder<unknown>) =>
  sql<BindingClass>`(array['said', 'bound', 'placed', 'moved', 'received'])[${column}]`;

/** The releases of a book, oldest first, each with what it says of every class. */
export async function listReleases(db: Queries, bookNo: number): Promise<Release[]> {
  return rowsOf<ReleaseRow>(
    db,
    sql`select r.no::text as id, b.slug as book, r.series, r.name, r.published_on as "publishedOn", r.recorded_at as "recordedAt",
               r.file_name as "fileName", r.sha256, r.rows, ${sourceRef} as source,
               coalesce((select json_agg(json_build_object('class', ${classWord(sql`c.class`)}, 'state', c.state, 'reason', c.reason) order by c.class)
                         from release_coverage c where c.release_no = r.no), '[]') as coverage
        from release r join book b on b.no = r.book_no join source s on s.no = r.source_no
        where r.book_no = ${bookNo} order by r.published_on, r.no`,
  );
}
