import { bindingClasses, isBindingClass, type BindingClass } from "../../../src/core/bindingness.ts";
import type { FrameParams } from "../api/client.ts";

/** Everything the address says: the frame of every figure and what the pages narrow, order and switch. */
export type AppSearch = FrameParams &
  Readonly<{
    measure?: "money" | "gdp" | "head" | undefined;
    view?: string | undefined;
    q?: string | undefined;
    donor?: string | undefined;
    category?: string | undefined;
    stream?: string | undefined;
    unit?: string | undefined;
    sort?: string | undefined;
    group?: string | undefined;
    period?: string | undefined;
    page?: string | undefined;
    from?: string | undefined;
    to?: string | undefined;
    kind?: string | undefined;
    today?: string | undefined;
    a?: string | undefined;
    b?: string | undefined;
    c?: string | undefined;
    d?: string | undefined;
    on?: string | undefined;
    rule?: string | undefined;
    weights?: string | undefined;
    quota?: string | undefined;
    least_members?: string | undefined;
    least_against?: string | undefined;
    veto?: string | undefined;
    act?: string | undefined;
    model?: string | undefined;
    priority?: string | undefined;
    capability?: string | undefined;
    coalition?: string | undefined;
    giver?: string | undefined;
    state?: string | undefined;
    only?: string | undefined;
    hub?: string | undefined;
    need?: string | undefined;
    fund?: string | undefined;
    nation?: string | undefined;
    milestone?: string | undefined;
    since?: string | undefined;
    indicator?: string | undefined;
  }>;

export const defaultBook = "worked-case";
const frameKeys = ["book", "as_of", "known_at", "boundary", "basis", "class"] as const;
const texts = [
  "book",
  "as_of",
  "known_at",
  "boundary",
  "basis",
  "view",
  "q",
  "donor",
  "category",
  "stream",
  "unit",
  "sort",
  "group",
  "period",
  "page",
  "from",
  "to",
  "kind",
  "today",
  "a",
  "b",
  "c",
  "d",
  "on",
  "rule",
  "weights",
  "quota",
  "least_members",
  "least_against",
  "veto",
  "act",
  "model",
  "priority",
  "capability",
  "coalition",
  "giver",
  "state",
  "only",
  "hub",
  "need",
  "fund",
  "nation",
  "milestone",
  "since",
  "indicator",
] as const;
const measures = ["money", "gdp", "head"] as const;

/** Reads the address; what is empty or not understood by the pages is left out (the server judges the rest). */
export function readSearch(raw: Record<string, unknown>): AppSearch {
  const search: Record<string, string> = {};
  for (const key of texts) {
    const value = raw[key];
    if (typeof value === "string" && value !== "") search[key] = value;
  }
  const { class: asked, measure } = raw;
  if (typeof asked === "string" && isBindingClass(asked)) search["class"] = asked;
  if (measures.some((name) => name === measure)) search["measure"] = String(measure);
  return search;
}

/** Plain `name=value` pairs, no JSON: the address reads like the API's. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search))
    if (typeof value === "string" && value !== "") query.set(name, value);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}

/** Only what draws figures, to carry from page to page. */
export function frameOf(search: AppSearch): FrameParams {
  const frame: Record<string, string> = {};
  for (const key of frameKeys) if (search[key] !== undefined) frame[key] = search[key];
  return frame;
}

/** For links: keep the frame, drop the rest, add what is given. */
export function keepFrame(extra: AppSearch = {}): (previous: AppSearch) => AppSearch {
  return (previous) => ({ ...frameOf(previous), ...extra });
}

export const boundaryWords: Readonly<Record<string, string>> = {
  all: "all givers",
  nations: "nations only",
  organisations: "organisations only",
};

/** A group by its name together with the groups under it. */
export function underWords(name: string): string {
  return `${name} with what was brought under it`;
}

/** "constant:2024-01-02" and the others in words. */
export function basisWords(basis: string, formatDay: (day: string) => string): string {
  if (basis.startsWith("constant:")) return `at the rates of ${formatDay(basis.slice(9))}`;
  return basis === "at-event" ? "at the rate of each day" : "as reported";
}

export const classChoices: readonly BindingClass[] = bindingClasses;
