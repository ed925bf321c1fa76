import { rowOf, sql, type Queries } from "./database.ts";

/** A day's reference rate: units of the currency for one euro, as a decimal string. */
export type DatedRate = Readonly<{ currency: string; on: string; rate: string }>;

const batchSize = 20_000;

/** Enters rates not yet on record; one already there stays as it is. @returns how many were new */
export async function insertRates(db: Queries, rates: readonly DatedRate[], sourceNo: number): Promise<number> {
  let added = 0;
  for (let start = 0; start < rates.length; start += batchSize) {
    const batch = rates.slice(start, start + batchSize);
    const row = await rowOf<{ added: number }>(
      db,
      sql`with added as (
            insert into rate (currency, rate_on, rate, source_no)
            select *, ${sourceNo}::int from unnest(${batch.map((r) => r.currency)}::text[], ${batch.map((r) => r.on)}::date[],
              ${batch.map((r) => r.rate)}::numeric[])
            on conflict do nothing returning 1)
          select count(*)::int as added from added`,
    );
    added += row?.added ?? 0;
  }
  return added;
}
