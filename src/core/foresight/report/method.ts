import { bindingClasses, classMeanings } from "../../bindingness.ts";
import { modelledWords } from "../../modelled.ts";
import { dayWords } from "../../months.ts";
import type { ReportSection } from "../../views-report.ts";
import type { ReportFacts } from "./facts.ts";
import { isFair } from "./tables-fair.ts";
import { classHeads } from "./tables-given.ts";

/** How the figures came about, in words. */
export function methodOf(facts: ReportFacts): readonly ReportSection[] {
  const { period, asOf, knownAt, key, fair, predictability, forecast } = facts;
  const cut =
    asOf < period.to
      ? ` The period ends on ${dayWords(period.to)}, after that day: what is still to come of it is not in the report.`
      : "";
  return [
    {
      title: "What is counted",
      paragraphs: [
        `Steps that took effect from ${dayWords(period.from)} to ${dayWords(asOf)}, or, where a table says so, from the beginning; as the record stood at the end of ${dayWords(knownAt)}.${cut}`,
        `${facts.boundaryWords} ${facts.basisWords}`,
        "A step of which only the last possible day is known counts in a period only if its whole year up to that day lies in it: sources that give yearly figures tell nothing of a half or a quarter. It always counts in what was given to date.",
        "What no source states is not known and is shown as such, never as zero; nothing is estimated to fill a gap.",
      ],
    },
    {
      title: "Classes",
      paragraphs: [
        bindingClasses.map((name) => `${classHeads[name]}: ${classMeanings[name]}`).join(". ") +
          ". A figure is what entered the class, less what left it backward. Classes overlap and are never added.",
        ...[...facts.unknown].map(([name, why]) => `${classHeads[name]}: ${why}`),
        ...[...facts.partial].map(([name, why]) => `${classHeads[name]} covers ${why}.`),
      ],
    },
    {
      title: "Fair shares",
      paragraphs: isFair(fair)
        ? [
            `The key: ${key?.title ?? ""}. Source: ${key?.source ?? ""}.${key?.modelled == null ? "" : ` ${modelledWords(key.modelled)}`}`,
            `It is laid over ${fair.of}. Membership is pro rata by the day; shares are exact fractions, amounts are rounded to the smallest part by largest remainder. Indicators are those on record now${key?.indicatorYear == null ? "" : `, of ${key.indicatorYear}`}: they bear no day of knowledge.`,
            ...(fair.leftOut.length === 0
              ? []
              : [
                  `Left out for want of a number: ${fair.leftOut.map((one) => `${one.name} (${one.reason})`).join("; ")}.`,
                ]),
          ]
        : [fair.missing],
    },
    {
      title: "Predictability and forecast",
      paragraphs: [
        ...("missing" in predictability
          ? [predictability.missing]
          : [
              "The indicators are those of the page Predictability for the same period, days, boundary and basis, to the digit.",
              ...predictability.definitions.map((one) => `${one.title}: ${one.definition} ${one.cannotTell}`),
              ...predictability.notes,
            ]),
        ...("missing" in forecast
          ? [forecast.missing]
          : [
              "The forecast is the standing one of the page Forecast for the same day of knowledge: an estimate, of every giver of the book.",
              forecast.record === null
                ? "How its past did is not known: no release is old enough."
                : `How its past did: ${forecast.record}`,
              ...forecast.notes,
            ]),
      ],
    },
    {
      title: "Rounding",
      paragraphs: [
        "Front pages are in millions with one decimal, annexes to the smallest part of the unit. Every figure is rounded once, from exact sums; rows may differ from their total by a unit of the last digit.",
      ],
    },
  ];
}
