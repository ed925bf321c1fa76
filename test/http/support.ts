import type { FastifyInstance } from "fastify";
import { buildServer } from "../../src/http/server.ts";
import { recordRelease } from "#app/record-release.ts";
import { connect, rowsOf, sql, type Database } from "#store/database.ts";
import { createTestDatabase } from "../support/database.ts";
import { contentOf, seedRegister, type Line } from "../support/seed.ts";

export type Served = Readonly<{ app: FastifyInstance; db: Database; close: () => Promise<void> }>;

/** A server over a database of its own with the made-up register and a book called `test`. */
export async function serve(pagesFolder = "/nowhere"): Promise<Served> {
  const database = await createTestDatabase();
  const owner = connect(database.owner);
  await seedRegister(owner);
  await owner.destroy();
  const db = connect(database.program);
  const app = await buildServer({ db, pagesFolder, version: "0.0.0-test" });
  const close = async (): Promise<void> => {
    await app.close();
    await db.destroy();
    await database.drop();
  };
  return { app, db, close };
}

/** Enters lines as one release of the book `test`. */
export async function record(
  db: Database,
  release: string,
  publishedOn: string,
  lines: readonly Line[],
  series = "activities",
): Promise<void> {
  await recordRelease(db, contentOf(lines, series), {
    book: "test",
    release,
    publishedOn,
    fileName: `${release}.csv`,
    sha256: `${series}-${release}`,
    source: {
      id: `${series}-${release}`,
      title: `Release ${release}`,
      publisher: "Nobody",
      publishedOn,
      retrievedOn: null,
      url: "https://example.org/",
      note: "",
    },
    actor: "test",
    strict: false,
  });
}

/** One rate a currency and day, units for a euro. */
export async function rates(db: Database, rows: readonly (readonly [string, string, string])[]): Promise<void> {
  for (const [currency, on, rate] of rows) {
    await rowsOf(
      db,
      sql`insert into rate (currency, rate_on, rate, source_no) select ${currency}, ${on}, ${rate}, no from source where id = 'made-up'`,
    );
  }
}

export type Answer<T> = Readonly<{ status: number; headers: Record<string, unknown>; body: T; text: string }>;

/** Reads an address, and its JSON when it is one. */
export async function get<T>(
  app: FastifyInstance,
  url: string,
  headers: Record<string, string> = {},
): Promise<Answer<T>> {
  const reply = await app.inject({ method: "GET", url, headers });
  const isJson =
    /^application\/(problem\+)?json/.test(String(reply.headers["content-type"])) &&
    reply.headers["content-encoding"] === undefined;
  return {
    status: reply.statusCode,
    headers: reply.headers,
    body: (isJson && reply.payload !== "" ? JSON.parse(reply.payload) : undefined) as T,
    text: reply.payload,
  };
}
