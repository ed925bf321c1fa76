import { MainstayError } from "#core/errors.ts";
import type { Book, Release } from "#core/views.ts";
import { listBooks, listReleases } from "#store/books.ts";
import type { Database } from "#store/database.ts";
import { ensureBook, findBook, partyNumbers, type StoredBook } from "#store/register.ts";

/** Every book on record. */
export async function books(db: Database): Promise<Book[]> {
  return listBooks(db);
}

/** @throws MainstayError unknown_book */
export async function book(db: Database, slug: string): Promise<Book> {
  return requireListed(db, slug);
}

async function requireListed(db: Database, slug: string): Promise<Book> {
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

/**
 * Opens a book of one's own: to record in, or, synthetic, to try things out in.
 * @throws MainstayError parameter_invalid, book_exists_already, unknown_party
 */
export async function openBook(
  db: Database,
  book: Readonly<{ slug: string; title: string; recipient: string; synthetic: boolean }>,
): Promise<Book> {
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(book.slug))
    throw new MainstayError("parameter_invalid", JSON.stringify(book.slug), { field: "book" });
  if ((await findBook(db, book.slug)) !== undefined)
    throw new MainstayError("book_exists_already", JSON.stringify(book.slug), { field: "book" });
  const recipient = (await partyNumbers(db)).get(book.recipient.trim().toLowerCase());
  if (recipient === undefined)
    throw new MainstayError("unknown_party", JSON.stringify(book.recipient), { field: "recipient" });
  const { slug, title, synthetic } = book;
  await ensureBook(db, { slug, title, description: "", recipientNo: recipient, synthetic });
  return requireListed(db, slug);
}
