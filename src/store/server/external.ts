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

const noAddress = "no address of the form postgres://user:password@host:port/database";

function withoutPassword(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null) return "the server"; // such as one with a socket's folder for a host; it may hold a password
  parsed.password = "";
  return parsed.href;
}

/** A client for the address, which the driver reads. Errors: `database_unreachable` where it is none; what was written may hold a password and is not shown. */
function clientOf(url: string): pg.Client {
  try {
    if (/^postgres(ql)?:/.test(url)) return new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  } catch {
    // Refused below, as any other text that is no address.
  }
  throw new MainstayError("database_unreachable", noAddress);
}

/**
 * Checks that an outside server answers and is recent enough; returns what a `pg` pool is opened with.
 * Errors: `database_unreachable` (the password is left out of the message), `database_too_old`.
 */
export async function openExternal(url: string): Promise<{ connectionString: string }> {
  let version: number;
  const client = clientOf(url);
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
