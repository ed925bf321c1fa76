import { instantOf } from "../format/days.ts";
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
            {yearStarts(from, ends).map((day) => (
              <g key={day}>
                <line x1={x(day)} x2={x(day)} y1={height - bottom} y2={height - bottom + 6} className="axis" />
                <text x={x(day) + 3} y={height - 8} className="tick">
                  {day.slice(0, 4)}
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

/** The first day, and the first of each year after it. */
function yearStarts(from: string, ends: readonly string[]): readonly string[] {
  const last = Number((ends.at(-1) ?? from).slice(0, 4));
  const first = Number(from.slice(0, 4));
  return [from, ...Array.from({ length: last - first }, (_, index) => `${first + index + 1}-01-01`)];
}
