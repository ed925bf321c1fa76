import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let first: TestDatabase;
let second: TestDatabase;

beforeAll(async () => {
  [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
});

afterAll(() => Promise.all([first.drop(), second.drop()]));

async function ask(connection: pg.ClientConfig, sql: string): Promise<unknown> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query({ text: sql, rowMode: "array" });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

test("every clone is migrated and nobody sees another's rows", async () => {
  await ask(first.owner, "create table only_here as select 1 as one");
  expect(await ask(first.owner, "select to_regclass('only_here') is not null")).toBe(true);
  expect(await ask(second.owner, "select to_regclass('only_here') is not null")).toBe(false);
  expect(await ask(second.owner, "select count(*) > 0 from schema_version")).toBe(true);
});

test("the program's role is no superuser and owns nothing", async () => {
  expect(await ask(first.program, "select current_user::text")).toBe("mainstay_program");
  expect(
    await ask(
      first.program,
      "select rolsuper or rolcreatedb or rolcreaterole from pg_roles where rolname = current_user",
    ),
  ).toBe(false);
  await expect(ask(first.program, "create table mine (x int)")).rejects.toThrow(/permission denied/);
});
