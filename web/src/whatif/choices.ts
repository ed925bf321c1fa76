import { emptyScenario, parseScenario, type Scenario } from "../../../src/core/burden/scenario.ts";
import { parseDecimal } from "../../../src/core/money.ts";
import type { Group, Party } from "../../../src/core/views.ts";
import type { Keys, KeyView } from "../../../src/core/views-governed.ts";

export type Choices = Readonly<{ keys: Keys; groups: readonly Group[]; parties: readonly Party[] }>;

/** The what-if a text says; the key alone when the rest cannot be read (the server says what is wrong with it). */
export function readScenario(text: string): Scenario {
  try {
    return parseScenario(text);
  } catch {
    return emptyScenario(text.split(" ")[0] ?? "");
  }
}

/** What the key itself has: a fraction as per cent, or that it has none. */
export function keyHas(fraction: string, none: string): string {
  if (fraction === none) return "none in the key";
  const [top = "0", bottom = "1"] = fraction.split("/");
  return `${Number(((Number(top) / Number(bottom)) * 100).toPrecision(6))} % in the key`;
}

/** The what-if under another key: its amount and year stay, and of its changes those that the other key can have. */
export function underKey(scenario: Scenario, id: string, choices: Choices): Scenario {
  const key = choices.keys.keys.find((one) => one.id === id);
  const members = membersOf(choices, key, null);
  const kept = (ids: readonly string[]) => ids.filter((one) => members.includes(one));
  const keptDays = (days: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(days).filter(([party]) => members.includes(party)));
  const { amount, year, gap, out, without, from, until } = scenario;
  const own = {
    amount,
    year,
    gap,
    out: kept(out),
    without: kept(without),
    from: keptDays(from),
    until: keptDays(until),
  };
  return { ...emptyScenario(id), ...own, gap: own.out.length > 0 ? gap : "others" };
}

export function membersOf(choices: Choices, key: KeyView | undefined, asked: string | null): string[] {
  const slug = asked ?? key?.members ?? null;
  if (slug === null) return (key?.shares ?? []).map((share) => share.party);
  const group = choices.groups.find((one) => one.slug === slug);
  const all = (group?.members ?? []).filter((member) => member.role !== "recipient").map((member) => member.party);
  return [...new Set(all)];
}

/** "40 bn", "1,250,000.50": the amount in cents, null when there is none. */
export function amountOf(text: string): bigint | null {
  const [, digits = "", word = ""] = /^([\d.,\s]*?)\s*(bn|m)?$/.exec(text.trim()) ?? [];
  const plain = digits.replace(/[,\s]/g, "");
  if (!/^\d+(\.\d+)?$/.test(plain)) return null;
  const amount = parseDecimal(`${plain}${word === "bn" ? "e9" : word === "m" ? "e6" : ""}`, 2);
  return amount > 0n ? amount : null;
}
