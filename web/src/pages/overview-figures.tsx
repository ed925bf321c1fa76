import { useMemo } from "react";
import { classMeanings } from "../../../src/core/bindingness.ts";
import type { Overview } from "../../../src/core/views.ts";
import { Bars } from "../charts/bars.tsx";
import { categoryColours } from "../charts/colours.ts";
import { Columns } from "../charts/columns.tsx";
import { Stair } from "../charts/stair.tsx";
import { Vintages } from "../charts/vintages.tsx";
import { Figure } from "../figure/figure.tsx";
import { formatAmount, lengthOf, moneyWords, scaleFor, shareOf, sumOf, unitHead } from "../format/amounts.ts";
import { formatDay, formatPeriod } from "../format/days.ts";
import { releaseWords } from "../format/units.ts";
import { useChangeSearch } from "../frame/hooks.ts";
import { inOrder } from "../format/order.ts";

type Props = Readonly<{ view: Overview }>;

/** How far the promises have got: the five classes as a stair. */
export function ClassFigure({ view }: Props) {
  const stated = view.classes.filter((entry) => entry.amount !== null && entry.partial === null);
  const [first, last] = [stated[0], stated.at(-1)];
  const share = first === undefined || last === undefined || first === last ? null : shareOf(last.amount, first.amount);
  const text =
    first === undefined || last === undefined
      ? "No class is stated in figures by the sources of this book."
      : share === null
        ? `Only the class ${first.class} (${classMeanings[first.class]}) is stated in figures: ${moneyWords(view.frame.unit, first.amount)}.`
        : `Of ${moneyWords(view.frame.unit, first.amount)} ${first.class} (${classMeanings[first.class]}), ${share} is ${last.class} (${classMeanings[last.class]}).`;
  return (
    <Figure
      title="How far the promises have got"
      className="span-8"
      atOnce
      text={text}
      frame={view.frame}
      sources={view.sources}
      rows={{}}
      json={view.classes}
      table={{
        columns: [
          { key: "class", label: "Class", kind: "text" },
          { key: "meaning", label: "Meaning", kind: "text" },
          { key: "amount", label: "Amount", kind: "amount" },
          { key: "remark", label: "Why not known, or in part", kind: "text" },
        ],
        rows: view.classes.map((entry) => [
          entry.class,
          classMeanings[entry.class],
          entry.amount,
          entry.amount === null ? (entry.reason ?? "no reason given") : (entry.partial ?? ""),
        ]),
      }}
    >
      <Stair steps={view.classes} unit={view.frame.unit} chosen={view.class} />
    </Figure>
  );
}

/** What was given: by category, then by stream. */
export function CategoryFigure({ view }: Props) {
  const categories = [...view.categories]
    .filter((entry) => entry.amount !== null)
    .sort((a, b) => lengthOf(b.amount) - lengthOf(a.amount));
  const colours = categoryColours(categories.map((entry) => entry.category));
  const total = sumOf(categories.map((entry) => entry.amount));
  const most = categories[0];
  const streams = view.streams.filter((entry) => entry.amount !== null);
  return (
    <Figure
      title="What it is for"
      className="span-4"
      text={
        most === undefined
          ? `Nothing in the class ${view.class} is divided by category.`
          : `${most.category} support is ${shareOf(most.amount, total) ?? "all"} of what is ${view.class}.`
      }
      frame={view.frame}
      bindingClass={view.class}
      sources={view.sources}
      rows={{}}
      json={{ categories: view.categories, streams: view.streams }}
      table={{
        columns: [
          { key: "division", label: "By", kind: "text" },
          { key: "name", label: "Name", kind: "text" },
          { key: "amount", label: "Amount", kind: "amount" },
        ],
        rows: [
          ...view.categories.map((entry) => ["category", entry.category, entry.amount]),
          ...view.streams.map((entry) => ["stream", entry.stream, entry.amount]),
        ],
      }}
    >
      <Bars
        bars={categories.map((entry) => ({
          label: entry.category,
          amount: entry.amount,
          note: shareOf(entry.amount, total) ?? "",
          colour: colours.get(entry.category) ?? "k7",
        }))}
        unit={view.frame.unit}
        title="Amounts by category"
        labelWidth={112}
      />
      {streams.length > 0 && (
        <div className="streams">
          <h3>By stream</h3>
          <Bars
            bars={streams.map((entry) => ({ label: entry.stream, amount: entry.amount, colour: "class-moved" }))}
            unit={view.frame.unit}
            title="Amounts by stream"
            labelWidth={112}
          />
        </div>
      )}
    </Figure>
  );
}

/** When it was given, by month or year as the source tells it. */
export function SeriesFigure({ view }: Props) {
  const categories = useMemo(() => [...new Set(view.series.map((cell) => cell.category))], [view.series]);
  const periods = [...new Set(view.series.map((cell) => cell.period))].sort();
  const sums = periods.map((period) => ({
    period,
    amount: sumOf(view.series.filter((cell) => cell.period === period).map((cell) => cell.amount)),
  }));
  const peak = sums.toSorted((a, b) => lengthOf(b.amount) - lengthOf(a.amount))[0];
  const amounts = new Map(view.series.map((cell) => [`${cell.period}|${cell.category}`, cell.amount]));
  const undated = lengthOf(view.undated) !== 0;
  const text =
    peak === undefined
      ? "Nothing in this class has a date."
      : `From ${formatPeriod(periods[0] ?? "")} to ${formatPeriod(periods.at(-1) ?? "")}; most in ${formatPeriod(peak.period)}, ${moneyWords(view.frame.unit, peak.amount)}.${undated ? ` ${moneyWords(view.frame.unit, view.undated)} more has no date.` : ""}`;
  return (
    <Figure
      title={`What was ${view.class}, by ${view.seriesGrain}`}
      className="span-12"
      text={text}
      frame={view.frame}
      bindingClass={view.class}
      sources={view.sources}
      rows={{}}
      json={{ series: view.series, undated: view.undated }}
      table={{
        columns: [
          { key: view.seriesGrain, label: view.seriesGrain === "month" ? "Month" : "Year", kind: "period" },
          ...categories.map((category) => ({ key: category, label: category, kind: "amount" as const })),
          { key: "total", label: "In all", kind: "amount" },
        ],
        rows: sums.map(({ period, amount }) => [
          period,
          ...categories.map((category) => amounts.get(`${period}|${category}`) ?? "0.00"),
          amount,
        ]),
      }}
    >
      <Columns cells={view.series} categories={categories} unit={view.frame.unit} title={text} />
    </Figure>
  );
}

/** The same total in each release's own telling. */
export function VintageFigure({ view }: Props) {
  const change = useChangeSearch();
  const vintages = view.vintages.toSorted((a, b) => inOrder(a.publishedOn, b.publishedOn));
  const [first, last] = [
    vintages.find((vintage) => vintage.amount !== null),
    vintages.findLast((vintage) => vintage.amount !== null),
  ];
  if (first === undefined || last === undefined) return null;
  const scale = scaleFor(vintages.map((vintage) => vintage.amount));
  const text =
    first === last
      ? `Only one release states what was ${first.class}: ${releaseWords(first.release)}, ${formatDay(first.publishedOn)}, with ${moneyWords(view.frame.unit, first.amount)}.`
      : `What was ${first.class}, in ${unitHead(view.frame.unit, scale)}: ${formatAmount(first.amount, scale)} in ${releaseWords(first.release)} (${formatDay(first.publishedOn)}), ${formatAmount(last.amount, scale)} in ${releaseWords(last.release)} (${formatDay(last.publishedOn)}).`;
  return (
    <Figure
      title={`What was ${first.class}, as each release knew it`}
      className="span-6"
      text={text}
      frame={view.frame}
      bindingClass={first.class}
      sources={view.sources}
      rows={null}
      json={view.vintages}
      table={{
        columns: [
          { key: "published_on", label: "Published", kind: "day" },
          { key: "release", label: "Release", kind: "text" },
          { key: "class", label: "Class", kind: "text" },
          { key: "amount", label: "Amount", kind: "amount" },
        ],
        rows: vintages.map((vintage) => [vintage.publishedOn, vintage.release, vintage.class, vintage.amount]),
      }}
      note={
        <p className="picks">
          Draw this page as known at:{" "}
          {vintages.map((vintage) => (
            <button
              key={`${vintage.release}${vintage.publishedOn}`}
              type="button"
              className="plain"
              aria-pressed={view.frame.knownAt === vintage.publishedOn}
              onClick={() => change({ known_at: vintage.publishedOn })}
            >
              {formatDay(vintage.publishedOn)}
            </button>
          ))}
        </p>
      }
    >
      <Vintages vintages={vintages} unit={view.frame.unit} knownAt={view.frame.knownAt} title={text} />
    </Figure>
  );
}
