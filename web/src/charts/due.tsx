import { type PointerEvent, useState } from "react";
import { counted } from "../format/amounts.ts";
import { formatPeriod } from "../format/days.ts";
import { percentOf } from "../planning/words.ts";
import { linearScale } from "./scale.ts";
import { useWidth } from "./use-width.ts";
import { allPeriods } from "./columns.tsx";

/** A month: how many are due in it, and the mean share of each that is planned, placed and signed for, in millionths. */
export type DueMonth = Readonly<{
  month: string;
  needs: number;
  plannedPpm: number | null;
  placedPpm: number | null;
  movedPpm: number | null;
  confirmedPpm: number | null;
}>;

const height = 230;
const [top, bottom] = [18, 26];

/** What is due by month as empty columns, filled as far as it is planned, placed and signed for. */
export function DueColumns({ months, title }: Readonly<{ months: readonly DueMonth[]; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const found = new Map(months.map((month) => [month.month, month]));
  const periods = allPeriods(months.map(({ month }) => ({ period: month, category: "", amount: "0" })));
  const high = Math.max(...months.map((month) => month.needs), 1);
  const { at: y, ticks } = linearScale(0, high, [height - bottom, top], Math.min(high, 4));
  const step = Math.max(width - 36, 10) / Math.max(periods.length, 1);
  const thick = Math.max(Math.min(step * 0.78, 42), 1);
  const pick = (event: PointerEvent<SVGSVGElement>) => {
    const index = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left) / step);
    setAt(index >= 0 && index < periods.length ? index : null);
  };
  const seen = at === null ? undefined : found.get(periods[at] ?? "");
  return (
    <div className="chart-box">
      <p className="readout" aria-hidden="true">
        {seen !== undefined && (
          <>
            <b>{formatPeriod(seen.month)}</b> {monthWords(seen)}
          </>
        )}
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
            {ticks.map((tick) => (
              <g key={tick}>
                <line x1={0} x2={width} y1={y(tick)} y2={y(tick)} className={tick === 0 ? "axis" : "grid"} />
                <text x={width} y={y(tick) - 4} textAnchor="end" className="tick">
                  {tick}
                  {tick === ticks.at(-1) ? " needs" : ""}
                </text>
              </g>
            ))}
            {periods.map((period, index) => {
              const month = found.get(period);
              const x = index * step + (step - thick) / 2;
              return (
                month !== undefined && (
                  <g key={period} opacity={at === null || at === index ? 1 : 0.5}>
                    {columnsOf(month).map(([name, size]) => (
                      <rect
                        key={name}
                        x={x}
                        width={thick}
                        y={y(size)}
                        height={Math.max(y(0) - y(size), 0)}
                        className={name}
                      />
                    ))}
                  </g>
                )
              );
            })}
            {starts(periods, step).map(({ index, text }) => (
              <g key={text}>
                <line
                  x1={index * step}
                  x2={index * step}
                  y1={height - bottom}
                  y2={height - bottom + 6}
                  className="axis"
                />
                <text x={index * step + 3} y={height - 8} className="tick">
                  {text}
                </text>
              </g>
            ))}
          </svg>
        )}
      </div>
    </div>
  );
}

function columnsOf(month: DueMonth): readonly (readonly [name: string, size: number])[] {
  const size = (ppm: number | null) => (month.needs * (ppm ?? 0)) / 1_000_000;
  return [
    ["flow-open", month.needs],
    ["class-said", size(month.plannedPpm)],
    ["class-placed", size(month.placedPpm)],
    ["class-moved", size(month.movedPpm)],
    ["class-received", size(month.confirmedPpm)],
  ];
}

function monthWords({ needs, plannedPpm, placedPpm, confirmedPpm }: DueMonth): string {
  const planned = plannedPpm === null ? "" : `planned ${percentOf(plannedPpm)}, `;
  return `${counted(needs, "need")} due: ${planned}placed ${percentOf(placedPpm)}, signed for ${percentOf(confirmedPpm)}`;
}

/** The years, and the months too where there is room for them. */
export function starts(periods: readonly string[], step: number): readonly Readonly<{ index: number; text: string }>[] {
  const monthly = step >= 64;
  return periods.flatMap((period, index) => {
    if (monthly) return [{ index, text: formatPeriod(period) }];
    if (index !== 0 && !period.endsWith("-01")) return [];
    // The year that begins before the first is through is not written over by the next.
    const crowded = index === 0 && periods.slice(1, Math.ceil(34 / step) + 1).some((next) => next.endsWith("-01"));
    return crowded ? [] : [{ index, text: period.slice(0, 4) }];
  });
}
