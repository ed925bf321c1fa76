import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import type { Connection } from "#store/server/open-server.ts";

/** A migrated database of a test file's own. `owner` may alter the schema; `program` is the role the product runs with. */
export type TestDatabase = Readonly<{ owner: Connection; program: Connection; drop: () => Promise<void> }>;

async function asSetup(setup: Connection, command: string): Promise<void> {
  const client = new pg.Client(setup);
  await client.connect();
  try {
    await client.query(command);
  } finally {
    await client.end();
  }
}

/** Clones the migrated template. End your pools, then `drop` it, in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const connections = inject("testServer");
  if ("failure" in connections) throw new Error(`There is no test database: ${connections.failure}`);
  const { setup, owner, program } = connections;
  const database = `test_${randomBytes(8).toString("hex")}`;
  await asSetup(setup, `CREATE DATABASE ${database} TEMPLATE mainstay_template OWNER ${owner.user}`);
  return {
    owner: { ...owner, database },
    program: { ...program, database },
    drop: () => asSetup(setup, `DROP DATABASE IF EXISTS ${database} WITH (FORCE)`),
  };
}
