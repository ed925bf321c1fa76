import type { RawBuilder } from "kysely";
import { sql } from "./database.ts";

/** That something was known before an instant; anything where it is null. */
export function cut(knownAt: RawBuilder<unknown>, knownBefore: string | null): RawBuilder<unknown> {
  return knownBefore === null ? sql`true` : sql`${knownAt} < ${knownBefore}::timestamptz`;
}
