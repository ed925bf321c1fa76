import type { ScenarioView, WhatIf } from "../../../src/core/views-governed.ts";
import { grouped } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";

export function scenarioName(index: number): string {
  return index === 0 ? "Today" : `What if ${index}`;
}

/** What a reader must know of a what-if: amount, years, who came or went, who is left out and why, what is modelled. */
export function scenarioWords(view: WhatIf, scenario: ScenarioView): string {
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
  if (scenario.modelled !== null) words.push(`Modelled: ${scenario.modelled}`);
  return words.join(" ");
}
