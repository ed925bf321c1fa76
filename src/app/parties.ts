import { MainstayError } from "#core/errors.ts";
import { parseFrame } from "#core/frame.ts";
import type { Group, Party } from "#core/views.ts";
import type { Database } from "#store/database.ts";
import { listGroups, type GroupCut } from "#store/groups.ts";
import { listParties } from "#store/parties.ts";
import { requireBook } from "./books.ts";

/**
 * The parties listed in a book by name, all or those a search word is found in (name, other spellings, codes). What was made up is listed
 * only in a book that is made up itself, and found everywhere by its id.
 * @throws MainstayError unknown_book
 */
export async function parties(db: Database, book: string, word?: string): Promise<Party[]> {
  return listParties(db, { bookNo: (await requireBook(db, book)).no, word });
}

/** @throws MainstayError unknown_party */
export async function party(db: Database, id: string): Promise<Party> {
  const [found] = await listParties(db, { id });
  if (found === undefined) throw new MainstayError("unknown_party", JSON.stringify(id), { field: "party" });
  return found;
}

/** By decisions of which book, as of which day and as known when groups are read. */
export type GroupQuestion = Readonly<{ book: string; asOf?: string | undefined; knownAt?: string | undefined }>;

/**
 * The groups listed in a book with their dated membership, and what came under what.
 * @throws MainstayError unknown_book, invalid_date
 */
export async function groups(db: Database, question: GroupQuestion): Promise<Group[]> {
  return listGroups(db, await cutOf(db, question));
}

/** @throws MainstayError unknown_book, unknown_group, invalid_date */
export async function group(db: Database, slug: string, question: GroupQuestion): Promise<Group> {
  const [found] = await listGroups(db, await cutOf(db, question), slug);
  if (found === undefined) throw new MainstayError("unknown_group", JSON.stringify(slug), { field: "group" });
  return found;
}

async function cutOf(db: Database, { book, asOf, knownAt }: GroupQuestion): Promise<GroupCut> {
  const { no } = await requireBook(db, book);
  return { bookNo: no, frame: parseFrame({ asOf, knownAt }) };
}
