import type { Need, Offer } from "./record.ts";

/** A text with one kind of line end, without blanks around it. */
function plain(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n").trim();
}

/** A need with its fields in one order and its texts trimmed, so that two that say the same are written the same. */
export function normalNeed(need: Need): Need {
  return {
    id: need.id,
    title: plain(need.title),
    accepts: need.accepts.map(({ item, worthPpm }) => ({ item, worthPpm })),
    quantity: need.quantity,
    priority: need.priority,
    from: need.from,
    until: need.until,
    place: need.place,
    package: need.package.map(({ item, pieces, systems, when, leadDays, months }) => ({
      item,
      pieces,
      systems,
      when,
      leadDays,
      months,
    })),
    coalition: need.coalition,
    note: plain(need.note),
  };
}

/** An offer with its fields in one order, its texts trimmed and its years in order. */
export function normalOffer(offer: Offer): Offer {
  const { earmark, valuation } = offer;
  return {
    id: offer.id,
    giver: offer.giver,
    title: plain(offer.title),
    item: offer.item,
    quantity: offer.quantity,
    years: offer.years.map(({ year, amount }) => ({ year, amount })).sort((one, other) => one.year - other.year),
    from: offer.from,
    until: offer.until,
    condition: offer.condition,
    repairDays: offer.repairDays,
    earmark: earmark === null ? null : { capabilities: [...earmark.capabilities], needs: [...earmark.needs] },
    caveat: plain(offer.caveat),
    excludes: [...offer.excludes],
    consent: { state: offer.consent.state, of: offer.consent.of },
    allOrNothing: offer.allOrNothing,
    hubs: offer.hubs === null ? null : [...offer.hubs],
    valuation: valuation === null ? null : normalValuation(valuation),
    coalition: offer.coalition,
    fund: offer.fund,
    note: plain(offer.note),
  };
}

function normalValuation({ amount, currency, method, source }: NonNullable<Offer["valuation"]>): Offer["valuation"] {
  return { amount, currency, method: plain(method), source: plain(source) };
}

/** Whether two versions say the same; both are normal. */
export function saysTheSame(one: Need | Offer, other: Need | Offer): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** What differs between two normal versions, field by field, in words for reading. */
export function changesBetween<T extends Need | Offer>(
  before: T,
  after: T,
): Readonly<{ field: string; before: string; after: string }>[] {
  const fields = Object.keys(after) as (keyof T & string)[];
  return fields.flatMap((field) => {
    const [old, fresh] = [valueText(before[field]), valueText(after[field])];
    return old === fresh ? [] : [{ field, before: old, after: fresh }];
  });
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.map(valueText).join("; ");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([name, part]) => `${name} ${valueText(part)}`)
      .join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
}
