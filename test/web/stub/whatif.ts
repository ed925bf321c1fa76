import { keys, openShelf } from "#app/keys.ts";
import { billOf } from "#core/burden/bill.ts";
import { percentText, ratioText } from "#core/burden/ratio.ts";
import { changedKey, changedSpans, parseScenario, scenarioText } from "#core/burden/scenario.ts";
import { formatDecimal } from "#core/money.ts";
import type { FigureFrame } from "#core/views.ts";
import type { BillView, WhatIf } from "#core/views-governed.ts";
import { groups, parties } from "./world.ts";

const shelf = await openShelf();
export const shippedKeys = await keys();

const usualYear = 2023;
const tableOf = (indicator: string) =>
  new Map(
    parties.map((party) => [
      party.id,
      new Map(party.indicators.filter((one) => one.indicator === indicator).map((one) => [2023, BigInt(one.value)])),
    ]),
  );
const facts = { gdp: tableOf("gdp"), population: tableOf("population") };
const members = (groups[0]?.members ?? []).map(({ party, from }) => ({ party, from, until: null }));

/** Bills of made-up nations under the keys that are shipped; undefined where a what-if names no such key. */
export function whatIf(texts: readonly string[], frame: FigureFrame): WhatIf | undefined {
  if (texts.some((text) => shelf.keys.get(text.split(" ")[0] ?? "")?.rule.kind !== "formula")) return undefined;
  const asked = texts.map((text) => {
    const scenario = parseScenario(text);
    const key = changedKey(shelf.keys.get(scenario.key)!, scenario);
    const rule = { ...key.rule, years: 1 } as typeof key.rule;
    const amount = scenario.amount ?? 40_000_000_000_00n;
    const { out, gap } = scenario;
    const year = scenario.year ?? usualYear;
    const bill = billOf({
      key: { ...key, rule },
      spans: changedSpans(members, scenario),
      facts,
      year,
      factsYear: 2023,
      amount,
      out,
      gap,
    });
    return { scenario, key, year, amount, bill };
  });
  const view = (index: number, party: string): BillView | null => {
    const lines = asked.map(({ bill }) => bill.lines.find((line) => line.party === party));
    const [line, first, bill] = [lines[index], lines[0], asked[index]?.bill];
    if (line === undefined || bill === undefined) return null;
    return {
      share: ratioText(line.share),
      percent: percentText(line.share),
      amount: formatDecimal(line.amount, 2),
      difference: first === undefined ? null : formatDecimal(line.amount - first.amount, 2),
      pctGdp: formatDecimal(line.amount / 4_000_000n, 4),
      perHead: formatDecimal(line.amount / 50_000_000n, 2),
      out: line.out,
      steps: bill
        .steps(party)
        .map((step) => ({ ...step, before: step.before && percentText(step.before), after: percentText(step.after) })),
    };
  };
  const ids = [...new Set(asked.flatMap(({ bill }) => bill.lines.map((line) => line.party)))];
  return {
    frame,
    class: "bound",
    boundary: "Made up",
    basis: "Made up",
    sources: 3,
    partial: [],
    currency: "EUR",
    scenarios: asked.map(({ scenario, key, year, amount, bill }) => ({
      text: scenarioText(scenario),
      key: key.id,
      title: key.title,
      modelled: key.modelled,
      year,
      indicatorYear: 2023,
      amount: formatDecimal(amount, 2),
      uncovered: formatDecimal(bill.uncovered, 2),
      payers: bill.lines.filter((line) => line.amount > 0n).length,
      leftOut: [{ party: "twn", name: "Taiwan", indicator: "gdp", reason: "GDP is not on record" }],
      stretches: bill.stretches.map(({ from, until, days, applied }) => ({
        from,
        until,
        days,
        members: applied.members.length,
      })),
    })),
    rows: ids.map((party, index) => ({
      party,
      name: parties.find((one) => one.id === party)?.name ?? party,
      gives: index % 7 === 0 ? null : `${(index + 1) * 1_000_000}.00`,
      givesPctGdp: index % 7 === 0 ? null : "0.1000",
      givesPerHead: index % 7 === 0 ? null : "10.00",
      gdpYear: 2023,
      bills: asked.map((_, place) => view(place, party)),
    })),
  };
}
