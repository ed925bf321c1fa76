import { MainstayError } from "../errors.ts";
import { parseDay } from "../frame.ts";
import { formatDecimal, parseDecimal } from "../money.ts";
import type { Span } from "./calendar.ts";
import type { Formula, Key } from "./key.ts";
import { parseRatio } from "./ratio.ts";

/**
 * A what-if as it stands in an address or on the command line: a key's id and words such as `amount-40000000000`, `year-2025`,
 * `members-eu`, `with-jpn.kor`, `without-usa`, `out-hun.svk`, `from-ukr.2026-07-01`, `until-usa.2026-07-01`, `floor-0.001%`,
 * `ceiling-22%`, `equal-10%`, `discount-80%`, `spread-equally`, `gap-open`. What is absent is as the key has it.
 */
export type Scenario = Readonly<{
  key: string;
  amount: bigint | null; // cents
  year: number | null;
  members: string | null; // a group's slug
  with: readonly string[];
  without: readonly string[];
  out: readonly string[]; // members who stay out (constructive abstention)
  from: Readonly<Record<string, string>>; // a member's first day
  until: Readonly<Record<string, string>>; // and last
  floor: string | null;
  ceiling: string | null;
  equal: string | null;
  discount: string | null; // the gradient
  spread: "in-proportion" | "equally" | null;
  gap: "others" | "open"; // who bears the part of those who stay out: the others, or nobody
}>;

export const emptyScenario = (key: string): Scenario => ({
  key,
  amount: null,
  year: null,
  members: null,
  with: [],
  without: [],
  out: [],
  from: {},
  until: {},
  floor: null,
  ceiling: null,
  equal: null,
  discount: null,
  spread: null,
  gap: "others",
});

const longest = 2000;
const party = /^[a-z0-9][a-z0-9-]*$/;
const lists = ["with", "without", "out"] as const;
const days = ["from", "until"] as const;
const ratios = ["floor", "ceiling", "equal", "discount"] as const;

/** @throws MainstayError scenario_unreadable, invalid_amount, invalid_date */
export function parseScenario(text: string, field = "scenario"): Scenario {
  const [key = "", ...words] = text.trim().split(/\s+/);
  const refuse = (found: string): never => {
    throw new MainstayError("scenario_unreadable", JSON.stringify(found), { field });
  };
  if (text.length > longest) refuse(`${text.slice(0, 60)}...`);
  if (!party.test(key)) refuse(key);
  const read: { -readonly [Name in keyof Scenario]: Scenario[Name] } = { ...emptyScenario(key), from: {}, until: {} };
  for (const word of words) {
    const [, name = "", value = ""] = /^([a-z]+)-(.+)$/.exec(word) ?? [];
    const list = lists.find((one) => one === name);
    const day = days.find((one) => one === name);
    const ratio = ratios.find((one) => one === name);
    if (list !== undefined)
      read[list] = [
        ...new Set([...read[list], ...value.split(".").map((id) => (party.test(id) ? id : refuse(word)))]),
      ].sort();
    else if (day !== undefined) {
      const [, id = "", on = ""] = /^(.+)\.(\d{4}-\d{2}-\d{2})$/.exec(value) ?? [];
      if (!party.test(id)) refuse(word);
      read[day] = { ...read[day], [id]: parseDay(on, field) };
    } else if (ratio !== undefined) {
      const { top, bottom } = parseRatio(value, { field });
      if (top > bottom) refuse(word);
      read[ratio] = value;
    } else if (name === "amount") read.amount = positive(parseDecimal(value, 2, { field }), word, refuse);
    else if (name === "year" && /^\d{4}$/.test(value)) read.year = Number(value);
    else if (name === "members" && party.test(value)) read.members = value;
    else if (name === "spread" && (value === "equally" || value === "in-proportion")) read.spread = value;
    else if (name === "gap" && (value === "open" || value === "others")) read.gap = value;
    else refuse(word);
  }
  return read;
}

function positive(amount: bigint, word: string, refuse: (found: string) => never): bigint {
  return amount > 0n ? amount : refuse(word);
}

/** The scenario as text that reads back as the same. */
export function scenarioText(scenario: Scenario): string {
  const { key, amount, year, members, spread, gap } = scenario;
  return [
    key,
    amount === null ? "" : `amount-${formatDecimal(amount, 2).replace(/\.00$/, "")}`,
    year === null ? "" : `year-${year}`,
    members === null ? "" : `members-${members}`,
    ...lists.map((name) => (scenario[name].length === 0 ? "" : `${name}-${[...scenario[name]].sort().join(".")}`)),
    ...days.flatMap((name) =>
      Object.entries(scenario[name])
        .map(([id, on]) => `${name}-${id}.${on}`)
        .sort(),
    ),
    ...ratios.map((name) => (scenario[name] === null ? "" : `${name}-${scenario[name]}`)),
    spread === null ? "" : `spread-${spread}`,
    gap === "others" ? "" : `gap-${gap}`,
  ]
    .filter((word) => word !== "")
    .join(" ");
}

/**
 * The key with what the scenario changes about its rule.
 * @throws MainstayError scenario_unreadable when a table is asked for what only a formula has, or there is no discount to change
 */
export function changedKey(key: Key, scenario: Scenario): Key {
  const asked = [...ratios, "spread" as const].filter((name) => scenario[name] !== null);
  if (asked.length === 0) return key;
  if (key.rule.kind === "table")
    throw new MainstayError(
      "scenario_unreadable",
      `${asked.join(", ")} of ${key.id}, which is a table of shares and no formula`,
    );
  const ratioOf = (name: (typeof ratios)[number], otherwise: Formula["floor"]) =>
    scenario[name] === null ? otherwise : parseRatio(scenario[name]);
  const { discount } = key.rule;
  const rule: Formula = {
    ...key.rule,
    floor: ratioOf("floor", key.rule.floor),
    ceiling: ratioOf("ceiling", key.rule.ceiling),
    equalPart: ratioOf("equal", key.rule.equalPart),
    redistribute: scenario.spread ?? key.rule.redistribute,
    discount:
      scenario.discount === null
        ? discount
        : { threshold: "average", borneBy: "those-above", ...discount, gradient: parseRatio(scenario.discount) },
  };
  return { ...key, rule };
}

/**
 * Who is a member when, after the scenario's changes to the membership on record.
 * @throws MainstayError scenario_unreadable when someone is named who is no member
 */
export function changedSpans(spans: readonly Span[], scenario: Scenario): Span[] {
  const added = scenario.with
    .filter((id) => !spans.some((span) => span.party === id))
    .map((id): Span => ({ party: id, from: null, until: null }));
  const all = [...spans, ...added];
  const named = [...scenario.without, ...scenario.out, ...Object.keys(scenario.from), ...Object.keys(scenario.until)];
  const stranger = named.find((id) => !all.some((span) => span.party === id));
  if (stranger !== undefined)
    throw new MainstayError("scenario_unreadable", `${stranger}, who is no member under ${scenario.key}`);
  return all
    .filter((span) => !scenario.without.includes(span.party))
    .map((span) => ({
      party: span.party,
      from: later(span.from, scenario.from[span.party]),
      until: earlier(span.until, scenario.until[span.party]),
    }))
    .filter((span) => span.from === null || span.until === null || span.from <= span.until);
}

function later(on: string | null, asked: string | undefined): string | null {
  return asked === undefined ? on : on === null || asked > on ? asked : on;
}

function earlier(on: string | null, asked: string | undefined): string | null {
  return asked === undefined ? on : on === null || asked < on ? asked : on;
}
