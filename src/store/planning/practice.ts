import { rowOf, rowsOf, sql, type Queries } from "../database.ts";

export type PracticeRegister = Readonly<{
  book: Readonly<{ slug: string; title: string; description: string }>;
  recipient: Readonly<{ id: string; name: string }>;
  givers: readonly Readonly<{ id: string; name: string }>[];
}>;

/** Whether there is a book of that name already. */
export async function bookIsThere(db: Queries, slug: string): Promise<boolean> {
  return (await rowOf(db, sql`select 1 from book where slug = ${slug}`)) !== undefined;
}

/** Enters made-up parties, those that are not there yet, and a synthetic book for them. */
export async function insertPracticeRegister(trx: Queries, made: PracticeRegister): Promise<void> {
  const { book, recipient, givers } = made;
  const all = [recipient, ...givers];
  await rowsOf(
    trx,
    sql`insert into party (id, name, kind, synthetic)
        select id, name, 'nation', true from unnest(${all.map((p) => p.id)}::text[], ${all.map((p) => p.name)}::text[]) as l(id, name)
        on conflict (id) do nothing`,
  );
  await rowsOf(
    trx,
    sql`insert into book (slug, title, description, recipient_no, synthetic)
        select ${book.slug}, ${book.title}, ${book.description}, no, true from party where id = ${recipient.id}`,
  );
}
