import type { SourceRef } from "#core/views.ts";
import { sourceRef } from "./books.ts";
import { rowOf, sql, type Queries } from "./database.ts";

export type StoredRate = Readonly<{ on: string; rate: string; age: number; source: SourceRef }>;

/** The last reference rate of a currency on a day or before it, `age` days old then. */
export async function rateOn(db: Queries, currency: string, day: string): Promise<StoredRate | undefined> {
  return rowOf<StoredRate>(
    db,
    sql`select r.rate_on as on, trim_scale(r.rate)::text as rate, ${day}::date - r.rate_on as age, ${sourceRef} as source
        from rate r join source s on s.no = r.source_no
        where r.currency = ${currency} and r.rate_on <= ${day} order by r.rate_on desc limit 1`,
  );
}

export async function hasRates(db: Queries, currency: string): Promise<boolean> {
  return (await rowOf(db, sql`select 1 from rate where currency = ${currency} limit 1`)) !== undefined;
}
