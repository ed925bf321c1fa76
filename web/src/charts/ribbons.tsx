import { useState } from "react";
import { useWidth } from "./use-width.ts";
import { byName } from "../format/order.ts";

/** So much that flows through a stop of each column. */
export type Ribbon = Readonly<{ path: readonly [string, string, string]; amount: number }>;

const gap = 7;
const bar = 10;
const line = 15;
const thickness = 260; // of all that flows, in every column alike
const columns = [0, 1, 2] as const;

type Stop = { name: string; amount: number; y: number; height: number };

/** What flows from the first column over the second to the third, in bands as thick as it is much. */
export function Ribbons({
  ribbons,
  title,
  words,
}: Readonly<{ ribbons: readonly Ribbon[]; title: string; words: (amount: number) => string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [seen, setSeen] = useState<string | null>(null);
  const stops = columns.map((column) => sumBy(ribbons, (ribbon) => ribbon.path[column], column === 2));
  const height = Math.max(...stops.map(heightOf));
  const placed = stops.map((column) => place(column, height));
  const narrow = width < 620;
  const [left, right] = narrow ? [96, 70] : [170, 90];
  const x = [left, (left + width - right) / 2, width - right];
  return (
    <div className="chart-box">
      <p className="readout" aria-hidden="true">
        {seen}
      </p>
      <div ref={box}>
        {width > 0 && (
          <svg width={width} height={height + 4} role="img" aria-label={title} onPointerLeave={() => setSeen(null)}>
            {([0, 1] as const).flatMap((column) =>
              bands(ribbons, placed, column).map(({ from, to, amount, start, end, thick }) => (
                <path
                  key={`${column}${from}|${to}`}
                  className="ribbon"
                  d={bandPath([(x[column] ?? 0) + bar, x[column + 1] ?? 0], [start, end], thick)}
                  onPointerEnter={() => setSeen(`${from} to ${to}: ${words(amount)}`)}
                />
              )),
            )}
            {placed.flatMap((column, index) =>
              [...column.values()].map((stop) => (
                <g key={`${index}${stop.name}`}>
                  <rect
                    x={x[index] ?? 0}
                    y={stop.y}
                    width={bar}
                    height={Math.max(stop.height, 1)}
                    className="class-moved"
                  />
                  <text
                    x={index === 0 ? (x[0] ?? 0) - 6 : (x[index] ?? 0) + bar + 5}
                    y={stop.y + stop.height / 2 + 4}
                    textAnchor={index === 0 ? "end" : "start"}
                    className={index === 1 ? "dot-label" : undefined}
                  >
                    {narrow ? shortened(stop.name) : stop.name}
                  </text>
                </g>
              )),
            )}
          </svg>
        )}
      </div>
    </div>
  );
}

function shortened(name: string): string {
  return name.length > 14 ? `${name.slice(0, 13)}\u2026` : name;
}

function sumBy(ribbons: readonly Ribbon[], key: (ribbon: Ribbon) => string, inNameOrder: boolean) {
  const found = new Map<string, number>();
  for (const ribbon of ribbons) found.set(key(ribbon), (found.get(key(ribbon)) ?? 0) + ribbon.amount);
  return [...found].toSorted(([one, a], [other, b]) =>
    inNameOrder ? byName(one, other) : b - a || (one < other ? -1 : 1),
  );
}

/** How high a stop is, and the room that it and its name take. */
function sizesOf(column: readonly (readonly [string, number])[]): readonly (readonly [own: number, room: number])[] {
  const all = column.reduce((sum, [, amount]) => sum + amount, 0);
  return column.map(([, amount]) => {
    const own = (amount / Math.max(all, 1e-9)) * thickness;
    return [own, Math.max(own, line)];
  });
}

function heightOf(column: readonly (readonly [string, number])[]): number {
  return sizesOf(column).reduce((sum, [, room]) => sum + room + gap, 0);
}

/** Stops one below the other, in the middle of the height: each as high as it is much, and with room for its name. */
function place(column: readonly (readonly [string, number])[], height: number): ReadonlyMap<string, Stop> {
  const sizes = sizesOf(column);
  let top = (height - heightOf(column)) / 2;
  return new Map(
    column.map(([name, amount], index) => {
      const [own, room] = sizes[index] ?? [0, line];
      const stop = { name, amount, y: top + (room - own) / 2, height: own };
      top += room + gap;
      return [name, stop];
    }),
  );
}

/** Bands between a column and the next, each where the one before it ends. */
function bands(ribbons: readonly Ribbon[], placed: readonly ReadonlyMap<string, Stop>[], column: 0 | 1) {
  const pairs = new Map<string, { from: string; to: string; amount: number }>();
  for (const { path, amount } of ribbons) {
    const [from, to] = [path[column], path[column + 1] ?? ""];
    const pair = pairs.get(`${from}|${to}`) ?? { from, to, amount: 0 };
    pair.amount += amount;
    pairs.set(`${from}|${to}`, pair);
  }
  const order = (side: number, name: string) => placed[side]?.get(name)?.y ?? 0;
  const sorted = [...pairs.values()].toSorted(
    (a, b) => order(column, a.from) - order(column, b.from) || order(column + 1, a.to) - order(column + 1, b.to),
  );
  const [left, right] = [new Map<string, number>(), new Map<string, number>()];
  return sorted.flatMap((pair) => {
    const [from, to] = [placed[column]?.get(pair.from), placed[column + 1]?.get(pair.to)];
    if (from === undefined || to === undefined) return [];
    const thick = [from, to].map((stop) => (pair.amount / Math.max(stop.amount, 1e-9)) * stop.height);
    const start = from.y + (left.get(pair.from) ?? 0);
    const end = to.y + (right.get(pair.to) ?? 0);
    left.set(pair.from, (left.get(pair.from) ?? 0) + (thick[0] ?? 0));
    right.set(pair.to, (right.get(pair.to) ?? 0) + (thick[1] ?? 0));
    return [{ ...pair, start, end, thick: [thick[0] ?? 0, thick[1] ?? 0] as const }];
  });
}

function bandPath(
  [x0, x1]: readonly [number, number],
  [y0, y1]: readonly [number, number],
  [thick0, thick1]: readonly [number, number],
): string {
  const mid = (x0 + x1) / 2;
  return `M${x0},${y0}C${mid},${y0} ${mid},${y1} ${x1},${y1}V${y1 + thick1}C${mid},${y1 + thick1} ${mid},${y0 + thick0} ${x0},${y0 + thick0}Z`;
}
