import { MainstayError } from "#core/errors.ts";
import type { Group, Party } from "#core/views.ts";
import type { Database } from "#store/database.ts";
import { listGroups } from "#store/groups.ts";
import { listParties } from "#store/parties.ts";

/** Parties by name, all or those a search word is found in (name, other spellings, codes). */
export async function parties(db: Database, word?: string): Promise<Party[]> {
  return listParties(db, { word });
}

/** @throws MainstayError unknown_party */
export async function party(db: Database, id: string): Promise<Party> {
  const [found] = await listParties(db, { id });
  if (found === undefined) throw new MainstayError("unknown_party", JSON.stringify(id), { field: "party" });
  return found;
}

/** Every group with its dated membership. */
export async function groups(db: Database): Promise<Group[]> {
  return listGroups(db);
}

/** @throws MainstayError unknown_group */
export async function group(db: Database, slug: string): Promise<Group> {
  const [found] = await listGroups(db, slug);
  if (found === undefined) throw new MainstayError("unknown_group", JSON.stringify(slug), { field: "group" });
  return found;
}
