import { formatPeriod, instantOf } from "../format/days.ts";
import { useWidth } from "./use-width.ts";

/** What part of a whole was reached by the end of each step, from 0 to 1. */
export type RisingLine = Readonly<{ name: string; colour: string; shares: readonly number[] }>;

const height = 250;
const [top, bottom] = [14, 26];

/** Parts that rise over time, in steps: a line each, by the day on which a step ends. */
export function Rising({
  from,
  ends,
  lines,
  title,
}: Readonly<{ from: string; ends: readonly string[]; lines: readonly RisingLine[]; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [start, end] = [instantOf(from), instantOf(ends.at(-1) ?? from)];
  const x = (day: string) => ((instantOf(day) - start) / Math.max(end - start, 1)) * (width - 44);
  const y = (share: number) => height - bottom - Math.min(share, 1) * (height - top - bottom);
  return (
    <div className="chart-box">
      <p className="legend" aria-hidden="true">
        {lines.map(({ name, colour }) => (
          <span key={name}>
            <i className={colour} /> {name}
          </span>
        ))}
      </p>
      <div ref={box}>
        {width > 0 && (
          <svg width={width} height={height} role="img" aria-label={title}>
            {[0, 0.25, 0.5, 0.75, 1].map((share) => (
              <g key={share}>
                <line x1={0} x2={width - 40} y1={y(share)} y2={y(share)} className={share === 0 ? "axis" : "grid"} />
                <text x={width} y={y(share) + 4} textAnchor="end" className="tick">
                  {share * 100}%
                </text>
              </g>
            ))}
            {lines.map(({ name, colour, shares }) => (
              <path key={name} d={stepPath(ends, shares, x, y)} className={`rising rising-${colour}`} />
            ))}
            {marks(from, ends.at(-1) ?? from, width).map(({ day, text }) => (
              <g key={day}>
                <line x1={x(day)} x2={x(day)} y1={height - bottom} y2={height - bottom + 6} className="axis" />
                <text x={x(day) + 3} y={height - 8} className="tick">
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

function stepPath(
  ends: readonly string[],
  shares: readonly number[],
  x: (day: string) => number,
  y: (share: number) => number,
): string {
  return ends.reduce((path, day, at) => `${path}H${x(day)}V${y(shares[at] ?? 0)}`, `M0,${y(0)}`);
}

const room = 62; // for "Apr 2027"

/** The first day, and firsts of months after it: as many as there is room for, whole years where there are many. */
function marks(from: string, last: string, width: number): readonly Readonly<{ day: string; text: string }>[] {
  const [first, end] = [monthOf(from), monthOf(last)];
  const step = [3, 6, 12, 24, 60].find((months) => ((end - first) / months) * room < width) ?? 120;
  const starts = Array.from({ length: end - first }, (_, index) => first + 1 + index).filter((at) => at % step === 0);
  return [
    { day: from, text: monthText(first) },
    ...starts.filter((at) => at - first >= step / 2).map((at) => ({ day: `${isoMonth(at)}-01`, text: monthText(at) })),
  ];
}

/** Months since the year nought. */
function monthOf(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
}

function isoMonth(at: number): string {
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}`;
}

function monthText(at: number): string {
  const [month = "", year = ""] = formatPeriod(isoMonth(at)).split(" ");
  return `${month.slice(0, 3)} ${year}`;
}
