import type { Source } from "#core/views.ts";
import { rowsOf, sql, type Queries } from "./database.ts";

/** Sources with their passages and how many postings rest on them: all, those of a book, or the one of an id. `book` is the one that uses it, null when none or several do. */
export async function listSources(db: Queries, which: Readonly<{ bookNo?: number; id?: string }>): Promise<Source[]> {
  const conditions = [
    which.bookNo === undefined ? sql`true` : sql`${which.bookNo} = any(k.books)`,
    which.id === undefined ? sql`true` : sql`s.id = ${which.id}`,
  ];
  return rowsOf<Source>(
    db,
    sql`select s.id, s.title, s.publisher, s.published_on as "publishedOn", s.url, s.retrieved_on as "retrievedOn", s.note, b.slug as book,
               coalesce(k.postings, 0)::int as postings,
               coalesce((select json_agg(json_build_object('id', q.id, 'locator', q.locator, 'quote', q.quote) order by q.id)
                         from passage q where q.source_no = s.no), '[]') as passages
        from source s
        left join (select source_no, array_agg(distinct book_no) as books, sum(postings) as postings from (
            select source_no, book_no, count(*) as postings from posting group by source_no, book_no
            union all select source_no, book_no, 0 from release union all select source_no, book_no, 0 from stated_need
            union all select source_no, book_no, 0 from statement
            union all select v.source_no, m.book_no, 0 from dated_milestone_version v join dated_milestone m on m.no = v.dated_milestone_no) as used group by source_no) k on k.source_no = s.no
        left join book b on cardinality(k.books) = 1 and b.no = k.books[1]
        where ${sql.join(conditions, sql` and `)} order by s.published_on desc nulls last, s.title, s.id`,
  );
}
