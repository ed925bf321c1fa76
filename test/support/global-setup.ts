import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "#store/migrate.ts";
import { processIdentity } from "#store/server/processes.ts";
import { openServer, type Connection, type Server } from "#store/server/open-server.ts";

const templateName = "mainstay_template";

declare module "vitest" {
  interface ProvidedContext {
    /** The connections to the run's server, or why there is none: only the tests that need it then fail. */
    testServer: Server["connections"] | { failure: string };
  }
}

const prefix = "mainstay-test-";

/** Folders of runs that were killed. */
function clearLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number.parseInt(name.slice(prefix.length), 10);
    if (name.startsWith(prefix) && processIdentity(pid) === undefined)
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
}

async function buildTemplate(connections: Server["connections"]): Promise<void> {
  const client = new pg.Client(connections.setup);
  await client.connect();
  await client.query(`CREATE DATABASE ${templateName} OWNER ${connections.owner.user}`);
  await client.end();
  const owner: Connection = { ...connections.owner, database: templateName };
  await migrate(owner);
}

/** One server for the whole run, without waiting for the disk, and one migrated database that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  clearLeftovers();
  const dataFolder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  let server: Server | undefined;
  try {
    server = await openServer({
      dataFolder,
      settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off" },
    });
    await buildTemplate(server.connections);
    project.provide("testServer", server.connections);
  } catch (error) {
    project.provide("testServer", { failure: (error as Error).message });
  }
  return async () => {
    await server?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
}
