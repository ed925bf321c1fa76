const centre = [17, 53.5] as const;
const europe = { width: 620, height: 640 };
const scale = europe.width * 1.28;
const radians = Math.PI / 180;

/**
 * Where a place lies on the map of Europe, in its own units; null where it lies outside of it.
 * Lambert's azimuthal equal-area projection about the map's centre, as Snyder gives it (Map Projections: A Working Manual, USGS 1395, equations 24-2 to 24-4).
 */
export function onEurope(latitude: number, longitude: number): Readonly<{ x: number; y: number }> | null {
  const [phi, phi0] = [latitude * radians, centre[1] * radians];
  const lambda = (longitude - centre[0]) * radians;
  const cosine = Math.sin(phi0) * Math.sin(phi) + Math.cos(phi0) * Math.cos(phi) * Math.cos(lambda);
  const k = scale * Math.sqrt(2 / (1 + cosine));
  const x = europe.width / 2 + k * Math.cos(phi) * Math.sin(lambda);
  const y =
    europe.height / 2 - k * (Math.cos(phi0) * Math.sin(phi) - Math.sin(phi0) * Math.cos(phi) * Math.cos(lambda));
  return x >= 0 && x <= europe.width && y >= 0 && y <= europe.height ? { x, y } : null;
}
