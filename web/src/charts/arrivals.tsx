import { type PointerEvent, useState } from "react";
import { formatCount } from "../format/amounts.ts";
import { formatPeriod } from "../format/days.ts";
import { allPeriods } from "./columns.tsx";
import { Grid, MonthMarks } from "./axes.tsx";
import { linearScale } from "./scale.ts";
import { useWidth } from "./use-width.ts";

/** A month: what is due in it, what of that is handed over and signed for, and what arrived in it. */
export type ArrivedMonth = Readonly<{
  month: string;
  due: number;
  handedOver: number;
  confirmed: number;
  arrived: number;
}>;

const height = 260;
const [top, bottom] = [22, 26];

/** What is due by month as empty columns, filled as far as it is there; a mark at what arrived in the month; a line at the day it is drawn as of. */
export function ArrivalColumns({
  months,
  asOf,
  unit,
  title,
}: Readonly<{ months: readonly ArrivedMonth[]; asOf: string; unit: string; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [at, setAt] = useState<number | null>(null);
  const found = new Map(months.map((month) => [month.month, month]));
  const periods = allPeriods(months.map(({ month }) => ({ period: month, category: "", amount: "0" })));
  const high = Math.max(...months.flatMap((month) => [month.due, month.arrived]), 1);
  const { at: y, ticks } = linearScale(0, high, [height - bottom, top], Math.min(high, 4));
  const step = Math.max(width - 60, 10) / Math.max(periods.length, 1);
  const thick = Math.max(Math.min(step * 0.78, 42), 1);
  const pick = (event: PointerEvent<SVGSVGElement>) => {
    const index = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left) / step);
    setAt(index >= 0 && index < periods.length ? index : null);
  };
  const seen = at === null ? undefined : found.get(periods[at] ?? "");
  return (
    <div className="chart-box">
      <Key seen={seen} />
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
              words={(tick, isLast) => `${formatCount(tick)}${isLast ? ` ${unit}` : ""}`}
            />
            {periods.map((period, index) => {
              const month = found.get(period);
              if (month === undefined) return null;
              const faded = at !== null && at !== index;
              return (
                <Month
                  key={period}
                  month={month}
                  x={index * step + (step - thick) / 2}
                  thick={thick}
                  y={y}
                  faded={faded}
                />
              );
            })}
            <Today x={placeOf(asOf, periods, step)} />
            <MonthMarks periods={periods} step={step} y={height - bottom} />
          </svg>
        )}
      </div>
    </div>
  );
}

function Key({ seen }: Readonly<{ seen: ArrivedMonth | undefined }>) {
  return (
    <p className="legend" aria-hidden="true">
      <span>
        <i className="swatch-class-received" /> signed for
      </span>
      <span>
        <i className="swatch-class-moved" /> handed over
      </span>
      <span>
        <i className="flow-open" /> due
      </span>
      <span>
        <i className="arrived-key" /> arrived in the month
      </span>
      {seen !== undefined && (
        <span className="readout">
          <b>{formatPeriod(seen.month)}</b> {formatCount(seen.due)} due, {formatCount(seen.handedOver)} handed over,{" "}
          {formatCount(seen.confirmed)} signed for; {formatCount(seen.arrived)} arrived
        </span>
      )}
    </p>
  );
}

function Month({
  month,
  x,
  thick,
  y,
  faded,
}: Readonly<{ month: ArrivedMonth; x: number; thick: number; y: (value: number) => number; faded: boolean }>) {
  const parts = [
    ["flow-open", month.due],
    ["class-moved", month.handedOver],
    ["class-received", month.confirmed],
  ] as const;
  return (
    <g opacity={faded ? 0.5 : 1}>
      {parts.map(([name, size]) => (
        <rect key={name} x={x} width={thick} y={y(size)} height={Math.max(y(0) - y(size), 0)} className={name} />
      ))}
      {month.arrived > 0 && (
        <rect x={x - 2} width={thick + 4} y={y(month.arrived) - 1.5} height={3} className="arrived-mark" />
      )}
    </g>
  );
}

function Today({ x }: Readonly<{ x: number | null }>) {
  if (x === null) return null;
  return (
    <>
      <line x1={x} x2={x} y1={top - 8} y2={height - bottom} className="today-line" />
      <text x={x + 4} y={top - 10} className="tick">
        today
      </text>
    </>
  );
}

/** Where a day falls among the months; null where it is not among them. */
function placeOf(day: string, periods: readonly string[], step: number): number | null {
  const index = periods.indexOf(day.slice(0, 7));
  return index < 0 ? null : (index + (Number(day.slice(8, 10)) - 1) / 31) * step;
}
