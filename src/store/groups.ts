import type { Frame } from "#core/frame.ts";
import type { Group } from "#core/views.ts";
import { sourceRef } from "./books.ts";
import { rowOf, rowsOf, sql, type Queries } from "./database.ts";
import { titleOf } from "./decisions/title.ts";
import { isShown, validity } from "./parties.ts";
import { takeovers } from "./takeovers.ts";

/** From which book and as of which day groups are read; null is everything on record. */
export type GroupCut = Readonly<{ bookNo: number; frame: Pick<Frame, "asOf" | "knownBefore"> }>;

/**
 * Groups with everyone who ever belonged to them by the day and when, and what came under what by decisions of the book: the one of a slug,
 * or all of them, the made-up ones among them only in a book that is made up itself.
 */
export async function listGroups(db: Queries, cut: GroupCut, slug?: string): Promise<Group[]> {
  const days = sql`daterange(null, ${cut.frame.asOf}::date, '[]')`;
  const span = sql`'from', lower(valid), 'to', case when upper(valid) - 1 <@ ${days} then upper(valid) - 1 end`;
  const takeover = sql`'slug', o.slug, 'name', o.name, 'from', lower(t.valid), 'until',
    case when upper(t.valid) - 1 <@ ${days} then upper(t.valid) - 1 end, 'decision', d.id,
    'title', ${titleOf("d.no")}`;
  const taken = (side: "format_no" | "by_no", other: "format_no" | "by_no") => sql`coalesce((
    select json_agg(json_build_object(${takeover}) order by t.valid, o.slug)
    from ${takeovers(cut)} t join party_group o on o.no = ${sql.ref(`t.${other}`)} join proposal d on d.no = t.proposal_no
    where ${sql.ref(`t.${side}`)} = g.no and t.valid && ${days}), '[]')`;
  return rowsOf<Group>(
    db,
    sql`select g.slug, g.name, g.kind, g.description, g.synthetic,
          coalesce((select json_agg(json_build_object('party', p.id, 'name', p.name, 'role', m.role, ${span},
                      'source', case when s.no is not null then ${sourceRef} end) order by p.name, m.valid, m.role)
                    from membership m join party p on p.no = m.party_no left join source s on s.no = m.source_no
                    where m.group_no = g.no and m.valid && ${days} and (g.synthetic or ${isShown("p", cut.bookNo)})), '[]') as members,
          ${taken("by_no", "format_no")} as formats, ${taken("format_no", "by_no")} as under
        from party_group g where ${slug === undefined ? isShown("g", cut.bookNo) : sql`g.slug = ${slug}`} order by g.name, g.slug`,
  );
}

/** Everyone who ever belonged to a group, in which role and when, by name. Undefined where there is no such group. */
export async function membersOfGroup(
  db: Queries,
  slug: string,
): Promise<readonly Readonly<{ party: string; role: string; from: string | null; to: string | null }>[] | undefined> {
  const row = await rowOf<Pick<Group, "members">>(
    db,
    sql`select coalesce((select json_agg(json_build_object('party', p.id, 'role', m.role, ${validity}) order by p.name, m.valid, m.role)
                         from membership m join party p on p.no = m.party_no where m.group_no = g.no), '[]') as members
        from party_group g where g.slug = ${slug}`,
  );
  return row?.members;
}
