import pg from "pg";
import { MainstayError } from "#core/errors.ts";

/** PostgreSQL says its version as one number, major times 10,000 plus minor. */
const oldestServerVersion = 180_000;

/** Refuses a server by its `server_version_num`. Errors: `database_too_old`, naming the version found. */
export function refuseOlder(serverVersionNum: number): void {
  if (serverVersionNum >= oldestServerVersion) return;
  const version = `${Math.floor(serverVersionNum / 10_000)}.${serverVersionNum % 10_000}`;
  throw new MainstayError("database_too_old", `PostgreSQL ${version}`);
}

function withoutPassword(url: string): string {
  try {
    const parsed = new URL(url);
    parsed.password = "";
    return parsed.href;
  } catch {
    return "text that is not a URL";
  }
}

/**
 * Checks that an outside server answers and is recent enough; returns what a `pg` pool is opened with.
 * Errors: `database_unreachable` (the password is left out of the message), `database_too_old`.
 */
export async function openExternal(url: string): Promise<{ connectionString: string }> {
  let version: number;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    const answer = await client.query<{ server_version_num: string }>("SHOW server_version_num");
    version = Number(answer.rows[0]?.server_version_num);
  } catch (error) {
    throw new MainstayError("database_unreachable", `${withoutPassword(url)}: ${(error as Error).message}`);
  } finally {
    await client.end().catch(() => {});
  }
  refuseOlder(version);
  return { connectionString: url };
}
