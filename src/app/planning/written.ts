import { MainstayError } from "#core/errors.ts";
import type { Offer } from "#core/planning/record.ts";
import { readAccepts, readIds, readPackage, readYears } from "#formats/needs/lists.ts";
import { acceptsForm, packageForm } from "#formats/needs/needs.ts";
import { yearsForm } from "#formats/needs/offers.ts";
import type { NeedChange } from "./needs.ts";
import type { OfferEdit } from "./offers.ts";

type Words = Readonly<Record<string, string | undefined>>;

/** The options of a change of a need as a person writes them; `any` and `none` stand for nothing named. @throws MainstayError parameter_invalid */
export function writtenNeedChange(words: Words): NeedChange {
  return {
    title: words["title"],
    quantity: whole(words, "quantity"),
    priority: whole(words, "priority"),
    from: words["from"],
    until: words["until"],
    place: named(words["place"]),
    accepts: list(words, "accepts", readAccepts, acceptsForm),
    package: list(words, "package", readPackage, packageForm),
    coalition: named(words["coalition"]),
    note: words["note"],
  };
}

/** The options of a change of an offer as a person writes them. @throws MainstayError parameter_invalid */
export function writtenOfferChange(words: Words): OfferEdit {
  const years = list(words, "years", readYears, yearsForm);
  const quantity = whole(words, "quantity") ?? years?.reduce((sum, { amount }) => sum + amount, 0);
  const hubs = words["hubs"] === undefined ? undefined : readIds(words["hubs"]);
  return {
    title: words["title"],
    quantity,
    years,
    from: words["from"],
    until: words["until"],
    condition: conditionOf(words["condition"]),
    repairDays: whole(words, "repairDays"),
    earmark: earmarkOf(words),
    caveat: words["caveat"],
    excludes: words["excludes"] === undefined ? undefined : idsOf(words["excludes"]),
    consent: words["consentOf"] === undefined ? undefined : { state: "pending", of: words["consentOf"] },
    hubs: hubs === undefined ? undefined : isNone(hubs) ? null : hubs,
    coalition: named(words["coalition"]),
    fund: named(words["fund"]),
    note: words["note"],
  };
}

function whole(words: Words, field: string): number | undefined {
  const text = words[field];
  if (text === undefined) return undefined;
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new MainstayError("parameter_invalid", `${JSON.stringify(text)}, not a whole number`, { field });
}

function list<T>(words: Words, field: string, read: (text: string) => T | undefined, form: string): T | undefined {
  const text = words[field];
  if (text === undefined) return undefined;
  const found = read(text === "none" ? "" : text);
  if (found === undefined)
    throw new MainstayError("parameter_invalid", `${JSON.stringify(text)}, not written as ${form}`, { field });
  return found;
}

const nothing = new Set(["any", "none", ""]);

function named(text: string | undefined): string | null | undefined {
  return text === undefined ? undefined : nothing.has(text.trim()) ? null : text.trim();
}

function isNone(ids: readonly string[]): boolean {
  return ids.every((id) => nothing.has(id));
}

function idsOf(text: string): string[] {
  const ids = readIds(text);
  return isNone(ids) ? [] : ids;
}

function conditionOf(text: string | undefined): Offer["condition"] | undefined {
  if (text === undefined || text === "new" || text === "ready" || text === "repair") return text;
  throw new MainstayError("parameter_invalid", `${JSON.stringify(text)}, not new, ready or repair`, {
    field: "condition",
  });
}

function earmarkOf(words: Words): Offer["earmark"] | undefined {
  if (words["forCapabilities"] === undefined && words["forNeeds"] === undefined) return undefined;
  const capabilities = idsOf(words["forCapabilities"] ?? "");
  const needs = idsOf(words["forNeeds"] ?? "");
  return capabilities.length + needs.length === 0 ? null : { capabilities, needs };
}
