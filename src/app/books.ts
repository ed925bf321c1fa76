import { MainstayError } from "#core/errors.ts";
import type { Book, Release } from "#core/views.ts";
import { listBooks, listReleases } from "#store/books.ts";
import type { Database } from "#store/database.ts";
import { findBook, type StoredBook } from "#store/register.ts";

/** Every book on record. */
export async function books(db: Database): Promise<Book[]> {
  return listBooks(db);
}

/** @throws MainstayError unknown_book */
export async function book(db: Database, slug: string): Promise<Book> {
  const [found] = await listBooks(db, slug);
  if (found === undefined) throw new MainstayError("unknown_book", JSON.stringify(slug), { field: "book" });
  return found;
}

/**
 * The releases of a book, oldest first.
 * @throws MainstayError unknown_book
 */
export async function releases(db: Database, slug: string): Promise<Release[]> {
  return listReleases(db, (await requireBook(db, slug)).no);
}

/** @throws MainstayError unknown_book */
export async function requireBook(db: Database, slug: string): Promise<StoredBook> {
  const found = await findBook(db, slug);
  if (found === undefined) throw new MainstayError("unknown_book", JSON.stringify(slug), { field: "book" });
  return found;
}
