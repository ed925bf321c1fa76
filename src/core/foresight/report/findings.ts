import { groupThousands } from "../../money.ts";
import { dayWords } from "../../months.ts";
import type { ReportTable } from "../../views-report.ts";
import type { ReportFacts } from "./facts.ts";
import { frontSpan } from "./front.ts";
import { millions } from "./shown.ts";
import { amountOf, cellAt, totalId } from "./table.ts";
import { isFair } from "./tables-fair.ts";
import { classHeads, spanOf, spanWords } from "./tables-given.ts";

type Tables = Readonly<{
  fair: ReportTable;
  arrears: ReportTable | null;
  predictability: ReportTable;
  forecast: ReportTable;
}>;

const oneUnit = 1_000_000n; // what is less than that short of a fair share is rounding

/** The report in a handful of sentences, each drawn from its tables. */
export function findingsOf(facts: ReportFacts, tables: Tables): readonly string[] {
  return [
    given(facts),
    concentrated(facts),
    fairly(facts),
    late(facts, tables),
    predictable(facts, tables),
    expected(facts, tables),
    unknown(facts),
  ].filter((one) => one !== null);
}

const money = (facts: ReportFacts, amount: string): string =>
  `${facts.unit}\u00a0${groupThousands(millions(amount))}\u00a0million`;

function given(facts: ReportFacts): string | null {
  const span = frontSpan(facts);
  const parts = (["said", "bound", "placed", "moved", "received"] as const).flatMap((name) => {
    const sum = facts.unknown.has(name) ? null : facts.given.sum({ ...spanOf(span), class: name });
    return sum === null ? [] : [`${classHeads[name].toLowerCase()} ${money(facts, amountOf(sum, facts.scale))}`];
  });
  if (parts.length === 0) return `Nothing is on record ${spanWords(facts, span)}.`;
  const who = facts.group === null ? "All givers" : `${facts.group.name}, ${facts.allies.length} givers`;
  const none = span === "period" ? "" : ` ${nothingInPeriod(facts)}`;
  return `${who}, ${spanWords(facts, span)}: ${parts.join(", ")}.${none}`;
}

function nothingInPeriod({ given }: ReportFacts): string {
  return given.sum({ span: "unclear" }) === null
    ? "Of the period itself nothing is on record yet."
    : "Of the period itself nothing can be told: the sources date by the year.";
}

function concentrated(facts: ReportFacts): string | null {
  const span = frontSpan(facts);
  const total = facts.given.sum({ ...spanOf(span), class: "bound" });
  if (total === null || total <= 0n || facts.allies.length < 6) return null;
  const ranked = facts.allies
    .map((ally) => ({
      name: ally.name,
      sum: facts.given.sum({ ...spanOf(span), class: "bound", donor: ally.id }) ?? 0n,
    }))
    .sort((left, right) => (left.sum < right.sum ? 1 : left.sum > right.sum ? -1 : 0));
  const top = ranked.slice(0, 3);
  const part = (top.reduce((all, one) => all + one.sum, 0n) * 1000n) / total;
  return `${listed(top.map((one) => one.name))} together account for ${(Number(part) / 10).toFixed(1)} % of what was bound.`;
}

function fairly(facts: ReportFacts): string | null {
  const { fair } = facts;
  if (!isFair(fair)) return null;
  const behind = facts.allies.flatMap(({ id, name }) => {
    const line = fair.lines.get(id);
    const short = line === undefined || line.out ? 0n : line.fair - (fair.given.get(id) ?? 0n);
    return short >= oneUnit ? [{ name, short }] : [];
  });
  const paying = facts.allies.filter(({ id }) => fair.lines.get(id)?.out === false).length;
  if (behind.length === 0) return `Each of the ${paying} gave at least its share by the key.`;
  const [most] = behind.toSorted((left, right) => (left.short < right.short ? 1 : -1));
  return `${paying - behind.length} of ${paying} gave at least their share by the key of ${fair.of}; furthest below it is ${most?.name ?? ""}, by ${money(facts, amountOf(most?.short ?? 0n, facts.scale))}.`;
}

function late(facts: ReportFacts, { arrears }: Tables): string | null {
  if (arrears === null || facts.money === null) return null;
  const figure = (name: string): string => money(facts, cellAt(arrears, totalId, name)?.value ?? "0");
  const owing = facts.money.claims
    .filter((one) => one.arrears > 0n)
    .map((one) => facts.allies.find((ally) => ally.id === one.party)?.name ?? one.party);
  const called = `Of ${figure("called")} called by ${dayWords(facts.asOf)}, ${figure("received")} was received`;
  return owing.length === 0
    ? `${called}; nothing is in arrears.`
    : `${called}; ${figure("arrears")} is in arrears, owed by ${listed(owing)}.`;
}

function predictable(facts: ReportFacts, { predictability }: Tables): string | null {
  const value = cellAt(predictability, totalId, "annual")?.value;
  return value == null
    ? null
    : `Annual predictability is ${value} %: that part of what was scheduled for the period came in it.`;
}

function expected(facts: ReportFacts, { forecast }: Tables): string | null {
  const at = (name: string): string | null =>
    cellAt(forecast, `${totalId}/${"missing" in facts.forecast ? "" : facts.forecast.class}`, name)?.value ?? null;
  const [low, middle, high] = [at("p10"), at("p50"), at("p90")];
  if ("missing" in facts.forecast || low === null || middle === null || high === null) return null;
  return `By ${dayWords(facts.forecast.until)} (${facts.forecast.milestone}) ${money(facts, middle)} is expected to have been ${classHeads[facts.forecast.class].toLowerCase()} by all givers, in eight of ten courses between ${money(facts, low)} and ${money(facts, high)}.`;
}

function unknown(facts: ReportFacts): string | null {
  // What goes through a fund is placed and paid by the fund: that is told of its lines.
  const ofFund = facts.money === null ? [] : ["placed", "moved"];
  const names = [...facts.unknown.keys()]
    .filter((name) => !ofFund.includes(name))
    .map((name) => classHeads[name].toLowerCase());
  return names.length === 0 ? null : `Not known to any source: what was ${listed(names)}.`;
}

function listed(names: readonly string[]): string {
  const shown = names.length > 6 ? [...names.slice(0, 5), `${names.length - 5} others`] : names;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1) ?? ""}`;
}
