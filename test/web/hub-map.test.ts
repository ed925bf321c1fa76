import { expect, test } from "vitest";
import { europeProjection, europeSize } from "../../web/scripts/map.ts";
import { onEurope } from "../../web/src/map/project.ts";

const drawn = europeProjection(europeSize.width, europeSize.height);

test.each([
  ["Rzeszów", 50.04, 22],
  ["Constanța", 44.17, 28.63],
  ["Lisbon", 38.72, -9.14],
  ["Tromsø", 69.65, 18.96],
] as const)("%s lies where the map was drawn to have it", (_, latitude, longitude) => {
  const [x, y] = drawn([longitude, latitude]) ?? [];
  const place = onEurope(latitude, longitude);
  expect(place?.x).toBeCloseTo(x ?? Number.NaN, 6);
  expect(place?.y).toBeCloseTo(y ?? Number.NaN, 6);
});

test("what lies outside of the map is not drawn on it", () => {
  expect(onEurope(38.9, -77)).toBeNull();
  expect(onEurope(-53.5, -163)).toBeNull();
});
