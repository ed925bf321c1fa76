import { type PointerEvent, useMemo, useState } from "react";
import { formatAmount, lengthOf, scaleFor, sumOf, tickWords, unitHead } from "../format/amounts.ts";
import { formatPeriod } from "../format/days.ts";
import { categoryColours } from "./colours.ts";
import { Grid } from "./axes.tsx";
import { linearScale } from "./scale.ts";
import { useWidth } from "./use-width.ts";

export type Cell = Readonly<{ period: string; category: string; amount: string }>;

/** Every period from the first to the last, those without a cell too: a gap in time is a gap on the axis. */
export function allPeriods(cells: readonly Cell[]): readonly string[] {
  const periods = [...new Set(cells.map((cell) => cell.period))].sort();
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return [];
  const monthly = first.length === 7;
  const count = (period: string) =>
    Number(period.slice(0, 4)) * (monthly ? 12 : 1) + (monthly ? Number(period.slice(5)) - 1 : 0);
  const span = count(last) - count(first);
  if (!(span >= 0 && span < 1200)) return periods;
  return Array.from({ length: span + 1 }, (_, index) => {
    const at = count(first) + index;
    return monthly ? `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}` : String(at);
  });
}

/** Amounts by period, stacked by category. Negative parts hang below the line. */
export function Columns({
  cells,
  categories,
  unit,
  title,
  height = 270,
}: Readonly<{ cells: readonly Cell[]; categories: readonly string[]; unit: string; title: string; height?: number }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const { periods, stacks, high, low, scale } = useMemo(() => stack(cells, categories), [cells, categories]);
  const colours = categoryColours(categories);
  const [top, bottom] = [18, 26];
  const { at: y, ticks } = linearScale(low, high, [height - bottom, top]);
  const inner = Math.max(width - 44, 10);
  const step = inner / Math.max(periods.length, 1);
  const thick = Math.max(Math.min(step * 0.82, periods[0]?.length === 4 ? 96 : 46), 1);
  const pick = (event: PointerEvent<SVGSVGElement>) => {
    const index = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left) / step);
    setAt(index >= 0 && index < periods.length ? index : null);
  };
  const seen = at === null ? null : (stacks[at] ?? null);
  return (
    <div className="chart-box">
      <p className="legend" aria-hidden="true">
        {categories.map((category) => (
          <span key={category}>
            <i className={colours.get(category)} /> {category}
          </span>
        ))}
        <span className="readout">
          {seen !== null && (
            <>
              <b>{formatPeriod(seen.period)}</b>{" "}
              {seen.parts.map((part) => `${part.category} ${formatAmount(part.amount, scale)}`).join(", ")}; in all{" "}
              <b>{formatAmount(sumOf(seen.parts.map((part) => part.amount)), scale)}</b>
            </>
          )}
        </span>
      </p>
      <div ref={box}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={title}
            onPointerMove={pick}
            onPointerLeave={() => setAt(null)}
          >
            <Grid
              ticks={ticks}
              y={y}
              width={width}
              words={(tick, isLast) => `${tickWords(tick, scale)}${isLast ? ` ${unitHead(unit, scale)}` : ""}`}
            />
            {stacks.map((stacked, index) => (
              <g key={stacked.period} opacity={at === null || at === index ? 1 : 0.45}>
                {stacked.parts.map((part) => (
                  <rect
                    key={part.category}
                    x={index * step + (step - thick) / 2}
                    width={thick}
                    y={Math.min(y(part.from), y(part.to))}
                    height={Math.max(Math.abs(y(part.from) - y(part.to)) - (thick > 4 ? 0.5 : 0), 0)}
                    className={colours.get(part.category)}
                  />
                ))}
              </g>
            ))}
            {labels(periods, step).map(({ index, text }) => (
              <text
                key={text}
                x={index * step + (periods[0]?.length === 4 ? step / 2 : 0)}
                y={height - 8}
                className="tick"
                textAnchor={periods[0]?.length === 4 ? "middle" : "start"}
              >
                {text}
              </text>
            ))}
            {periods[0]?.length === 7 &&
              labels(periods, step).map(({ index }) => (
                <line
                  key={index}
                  x1={index * step}
                  x2={index * step}
                  y1={height - bottom}
                  y2={height - bottom + 6}
                  className="axis"
                />
              ))}
          </svg>
        )}
      </div>
    </div>
  );
}

function stack(cells: readonly Cell[], categories: readonly string[]) {
  const periods = allPeriods(cells);
  const found = new Map(cells.map((cell) => [`${cell.period}|${cell.category}`, cell.amount]));
  let [high, low] = [0, 0];
  const sums: (string | null)[] = [];
  const stacks = periods.map((period) => {
    let [up, down] = [0, 0];
    const parts = categories.flatMap((category) => {
      const amount = found.get(`${period}|${category}`);
      if (amount === undefined) return [];
      const size = lengthOf(amount);
      const from = size >= 0 ? up : down;
      if (size >= 0) up += size;
      else down += size;
      return [{ category, amount, from, to: from + size }];
    });
    high = Math.max(high, up);
    low = Math.min(low, down);
    sums.push(sumOf(parts.map((part) => part.amount)));
    return { period, parts };
  });
  return { periods, stacks, high: high === 0 && low === 0 ? 1 : high, low, scale: scaleFor(sums) };
}

/** Where to write the years (or as many as there is room for). */
function labels(periods: readonly string[], step: number): readonly Readonly<{ index: number; text: string }>[] {
  const starts = periods.flatMap((period, index) =>
    period.length === 4 || period.endsWith("-01") || index === 0 ? [{ index, text: period.slice(0, 4) }] : [],
  );
  return starts.filter((label, place) => place === 0 || (label.index - (starts[place - 1]?.index ?? 0)) * step > 34);
}
