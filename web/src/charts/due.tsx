import { type PointerEvent, useState } from "react";
import { counted } from "../format/amounts.ts";
import { formatPeriod } from "../format/days.ts";
import { percentOf } from "../planning/words.ts";
import { Grid, MonthMarks } from "./axes.tsx";
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
            <Grid ticks={ticks} y={y} width={width} words={(tick, isLast) => `${tick}${isLast ? " needs" : ""}`} />
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
            <MonthMarks periods={periods} step={step} y={height - bottom} />
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
