import { poolUse, rowOf, sql, type Database } from "#store/database.ts";

/** Whether the database answers. */
export async function databaseAnswers(db: Database): Promise<boolean> {
  return (await rowOf(db, sql`select 1`).catch(() => undefined)) !== undefined;
}

/** Postings on record, undefined when the database does not answer. */
export async function postingsOnRecord(db: Database): Promise<number | undefined> {
  const row = await rowOf<{ postings: number }>(db, sql`select count(*) as postings from posting`).catch(
    () => undefined,
  );
  return row?.postings;
}

/** Connections of the pool by state. */
export function connectionsInUse(db: Database): Readonly<Record<string, number>> {
  return poolUse(db);
}
