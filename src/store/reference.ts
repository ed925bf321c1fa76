import { bindingClasses } from "#core/bindingness.ts";
import { rowOf, rowsOf, sql, type Queries } from "./database.ts";

/** What the register takes in from files: rows with the ids of what they refer to. Everything is added where missing, nothing changed. */
export type PartyRow = Readonly<{
  id: string;
  name: string;
  kind: string;
  iso2: string | null;
  iso3: string | null;
  m49: string | null;
}>;
export type NameRow = Readonly<{
  party: string;
  name: string;
  from: string | null;
  until: string | null;
  source: string;
}>;
export type MembershipRow = Readonly<{
  group: string;
  party: string;
  role: string;
  from: string | null;
  until: string | null;
  source: string;
}>;
export type StageRow = Readonly<{
  stream: string;
  id: string;
  name: string;
  ordinal: number;
  class: (typeof bindingClasses)[number];
  leads: boolean;
}>;

export async function insertParties(db: Queries, parties: readonly PartyRow[]): Promise<void> {
  await rowsOf(
    db,
    sql`insert into party (id, name, kind, iso2, iso3, m49)
        select * from jsonb_to_recordset(${JSON.stringify(parties)}::jsonb)
          as p(id text, name text, kind text, iso2 text, iso3 text, m49 text)
        on conflict (id) do nothing`,
  );
}

export async function insertNames(db: Queries, names: readonly NameRow[]): Promise<void> {
  await rowsOf(
    db,
    sql`insert into party_name (party_no, name, valid, source_no)
        select p.no, n.name, daterange(n."from", n.until, '[]'), s.no
        from jsonb_to_recordset(${JSON.stringify(names)}::jsonb) as n(party text, name text, "from" date, until date, source text)
        join party p on p.id = n.party join source s on s.id = n.source
        where not exists (select from party_name o where o.party_no = p.no and o.valid && daterange(n."from", n.until, '[]'))`,
  );
}

export async function insertAliases(
  db: Queries,
  aliases: readonly Readonly<{ alias: string; party: string }>[],
): Promise<void> {
  await rowsOf(
    db,
    sql`insert into party_alias (alias, party_no)
        select distinct on (lower(btrim(a.alias))) lower(btrim(a.alias)), p.no
        from jsonb_to_recordset(${JSON.stringify(aliases)}::jsonb) as a(alias text, party text) join party p on p.id = a.party
        on conflict do nothing`,
  );
}

export async function insertGroups(
  db: Queries,
  groups: readonly Readonly<{ slug: string; name: string; kind: string; description: string }>[],
): Promise<void> {
  await rowsOf(
    db,
    sql`insert into party_group (slug, name, kind, description)
        select * from jsonb_to_recordset(${JSON.stringify(groups)}::jsonb) as g(slug text, name text, kind text, description text)
        on conflict (slug) do nothing`,
  );
}

export async function insertMemberships(db: Queries, memberships: readonly MembershipRow[]): Promise<void> {
  await rowsOf(
    db,
    sql`insert into membership (group_no, party_no, role, valid, source_no)
        select g.no, p.no, m.role, daterange(m."from", m.until, '[]'), s.no
        from jsonb_to_recordset(${JSON.stringify(memberships)}::jsonb)
          as m("group" text, party text, role text, "from" date, until date, source text)
        join party_group g on g.slug = m."group" join party p on p.id = m.party join source s on s.id = m.source
        where not exists (select from membership o where o.group_no = g.no and o.party_no = p.no and o.role = m.role
                            and o.valid && daterange(m."from", m.until, '[]'))`,
  );
}

export async function insertSources(
  db: Queries,
  sources: readonly Readonly<{
    id: string;
    title: string;
    publisher: string;
    publishedOn: string | null;
    retrievedOn: string | null;
    url: string | null;
    note: string;
  }>[],
): Promise<void> {
  await rowsOf(
    db,
    sql`insert into source (id, title, publisher, published_on, retrieved_on, url, note)
        select id, title, publisher, "publishedOn", "retrievedOn", url, note
        from jsonb_to_recordset(${JSON.stringify(sources)}::jsonb)
          as s(id text, title text, publisher text, "publishedOn" date, "retrievedOn" date, url text, note text)
        on conflict (id) do nothing`,
  );
}

export async function insertPassages(
  db: Queries,
  passages: readonly Readonly<{ source: string; id: string; locator: string; quote: string }>[],
): Promise<void> {
  await rowsOf(
    db,
    sql`insert into passage (source_no, id, locator, quote)
        select s.no, p.id, p.locator, p.quote
        from jsonb_to_recordset(${JSON.stringify(passages)}::jsonb) as p(source text, id text, locator text, quote text)
        join source s on s.id = p.source on conflict do nothing`,
  );
}

export async function insertIndicators(
  db: Queries,
  values: readonly Readonly<{
    party: string;
    indicator: string;
    year: number;
    value: string;
    unit: string;
    source: string;
  }>[],
): Promise<void> {
  await rowsOf(
    db,
    sql`insert into indicator_value (party_no, indicator, year, value, unit, source_no)
        select p.no, i.indicator, i.year, i.value, i.unit, s.no
        from jsonb_to_recordset(${JSON.stringify(values)}::jsonb)
          as i(party text, indicator text, year int, value numeric, unit text, source text)
        join party p on p.id = i.party join source s on s.id = i.source on conflict do nothing`,
  );
}

export async function insertStages(
  db: Queries,
  streams: readonly Readonly<{ id: string; name: string }>[],
  stages: readonly StageRow[],
): Promise<void> {
  await rowsOf(
    db,
    sql`insert into stream (id, name) select * from jsonb_to_recordset(${JSON.stringify(streams)}::jsonb) as s(id text, name text)
        on conflict do nothing`,
  );
  await rowsOf(
    db,
    sql`insert into stage (id, stream, name, ordinal, class, leads_class)
        select g.stream || '.' || g.id, g.stream, g.name, g.ordinal, array_position(${[...bindingClasses]}::text[], g.class), g.leads
        from jsonb_to_recordset(${JSON.stringify(stages)}::jsonb)
          as g(stream text, id text, name text, ordinal int, class text, leads boolean)
        on conflict (id) do nothing`,
  );
}

type NeedRow = Readonly<{
  item: string;
  measure: string;
  quantity: string;
  statedBy: string;
  asOf: string;
  source: string;
  note: string;
}>;
type StatementRow = Readonly<{
  id: string;
  speaker: string;
  giver: string | null;
  saidOn: string;
  title: string;
  place: string;
  amount: string | null;
  currency: string | null;
  source: string;
  passage: string | null;
  note: string;
}>;
type MilestoneRow = Readonly<{
  on: string;
  precision: string;
  kind: string;
  title: string;
  group: string | null;
  source: string;
  note: string;
}>;

/** What belongs to a book beside its postings: stated needs, statements, milestones. */
export async function insertBookFacts(
  db: Queries,
  bookNo: number,
  facts: Readonly<{
    needs: readonly NeedRow[];
    statements: readonly StatementRow[];
    milestones: readonly MilestoneRow[];
  }>,
): Promise<void> {
  await rowsOf(
    db,
    sql`insert into stated_need (book_no, item, measure, quantity, stated_by, as_of, source_no, note)
        select ${bookNo}, n.item, n.measure, n.quantity, n."statedBy", n."asOf", s.no, n.note
        from jsonb_to_recordset(${JSON.stringify(facts.needs)}::jsonb)
          as n(item text, measure text, quantity numeric, "statedBy" text, "asOf" date, source text, note text)
        join source s on s.id = n.source on conflict do nothing`,
  );
  await rowsOf(
    db,
    sql`insert into statement (book_no, id, speaker, giver_no, said_on, title, place, amount, currency, source_no, passage, note)
        select ${bookNo}, t.id, t.speaker, p.no, t."saidOn", t.title, t.place, t.amount, t.currency, s.no, t.passage, t.note
        from jsonb_to_recordset(${JSON.stringify(facts.statements)}::jsonb)
          as t(id text, speaker text, giver text, "saidOn" date, title text, place text, amount numeric, currency text, source text,
               passage text, note text)
        join source s on s.id = t.source left join party p on p.id = t.giver on conflict do nothing`,
  );
  await rowsOf(
    db,
    sql`insert into milestone (book_no, on_day, date_precision, kind, title, group_no, source_no, note)
        select ${bookNo}, m."on", m.precision, m.kind, m.title, g.no, s.no, m.note
        from jsonb_to_recordset(${JSON.stringify(facts.milestones)}::jsonb)
          as m("on" date, precision text, kind text, title text, "group" text, source text, note text)
        join source s on s.id = m.source left join party_group g on g.slug = m."group" on conflict do nothing`,
  );
}

/** Whether this very set of reference files has been loaded before. */
export async function referenceIsLoaded(db: Queries, sha256: string): Promise<boolean> {
  return (await rowOf(db, sql`select 1 from reference_load where sha256 = ${sha256}`)) !== undefined;
}

export async function markReferenceLoaded(db: Queries, sha256: string): Promise<void> {
  await rowsOf(db, sql`insert into reference_load (sha256) values (${sha256}) on conflict do nothing`);
}
