import { scaleFor, tickWords, unitHead, type Scale } from "../format/amounts.ts";
import { Grid, MonthMarks } from "./axes.tsx";
import { linearScale } from "./scale.ts";
import { useWidth } from "./use-width.ts";

/** A band by month, in amounts. `band` false: only its middle line is drawn. */
export type FanSeries = Readonly<{
  name: string;
  colour: string;
  band: boolean;
  points: readonly (Readonly<{ p10: string; p50: string; p90: string }> | null)[];
}>;

const height = 320;
const [top, bottom] = [16, 28];
const right = 56;

/** What will have come by each month: the middle line, and the band that eight of ten paths stay in. `now`: the month up to which months are past. */
export function Fan({
  months,
  series,
  unit,
  now,
  title,
}: Readonly<{
  months: readonly string[];
  series: readonly FanSeries[];
  unit: string;
  now: string;
  title: string;
}>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const values = series.flatMap(({ points, band }) =>
    points.flatMap((point) =>
      point === null ? [] : [Number(band ? point.p10 : point.p50), Number(band ? point.p90 : point.p50)],
    ),
  );
  const high = Math.max(...values, 0);
  const low = Math.min(...values, high);
  // Amounts that stand far above nothing are drawn from near their lowest, so that the band can be read.
  const floor = low > 0.6 * high ? low - 0.15 * (high - low) : 0;
  const scale = scaleFor([String(Math.round(high))]);
  const y = linearScale(floor, high, [height - bottom, top]);
  const step = months.length === 0 ? 0 : (width - right) / months.length;
  const x = (index: number) => (index + 1) * step;
  const past = months.findLastIndex((month) => month <= now);
  return (
    <div className="chart-box">
      <p className="legend" aria-hidden="true">
        {series.map(({ name, colour, band }) => (
          <span key={name}>
            <i className={colour} /> {name}
            {band ? ": P50 and the band from P10 to P90" : ": P50"}
          </span>
        ))}
      </p>
      <div ref={box}>
        {width > 0 && (
          <svg width={width} height={height} role="img" aria-label={title}>
            <Grid ticks={y.ticks} y={y.at} width={width} words={(tick, isLast) => tickOf(tick, isLast, unit, scale)} />
            {past >= 0 && (
              <g>
                <rect x={0} y={top} width={x(past)} height={height - top - bottom} className="fan-past" />
                <text x={4} y={top + 12} className="tick">
                  past, not on record
                </text>
              </g>
            )}
            {series.map(({ name, colour, band, points }) => (
              <g key={name} className={`fan fan-${colour}`}>
                {band && <path d={bandPath(points, x, y.at)} className="fan-band" />}
                <path d={linePath(points, x, y.at)} className="fan-line" />
              </g>
            ))}
            <MonthMarks periods={months} step={step} y={height - bottom} />
          </svg>
        )}
      </div>
    </div>
  );
}

function tickOf(tick: number, isLast: boolean, unit: string, scale: Scale): string {
  return isLast ? `${unitHead(unit, scale)} ${tickWords(tick, scale)}` : tickWords(tick, scale);
}

type Points = FanSeries["points"];

function linePath(points: Points, x: (index: number) => number, y: (value: number) => number): string {
  return points
    .flatMap((point, index) => (point === null ? [] : [`${x(index).toFixed(1)},${y(Number(point.p50)).toFixed(1)}`]))
    .map((place, index) => `${index === 0 ? "M" : "L"}${place}`)
    .join("");
}

function bandPath(points: Points, x: (index: number) => number, y: (value: number) => number): string {
  const places = points.flatMap((point, index) =>
    point === null
      ? []
      : [{ at: x(index).toFixed(1), high: y(Number(point.p90)).toFixed(1), low: y(Number(point.p10)).toFixed(1) }],
  );
  if (places.length === 0) return "";
  const up = places.map(({ at, high }, index) => `${index === 0 ? "M" : "L"}${at},${high}`);
  const down = places.toReversed().map(({ at, low }) => `L${at},${low}`);
  return `${up.join("")}${down.join("")}Z`;
}
