import { MainstayError } from "#core/errors.ts";
import type { Source } from "#core/views.ts";
import type { Database } from "#store/database.ts";
import { listSources } from "#store/source-list.ts";
import { requireBook } from "./books.ts";

/**
 * Every source on record, or those a book rests on, the latest published first.
 * @throws MainstayError unknown_book
 */
export async function sources(db: Database, book?: string): Promise<Source[]> {
  return listSources(db, book === undefined ? {} : { bookNo: (await requireBook(db, book)).no });
}

/** @throws MainstayError unknown_source */
export async function source(db: Database, id: string): Promise<Source> {
  const [found] = await listSources(db, { id });
  if (found === undefined) throw new MainstayError("unknown_source", JSON.stringify(id), { field: "id" });
  return found;
}
