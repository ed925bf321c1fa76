import type { Stream } from "../bindingness.ts";

/** An item kind as public sources name it; shipped in `policies/items`. Counted in whole pieces, training places, post-months, or units of a currency. */
export type ItemKind = Readonly<{
  id: string; // also what its unit in the ledger is coded by: `item:ID`; a currency's is its ISO 4217 code
  name: string;
  stream: Stream;
  capability: string; // the capability group it belongs to, such as `artillery`
  counted: "pieces" | "places" | "post-months" | "currency";
  massKg: number | null; // of one piece as it is shipped; null where no figure is public, or nothing is shipped
  volumeM3: number | null;
  courseDays: number | null; // how long a place is taken, for training
  source: string; // where mass, volume and days come from; empty where all are null
}>;

/** What one piece of an accepted kind counts for, in millionths of one of the kind first named. */
export type Accepted = Readonly<{ item: string; worthPpm: number }>;

/**
 * What a system can't be used without. `before`: there that many days before the system (crews trained). `with`: there by then (ammunition).
 * `monthly`: consumed each month that it is in use, for so many months (spares). Ratio: pieces of the part for each `systems` systems.
 */
export type PackagePart = Readonly<{
  item: string;
  pieces: number;
  systems: number;
  when: "before" | "with" | "monthly";
  leadDays: number; // 0 unless `before`
  months: number; // 0 unless `monthly`
}>;

export const mostUrgent = 1;
export const leastUrgent = 5;

/** What the recipient says it needs. Days are ISO days; quantities whole units of the first accepted kind. */
export type Need = Readonly<{
  id: string; // unique in its book
  title: string;
  accepts: readonly Accepted[]; // the kind asked for first, with 1,000,000; then substitutes
  quantity: number;
  priority: number; // 1, the most urgent, to 5
  from: string; // the first day it can be taken
  until: string; // the day by which it is wanted; later counts less
  place: string | null; // the hub at which it is wanted; any where null
  package: readonly PackagePart[];
  coalition: string | null; // the slug of the group that looks after it
  note: string;
}>;

export const consentStates = ["none", "pending", "given", "refused"] as const;

/** A value of one unit, as its giver or a price list states it. */
export type Valuation = Readonly<{
  amount: string; // decimal, of one piece
  currency: string;
  method: string;
  source: string;
}>;

/** What a party says it can give, on what conditions. Days are ISO days. */
export type Offer = Readonly<{
  id: string; // unique in its book
  giver: string; // a party's id
  title: string;
  item: string;
  quantity: number; // pieces, places, post-months; units of the currency over all years for money
  years: readonly Readonly<{ year: number; amount: number }>[]; // money only: how much of it can be used from which year on
  from: string; // the first day it can leave
  until: string; // the last
  condition: "new" | "ready" | "repair";
  repairDays: number; // 0 unless it is to be repaired; it leaves that much later
  earmark: Readonly<{ capabilities: readonly string[]; needs: readonly string[] }> | null; // only for these; for anything where null
  caveat: string; // in the giver's words; empty where there is none
  excludes: readonly string[]; // needs and hubs that the caveat rules out
  consent: Readonly<{ state: (typeof consentStates)[number]; of: string | null }>; // a third party's; what is pending or refused is not planned with
  allOrNothing: boolean;
  hubs: readonly string[] | null; // those it can reach; any where null
  valuation: Valuation | null;
  coalition: string | null;
  fund: string | null; // the fund it is given through
  note: string;
}>;
