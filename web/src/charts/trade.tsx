import { linearScale, type LinearScale } from "./scale.ts";
import { useWidth } from "./use-width.ts";

/** How much of one thing goes with how much of another. */
export type TradePoint = Readonly<{ across: number; up: number }>;

const height = 210;
const [top, bottom, right] = [14, 26, 40];

/** What of one thing is left the more there is of another: a curve through what is known, and one point to hold against it. Parts across, from 0 to 1. */
export function Trade({
  points,
  own,
  title,
}: Readonly<{ points: readonly TradePoint[]; own: TradePoint | null; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const all = own === null ? points : [...points, own];
  const ups = all.map(({ up }) => up);
  const y = linearScale(Math.min(...ups), Math.max(...ups), [height - bottom, top]);
  const x = linearScale(0, Math.max(...all.map(({ across }) => across)), [6, Math.max(width - right, 7)]);
  return (
    <div ref={box} className="chart-box">
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={title}>
          <Axes x={x} y={y} width={width} />
          <path
            d={points.map(({ across, up }, at) => `${at === 0 ? "M" : "L"}${x.at(across)},${y.at(up)}`).join("")}
            className="rising rising-k1"
          />
          {points.map(({ across, up }) => (
            <circle key={`${across} ${up}`} cx={x.at(across)} cy={y.at(up)} r={3.5} className="trade-point" />
          ))}
          {own !== null && <circle cx={x.at(own.across)} cy={y.at(own.up)} r={5.5} className="dot dot-now" />}
        </svg>
      )}
    </div>
  );
}

function Axes({ x, y, width }: Readonly<{ x: LinearScale; y: LinearScale; width: number }>) {
  return (
    <>
      {y.ticks.map((tick) => (
        <g key={tick}>
          <line x1={0} x2={width - right + 4} y1={y.at(tick)} y2={y.at(tick)} className="grid" />
          <text x={width} y={y.at(tick) + 4} textAnchor="end" className="tick">
            {Number(tick.toFixed(2))}
          </text>
        </g>
      ))}
      {x.ticks.map((tick, at) => (
        <text key={tick} x={x.at(tick)} y={height - 6} textAnchor={at === 0 ? "start" : "middle"} className="tick">
          {Number((tick * 100).toFixed(1))}%
        </text>
      ))}
    </>
  );
}
