import { lengthOf } from "../format/amounts.ts";

/** Tiny columns by year, to its own height: a shape to compare, not to read amounts from. */
export function Spark({
  points,
  width,
  height,
  title,
  years = false,
}: Readonly<{
  points: readonly Readonly<{ period: string; amount: string | null }>[];
  width: number;
  height: number;
  title: string;
  years?: boolean;
}>) {
  const most = Math.max(...points.map((point) => lengthOf(point.amount)), 0);
  const foot = years ? 14 : 0;
  const step = width / Math.max(points.length, 1);
  const [first, last] = [points[0], points.at(-1)];
  return (
    <svg
      className="spark"
      width={width}
      height={height}
      role="img"
      aria-label={points.length === 0 ? `${title}: no dated amounts` : title}
    >
      {points.map((point, index) => {
        const size = most <= 0 ? 0 : (Math.max(lengthOf(point.amount), 0) / most) * (height - foot - 2);
        return (
          <rect
            key={point.period}
            x={index * step + 0.5}
            width={Math.max(step - 1.5, 1)}
            y={height - foot - size}
            height={size}
          />
        );
      })}
      <line x1={0} x2={width} y1={height - foot} y2={height - foot} />
      {years && first !== undefined && last !== undefined && (
        <>
          <text x={0} y={height - 2}>
            {first.period}
          </text>
          {last !== first && (
            <text x={width} y={height - 2} textAnchor="end">
              {last.period}
            </text>
          )}
        </>
      )}
    </svg>
  );
}
