import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { DonorLine } from "../../../src/core/views.ts";
import { keepFrame } from "../frame/search.ts";
import europe from "./europe.json";
import world from "./world.json";

export type Shade = Readonly<{ line: DonorLine; size: number; text: string }>;
type Drawing = typeof europe;

const steps = 5;

/** Bounds of the five shades so that about as many givers fall in each. */
function boundsOf(sizes: readonly number[]): readonly number[] {
  const ordered = sizes.filter((size) => size > 0).sort((a, b) => a - b);
  return Array.from(
    { length: steps - 1 },
    (_, index) => ordered[Math.floor(((index + 1) * ordered.length) / steps)] ?? 0,
  );
}

/** Who gave, on two maps: Europe near, the world far. Darker is more; the recipient is marked; grey gave nothing on record. */
export function GiverMap({
  shades,
  recipient,
  title,
  sayLimit,
}: Readonly<{ shades: readonly Shade[]; recipient: string; title: string; sayLimit: (size: number) => string }>) {
  const [seen, setSeen] = useState<string>("");
  const navigate = useNavigate();
  const byId = new Map(
    shades.flatMap((shade) =>
      [shade.line.m49, shade.line.donor].filter((id) => id !== null).map((id) => [id, shade] as const),
    ),
  );
  const bounds = boundsOf(shades.map((shade) => shade.size));
  const open = (id: string) => void navigate({ to: "/nations/$id", params: { id }, search: keepFrame() });
  const draw = (drawing: Drawing) =>
    drawing.shapes.map((shape, index) => {
      const shade = byId.get(shape.id);
      const step = shade === undefined || shade.size <= 0 ? -1 : bounds.filter((bound) => shade.size >= bound).length;
      const words =
        shade === undefined
          ? shape.name === recipient
            ? `${shape.name}: the recipient`
            : `${shape.name}: nothing on record`
          : `${shade.line.name}: ${shade.text}`;
      return (
        <path
          key={`${shape.id}${index}`}
          d={shape.d}
          className={shape.name === recipient ? "land recipient" : step < 0 ? "land" : `land giver shade-${step}`}
          onPointerEnter={() => setSeen(words)}
          onClick={shade === undefined ? undefined : () => open(shade.line.donor)}
        >
          <title>{words}</title>
        </path>
      );
    });
  return (
    <div className="map">
      <svg
        viewBox={`0 0 ${europe.width} ${europe.height + world.height + 8}`}
        role="img"
        aria-label={title}
        onPointerLeave={() => setSeen("")}
      >
        <g>{draw(europe)}</g>
        <rect x={0} y={europe.height} width={europe.width} height={8} className="sea" />
        <svg
          y={europe.height + 8}
          width={world.width}
          height={world.height}
          viewBox={`0 0 ${world.width} ${world.height}`}
        >
          {draw(world as Drawing)}
        </svg>
        <rect x={0.5} y={0.5} width={europe.width - 1} height={europe.height - 1} className="map-edge" />
      </svg>
      <p className="map-key" aria-hidden="true">
        {[0, ...bounds].map((bound, index) => (
          <span key={index}>
            <i className={`shade-${index}`} />{" "}
            {index === 0
              ? `under ${sayLimit(bounds[0] ?? 0)}`
              : `${sayLimit(bound)}${index === steps - 1 ? " and more" : ""}`}
          </span>
        ))}
        <span>
          <i className="recipient" /> {recipient}
        </span>
      </p>
      <p className="readout" aria-hidden="true">
        {seen}
      </p>
    </div>
  );
}
