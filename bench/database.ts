import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, rowsOf, sql, type Database } from "#store/database.ts";
import { migrate } from "#store/migrate.ts";
import { openServer, type Connection } from "#store/server/open-server.ts";

/** An embedded database for one benchmark, with the settings the product runs with: what it says is committed is on disk. */
export type BenchDatabase = Readonly<{
  setup: Database;
  setupConnection: Connection;
  owner: Database;
  program: Database;
  close: () => Promise<void>;
}>;

/** In `data` when given, and then left there; else in a folder that goes with `close`. */
export async function openBenchDatabase(data: string | undefined): Promise<BenchDatabase> {
  const folder = data ?? mkdtempSync(join(tmpdir(), "mainstay-bench-"));
  const server = await openServer({ dataFolder: folder });
  await migrate(server.connections.owner);
  const { setup: root, owner, program } = server.connections;
  const pools = {
    setup: connect({ ...root, database: owner.database }, 2),
    owner: connect(owner, 2),
    program: connect(program, 20),
  };
  return {
    ...pools,
    setupConnection: { ...root, database: owner.database },
    close: async () => {
      await Promise.all(Object.values(pools).map((pool) => pool.destroy()));
      await server.stop();
      if (data === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type BenchSizes = Readonly<{ donors: number; lines: number; streams: number; currencies: number }>;

/** A made-up register and a book, labelled synthetic, with one promise for every giver, line, stream and currency, and its accounts. */
export async function seedSynthetic(db: Database, sizes: BenchSizes): Promise<void> {
  const { donors, lines, streams, currencies } = sizes;
  for (const statement of [
    sql`insert into party (id, name, kind) select 'giver-' || i, 'Giver ' || i, case when i % 10 = 0 then 'organisation' else 'nation' end
        from generate_series(1, ${donors}::int) i union all select 'receiver', 'Receiver', 'nation'`,
    sql`insert into stream (id, name) select 'stream' || i, 'Stream ' || i from generate_series(1, ${streams}::int) i`,
    sql`insert into stage (id, stream, name, ordinal, class, leads_class)
        select 'stream' || i || '.' || c, 'stream' || i, 'Stage ' || c, c, c, true from generate_series(1, ${streams}::int) i, generate_series(1, 5) c`,
    sql`insert into unit (code, kind, scale, name) select case when i = 1 then 'EUR' else 'X' || chr(64 + i / 26 + 1) || chr(64 + i % 26 + 1) end, 'currency', 2, 'synthetic'
        from generate_series(1, ${currencies}::int) i`,
    sql`insert into source (id, title, publisher) select 'synthetic-' || i, 'Synthetic postings, part ' || i, 'The benchmark' from generate_series(1, 40) i`,
    sql`insert into book (slug, title, recipient_no, synthetic) select 'synthetic', 'Synthetic postings of the benchmark', no, true
        from party where id = 'receiver'`,
    sql`insert into promise (id, book_no, code, donor_no, recipient_no, stream, category, unit_no)
        select concat_ws('-', d.id, l, s.id, u.code), b.no, concat_ws('-', d.id, l, s.id, u.code), d.no, b.recipient_no, s.id, 'Line ' || l, u.no
        from party d, generate_series(1, ${lines}::int) l, stream s, unit u, book b where d.id <> 'receiver' order by d.no, l, s.id, u.no`,
    sql`insert into account (book_no, promise_no, stage, contra, unit_no, donor_no, class)
        select p.book_no, p.no, g.id, false, p.unit_no, p.donor_no, g.class from promise p join stage g on g.stream = p.stream order by p.no, g.class`,
    sql`insert into account (book_no, unit_no) select distinct book_no, unit_no from promise`,
    sql`vacuum (analyze) party, promise, account, account_balance`,
  ])
    await rowsOf(db, statement);
}
