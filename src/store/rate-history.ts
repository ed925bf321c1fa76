import { rowOf, sql, type Queries } from "./database.ts";

/** A day's reference rate: units of the currency for one euro, as a decimal string. */
export type DatedRate = Readonly<{ currency: string; on: string; rate: string }>;

const batchSize = 20_000;

/**
 * Enters rates not yet on record; one already there stays as it is.
 * @returns how many were new, and of how many another rate was there and stayed
 */
export async function insertRates(
  db: Queries,
  rates: readonly DatedRate[],
  sourceNo: number,
): Promise<{ added: number; kept: number }> {
  const counted = { added: 0, kept: 0 };
  for (let start = 0; start < rates.length; start += batchSize) {
    const batch = rates.slice(start, start + batchSize);
    const row = await rowOf<{ added: number; kept: number }>(
      db,
      sql`with line as (
            select * from unnest(${batch.map((r) => r.currency)}::text[], ${batch.map((r) => r.on)}::date[],
              ${batch.map((r) => r.rate)}::numeric[]) as l(currency, rate_on, rate)
          ), added as (
            insert into rate (currency, rate_on, rate, source_no)
            select *, ${sourceNo}::int from line on conflict do nothing returning 1)
          select (select count(*)::int from added) as added,
                 (select count(*)::int from line join rate r using (currency, rate_on) where r.rate <> line.rate) as kept`,
    );
    counted.added += row?.added ?? 0;
    counted.kept += row?.kept ?? 0;
  }
  return counted;
}
