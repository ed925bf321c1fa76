import { useWidth } from "../../charts/use-width.ts";

/** What was reached after so many seconds: the best plan so far and what no plan can pass. */
export type Reached = Readonly<{ seconds: number; incumbent: number | null; bound: number | null }>;

const height = 120;
const line = 16;

/** The best plan so far and the bound, closing in on each other. */
export function Closing({ course }: Readonly<{ course: readonly Reached[] }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const values = course.flatMap(({ incumbent, bound }) => [incumbent, bound]).filter((value) => value !== null);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const last = course.at(-1)?.seconds ?? 1;
  const x = (seconds: number) => (seconds / Math.max(last, 0.1)) * (width - 4) + 2;
  const y = (value: number) => height - line - ((value - low) / Math.max(high - low, 1e-9)) * (height - 2 * line);
  const path = (of: (reached: Reached) => number | null) =>
    course
      .flatMap((reached) => {
        const value = of(reached);
        return value === null ? [] : [`${x(reached.seconds)},${y(value)}`];
      })
      .join(" ");
  return (
    <div ref={box} className="chart-box">
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label="The best plan so far and the bound that none can pass"
        >
          <polyline points={path((reached) => reached.bound)} className="bound-line" />
          <polyline points={path((reached) => reached.incumbent)} className="step-line" />
          <text x={2} y={11} className="tick">
            bound that no plan can pass
          </text>
          <text x={2} y={height - 2} className="tick">
            best plan so far
          </text>
        </svg>
      )}
    </div>
  );
}
