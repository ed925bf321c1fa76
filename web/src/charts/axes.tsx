import { formatPeriod } from "../format/days.ts";

/** Lines across a chart at the ticks of its scale, each with its words at the right. */
export function Grid({
  ticks,
  y,
  width,
  words,
}: Readonly<{
  ticks: readonly number[];
  y: (tick: number) => number;
  width: number;
  words: (tick: number, isLast: boolean) => string;
}>) {
  return ticks.map((tick) => (
    <g key={tick}>
      <line x1={0} x2={width} y1={y(tick)} y2={y(tick)} className={tick === 0 ? "axis" : "grid"} />
      <text x={width} y={y(tick) - 4} textAnchor="end" className="tick">
        {words(tick, tick === ticks.at(-1))}
      </text>
    </g>
  ));
}

/** Marks below a chart of months, each so many pixels wide: the years, and the months too where there is room for them. */
export function MonthMarks({ periods, step, y }: Readonly<{ periods: readonly string[]; step: number; y: number }>) {
  return starts(periods, step).map(({ index, text }) => (
    <g key={text}>
      <line x1={index * step} x2={index * step} y1={y} y2={y + 6} className="axis" />
      <text x={index * step + 3} y={y + 18} className="tick">
        {text}
      </text>
    </g>
  ));
}

function starts(periods: readonly string[], step: number): readonly Readonly<{ index: number; text: string }>[] {
  const monthly = step >= 64;
  return periods.flatMap((period, index) => {
    if (monthly) return [{ index, text: formatPeriod(period) }];
    if (index !== 0 && !period.endsWith("-01")) return [];
    // The year that begins before the first is through is not written over by the next.
    const crowded = index === 0 && periods.slice(1, Math.ceil(34 / step) + 1).some((next) => next.endsWith("-01"));
    return crowded ? [] : [{ index, text: period.slice(0, 4) }];
  });
}
