import { createRequire } from "node:module";
import type pg from "pg";
import { MainstayError } from "#core/errors.ts";
import { sqlStateOf } from "../database.ts";

/** The schema of the database that the job queue's own tables lie in. */
export const jobSchema = "mainstay_jobs";

const undefinedTable = "42P01";

/** The version of the tables that the installed library works with. Read from its manifest: loading the library itself takes fifty milliseconds. */
function wantedVersion(): number {
  const manifest = createRequire(import.meta.url)("pg-boss/package.json") as { pgboss: { schema: number } };
  return manifest.pgboss.schema;
}

async function foundVersion(client: pg.Client): Promise<number | undefined> {
  try {
    const { rows } = await client.query<{ version: number }>(`select version from ${jobSchema}.version`);
    return rows[0]?.version;
  } catch (error) {
    if (sqlStateOf(error) === undefinedTable) return undefined;
    throw error;
  }
}

/**
 * Makes the job queue's tables or brings them up to date; nothing is lost from them. Called by `migrate`, under its lock.
 * @throws MainstayError migration_changed when they are of a later version than this program knows
 */
export async function makeJobTables(client: pg.Client): Promise<void> {
  const [found, wanted] = [await foundVersion(client), wantedVersion()];
  if (found === wanted) return;
  if (found !== undefined && found > wanted)
    throw new MainstayError("migration_changed", `tables of jobs of version ${found}; this program knows ${wanted}`, {
      file: jobSchema,
    });
  const { getConstructionPlans, getMigrationPlans } = await import("pg-boss");
  // An index made concurrently waits for every open statement, also that of the next program, which waits for the lock of this one.
  const script =
    found === undefined
      ? getConstructionPlans(jobSchema)
      : getMigrationPlans(jobSchema, found).replaceAll(" CONCURRENTLY", "");
  await client.query(script);
}
