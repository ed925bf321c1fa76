import { billOf, type Bill } from "#core/burden/bill.ts";
import { newestYear } from "#core/burden/indicators.ts";
import type { Key } from "#core/burden/key.ts";
import { present } from "#core/present.ts";
import type { Database, Queries } from "#store/database.ts";
import { keysOf } from "#store/funds/funds.ts";
import { listParties } from "#store/parties.ts";
import { factsOf, giving, membersOf } from "../whatif.ts";

/** The text of a fund's key in force on a day; before the first one, the first. */
export async function keyInForce(db: Queries, fundNo: number, day: string): Promise<string> {
  const keys = await keysOf(db, fundNo);
  return present(keys.find((key) => key.from <= day) ?? keys.at(-1), "a fund's key").text;
}

export type Billing = Readonly<{
  book: string;
  key: Key;
  members: string; // a group's slug
  year: number;
  out: readonly string[];
  gap: "others" | "open";
}>;

/**
 * How to split amounts of a year by a key among a group's members: a function from smallest parts to a bill, and the year of the indicators.
 * @throws MainstayError unknown_group and those of billOf
 */
export async function billingOf(
  db: Database,
  { book, key, members, year, out, gap }: Billing,
): Promise<Readonly<{ indicatorYear: number | null; bill: (amount: bigint) => Bill }>> {
  const [parties, given, spans] = await Promise.all([
    listParties(db, {}),
    giving(db, { book }),
    membersOf(db, key, key.rule.kind === "table" ? null : members),
  ]);
  const facts = factsOf(parties, given);
  const indicatorYear =
    key.rule.kind === "table"
      ? null
      : newestYear(
          facts,
          key.rule,
          spans.map((span) => span.party),
          year,
        );
  return {
    indicatorYear,
    bill: (amount) => billOf({ key, spans, facts, year, factsYear: indicatorYear ?? year, amount, out, gap }),
  };
}
