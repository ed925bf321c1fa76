import { rowOf, rowsOf, sql, type Queries } from "./database.ts";

export type MadeUpRegister = Readonly<{
  book: Readonly<{ slug: string; title: string; description: string }>;
  recipient: Readonly<{ id: string; name: string }>;
  parties: readonly Readonly<{ id: string; name: string; gdp: string; population: string }>[];
  groups: readonly Readonly<{
    slug: string;
    name: string;
    kind: string;
    description: string;
    members: readonly Readonly<{ party: string; role: string; from: string }>[];
  }>[];
}>;

const year = 2024;
const source = "made-up-rehearsal";

/** Enters made-up parties, groups, their numbers and a synthetic book; false, and nothing entered, where the book is there already. */
export async function insertRehearsalRegister(trx: Queries, made: MadeUpRegister): Promise<boolean> {
  const { book, recipient, parties, groups } = made;
  if ((await rowOf(trx, sql`select 1 from book where slug = ${book.slug}`)) !== undefined) return false;
  const all = [recipient, ...parties];
  await rowsOf(
    trx,
    sql`insert into source (id, title, publisher, note) values (${source}, 'Made up for the rehearsal', 'Mainstay', 'Nothing in it is a fact.')`,
  );
  await rowsOf(
    trx,
    sql`insert into party (id, name, kind, synthetic)
        select id, name, 'nation', true from unnest(${all.map((p) => p.id)}::text[], ${all.map((p) => p.name)}::text[]) as l(id, name)`,
  );
  for (const [indicator, unit] of [
    ["gdp", "USD"],
    ["population", "persons"],
  ] as const) {
    await rowsOf(
      trx,
      sql`insert into indicator_value (party_no, indicator, year, value, unit, source_no)
          select p.no, ${indicator}, ${year}, l.value, ${unit}, s.no
          from unnest(${parties.map((p) => p.id)}::text[], ${parties.map((p) => p[indicator])}::numeric[]) as l(id, value)
          join party p on p.id = l.id cross join source s where s.id = ${source}`,
    );
  }
  for (const { slug, name, kind, description, members } of groups) {
    await rowsOf(
      trx,
      sql`with made as (
            insert into party_group (slug, name, kind, description, synthetic) values (${slug}, ${name}, ${kind}, ${description}, true) returning no
          )
          insert into membership (group_no, party_no, role, valid, source_no)
          select made.no, p.no, l.role, daterange(l.since, null), s.no
          from made cross join unnest(${members.map((m) => m.party)}::text[], ${members.map((m) => m.role)}::text[], ${members.map((m) => m.from)}::date[]) as l(party, role, since)
          join party p on p.id = l.party cross join source s where s.id = ${source}`,
    );
  }
  await rowsOf(
    trx,
    sql`insert into book (slug, title, description, recipient_no, synthetic)
        select ${book.slug}, ${book.title}, ${book.description}, no, true from party where id = ${recipient.id}`,
  );
  return true;
}
