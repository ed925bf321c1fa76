import { present } from "#core/present.ts";
import type { UnitRef } from "#core/entries.ts";
import { onlyRow, rowOf, rowsOf, sql, type Queries } from "./database.ts";

export type NewSource = Readonly<{
  id: string;
  title: string;
  publisher: string;
  publishedOn: string | null;
  retrievedOn: string | null;
  url: string | null;
  note: string;
}>;

/** Enters a source unless one of its id is there, and returns its row number. */
export async function ensureSource(db: Queries, source: NewSource): Promise<number> {
  await rowsOf(
    db,
    sql`insert into source (id, title, publisher, published_on, retrieved_on, url, note)
        values (${source.id}, ${source.title}, ${source.publisher}, ${source.publishedOn}, ${source.retrievedOn}, ${source.url}, ${source.note})
        on conflict (id) do nothing`,
  );
  return (await onlyRow<{ no: number }>(db, sql`select no from source where id = ${source.id}`)).no;
}

/** Enters units not yet known and returns the row number of each code. A code's scale never changes once entered. */
export async function ensureUnits(db: Queries, units: readonly UnitRef[]): Promise<Map<string, number>> {
  const distinct = [...new Map(units.map((unit) => [unit.code, unit])).values()];
  await rowsOf(
    db,
    sql`insert into unit (code, kind, scale, name)
        select * from unnest(${distinct.map((u) => u.code)}::text[], ${distinct.map((u) => u.kind)}::text[],
          ${distinct.map((u) => u.scale)}::smallint[], ${distinct.map((u) => u.name)}::text[])
        on conflict (code) do nothing`,
  );
  const rows = await rowsOf<{ code: string; no: number }>(
    db,
    sql`select code, no from unit where code = any(${distinct.map((u) => u.code)}::text[])`,
  );
  return new Map(rows.map((row) => [row.code, row.no]));
}

/** Party row numbers by every spelling on record, in lower case: names, aliases, ids, ISO codes. */
export async function partyNumbers(db: Queries): Promise<Map<string, number>> {
  const rows = await rowsOf<{ key: string; no: number }>(
    db,
    sql`select lower(name) as key, no from party union select lower(id), no from party
        union select lower(iso2), no from party where iso2 is not null union select lower(iso3), no from party where iso3 is not null
        union select lower(name), party_no from party_name union select alias, party_no from party_alias`,
  );
  return new Map(rows.map((row) => [row.key, row.no]));
}

export type StoredBook = Readonly<{
  no: number;
  slug: string;
  recipient: string;
  recipientName: string;
  recipientNo: number;
}>;

export async function findBook(db: Queries, slug: string): Promise<StoredBook | undefined> {
  return rowOf<StoredBook>(
    db,
    sql`select b.no, b.slug, p.id as recipient, p.name as "recipientName", b.recipient_no as "recipientNo" from book b join party p on p.no = b.recipient_no
        where b.slug = ${slug}`,
  );
}

export type NewBook = Readonly<{
  slug: string;
  title: string;
  description: string;
  recipientNo: number;
  synthetic: boolean;
}>;

/** Opens a book unless one of its slug is there. */
export async function ensureBook(db: Queries, book: NewBook): Promise<StoredBook> {
  await rowsOf(
    db,
    sql`insert into book (slug, title, description, recipient_no, synthetic)
        values (${book.slug}, ${book.title}, ${book.description}, ${book.recipientNo}, ${book.synthetic}) on conflict (slug) do nothing`,
  );
  return present(await findBook(db, book.slug), `the book ${book.slug}`);
}

export async function groupExists(db: Queries, slug: string): Promise<boolean> {
  return (await rowOf(db, sql`select 1 from party_group where slug = ${slug}`)) !== undefined;
}

/** Whether any promise of the book, on record at any time, is of that category. */
export async function categoryExists(db: Queries, bookNo: number, category: string): Promise<boolean> {
  return (
    (await rowOf(db, sql`select 1 from promise where book_no = ${bookNo} and category = ${category} limit 1`)) !==
    undefined
  );
}

export async function findUnit(db: Queries, code: string): Promise<UnitRef | undefined> {
  return rowOf<UnitRef>(db, sql`select code, kind, scale, name from unit where code = ${code}`);
}

/** The id of the party of that name, alias or code, undefined when there is none. */
export async function resolveParty(db: Queries, text: string): Promise<string | undefined> {
  const key = text.trim().toLowerCase();
  const row = await rowOf<{ id: string }>(
    db,
    sql`select id from party p where lower(id) = ${key} or lower(name) = ${key} or lower(iso2) = ${key} or lower(iso3) = ${key}
          or exists (select from party_alias a where a.party_no = p.no and a.alias = ${key})
          or exists (select from party_name n where n.party_no = p.no and lower(n.name) = ${key}) limit 1`,
  );
  return row?.id;
}

/** Every party's present name by its id. */
export async function partyNames(db: Queries): Promise<Map<string, string>> {
  const rows = await rowsOf<{ id: string; name: string }>(db, sql`select id, name from party`);
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** The number of a source; undefined where there is none of that id. */
export async function sourceNumber(db: Queries, id: string): Promise<number | undefined> {
  return (await rowOf<{ no: number }>(db, sql`select no from source where id = ${id}`))?.no;
}

/** Sources on record by their ids. */
export async function sourcesById(db: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, NewSource>> {
  const rows = await rowsOf<NewSource>(
    db,
    sql`select id, title, publisher, published_on as "publishedOn", retrieved_on as "retrievedOn", url, note
        from source where id = any (${ids}::text[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}
