/**
 * Draws the two maps of the pages once, so that no projection code reaches the reader: `node web/scripts/map.ts` writes
 * web/src/map/europe.json and web/src/map/world.json from the public-domain Natural Earth shapes in `world-atlas`.
 *
 * The shapes are mended first: Crimea is drawn as Ukraine (UN General Assembly resolution 68/262), Kosovo gets an id, and
 * Northern Cyprus and Somaliland are drawn within Cyprus and Somalia, as the United Nations does.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { geoArea, geoAzimuthalEqualArea, geoContains, geoEqualEarth, geoPath, type GeoProjection } from "d3-geo";
import { feature, merge } from "topojson-client";

type Ring = number[][];
type Shape = { type: "Polygon" | "MultiPolygon"; id?: string; arcs: unknown[]; properties: { name: string } };
type Transform = { scale: [number, number]; translate: [number, number] };
type Atlas = { objects: { countries: { geometries: Shape[] } }; arcs: number[][][]; transform?: Transform };

/** One country of a map: `id` is the numeric M49/ISO code, or "xkx" for Kosovo, which has none. */
export type MapShape = Readonly<{ id: string; name: string; d: string; x: number; y: number }>;
export type MapDrawing = Readonly<{ width: number; height: number; shapes: readonly MapShape[] }>;

const simferopol: [number, number] = [34.1, 44.95];

/** Reads an atlas with the four mends above applied. */
export function mendedAtlas(resolution: "110m" | "50m"): Atlas {
  const file = new URL(import.meta.resolve(`world-atlas/countries-${resolution}.json`));
  const atlas = JSON.parse(readFileSync(file, "utf8")) as Atlas;
  thinArcs(atlas, resolution === "50m" ? 0.1 : 0.7);
  const shapes = atlas.objects.countries.geometries;
  const kosovo = named(shapes, "Kosovo");
  if (kosovo !== undefined) kosovo.id = "xkx";
  moveCrimea(atlas, shapes);
  absorb(atlas, shapes, "N. Cyprus", "Cyprus");
  absorb(atlas, shapes, "Somaliland", "Somalia");
  return atlas;
}

/** Drops points nearer than `degrees` to the one before. Done on the arcs that neighbours share, so that borders still meet. */
function thinArcs(atlas: Atlas, degrees: number): void {
  const { scale, translate } = atlas.transform ?? { scale: [1, 1], translate: [0, 0] };
  atlas.arcs = atlas.arcs.map((arc) => {
    let x = 0;
    let y = 0;
    const points = arc.map(
      ([dx = 0, dy = 0]) =>
        [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]] as [number, number],
    );
    const kept = points.filter((_, index) => index === 0 || index === points.length - 1);
    let last = points[0] as [number, number];
    const inner: [number, number][] = [];
    for (const point of points.slice(1, -1)) {
      // The point of the mends is seen here: nothing is dropped around Crimea.
      const near = point[0] > 32 && point[0] < 37 && point[1] > 44 && point[1] < 46.6;
      const squeeze = Math.cos((point[1] * Math.PI) / 180);
      if (Math.hypot((point[0] - last[0]) * squeeze, point[1] - last[1]) < degrees && !near) continue;
      inner.push(point);
      last = point;
    }
    const closed =
      Math.hypot((points[0]?.[0] ?? 0) - (points.at(-1)?.[0] ?? 0), (points[0]?.[1] ?? 0) - (points.at(-1)?.[1] ?? 0)) <
      degrees;
    // An island thinned to a line could turn inside out and flood the map: small rings stay as they are.
    if (closed && inner.length < 6) return points;
    return [kept[0] as number[], ...inner, ...(kept.length > 1 ? [kept[1] as number[]] : [])];
  });
  delete atlas.transform;
}

function named(shapes: readonly Shape[], name: string): Shape | undefined {
  return shapes.find((shape) => shape.properties.name === name);
}

/** Takes the polygon that holds Simferopol out of Russia and dissolves it into Ukraine. */
function moveCrimea(atlas: Atlas, shapes: Shape[]): void {
  const russia = named(shapes, "Russia");
  const ukraine = named(shapes, "Ukraine");
  if (russia === undefined || ukraine === undefined || russia.type !== "MultiPolygon")
    throw new Error("the atlas has no Russia of several parts or no Ukraine");
  const polygons = (feature(atlas as never, russia as never) as unknown as { geometry: { coordinates: Ring[][] } })
    .geometry.coordinates;
  const index = polygons.findIndex((rings) =>
    geoContains({ type: "Polygon", coordinates: rings } as never, simferopol),
  );
  if (index < 0) {
    const whole = feature(atlas as never, ukraine as never) as never;
    if (geoContains(whole, simferopol)) return;
    throw new Error("Simferopol is in no polygon of Russia and not in Ukraine: look at the atlas");
  }
  const part = polygons[index] as Ring[];
  const squareKilometres = geoArea({ type: "Polygon", coordinates: part } as never) * 6371 ** 2;
  if (squareKilometres > 60_000)
    throw new Error(`the part with Simferopol has ${Math.round(squareKilometres)} km2, more than Crimea`);
  const crimea: Shape = { type: "Polygon", arcs: russia.arcs[index] as unknown[], properties: { name: "Crimea" } };
  russia.arcs.splice(index, 1);
  shapes.push(crimea);
  absorb(atlas, shapes, "Crimea", "Ukraine");
}

/** Dissolves one shape into another, their common border gone. */
function absorb(atlas: Atlas, shapes: Shape[], partName: string, wholeName: string): void {
  const part = named(shapes, partName);
  const whole = named(shapes, wholeName);
  if (part === undefined || whole === undefined) return;
  const geometry = merge(atlas as never, [part, whole] as never) as unknown as {
    type: "MultiPolygon";
    coordinates: Ring[][];
  };
  // The merged outline is kept as coordinates beside the topology: `outline` below prefers it.
  merged.set(whole, geometry);
  shapes.splice(shapes.indexOf(part), 1);
}
const merged = new WeakMap<Shape, { type: "MultiPolygon"; coordinates: Ring[][] }>();

function outline(atlas: Atlas, shape: Shape): unknown {
  return merged.get(shape) ?? (feature(atlas as never, shape as never) as unknown as { geometry: unknown }).geometry;
}

/** Europe, Lambert azimuthal equal-area about 15 E 53 N. */
export function europeProjection(width: number, height: number): GeoProjection {
  return geoAzimuthalEqualArea()
    .rotate([-17, -53.5])
    .translate([width / 2, height / 2])
    .scale(width * 1.28)
    .clipExtent([
      [0, 0],
      [width, height],
    ])
    .precision(0.5);
}

/** The world, Equal Earth, without Antarctica. */
export function worldProjection(width: number, height: number): GeoProjection {
  return geoEqualEarth()
    .rotate([-11, 0])
    .scale(width / 5.75)
    .translate([width / 2, height * 0.6])
    .precision(0.5);
}

/** Projects every country of the atlas to one SVG path; countries outside the view or smaller than a dot are left out. */
export function draw(
  atlas: Atlas,
  projection: GeoProjection,
  width: number,
  height: number,
  leastArea: number,
): MapDrawing {
  const path = geoPath(projection).digits(1);
  const shapes: MapShape[] = [];
  for (const shape of atlas.objects.countries.geometries) {
    if (shape.properties.name === "Antarctica") continue;
    const geometry = outline(atlas, shape) as never;
    if (path.area(geometry) < leastArea) continue;
    const d = thin(path(geometry) ?? "");
    const [x, y] = path.centroid(geometry);
    if (d !== "")
      shapes.push({ id: shape.id ?? "", name: shape.properties.name, d, x: Math.round(x), y: Math.round(y) });
  }
  return { width, height, shapes };
}

/** Drops sub-paths smaller than about a pixel, which only weigh. */
function thin(d: string): string {
  const parts = d.split(/(?=M)/);
  const kept = parts.filter((part) => {
    const points = part
      .replace(/[MZ]/g, "")
      .split("L")
      .map((pair) => pair.split(",").map(Number));
    const xs = points.map((point) => point[0] ?? 0);
    const ys = points.map((point) => point[1] ?? 0);
    return (Math.max(...xs) - Math.min(...xs)) * (Math.max(...ys) - Math.min(...ys)) > 1.5;
  });
  return (kept.length > 0 ? kept : parts.slice(0, 1)).join("");
}

export const europeSize = { width: 620, height: 640 } as const;
export const worldSize = { width: 620, height: 290 } as const;

/** Both drawings as the pages load them. */
export function drawings(): Readonly<{ europe: MapDrawing; world: MapDrawing }> {
  return {
    europe: draw(
      mendedAtlas("50m"),
      europeProjection(europeSize.width, europeSize.height),
      europeSize.width,
      europeSize.height,
      0.5,
    ),
    world: draw(
      mendedAtlas("110m"),
      worldProjection(worldSize.width, worldSize.height),
      worldSize.width,
      worldSize.height,
      0.3,
    ),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = new URL("../src/map/", import.meta.url);
  const { europe, world } = drawings();
  writeFileSync(new URL("europe.json", folder), `${JSON.stringify(europe)}\n`);
  writeFileSync(new URL("world.json", folder), `${JSON.stringify(world)}\n`);
}
