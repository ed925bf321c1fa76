import { once } from "node:events";
import { postSteps, type Step } from "#app/post.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { openBenchDatabase, seedSynthetic } from "./database.ts";
import { besideLimit, median, rounded, timed, type Benchmark, type BenchOptions } from "./report.ts";
import { from as copyFrom } from "pg-copy-streams";
import pg from "pg";
import type { PoolConfig } from "pg";

const batch = 1000;

export const ledger: Benchmark = {
  description:
    "durable postings a second, one by one and a thousand a call, beside plain INSERT and COPY of the same rows",
  async measure(options) {
    const database = await openBenchDatabase(options.data);
    try {
      return await compare(database.setup, database.program, database.setupConnection, options);
    } finally {
      await database.close();
    }
  },
};

/** Steps into the first stage of promises taken in turn, so that nothing waits for anything but the disk. */
function stepsFrom(start: number, count: number, promises: readonly Promised[]): Step[] {
  return Array.from({ length: count }, (_, index) => {
    const promise = promises[((start + index) * 7919) % promises.length];
    if (promise === undefined) throw new Error("there are no promises to post to");
    return {
      promise: promise.id,
      unit: promise.unit,
      from: null,
      to: `${promise.stream}.2`,
      quantity: BigInt(1 + ((start + index) % 997)),
      reported: { amount: 12_340_000n, unit: "EUR" },
      effective: { on: "2024-04-03", precision: "day" },
      knownAt: "2024-04-03T00:00:00Z",
      source: "synthetic-1",
      reason: null,
    };
  });
}

type Promised = Readonly<{ id: string; unit: string; stream: string }>;

async function compare(db: Database, program: Database, connection: PoolConfig, { quick, say }: BenchOptions) {
  const runs = quick ? 1 : 5;
  const single = quick ? 50 : 2000;
  const calls = quick ? 2 : 20;
  await seedSynthetic(db, { donors: 50, lines: 20, streams: 4, currencies: quick ? 1 : 10 });
  const promises = await rowsOf<Promised>(
    db,
    sql`select p.id, u.code as unit, p.stream from promise p join unit u on u.no = p.unit_no order by md5(p.id)`,
  );
  let posted = 0;
  const next = (count: number) => {
    posted += count;
    return stepsFrom(posted - count, count, promises);
  };
  const post = (count: number) => postSteps(program, next(count), "benchmark");
  await prepareTwin(db);
  say("Warming up");
  for (let index = 0; index < 3; index += 1) await post(batch);
  await rowsOf(db, sql`vacuum (analyze) posting, account, account_balance, promise`);

  const rates = {
    one: [] as number[],
    sixteen: [] as number[],
    set: [] as number[],
    insert: [] as number[],
    copy: [] as number[],
  };
  const measure = async (name: keyof typeof rates, count: number, work: () => Promise<unknown>) => {
    await rowsOf(db, sql`checkpoint`);
    const [ms] = await timed(work);
    rates[name].push((count / ms) * 1000);
  };
  for (let run = 1; run <= runs; run += 1) {
    say(`Run ${run} of ${runs}`);
    await measure("one", single, async () => {
      for (let index = 0; index < single; index += 1) await post(1);
    });
    await measure("sixteen", single * 2, () =>
      Promise.all(
        Array.from({ length: 16 }, async () => {
          for (let index = 0; index < single / 8; index += 1) await post(1);
        }),
      ),
    );
    const first = posted;
    await measure("set", batch * calls, async () => {
      for (let index = 0; index < calls; index += 1) await post(batch);
    });
    // The rows of those very calls, as they stand in the ledger.
    const rows = await asStored(db, batch * calls);
    await rowsOf(db, sql`truncate twin`);
    await measure("insert", batch * calls, () => plainInsert(program, rows));
    await rowsOf(db, sql`truncate twin`);
    await measure("copy", batch * calls, () => copyInto(connection, rows));
    if (posted - first !== batch * calls) throw new Error("the limits were measured on other rows");
  }
  const insert = { name: "plain INSERT of the same rows, 1,000 a statement", value: median(rates.insert) };
  const copy = { name: "COPY of the same rows", value: median(rates.copy) };
  return {
    runs,
    figures: [
      besideLimit("1,000 a call", median(rates.set), "postings/s", insert),
      besideLimit("1,000 a call, beside COPY", median(rates.set), "postings/s", copy),
      { name: "one by one, 1 client", value: rounded(median(rates.one)), unit: "postings/s" },
      { name: "one by one, 16 clients", value: rounded(median(rates.sixteen)), unit: "postings/s" },
    ],
    notes: [
      "Every call is a transaction on disk. INSERT and COPY go into a table with the same columns, checks, keys and indexes, without balances.",
    ],
  };
}

const columns = `no, book_no, release_no, debit_account, credit_account, unit_no, quantity, reported, reported_unit_no, effective_on, date_precision,
  known_at, reverses, reason, source_no, actor, content_key, polarity, promise_no, donor_no, recipient_no, class, sign`;

/** A table like the ledger's in everything that costs: columns, checks, indexes, foreign keys. */
async function prepareTwin(db: Database): Promise<void> {
  await rowsOf(db, sql`create table twin (like posting including all)`);
  const keys = await rowsOf<{ definition: string }>(
    db,
    sql`select pg_get_constraintdef(oid) as definition from pg_constraint where conrelid = 'posting'::regclass and contype = 'f'`,
  );
  for (const key of keys)
    await rowsOf(
      db,
      sql.raw(`alter table twin add ${key.definition.replaceAll("REFERENCES posting", "REFERENCES twin")}`),
    );
  await rowsOf(db, sql`grant insert on twin to mainstay_program`);
}

type StoredRow = Readonly<Record<string, string | null>>;

async function asStored(db: Database, count: number): Promise<string[][]> {
  const list = sql.raw(
    columns
      .split(",")
      .map((column) => `${column.trim()}::text`)
      .join(", "),
  );
  const rows = await rowsOf<StoredRow>(
    db,
    sql`select ${list} from (select * from posting order by no desc limit ${count}) p order by no`,
  );
  return rows.map((row) => Object.values(row).map((value) => value ?? "\\N"));
}

async function plainInsert(db: Database, rows: readonly (readonly string[])[]): Promise<void> {
  for (let start = 0; start < rows.length; start += batch) {
    const values = rows
      .slice(start, start + batch)
      .map((row) => `(${row.map((value) => (value === "\\N" ? "null" : `'${value}'`)).join(",")})`);
    await rowsOf(db, sql.raw(`insert into twin (${columns}) overriding system value values ${values.join(",")}`));
  }
}

async function copyInto(connection: PoolConfig, rows: readonly (readonly string[])[]): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const stream = client.query(copyFrom(`copy twin (${columns}) from stdin`));
    stream.end(rows.map((row) => `${row.join("\t")}\n`).join(""));
    await once(stream, "finish");
  } finally {
    await client.end();
  }
}
