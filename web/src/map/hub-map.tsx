import { useState } from "react";
import { useWidth } from "../charts/use-width.ts";
import europe from "./europe.json";
import { onEurope } from "./project.ts";

/** A hub: `size` is what stands there, `more` what is coming to it; `text` says both. */
export type HubDot = Readonly<{
  id: string;
  name: string;
  latitude: number;
  longitude: number;
  size: number;
  more: number;
  text: string;
}>;

const [largest, least] = [26, 4];

/** Hubs on a map of Europe, drawn near: a disc as large as what stands there, a ring as large as that with what is coming. */
export function HubMap({
  dots,
  recipient,
  title,
}: Readonly<{ dots: readonly HubDot[]; recipient: string; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [seen, setSeen] = useState("");
  const placed = dots.flatMap((dot) => {
    const at = onEurope(dot.latitude, dot.longitude);
    return at === null ? [] : [{ ...dot, ...at }];
  });
  const home = europe.shapes.find((shape) => shape.name === recipient);
  const view = viewOf(home === undefined ? placed : [...placed, home]);
  // One unit of the map is so many CSS pixels: letters and lines keep their size however near it is drawn.
  const pixel = width > 0 ? view.width / width : 1;
  const most = Math.max(...placed.map((dot) => dot.size + dot.more), 1);
  const radius = (size: number) => (size <= 0 ? 0 : Math.max(Math.sqrt(size / most) * largest, least)) * pixel;
  return (
    <div className="map hub-map" ref={box}>
      {width > 0 && (
        <svg
          viewBox={`${view.x} ${view.y} ${view.width} ${view.height}`}
          role="img"
          aria-label={title}
          onPointerLeave={() => setSeen("")}
        >
          {europe.shapes.map((shape, index) => (
            <path
              key={`${shape.id}${index}`}
              d={shape.d}
              className={shape === home ? "land recipient-land" : "land"}
              strokeWidth={pixel}
            />
          ))}
          {placed.map((dot) => (
            <g key={dot.id} onPointerEnter={() => setSeen(`${dot.name}: ${dot.text}`)}>
              <title>{`${dot.name}: ${dot.text}`}</title>
              <circle
                cx={dot.x}
                cy={dot.y}
                r={radius(dot.size + dot.more)}
                className="hub-coming"
                strokeWidth={1.5 * pixel}
              />
              <circle cx={dot.x} cy={dot.y} r={radius(dot.size)} className="hub-standing" />
              <circle cx={dot.x} cy={dot.y} r={2 * pixel} className="hub-place" strokeWidth={pixel} />
            </g>
          ))}
          {labelsOf(placed, view, pixel, radius).map((label) => (
            <text
              key={label.id}
              x={label.x}
              y={label.y}
              textAnchor={label.anchor}
              className="hub-name"
              style={{ fontSize: 12 * pixel, strokeWidth: 3 * pixel }}
            >
              {label.name}
            </text>
          ))}
        </svg>
      )}
      <p className="readout" aria-hidden="true">
        {seen}
      </p>
    </div>
  );
}

type View = Readonly<{ x: number; y: number; width: number; height: number }>;
type Placed = HubDot & Readonly<{ x: number; y: number }>;

/** The part of the map with all the places on it and some room around, as wide as 4 to 3. */
function viewOf(places: readonly Readonly<{ x: number; y: number }>[]): View {
  const [margin, smallest] = [50, 240];
  const xs = places.map((place) => place.x);
  const ys = places.map((place) => place.y);
  if (xs.length === 0) return { x: 0, y: 0, width: europe.width, height: europe.height };
  const [left, right] = [Math.min(...xs) - margin, Math.max(...xs) + margin];
  const [upper, lower] = [Math.min(...ys) - margin, Math.max(...ys) + margin];
  const width = Math.min(Math.max(right - left, ((lower - upper) * 4) / 3, smallest), europe.width);
  const height = Math.min((width * 3) / 4, europe.height);
  const within = (middle: number, size: number, all: number) => Math.min(Math.max(middle - size / 2, 0), all - size);
  return {
    x: within((left + right) / 2, width, europe.width),
    y: within((upper + lower) / 2, height, europe.height),
    width,
    height,
  };
}

/** A name beside each disc, on the side where there is room; names that would lie on another are moved below it. */
function labelsOf(placed: readonly Placed[], view: View, pixel: number, radius: (size: number) => number) {
  const line = 14 * pixel;
  const done: Readonly<{
    id: string;
    name: string;
    x: number;
    y: number;
    from: number;
    to: number;
    anchor: "start" | "end";
  }>[] = [];
  for (const dot of placed.toSorted((one, other) => one.y - other.y)) {
    const wide = dot.name.length * 6.6 * pixel;
    const away = radius(dot.size + dot.more) + 4 * pixel;
    const right = dot.x + away + wide < view.x + view.width;
    const x = right ? dot.x + away : dot.x - away;
    const [from, to] = right ? [x, x + wide] : [x - wide, x];
    let y = dot.y + 4 * pixel;
    for (const other of done)
      if (from < other.to && to > other.from && Math.abs(y - other.y) < line) y = other.y + line;
    done.push({ id: dot.id, name: dot.name, x, y, from, to, anchor: right ? "start" : "end" });
  }
  return done;
}
