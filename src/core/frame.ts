import { isBindingClass, type BindingClass } from "./bindingness.ts";
import { MainstayError } from "./errors.ts";

/**
 * Whose giving counts. Promises from one giver inside the boundary to another inside it net out. `group`: its members on the day of each
 * step; `under`: those too of every group that stood under it on that day, by decisions of the figure's book.
 */
export type Boundary =
  | Readonly<{ kind: "all" | "nations" | "organisations" }>
  | Readonly<{ kind: "group" | "under"; slug: string }>;

/** How amounts in other currencies come into the figure's unit. */
export type Basis =
  | Readonly<{ kind: "as-reported" }>
  | Readonly<{ kind: "at-event" }>
  | Readonly<{ kind: "constant"; on: string }>;

/** A figure's frame, checked. `knownBefore` is the first instant no longer known; null means everything on record. */
export type Frame = Readonly<{
  asOf: string | null;
  knownAt: string | null;
  knownBefore: string | null;
  boundary: Boundary;
  basis: Basis;
  unit: string;
}>;

/** Days a reference rate may be older than the day it is used for: weekends and the longest holiday closures, no more. */
export const maximumRateAgeDays = 7;

/**
 * A day as YYYY-MM-DD that exists in the calendar.
 * @throws MainstayError invalid_date
 */
export function parseDay(text: string, field: string): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim());
  if (match === null) throw new MainstayError("invalid_date", JSON.stringify(text), { field });
  const [, year, month, day] = match.map(Number) as [number, number, number, number];
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    throw new MainstayError("invalid_date", `${JSON.stringify(text)} (no such day)`, { field });
  }
  return match[0];
}

export function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** The day after an ISO day. */
export function nextDay(day: string): string {
  const [year, month, date] = day.split("-").map(Number) as [number, number, number];
  if (date < daysInMonth(year, month)) return iso(year, month, date + 1);
  return month < 12 ? iso(year, month + 1, 1) : iso(year + 1, 1, 1);
}

function iso(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

/** @throws MainstayError unknown_boundary */
function parseBoundary(text: string): Boundary {
  if (text === "all" || text === "nations" || text === "organisations") return { kind: text };
  const [, kind, slug] = /^(group|under):([a-z0-9-]+)$/.exec(text) ?? [];
  if (kind === undefined || slug === undefined)
    throw new MainstayError("unknown_boundary", JSON.stringify(text), { field: "boundary" });
  return { kind: kind === "group" ? "group" : "under", slug };
}

/** @throws MainstayError unknown_basis, invalid_date */
function parseBasis(text: string): Basis {
  if (text === "as-reported" || text === "at-event") return { kind: text };
  const on = /^constant:(.*)$/.exec(text)?.[1];
  if (on === undefined) throw new MainstayError("unknown_basis", JSON.stringify(text), { field: "basis" });
  return { kind: "constant", on: parseDay(on, "basis") };
}

/** @throws MainstayError unknown_class */
export function parseClass(text: string): BindingClass {
  if (!isBindingClass(text)) throw new MainstayError("unknown_class", JSON.stringify(text), { field: "class" });
  return text;
}

export type FrameText = Readonly<{
  asOf?: string | undefined;
  knownAt?: string | undefined;
  boundary?: string | undefined;
  basis?: string | undefined;
  unit?: string | undefined;
}>;

/**
 * Reads a frame as a person writes it. A day for known-at means to its end, in UTC.
 * @throws MainstayError invalid_date, unknown_boundary, unknown_basis
 */
export function parseFrame(text: FrameText): Frame {
  const knownAt = text.knownAt === undefined ? null : parseDay(text.knownAt, "known-at");
  return {
    asOf: text.asOf === undefined ? null : parseDay(text.asOf, "as-of"),
    knownAt,
    knownBefore: knownAt === null ? null : `${nextDay(knownAt)}T00:00:00Z`,
    boundary: parseBoundary(text.boundary ?? "all"),
    basis: parseBasis(text.basis ?? "as-reported"),
    unit: text.unit ?? "EUR",
  };
}

export function boundaryText(boundary: Boundary): string {
  return "slug" in boundary ? `${boundary.kind}:${boundary.slug}` : boundary.kind;
}

export function basisText(basis: Basis): string {
  return basis.kind === "constant" ? `constant:${basis.on}` : basis.kind;
}

/** Whose giving it is, in a few words. @param group the name of the group that it is drawn by; its slug stands for it without one */
export function boundaryName(boundary: Boundary, group?: string): string {
  const names = { all: "all givers", nations: "nations only", organisations: "organisations only" };
  if (!("slug" in boundary)) return names[boundary.kind];
  const name = group ?? boundary.slug;
  return boundary.kind === "group" ? name : `${name} with what was brought under it`;
}

/** The boundary in a sentence, for the line under a figure. @param group the name of the group, as of boundaryName */
export function describeBoundary(boundary: Boundary, recipient: string, group?: string): string {
  const whose = {
    all: "every giver on record, nations and organisations, each counted once",
    nations: "nations only; what organisations give of members' money is left out",
    organisations: "organisations only, such as the EU institutions",
  };
  const givers = "slug" in boundary ? describeMembers(boundary, group) : whose[boundary.kind];
  const receivers = boundary.kind === "all" ? recipient : `${recipient}, or to others outside the boundary,`;
  return `Given to ${receivers} by ${givers}; transfers between givers inside the boundary are netted out; members' imputed shares in organisations are not added.`;
}

function describeMembers({ kind, slug }: Extract<Boundary, { slug: string }>, name = slug): string {
  return kind === "group"
    ? `members of ${name} on the day of each step`
    : `members, on the day of each step, of ${name} or of a group that a decision had brought under it by then, each counted once`;
}

/** The basis in a sentence, for the line under a figure. */
export function describeBasis(basis: Basis, unit: string): string {
  if (basis.kind === "as-reported") return `In ${unit} as each source itself valued it.`;
  const age = `, or the last working day before it, at most ${maximumRateAgeDays} days older`;
  return basis.kind === "at-event"
    ? `Converted to ${unit} at the ECB reference rate of the day of each step${age}.`
    : `Converted to ${unit} at the ECB reference rate of ${basis.on}${age}.`;
}
