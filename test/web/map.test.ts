import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  drawings,
  europeProjection,
  europeSize,
  worldProjection,
  worldSize,
  type MapDrawing,
} from "../../web/scripts/map.ts";

const committed = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../web/src/map/${name}.json`, import.meta.url), "utf8")) as MapDrawing;
const [europe, world] = [committed("europe"), committed("world")];
const [toEurope, toWorld] = [
  europeProjection(europeSize.width, europeSize.height),
  worldProjection(worldSize.width, worldSize.height),
];

/** Names of the shapes that hold a projected point, by the even-odd rule over all their rings. */
function holders(drawing: MapDrawing, point: [number, number] | null): string[] {
  if (point === null) return [];
  const [x, y] = point;
  return drawing.shapes
    .filter(({ d }) => {
      let inside = false;
      for (const ring of d.split("M").slice(1)) {
        const points = ring
          .replace("Z", "")
          .split("L")
          .map((pair) => pair.split(",").map(Number) as [number, number]);
        points.forEach(([ax, ay], index) => {
          const [bx, by] = points[(index + 1) % points.length] ?? [ax, ay];
          if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
        });
      }
      return inside;
    })
    .map(({ name }) => name);
}

const places: readonly (readonly [string, [number, number], string])[] = [
  ["Simferopol", [34.1, 44.95], "Ukraine"],
  ["Sevastopol", [33.6, 44.62], "Ukraine"],
  ["Kerch", [36.35, 45.35], "Ukraine"],
  ["Donetsk", [37.8, 48.0], "Ukraine"],
  ["Kyiv", [30.52, 50.45], "Ukraine"],
  ["Krasnodar", [38.98, 45.04], "Russia"],
  ["Warsaw", [21.01, 52.23], "Poland"],
  ["Pristina", [21.16, 42.66], "Kosovo"],
  ["Belgrade", [20.46, 44.75], "Serbia"],
];

describe("the maps", () => {
  test.each(places)("%s on the map of Europe", (_, place, country) => {
    expect(holders(europe, toEurope(place))).toEqual([country]);
  });

  test.each(places.filter(([name]) => ["Simferopol", "Sevastopol", "Donetsk", "Kyiv", "Warsaw"].includes(name)))(
    "%s on the map of the world",
    (_, place, country) => {
      expect(holders(world, toWorld(place))).toEqual([country]);
    },
  );

  test("Kosovo has an id, and every shape has one", () => {
    for (const drawing of [europe, world]) {
      expect(drawing.shapes.find(({ name }) => name === "Kosovo")?.id).toBe("xkx");
      expect(drawing.shapes.filter(({ id }) => id === "")).toEqual([]);
    }
  });

  test("no shape floods the map", () => {
    for (const [drawing, empty] of [
      [europe, toEurope([2, 67])],
      [world, toWorld([-150, 10])],
    ] as const)
      expect(holders(drawing, empty)).toEqual([]);
  });

  test("what is committed is what the script draws", () => {
    expect({ europe, world }).toEqual(JSON.parse(JSON.stringify(drawings())));
  });
});
