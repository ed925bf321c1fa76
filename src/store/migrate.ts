import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import pg from "pg";
import { MainstayError } from "#core/errors.ts";
import { makeJobTables } from "./jobs/schema.ts";

const folder = new URL("./migrations/", import.meta.url);

/**
 * Brings the database to the newest schema: each numbered file once, in order, in a transaction of its own, under a lock so that two
 * programs starting at once do it once. Grants for the program's role are renewed after.
 * @returns the names of the migrations applied now
 * @throws MainstayError migration_changed when a file already applied has other content
 */
export async function migrate(owner: pg.ClientConfig): Promise<string[]> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(hashtext('mainstay.migrate'))");
    await client.query(
      "create table if not exists schema_version (name text primary key, sha256 text not null, applied_at timestamptz not null default now())",
    );
    const applied = await appliedMigrations(client);
    const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
    const done: string[] = [];
    for (const name of names) {
      if (await applyOnce(client, name, applied)) done.push(name);
    }
    await makeJobTables(client);
    await client.query(await readFile(new URL("../grants.sql", folder), "utf8"));
    return done;
  } finally {
    await client.end();
  }
}

async function appliedMigrations(client: pg.Client): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; sha256: string }>("select name, sha256 from schema_version");
  return new Map(rows.map((row) => [row.name, row.sha256]));
}

async function applyOnce(client: pg.Client, name: string, applied: ReadonlyMap<string, string>): Promise<boolean> {
  const text = await readFile(new URL(name, folder), "utf8");
  const sha256 = createHash("sha256").update(text).digest("hex");
  const before = applied.get(name);
  if (before === sha256) return false;
  if (before !== undefined) throw new MainstayError("migration_changed", name, { file: name });
  await client.query("begin");
  try {
    await client.query(text);
    await client.query("insert into schema_version (name, sha256) values ($1, $2)", [name, sha256]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
  return true;
}
