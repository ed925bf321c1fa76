import { MainstayError } from "#core/errors.ts";
import { parseDay } from "#core/frame.ts";
import { assembleInstance, type Recorded } from "#core/planning/assemble.ts";
import { emptyFrame, type PlanningFrame } from "#core/planning/frame.ts";
import type { Instance, Pin, Standing } from "#core/planning/instance.ts";
import type { Offer } from "#core/planning/record.ts";
import { present } from "#core/present.ts";
import { currencyUnit } from "#formats/units.ts";
import type { Database } from "#store/database.ts";
import { lastFrame } from "#store/planning/frame.ts";
import { needsOf } from "#store/planning/needs.ts";
import { offersOf } from "#store/planning/offers.ts";
import { placedIn } from "#store/planning/placed.ts";
import { rateOn } from "#store/rates.ts";
import { partyNames } from "#store/register.ts";
import { requireBook } from "../books.ts";
import { reachedStates } from "../delivery/policy.ts";
import { billingOf } from "../funds/bill.ts";
import { keyOn, openShelf } from "../keys.ts";
import { taxonomy } from "./taxonomy.ts";

export type InstanceAsked = Readonly<{
  from: string;
  until: string;
  knownAt: string; // an instant: what was known by then
  without?: readonly string[] | undefined; // offers to leave out
  pins?: readonly Pin[] | undefined;
  standing?: readonly Standing[] | undefined;
}>;

/**
 * What a plan of a book is made from, as known at an instant: the needs and offers that stand, the frame, what is placed already, and everyone's
 * share by the key that the frame names. Values in another currency count at the last reference rate on record by that day.
 * @throws MainstayError unknown_book, unknown_offer (one to leave out), invalid_date, plan_days_in_wrong_order; those of billingOf
 */
export async function instanceOf(db: Database, book: string, asked: InstanceAsked): Promise<Instance> {
  const { no: bookNo } = await requireBook(db, book);
  const from = parseDay(asked.from, "from");
  const until = parseDay(asked.until, "until");
  const knownBefore = justAfter(asked.knownAt);
  const needs = (await needsOf(db, bookNo, knownBefore)).filter((need) => need.state === "stated");
  const all = await offersOf(db, bookNo, knownBefore);
  refuseUnknown(asked.without ?? [], new Set(all.map((offer) => offer.id)));
  const without = new Set(asked.without);
  const offers = all.filter((offer) => offer.state === "offered" && !without.has(offer.id)).map((offer) => offer.body);
  const frame = (await lastFrame(db, bookNo, knownBefore))?.body ?? emptyFrame;
  return assembleInstance({
    book,
    from,
    until,
    kinds: taxonomy().kinds,
    frame,
    scale: scaleOf(frame.currency),
    givers: await giversOf(db, book, frame, offers),
    needs: needs.map((need) => need.body),
    offers,
    placed: await placedIn(db, bookNo, knownBefore, reachedStates().gone),
    toMinor: await valuer(db, frame.currency, offers, asked.knownAt.slice(0, 10)),
    pins: asked.pins ?? [],
    standing: asked.standing ?? [],
  });
}

/** The first instant that is later, to the millisecond. */
function justAfter(instant: string): string {
  return new Date(Date.parse(instant) + 1).toISOString();
}

function refuseUnknown(named: readonly string[], known: ReadonlySet<string>): void {
  const stranger = named.find((id) => !known.has(id));
  if (stranger !== undefined) throw new MainstayError("unknown_offer", JSON.stringify(stranger), { field: "without" });
}

function scaleOf(currency: string): number {
  return present(currencyUnit(currency) ?? undefined, `the currency ${currency}`).scale;
}

/** Everyone who offers something or has a share, with it. */
async function giversOf(
  db: Database,
  book: string,
  frame: PlanningFrame,
  offers: readonly Offer[],
): Promise<Recorded["givers"]> {
  const shares = await sharesOf(db, book, frame);
  const ids = [...new Set([...offers.map((offer) => offer.giver), ...shares.keys()])];
  const names = await partyNames(db);
  return ids.map((id) => ({ id, name: names.get(id) ?? id, sharePpm: shares.get(id) ?? 0 }));
}

async function sharesOf(db: Database, book: string, { shares }: PlanningFrame): Promise<ReadonlyMap<string, number>> {
  if (shares === null) return new Map();
  if ("table" in shares) return new Map(shares.table.map(({ party, sharePpm }) => [party, sharePpm]));
  const key = keyOn(await openShelf(), shares.key);
  const question = { book, key, members: key.members ?? "", year: shares.year, out: [], gap: "others" } as const;
  const { bill } = await billingOf(db, question);
  return new Map(bill(1_000_000n).lines.map(({ party, amount }) => [party, Number(amount)]));
}

/** How values of other currencies come into the frame's: by the euro, at the last rates on record by a day; null without one. */
async function valuer(
  db: Database,
  currency: string,
  offers: readonly Offer[],
  day: string,
): Promise<Recorded["toMinor"]> {
  const named = new Set([
    currency,
    ...offers.flatMap(({ valuation }) => (valuation === null ? [] : [valuation.currency])),
  ]);
  const rates = new Map<string, number>([["EUR", 1]]);
  for (const code of named) {
    const found = code === "EUR" ? undefined : await rateOn(db, code, day);
    if (found !== undefined) rates.set(code, Number(found.rate));
  }
  const scale = scaleOf(currency);
  return (amount, code) => {
    if (code === currency) return Math.round(Number(amount) * 10 ** scale);
    const [from, to] = [rates.get(code), rates.get(currency)];
    return from === undefined || to === undefined ? null : Math.round((Number(amount) / from) * to * 10 ** scale);
  };
}
