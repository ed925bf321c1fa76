import { linearScale } from "./scale.ts";
import { useWidth } from "./use-width.ts";

/** A part of a bar: how much, what it is called, and the class that colours it. */
export type FlowPart = Readonly<{ name: string; amount: number; words: string; colour: string }>;
/**
 * A bar with its parts, laid from `start` on. `from` names where each stretch of it comes from: a part of an earlier row, by row and place.
 * `enlarged`: the row it comes from is drawn to another scale.
 */
export type FlowRow = Readonly<{
  name: string;
  words: string;
  start: number;
  parts: readonly FlowPart[];
  from: readonly (readonly [row: number, part: number])[];
}>;

const bar = 22;
const line = 17;
const letter = 6.1; // the usual width of a letter at 12 px

/** What became of money, one bar below the other: a band leads from a part of a bar to the bar that it became. The first row has a scale of its own. */
export function Flow({ rows, title }: Readonly<{ rows: readonly FlowRow[]; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const narrow = width < 720;
  const left = narrow ? 0 : 190;
  const ends = rows.map((row) => row.start + row.parts.reduce((sum, part) => sum + part.amount, 0));
  const own = linearScale(0, 1, [left, width]);
  const most = [ends[0] ?? 0, Math.max(...ends.slice(1), 0)].map((end) => Math.max(end, 1e-9));
  const x = (index: number, amount: number) => own.at(amount / (most[index === 0 ? 0 : 1] ?? 1));
  const placed = place(rows, narrow, width - left);
  const height = (placed.at(-1)?.bottom ?? 0) + 2;
  return (
    <div ref={box} className="chart-box flow">
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={title}>
          {rows.flatMap((row, index) =>
            bands(rows, placed, index).map((band) => (
              <path key={`${row.name}${band.key}`} d={band.path(x)} className="flow-band" />
            )),
          )}
          {rows.map((row, index) => {
            const spot = placed[index];
            if (spot === undefined) return null;
            let at = row.start;
            return (
              <g key={row.name}>
                <text x={0} y={spot.name} className="flow-name">
                  {row.name}
                </text>
                <text
                  x={narrow ? width : 0}
                  y={narrow ? spot.name : spot.name + 17}
                  textAnchor={narrow ? "end" : "start"}
                  className="flow-words"
                >
                  {row.words}
                </text>
                {row.parts.map((part) => {
                  const start = x(index, at);
                  at += part.amount;
                  return part.amount <= 0 ? null : (
                    <rect
                      key={part.name}
                      x={start}
                      y={spot.bar}
                      width={Math.max(x(index, at) - start - 1, 1)}
                      height={bar}
                      className={part.colour}
                    />
                  );
                })}
                {spot.items.map(({ part, dx, dy }) => (
                  <g key={part.name} transform={`translate(${left + dx} ${spot.bar + bar + 6 + dy})`}>
                    <rect x={0.5} y={1.5} width={9} height={9} className={part.colour} />
                    <text x={15} y={10} className="flow-part">
                      {part.name} <tspan className="flow-amount">{part.words}</tspan>
                    </text>
                  </g>
                ))}
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}

type Spot = Readonly<{
  name: number;
  bar: number;
  bottom: number;
  items: readonly Readonly<{ part: FlowPart; dx: number; dy: number }>[];
}>;

/** Where each row stands, with the names of its parts broken into as many lines as they need. */
function place(rows: readonly FlowRow[], narrow: boolean, room: number): readonly Spot[] {
  let top = 2;
  return rows.map((row) => {
    const head = narrow ? 20 : 0;
    let [dx, dy] = [0, 0];
    const items = row.parts.map((part) => {
      const size = 15 + (part.name.length + part.words.length + 1) * letter + 18;
      if (dx > 0 && dx + size > room) [dx, dy] = [0, dy + line];
      const item = { part, dx, dy };
      dx += size;
      return item;
    });
    const spot = { name: top + (narrow ? 13 : 15), bar: top + head, bottom: top + head + bar + 6 + dy + line, items };
    top = spot.bottom + 14;
    return spot;
  });
}

/** The bands that lead into a row, in the order in which they fill it. */
function bands(rows: readonly FlowRow[], placed: readonly Spot[], index: number) {
  let to = rows[index]?.start ?? 0;
  return (rows[index]?.from ?? []).flatMap(([source, place]) => {
    const [above, here] = [rows[source], rows[index]];
    const [top, bottom] = [placed[source], placed[index]];
    const part = above?.parts[place];
    if (above === undefined || here === undefined || top === undefined || bottom === undefined || part === undefined)
      return [];
    if (part.amount <= 0) return [];
    const start = above.start + above.parts.slice(0, place).reduce((sum, one) => sum + one.amount, 0);
    const first = to;
    to += part.amount;
    const last = to;
    return [
      {
        key: `${source}-${place}`,
        path: (x: (row: number, amount: number) => number) =>
          `M${x(source, start)},${top.bar + bar}L${x(index, first)},${bottom.bar}H${x(index, last) - 1}L${x(source, start + part.amount) - 1},${top.bar + bar}Z`,
      },
    ];
  });
}
