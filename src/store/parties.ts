import type { Party } from "#core/views.ts";
import { sourceRef } from "./books.ts";
import { rowsOf, sql, type Queries } from "./database.ts";
import type { RawBuilder } from "kysely";

/** The first and the last day of a daterange column `valid`, null where it is open. */
export const validity = sql`'from', lower(valid), 'to', upper(valid) - 1`;

/** Whether a party or group (an alias of its row) is listed in a book: what was made up is only in a book that is made up itself. */
export function isShown(alias: "p" | "g", bookNo: number): RawBuilder<unknown> {
  return sql`(not ${sql.ref(`${alias}.synthetic`)} or (select synthetic from book where no = ${bookNo}))`;
}

/**
 * Parties by name: the one of an id; those listed in a book, narrowed to those a search word is found in (name, other spellings, codes);
 * or, with neither, all there are.
 */
export async function listParties(
  db: Queries,
  which: Readonly<{ id?: string; bookNo?: number; word?: string | undefined }>,
): Promise<Party[]> {
  const shown = (alias: "p" | "g") => (which.bookNo === undefined ? sql`true` : isShown(alias, which.bookNo));
  const pattern = which.word === undefined ? undefined : likePattern(which.word);
  const narrowed =
    which.id !== undefined
      ? sql`p.id = lower(${which.id})`
      : pattern === undefined
        ? shown("p")
        : sql`(${shown("p")} or p.id = lower(${which.word})) and (p.name ilike ${pattern} or p.id ilike ${pattern} or p.iso2 ilike ${pattern} or p.iso3 ilike ${pattern}
              or exists (select from party_name n where n.party_no = p.no and n.name ilike ${pattern})
              or exists (select from party_alias a where a.party_no = p.no and a.alias ilike ${pattern}))`;
  return rowsOf<Party>(
    db,
    sql`select p.id, p.name, p.kind, p.iso2, p.iso3, p.m49, p.synthetic,
          coalesce((select json_agg(json_build_object('name', n.name, ${validity}) order by n.valid) from party_name n where n.party_no = p.no), '[]') as names,
          coalesce((select json_agg(json_build_object('group', g.slug, 'groupName', g.name, 'role', m.role, ${validity},
                      'source', case when s.no is not null then ${sourceRef} end) order by g.slug, m.valid, m.role)
                    from membership m join party_group g on g.no = m.group_no left join source s on s.no = m.source_no
                    where m.party_no = p.no and (p.synthetic or ${shown("g")})), '[]') as groups,
          coalesce((select json_agg(json_build_object('indicator', i.indicator, 'year', i.year, 'value', i.value::text, 'unit', i.unit,
                      'source', ${sourceRef}) order by i.indicator, i.year, s.id)
                    from indicator_value i join source s on s.no = i.source_no where i.party_no = p.no), '[]') as indicators
        from party p where ${narrowed} order by p.name, p.id`,
  );
}

/** A word a person typed as a pattern for ilike, taken literally and found anywhere. */
export function likePattern(word: string): string {
  return `%${word.replace(/[\\%_]/g, "\\$&")}%`;
}
