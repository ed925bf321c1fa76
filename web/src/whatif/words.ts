import { modelledWords } from "../../../src/core/modelled.ts";
import { formatDecimal, parseDecimal } from "../../../src/core/money.ts";
import type { WhatIf } from "../../../src/core/views-governed.ts";
import { grouped, lengthOf, moneyWords } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";

export function scenarioName(index: number): string {
  return index === 0 ? "Today" : `What if ${index}`;
}

/** What a reader must know of a what-if: amount, years, who came or went, who is left out and why, what is modelled. */
export function scenarioWords(view: WhatIf, index: number): string {
  const scenario = view.scenarios[index];
  if (scenario === undefined) return "";
  const by = scenario.indicatorYear === null ? "" : ` by the indicators of ${scenario.indicatorYear}`;
  const words = [
    `${view.currency} ${grouped(scenario.amount.replace(/\.00$/, ""))} in ${scenario.year}${by}, borne by ${scenario.payers}.`,
  ];
  if (scenario.stretches.length > 1) {
    const cuts = scenario.stretches.map(
      (cut) => `${cut.members} members from ${formatDay(cut.from)}, ${cut.days} days`,
    );
    words.push(`Pro rata by day: ${cuts.join("; ")}.`);
  }
  if (!/^0\.0*$/.test(scenario.uncovered)) words.push(`Not covered: ${view.currency} ${grouped(scenario.uncovered)}.`);
  for (const left of scenario.leftOut) words.push(`Left out: ${left.name}: ${left.reason}.`);
  const saidAlready = view.scenarios.findIndex(({ key }) => key === scenario.key) < index;
  if (scenario.modelled !== null && !saidAlready) words.push(modelledWords(scenario.modelled));
  return words.join(" ");
}

const fine = 6;

/** How far a decimal is from another, exact: "-0.25"; null when one is not known or both are the same. */
export function changeOf(value: string | null, from: string | null): string | null {
  if (value === null || from === null) return null;
  const change = parseDecimal(value, fine) - parseDecimal(from, fine);
  return change === 0n ? null : formatDecimal(change, fine);
}

/** What the chart shows, in one line for each what-if: today's largest bill, and who pays the most more and the most less than today. */
export function summary(view: WhatIf): string {
  const { rows, currency } = view;
  const largest = rows.toSorted((left, right) => lengthOf(right.bills[0]?.amount) - lengthOf(left.bills[0]?.amount))[0];
  const bill = largest?.bills[0];
  const start =
    bill == null
      ? ""
      : `Today\u2019s largest bill: ${largest?.name ?? ""}, ${moneyWords(currency, bill.amount)}, ${Number(bill.percent).toFixed(1)} % of the whole.`;
  const moves = view.scenarios.slice(1).map((_, place) => {
    const changes = rows
      .map(({ name, bills }) => ({
        name,
        change: changeOf(bills[place + 1]?.amount ?? "0", bills[0]?.amount ?? "0") ?? "0", // who is no member pays nothing
      }))
      .toSorted((left, right) => lengthOf(right.change) - lengthOf(left.change));
    const [most, least] = [changes[0], changes.at(-1)];
    const more =
      most !== undefined && lengthOf(most.change) > 0
        ? `${most.name} pays ${moneyWords(currency, most.change)} more`
        : "nobody pays more";
    const less =
      least !== undefined && lengthOf(least.change) < 0
        ? `${least.name} ${moneyWords(currency, least.change.slice(1))} less`
        : "nobody less";
    return `${scenarioName(place + 1)}: ${more}, ${less}.`;
  });
  return [start, ...moves].join(" ");
}
