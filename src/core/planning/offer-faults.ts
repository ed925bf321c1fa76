import type { ItemKind, Offer } from "./record.ts";
import {
  checkCommon,
  checkKind,
  checkList,
  decimalPattern,
  faultBook,
  firstYear,
  idPattern,
  isWhole,
  largestMoney,
  largestQuantity,
  lastYear,
  longestNote,
  longestTitle,
  type FaultBook,
  type Nameable,
  type RecordFault,
} from "./record-faults.ts";

const longestLimits = 200; // needs, hubs or capabilities; more would not fit into a cell
const longestRepair = 3650; // days: ten years

/** Everything that is wrong with an offer, field by field; empty where it can be entered. */
export function offerFaults(offer: Offer, known: Nameable): RecordFault[] {
  const book = faultBook("offer_invalid");
  const { unless } = book;
  checkCommon(offer, known, book);
  unless(known.parties.has(offer.giver), "giver", JSON.stringify(offer.giver), "unknown_party");
  unless(offer.fund === null || known.funds.has(offer.fund), "fund", JSON.stringify(offer.fund), "unknown_fund");
  const kind = checkKind(offer.item, "item", known, book);
  const most = kind?.counted === "currency" ? largestMoney : largestQuantity;
  unless(isWhole(offer.quantity, 1, most), "quantity", `${offer.quantity}, not a whole number from 1 to ${most}`);
  if (kind !== undefined) checkYears(offer, kind, book);
  checkCondition(offer, book);
  checkLimits(offer, known, book);
  checkValuation(offer, kind, book);
  return book.faults;
}

function checkYears({ years, quantity }: Offer, kind: ItemKind, book: FaultBook): void {
  const { unless } = book;
  if (kind.counted !== "currency")
    return unless(years.length === 0, "years", `amounts by year, for ${kind.id}, which is not money`);
  unless(years.length > 0, "years", "money without the years in which it can be used");
  checkList(
    years.map(({ year }) => String(year)),
    "years",
    book,
  );
  for (const { year, amount } of years) {
    unless(isWhole(year, firstYear, lastYear), "years", `${year}, not a year`);
    unless(
      isWhole(amount, 1, largestMoney),
      "years",
      `${amount} in ${year}, not a whole number of the currency's units from 1`,
    );
  }
  const sum = years.reduce((total, { amount }) => total + amount, 0);
  return unless(years.length === 0 || sum === quantity, "quantity", `${quantity}, where the years make ${sum}`);
}

function checkCondition({ condition, repairDays, consent }: Offer, { unless }: FaultBook): void {
  const right = condition === "repair" ? isWhole(repairDays, 1, longestRepair) : repairDays === 0;
  unless(
    right,
    "repairDays",
    `${repairDays} days of repair for what is ${condition}; what is to be repaired takes 1 to ${longestRepair}`,
  );
  unless(
    consent.state === "none" || (consent.of ?? "").trim() !== "",
    "consent",
    `${consent.state}, without saying of whom`,
  );
  unless(
    consent.state !== "none" || consent.of === null,
    "consent",
    `of ${consent.of}, and yet no consent is asked; say pending, given or refused`,
  );
  unless((consent.of ?? "").length <= longestTitle, "consent", `${consent.of?.length} characters`);
}

function checkLimits({ earmark, caveat, excludes, hubs }: Offer, known: Nameable, book: FaultBook): void {
  const { unless } = book;
  unless(caveat.length <= longestNote, "caveat", `${caveat.length} characters, more than ${longestNote}`);
  const lists = {
    excludes,
    hubs: hubs ?? [],
    earmark: [...(earmark?.capabilities ?? []), ...(earmark?.needs ?? [])],
  };
  for (const [field, list] of Object.entries(lists)) checkList(list, field, book, longestLimits);
  unless(hubs === null || hubs.length > 0, "hubs", "no hub at all; leave it out where any will do");
  for (const hub of [...excludes, ...(hubs ?? [])])
    unless(
      idPattern.test(hub),
      hubs?.includes(hub) === true ? "hubs" : "excludes",
      `${JSON.stringify(hub)}, not an id`,
    );
  for (const capability of earmark?.capabilities ?? [])
    unless(known.capabilities.has(capability), "earmark", JSON.stringify(capability), "unknown_capability");
  for (const need of earmark?.needs ?? [])
    unless(known.needs.has(need), "earmark", JSON.stringify(need), "unknown_need");
  unless(
    earmark === null || earmark.capabilities.length + earmark.needs.length > 0,
    "earmark",
    "an earmark that names nothing",
  );
}

function checkValuation({ valuation }: Offer, kind: ItemKind | undefined, { unless }: FaultBook): void {
  if (valuation === null) return;
  const { amount, currency, method, source } = valuation;
  unless(decimalPattern.test(amount), "valuation", `${JSON.stringify(amount)}, not an amount such as 1250000.50`);
  unless(/^[A-Z]{3}$/.test(currency), "valuation", `${JSON.stringify(currency)}, not a currency's code such as EUR`);
  unless(method.trim() !== "" && source.trim() !== "", "valuation", `${amount} ${currency} without method and source`);
  unless(method.length + source.length <= 2 * longestNote, "valuation", `${method.length + source.length} characters`);
  unless(kind?.counted !== "currency", "valuation", `of money, which is what it is`);
}
