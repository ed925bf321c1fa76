import { rowOf, rowsOf, sql, type Queries } from "../database.ts";

export type PracticeRegister = Readonly<{
  book: Readonly<{ slug: string; title: string; description: string }>;
  recipient: Readonly<{ id: string; name: string }>;
  givers: readonly Readonly<{ id: string; name: string }>[];
  groups: readonly Readonly<{ slug: string; name: string; kind: string; party: string; role: string }>[]; // member by member
}>;

const memberSince = "2024-01-01";

/** Whether there is a book of that name already. */
export async function bookIsThere(db: Queries, slug: string): Promise<boolean> {
  return (await rowOf(db, sql`select 1 from book where slug = ${slug}`)) !== undefined;
}

/** Enters made-up parties, those that are not there yet, and a synthetic book for them. */
export async function insertPracticeRegister(trx: Queries, made: PracticeRegister): Promise<void> {
  const { book, recipient, givers, groups } = made;
  const all = [recipient, ...givers];
  await rowsOf(
    trx,
    sql`insert into party (id, name, kind, synthetic)
        select id, name, 'nation', true from unnest(${all.map((p) => p.id)}::text[], ${all.map((p) => p.name)}::text[]) as l(id, name)
        on conflict (id) do nothing`,
  );
  const list = (of: (row: PracticeRegister["groups"][number]) => string): string[] => groups.map(of);
  await rowsOf(
    trx,
    sql`with l as (
          select * from unnest(${list((row) => row.slug)}::text[], ${list((row) => row.name)}::text[], ${list((row) => row.kind)}::text[],
                               ${list((row) => row.party)}::text[], ${list((row) => row.role)}::text[]) as l(slug, name, kind, party, role)
        ), made as (
          insert into party_group (slug, name, kind, description, synthetic)
          select distinct slug, name, kind, 'Made up for practice.', true from l on conflict (slug) do nothing returning no, slug
        )
        insert into membership (group_no, party_no, role, valid)
        select m.no, p.no, l.role, daterange(${memberSince}, null) from made m join l on l.slug = m.slug join party p on p.id = l.party`,
  );
  await rowsOf(
    trx,
    sql`insert into book (slug, title, description, recipient_no, synthetic)
        select ${book.slug}, ${book.title}, ${book.description}, no, true from party where id = ${recipient.id}`,
  );
}
