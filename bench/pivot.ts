import { checkQuestion, totals } from "#app/totals.ts";
import { refreshCube, cubeCells } from "#store/cube.ts";
import { rowOf, rowsOf, sql, type Database } from "#store/database.ts";
import { sumPostings, type Cell } from "#store/figures.ts";
import type { Dimension } from "#core/views.ts";
import { openBenchDatabase, seedSynthetic } from "./database.ts";
import {
  besideLimit,
  median,
  quantile,
  rounded,
  timed,
  type Benchmark,
  type BenchFigure,
  type BenchOptions,
} from "./report.ts";

const firstDay = "2016-01-01";
const months = 120;
const by: readonly Dimension[] = ["donor", "year", "class"];

export const pivot: Benchmark = {
  description: "totals by giver, year and class over ten million synthetic postings, as of and known at arbitrary days",
  async measure(options) {
    const database = await openBenchDatabase(options.data);
    try {
      const postings = options.quick ? 20_000 : 10_000_000;
      const loadFigures = await load(database.setup, postings, options);
      const figures = await ask(database.program, options);
      return {
        runs: figures.runs,
        figures: [...figures.figures, ...loadFigures],
        notes: [
          `${postings} postings: 50 givers, 20 lines, 4 streams, ${months} months, 10 currencies. Synthetic. The cells were equal to the scan's in every question asked of both.`,
        ],
      };
    } finally {
      await database.close();
    }
  },
};

/** Fills the ledger past its checks (they are measured by `ledger`), in order of knowledge, every balance right; then the cube. */
async function load(db: Database, postings: number, { say }: BenchOptions): Promise<BenchFigure[]> {
  const there = await rowOf<{ rows: number }>(
    db,
    sql`select count(*)::int as rows from (select from posting limit 1) p`,
  );
  if ((there?.rows ?? 0) > 0) {
    say("The postings of an earlier run are there.");
    return [];
  }
  say(`Making ${postings} postings`);
  await seedSynthetic(db, { donors: 50, lines: 20, streams: 4, currencies: 10 });
  const indexes = await rowsOf<{ name: string; definition: string }>(
    db,
    sql`select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
        where indrelid = 'posting'::regclass and not exists (select from pg_constraint where conindid = indexrelid)`,
  );
  await db.connection().execute(async (one) => {
    for (const index of indexes) await rowsOf(one, sql`drop index ${sql.raw(index.name)}`);
    await rowsOf(one, sql`set session_replication_role = replica`);
    await rowsOf(one, sql`select setseed(0.42)`);
    await rowsOf(
      one,
      sql`create temporary table drawn as
          select chain, promise_no, step as class, amount * (6 - step) as quantity,
                 case when undated then null else started + step * 30 + (random() * 30)::int end as effective_on,
                 started + step * 30 + (random() * 150)::int + random() * interval '1 day' as known
          from (select i as chain, 1 + (random() * ((select count(*) from promise) - 1))::int as promise_no, 1 + (random() * 1e9)::bigint as amount,
                       random() < 0.01 as undated, ${firstDay}::date + (random() * ${months * 30.4 - 330})::int as started
                from generate_series(1, ${Math.ceil(postings / 5)}::int) i) c, generate_series(1, 5) step`,
    );
    await rowsOf(
      one,
      sql`insert into posting (book_no, debit_account, credit_account, unit_no, quantity, reported, reported_unit_no, effective_on, date_precision,
                               known_at, source_no, actor, content_key, polarity, promise_no, donor_no, recipient_no, class, sign)
          select p.book_no, d.no, coalesce(c.no, o.no), p.unit_no, l.quantity, l.quantity * (5000 + 700 * p.unit_no), e.no, l.effective_on,
                 case when l.effective_on is null then 'none' else 'day' end, l.known at time zone 'UTC', 1 + l.chain % 40, 'benchmark', md5(l.chain || '-' || l.class)::uuid,
                 1, p.no, p.donor_no, p.recipient_no, l.class, 1
          from drawn l join promise p on p.no = l.promise_no join unit e on e.code = 'EUR'
          join account d on d.promise_no = p.no and d.class = l.class left join account c on c.promise_no = p.no and c.class = l.class - 1
          join account o on o.unit_no = p.unit_no and o.promise_no is null
          order by l.known`,
    );
    await rowsOf(
      one,
      sql`update account_balance b set balance = m.amount
          from (select account_no, sum(amount) as amount from (
                  select debit_account as account_no, quantity as amount from posting union all select credit_account, -quantity from posting) s
                group by account_no) m
          where m.account_no = b.account_no`,
    );
    await rowsOf(one, sql`drop table drawn`);
    await rowsOf(one, sql`set session_replication_role = origin`);
    say("Indexing");
    await rowsOf(one, sql`set maintenance_work_mem = '1GB'`);
    for (const index of indexes) await rowsOf(one, sql.raw(index.definition));
    await rowsOf(one, sql`vacuum (analyze) posting`);
  });
  say("Filling the cube");
  const [fillMs] = await timed(() => refreshCube(db));
  await rowsOf(
    db,
    sql`vacuum (analyze) posting, account, account_balance, promise, reading, cube_delta, cube_cell, cube_source`,
  );
  const size = await rowOf<{ cube: number; postings: number }>(
    db,
    sql`select ((pg_total_relation_size('cube_cell') + pg_total_relation_size('cube_delta')) / 1e6)::float8 as cube, (pg_total_relation_size('posting') / 1e6)::float8 as postings`,
  );
  return [
    { name: "filling the cube from nothing", value: rounded(fillMs / 1000), unit: "s" },
    { name: "size of the cube", value: rounded(size?.cube ?? 0), unit: "MB" },
    { name: "size of the postings with their indexes", value: rounded(size?.postings ?? 0), unit: "MB" },
  ];
}

/** Days drawn evenly over the record, the same in every run. */
function days(count: number): string[] {
  let state = 20240403;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return new Date(Date.parse(firstDay) + Math.floor((state / 2 ** 32) * months * 30.4) * 86_400_000)
      .toISOString()
      .slice(0, 10);
  });
}

const byKey = ([left]: readonly [string, string], [right]: readonly [string, string]) => (left < right ? -1 : 1);

const inOrder = (cells: readonly Cell[]) =>
  Object.fromEntries(
    Object.entries(
      Object.groupBy(cells, (cell) =>
        JSON.stringify(cell.reason === null ? cell.dims : [cell.dims, cell.unit, cell.reason]),
      ),
    ).map(([key, group]) => [
      key,
      String(
        (group ?? []).reduce(
          (sum, cell) => sum + BigInt((cell.reason === null ? cell.amount : cell.original) ?? 0),
          0n,
        ),
      ),
    ]),
  );

async function ask(db: Database, { quick, say }: BenchOptions): Promise<{ runs: number; figures: BenchFigure[] }> {
  const runs = quick ? 20 : 500;
  const asOf = days(runs * 2).slice(0, runs);
  const knownAt = days(runs * 2).slice(runs);
  const frame = (index: number) => ({ book: "synthetic", asOf: asOf[index], knownAt: knownAt[index] });
  say("Warming up");
  for (let index = 0; index < Math.min(100, runs); index += 1) await totals(db, { ...frame(index), by });
  say("Asking");
  const times: number[] = [];
  for (let index = 0; index < runs; index += 1) times.push((await timed(() => totals(db, { ...frame(index), by })))[0]);
  const open: number[] = [];
  for (let index = 0; index < Math.ceil(runs / 5); index += 1)
    open.push((await timed(() => totals(db, { book: "synthetic", by })))[0]);
  say("Scanning");
  const scans: number[] = [];
  for (let index = 0; index < 3; index += 1) {
    const { query } = await checkQuestion(db, frame(index));
    const [ms, scanned] = await timed(() => sumPostings(db, query, by));
    scans.push(ms);
    const kept = await cubeCells(db, query, by);
    if (kept === undefined) throw new Error("the cube did not answer");
    if (
      JSON.stringify(Object.entries(inOrder(kept)).sort(byKey)) !==
      JSON.stringify(Object.entries(inOrder(scanned)).sort(byKey))
    )
      throw new Error(`the cube differs from the postings as of ${asOf[index]}, known at ${knownAt[index]}`);
  }
  const scan = { name: "scan of the postings", value: median(scans) };
  return {
    runs,
    figures: [
      besideLimit("as of and known at arbitrary days, p50", median(times), "ms", scan),
      besideLimit("as of and known at arbitrary days, p99", quantile(times, 0.99), "ms", scan),
      besideLimit("as of and known at arbitrary days, slowest", quantile(times, 1), "ms", scan),
      besideLimit("everything on record, p50", median(open), "ms", scan),
      besideLimit("everything on record, p99", quantile(open, 0.99), "ms", scan),
    ],
  };
}
