import { formatAmount, lengthOf, scaleFor, tickWords, unitHead } from "../format/amounts.ts";
import { formatDay, instantOf } from "../format/days.ts";
import { linearScale } from "./scale.ts";
import { useWidth } from "./use-width.ts";

export type Vintage = Readonly<{ release: string; publishedOn: string; amount: string | null }>;

/** The same total as each release knew it: a step at every publication. */
export function Vintages({
  vintages,
  unit,
  knownAt,
  title,
}: Readonly<{ vintages: readonly Vintage[]; unit: string; knownAt: string | null; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const height = 230;
  const stated = vintages.filter((vintage) => vintage.amount !== null);
  const scale = scaleFor(stated.map((vintage) => vintage.amount));
  const days = vintages.map((vintage) => instantOf(vintage.publishedOn));
  const most = Math.max(...stated.map((vintage) => lengthOf(vintage.amount)), 1);
  const [early, late] = [Math.min(...days), Math.max(...days) + 1];
  const x = (instant: number) => 6 + ((instant - early) / (late - early)) * (Math.max(width - 64, 20) - 6);
  const { at: y, ticks } = linearScale(0, most * 1.1, [height - 26, 14]);
  const points = stated.map((vintage) => ({
    vintage,
    left: x(instantOf(vintage.publishedOn)),
    top: y(lengthOf(vintage.amount)),
  }));
  const line = points
    .map((point, index) => (index === 0 ? `M${point.left},${point.top}` : `H${point.left}V${point.top}`))
    .join("");
  const years = [...new Set(vintages.map((vintage) => vintage.publishedOn.slice(0, 4)))].filter(
    (year, index) => index === 0 || x(instantOf(`${year}-01-01`)) > 40,
  );
  return (
    <div ref={box} className="chart-box">
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={title}>
          {ticks.map((tick) => (
            <g key={tick}>
              <line x1={0} x2={width} y1={y(tick)} y2={y(tick)} className={tick === 0 ? "axis" : "grid"} />
              <text x={width} y={y(tick) - 4} textAnchor="end" className="tick">
                {tickWords(tick, scale)}
                {tick === ticks.at(-1) ? ` ${unitHead(unit, scale)}` : ""}
              </text>
            </g>
          ))}
          <path d={`${line}H${width - 52}`} className="step-line" />
          {points.map(({ vintage, left, top }, index) => {
            const now =
              knownAt !== null &&
              vintage.publishedOn <= knownAt &&
              !stated.some((other) => other.publishedOn > vintage.publishedOn && other.publishedOn <= knownAt);
            return (
              <g key={`${vintage.release}${vintage.publishedOn}`}>
                <circle cx={left} cy={top} r={now ? 6 : 4} className={now ? "dot dot-now" : "dot"}>
                  <title>{`${vintage.release}, ${formatDay(vintage.publishedOn)}: ${formatAmount(vintage.amount, scale)}`}</title>
                </circle>
                <text
                  x={left}
                  y={crowded(points, index) ? top + 20 : top - 11}
                  className="dot-label"
                  textAnchor={left < 30 ? "start" : "middle"}
                >
                  {formatAmount(vintage.amount, scale)}
                </text>
              </g>
            );
          })}
          {years.map((year) => (
            <text key={year} x={Math.max(x(instantOf(`${year}-01-01`)), 0)} y={height - 8} className="tick">
              {year}
            </text>
          ))}
        </svg>
      )}
    </div>
  );
}

/** Whether the amount of the next point would be written over this one's. */
function crowded(points: readonly Readonly<{ left: number; top: number }>[], index: number): boolean {
  const [here, next] = [points[index], points[index + 1]];
  return here !== undefined && next !== undefined && next.left - here.left < 44 && here.top - next.top < 18;
}
