import { parseDecimal } from "../../../../src/core/money.ts";
import type { NeedView, OfferView } from "../../../../src/core/views-planning.ts";
import { readAmount, writtenAmount } from "../../format/written.ts";

/** What the forms for needs and offers hold, as text, and what is sent of it. What is no number is sent as it is written, for the server to say so. */

export type Rows = readonly Readonly<Record<string, string>>[];

function whole(text: string): number | string {
  const read = readAmount(text);
  return read !== null && /^\d+(\.0+)?$/.test(read) && Number(read) <= Number.MAX_SAFE_INTEGER ? Number(read) : text;
}

/** A decimal such as 0.8 in millionths. */
function ppm(text: string): number | string {
  const read = readAmount(text.replace(",", "."));
  try {
    return read === null ? text : Number(parseDecimal(read, 6));
  } catch {
    return text;
  }
}

/** "one, two" as a list; what stands between commas, semicolons and line ends. */
function listOf(text: string): readonly string[] {
  return text
    .split(/[,;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

export function needDraft(need: NeedView | undefined) {
  return {
    fields: {
      title: need?.title ?? "",
      item: need?.item ?? "",
      quantity: need === undefined ? "" : writtenAmount(String(need.quantity)),
      priority: String(need?.priority ?? 3),
      from: need?.from ?? "",
      until: need?.until ?? "",
      place: need?.place ?? "",
      coalition: need?.coalition ?? "",
      note: need?.note ?? "",
      reason: "",
    },
    substitutes: (need?.accepts ?? []).slice(1).map(({ item, worth }) => ({ item, worth })),
    parts: (need?.package ?? []).map(({ item, pieces, systems, when, leadDays, months }) => ({
      item,
      pieces: String(pieces),
      systems: String(systems),
      when,
      days: when === "monthly" ? String(months) : String(leadDays),
    })),
  };
}

export function needOf(fields: ReturnType<typeof needDraft>["fields"], substitutes: Rows, parts: Rows) {
  return {
    title: fields.title,
    accepts: [
      { item: fields.item, worthPpm: 1_000_000 },
      ...substitutes.map(({ item, worth = "" }) => ({ item, worthPpm: ppm(worth) })),
    ],
    quantity: whole(fields.quantity),
    priority: Number(fields.priority),
    from: fields.from,
    until: fields.until,
    place: orNull(fields.place),
    package: parts.map(({ item, pieces = "", systems = "", when, days = "" }) => ({
      item,
      pieces: whole(pieces),
      systems: whole(systems),
      when,
      leadDays: when === "before" ? whole(days) : 0,
      months: when === "monthly" ? whole(days) : 0,
    })),
    coalition: orNull(fields.coalition),
    note: fields.note,
  };
}

type OfferField =
  | "giver"
  | "item"
  | "title"
  | "quantity"
  | "from"
  | "until"
  | "condition"
  | "repairDays"
  | "earmarkCapabilities"
  | "earmarkNeeds"
  | "caveat"
  | "excludes"
  | "consent"
  | "consentOf"
  | "divided"
  | "hubs"
  | "value"
  | "currency"
  | "method"
  | "valueSource"
  | "coalition"
  | "fund"
  | "note"
  | "reason";
export type OfferFields = Readonly<Record<OfferField, string>>;

export function offerDraft(offer: OfferView | undefined): Readonly<{ fields: OfferFields; years: Rows }> {
  return {
    fields: {
      giver: offer?.giver ?? "",
      item: offer?.item ?? "",
      title: offer?.title ?? "",
      quantity: offer === undefined ? "" : writtenAmount(offer.quantity),
      from: offer?.from ?? "",
      until: offer?.until ?? "",
      condition: offer?.condition ?? "ready",
      repairDays: String(offer?.repairDays ?? 0),
      earmarkCapabilities: offer?.earmark?.capabilities.join(", ") ?? "",
      earmarkNeeds: offer?.earmark?.needs.join(", ") ?? "",
      caveat: offer?.caveat ?? "",
      excludes: offer?.excludes.join(", ") ?? "",
      consent: offer?.consent.state ?? "none",
      consentOf: offer?.consent.of ?? "",
      divided: offer?.allOrNothing === true ? "whole" : "parts",
      hubs: offer?.hubs?.join(", ") ?? "",
      value: offer?.valuation?.amount ?? "",
      currency: offer?.valuation?.currency ?? "EUR",
      method: offer?.valuation?.method ?? "",
      valueSource: offer?.valuation?.source ?? "",
      coalition: offer?.coalition ?? "",
      fund: offer?.fund ?? "",
      note: offer?.note ?? "",
      reason: "",
    },
    years: (offer?.years ?? []).map(({ year, amount }) => ({ year: String(year), amount: writtenAmount(amount) })),
  };
}

export function offerOf(fields: OfferFields, years: Rows) {
  const capabilities = listOf(fields.earmarkCapabilities);
  const needs = listOf(fields.earmarkNeeds);
  const hubs = listOf(fields.hubs);
  return {
    title: fields.title,
    quantity: whole(fields.quantity),
    years: years.map(({ year = "", amount = "" }) => ({ year: whole(year), amount: whole(amount) })),
    from: fields.from,
    until: fields.until,
    condition: fields.condition,
    repairDays: fields.condition === "repair" ? whole(fields.repairDays) : 0,
    earmark: capabilities.length + needs.length === 0 ? null : { capabilities, needs },
    caveat: fields.caveat,
    excludes: listOf(fields.excludes),
    allOrNothing: fields.divided === "whole",
    hubs: hubs.length === 0 ? null : hubs,
    valuation:
      fields.value.trim() === ""
        ? null
        : {
            amount: readAmount(fields.value) ?? fields.value,
            currency: fields.currency,
            method: fields.method,
            source: fields.valueSource,
          },
    coalition: orNull(fields.coalition),
    fund: orNull(fields.fund),
    note: fields.note,
  };
}
