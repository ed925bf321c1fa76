import { mkdtempSync, rmSync } from "node:fs";
import type * as os from "node:os";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { migrate } from "#store/migrate.ts";
import { serverAccount, type Account } from "#store/server/account.ts";
import { findBinaries } from "#store/server/binaries.ts";
import { createCluster } from "#store/server/cluster.ts";
import { openServer } from "#store/server/open-server.ts";
import { createTestDatabase } from "../support/database.ts";

// What hardly ever happens to the embedded database, made to happen.

const nameless = { now: false };
vi.mock("node:os", async (original) => {
  const real = await original<typeof os>();
  const userInfo = () => {
    if (nameless.now) throw new Error("no such user");
    return real.userInfo();
  };
  return { ...real, userInfo };
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mainstay-refusals-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  nameless.now = false;
  vi.restoreAllMocks();
});

const here: Account = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0, name: "here", switched: false };

test("an account that is in no list of users: database_account_without_name", () => {
  nameless.now = true;
  vi.spyOn(process, "getuid").mockReturnValue(54_321);
  expect(() => serverAccount(folder)).toThrow(
    expect.objectContaining({ code: "database_account_without_name", found: "user number 54321" }),
  );
});

test("a system for which npm has no server: database_programs_missing", () => {
  const { arch } = process;
  Object.defineProperty(process, "arch", { value: "abacus" });
  try {
    expect(() => findBinaries(here)).toThrow(expect.objectContaining({ code: "database_programs_missing" }));
  } finally {
    Object.defineProperty(process, "arch", { value: arch });
  }
});

test("programs that fail while the files are made: database_cannot_be_created, and nothing that looks finished", () => {
  const failing = { initdb: "/bin/false", postgres: "/bin/false" };
  expect(() => createCluster(folder, here, failing)).toThrow(
    expect.objectContaining({ code: "database_cannot_be_created" }),
  );
});

test("a setting the server does not know: database_cannot_start", async () => {
  const refusal = openServer({ dataFolder: join(folder, "data"), settings: { nonsense: "here" } });
  await expect(refusal).rejects.toMatchObject({ code: "database_cannot_start" });
});

test("a migration that reads differently from the one applied: migration_changed", async () => {
  const database = await createTestDatabase();
  const client = new pg.Client(database.owner);
  await client.connect();
  await client.query("update schema_version set sha256 = 'other' where name = '001_register.sql'");
  await client.end();
  await expect(migrate(database.owner)).rejects.toMatchObject({ code: "migration_changed", found: "001_register.sql" });
  await database.drop();
});
