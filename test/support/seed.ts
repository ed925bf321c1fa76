import type { Database } from "#store/database.ts";
import { rowsOf, sql } from "#store/database.ts";
import type { LedgerEntry, PromiseReading, ReleaseContent } from "#core/entries.ts";

/** A small made-up register: three givers, a recipient, two groups, the stages of two streams, a book called `test`. */
export async function seedRegister(db: Database): Promise<void> {
  const statements = [
    sql`insert into party (id, name, kind, iso2, iso3, m49) values ('aaa', 'Aland', 'nation', 'AA', 'AAA', '901'), ('bbb', 'Borduria', 'nation', 'BB', 'BBB', '902'),
        ('ccc', 'Common Fund', 'organisation', null, null, null), ('rrr', 'Recipientia', 'nation', 'RR', 'RRR', '903')`,
    sql`insert into stream (id, name) values ('finance', 'Finance'), ('materiel', 'Materiel')`,
    sql`insert into stage (id, stream, name, ordinal, class, leads_class)
        select stream || '.' || name, stream, name, ordinal, class, leads
        from (values ('finance'), ('materiel')) as s(stream),
             (values ('pledged', 1, 1, true), ('committed', 2, 2, true), ('allocated', 3, 3, true), ('contracted', 4, 4, false), ('sent', 5, 4, true), ('confirmed', 6, 5, true))
               as g(name, ordinal, class, leads)`,
    sql`insert into source (id, title, publisher, published_on) values ('made-up', 'Made up for the tests', 'Nobody', '2024-01-01')`,
    sql`insert into party_group (slug, name, kind) values ('pact', 'The Pact', 'alliance')`,
    sql`insert into membership (group_no, party_no, valid) select g.no, p.no, daterange('2022-06-01', null)
        from party_group g, party p where g.slug = 'pact' and p.id in ('aaa', 'ccc')`,
    sql`insert into unit (code, kind, scale, name) values ('EUR', 'currency', 2, 'euro'), ('USD', 'currency', 2, 'US dollar')`,
    sql`insert into book (slug, title, recipient_no, synthetic) select 'test', 'A book for the tests', no, true from party where id = 'rrr'`,
  ];
  for (const statement of statements) await rowsOf(db, statement);
}

export type Line = Readonly<{
  code: string;
  donor?: string;
  category?: string;
  unit?: string;
  bound?: number; // major units; undefined: a promise without a quantity
  moved?: number;
  reported?: number;
  on?: string | null;
}>;

/** A release's content from a few words a line: bound from outside, then moved out of bound. */
export function contentOf(lines: readonly Line[], series = "activities"): ReleaseContent {
  const readings: PromiseReading[] = [];
  const entries: LedgerEntry[] = [];
  lines.forEach((line, index) => {
    const code = line.unit ?? "EUR";
    readings.push({
      code: line.code,
      donor: line.donor ?? "Aland",
      recipient: "Recipientia",
      stream: "finance",
      category: line.category ?? "Financial",
      unit: { code, kind: "currency", scale: 2, name: code },
      title: `Promise ${line.code}`,
      explanation: "",
      details: {},
      sourceLinks: [],
      row: index + 2,
      sheet: null,
      quantityStated: line.bound !== undefined,
    });
    const on = line.on === undefined ? "2022-03-01" : line.on;
    const step = (from: "bound" | null, to: "bound" | "moved", amount: number): LedgerEntry => ({
      promise: index,
      from,
      to,
      contra: false,
      quantity: BigInt(Math.round(amount * 100)),
      reported: BigInt(Math.round((line.reported ?? line.bound ?? 0) * (amount / (line.bound ?? 1)) * 1e6)),
      effective: { on, precision: on === null ? "none" : "day" },
    });
    if (line.bound !== undefined) entries.push(step(null, "bound", line.bound));
    if (line.moved !== undefined) entries.push(step("bound", "moved", line.moved));
  });
  return {
    series,
    reportedCurrency: "EUR",
    readings,
    entries,
    coverage: [
      { class: "bound", state: "stated", reason: "" },
      { class: "moved", state: "stated", reason: "" },
    ],
    remarks: [],
    columns: { recognised: {}, unknown: [] },
    published: [],
  };
}
