import { maximumRateAgeDays } from "#core/frame.ts";
import { rowsOf, sql, type Queries } from "./database.ts";

/** A giver with the newest indicators up to a year: GDP in US dollars with the euro rate of that year's last working day, population. */
export type GiverRow = Readonly<{
  id: string;
  name: string;
  kind: "nation" | "organisation";
  iso2: string | null;
  m49: string | null;
  gdpUsd: string | null;
  gdpYear: number | null;
  usdPerEuro: string | null;
  population: string | null;
  populationYear: number | null;
}>;

export async function giversWithIndicators(db: Queries, ids: readonly string[], upToYear: number): Promise<GiverRow[]> {
  const newest = (indicator: string) => sql`(
    select value, year from indicator_value where party_no = p.no and indicator = ${indicator} and year <= ${upToYear} order by year desc limit 1)`;
  return rowsOf<GiverRow>(
    db,
    sql`select p.id, p.name, p.kind, p.iso2, p.m49, g.value::text as "gdpUsd", g.year as "gdpYear", r.rate::text as "usdPerEuro",
               n.value::text as population, n.year as "populationYear"
        from party p left join lateral ${newest("gdp")} g on true left join lateral ${newest("population")} n on true
        left join lateral (
          select rate from rate where currency = 'USD' and rate_on <= make_date(g.year, 12, 31)
            and rate_on >= make_date(g.year, 12, 31) - ${maximumRateAgeDays}::int
          order by rate_on desc limit 1) r on true
        where p.id = any(${ids}::text[]) order by p.id`,
  );
}
