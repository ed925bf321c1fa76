import { Kysely, PostgresDialect, sql, type RawBuilder, type Transaction } from "kysely";
import pg from "pg";
import QueryStream from "pg-query-stream";

/** Every table is reached through SQL with its row type at the query; Kysely composes and binds it. */
// oxlint-disable-next-line typescript/no-empty-object-type
export type Schema = Record<string, never>;
export type Database = Kysely<Schema>;
export type Queries = Database | Transaction<Schema>;

const int8 = 20;
const date = 1082;
const timestamptz = 1184;

/** Row numbers come as numbers, days as ISO days, instants as ISO instants in UTC; numeric stays an exact string. */
const types = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (oid === int8) return (text: string) => safeNumber(text);
    if (oid === date) return (text: string) => text;
    if (oid === timestamptz) return (text: string) => new Date(text).toISOString();
    return pg.types.getTypeParser(oid, format);
  },
};

function safeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${text} is too large to be a row number`);
  return number;
}

const pools = new WeakMap<Database, pg.Pool>();

/** A pool of connections as a Kysely database. End it with `destroy()`. */
export function connect(connection: pg.PoolConfig, poolSize = 10): Database {
  const pool = new pg.Pool({ ...connection, max: poolSize, types });
  // A connection that dies is replaced by the pool. Without listeners its death would end the program: while it is idle the pool
  // announces it, while it is lent out between two statements the connection itself.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => void client.on("error", () => undefined));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  pools.set(db, pool);
  return db;
}

/** How many connections a database made by `connect` holds, how many of them are idle, and how many callers wait for one. */
export function poolUse(db: Database): Readonly<{ open: number; idle: number; waiting: number }> {
  const pool = pools.get(db);
  return { open: pool?.totalCount ?? 0, idle: pool?.idleCount ?? 0, waiting: pool?.waitingCount ?? 0 };
}

/** Runs a statement and yields its rows as they come, never holding more than a few hundred. Stopping early frees the connection. */
export async function* streamRows<Row>(db: Database, query: RawBuilder<Row>): AsyncGenerator<Row> {
  const pool = pools.get(db);
  if (pool === undefined) throw new TypeError("only a database made by connect() can stream");
  const compiled = query.compile(db);
  const client = await pool.connect();
  try {
    yield* client.query(
      new QueryStream(compiled.sql, [...compiled.parameters], { batchSize: 500, types }),
    ) as AsyncIterable<Row>;
  } finally {
    client.release();
  }
}

/** Runs a statement and returns its rows. */
export async function rowsOf<Row>(db: Queries, query: RawBuilder<Row>): Promise<Row[]> {
  return (await query.execute(db)).rows;
}

/** Runs a statement that always answers one row, and returns it. */
export async function onlyRow<Row>(db: Queries, query: RawBuilder<Row>): Promise<Row> {
  const [row] = await rowsOf(db, query);
  if (row === undefined) throw new Error("the database answered no row where one is always there");
  return row;
}

/** Runs a statement and returns its first row, undefined when there is none. */
export async function rowOf<Row>(db: Queries, query: RawBuilder<Row>): Promise<Row | undefined> {
  return (await rowsOf(db, query))[0];
}

/** Does a part of a transaction's work, which is undone by itself when it throws: the rest goes on. */
export async function attempt<T>(trx: Queries, work: () => Promise<T>): Promise<T> {
  await rowsOf(trx, sql`savepoint attempt`);
  try {
    const done = await work();
    await rowsOf(trx, sql`release savepoint attempt`);
    return done;
  } catch (error) {
    await rowsOf(trx, sql`rollback to savepoint attempt`);
    await rowsOf(trx, sql`release savepoint attempt`);
    throw error;
  }
}

/** Does work in one transaction, all or nothing: in the one under way, or in one of its own. */
export async function inTransaction<T>(db: Database, work: (trx: Transaction<Schema>) => Promise<T>): Promise<T> {
  return db.isTransaction ? work(db as Transaction<Schema>) : db.transaction().execute(work);
}

/** The SQLSTATE of an error raised by the server, undefined for any other error. */
export function sqlStateOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

/** The main line of an error raised by the server. */
export function messageOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.message : undefined;
}

/** The detail line of an error raised by the server. */
export function detailOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.detail : undefined;
}

/** The constraint an error of the server names. */
export function constraintOf(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.constraint : undefined;
}

export { sql };
