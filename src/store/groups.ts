import type { Group } from "#core/views.ts";
import { sourceRef } from "./books.ts";
import { rowsOf, sql, type Queries } from "./database.ts";
import { validity } from "./parties.ts";

/** Every group, or the one of a slug, with everyone who ever belonged to it and when. */
export async function listGroups(db: Queries, slug?: string): Promise<Group[]> {
  return rowsOf<Group>(
    db,
    sql`select g.slug, g.name, g.kind, g.description,
          coalesce((select json_agg(json_build_object('party', p.id, 'name', p.name, 'role', m.role, ${validity},
                      'source', case when s.no is not null then ${sourceRef} end) order by p.name, m.valid, m.role)
                    from membership m join party p on p.no = m.party_no left join source s on s.no = m.source_no
                    where m.group_no = g.no), '[]') as members
        from party_group g where ${slug === undefined ? sql`true` : sql`g.slug = ${slug}`} order by g.name, g.slug`,
  );
}
