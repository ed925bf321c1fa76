import type { PoolConfig } from "pg";
import { openExternal } from "./external.ts";
import { openServer } from "./open-server.ts";

/** An open database, embedded or outside. Outside, `owner` and `program` are the same user. */
export type OpenedDatabase = Readonly<{
  kind: "embedded" | "external";
  /** Owns the schema; migrations run with it. */
  owner: PoolConfig;
  /** What everything else uses; it may not alter or delete postings. */
  program: PoolConfig;
  close: () => Promise<void>;
}>;

/**
 * Opens the database that `databaseUrl` names or, without one, the embedded one in `dataFolder`. End every pool before `close`.
 * Errors: those of `openServer` and `openExternal`.
 */
export async function openDatabase(options: {
  dataFolder: string;
  databaseUrl?: string | undefined;
  onNotice?: ((notice: string) => void) | undefined;
}): Promise<OpenedDatabase> {
  const { dataFolder, databaseUrl, onNotice } = options;
  if (databaseUrl !== undefined && databaseUrl !== "") {
    const connection = await openExternal(databaseUrl);
    return { kind: "external", owner: connection, program: connection, close: async () => {} };
  }
  const server = await openServer({ dataFolder, onNotice });
  return { kind: "embedded", owner: server.connections.owner, program: server.connections.program, close: server.stop };
}
