import { readFile } from "node:fs/promises";
import { valueOf } from "#core/decisions/result.ts";
import { inZone } from "#core/decisions/zones.ts";
import type { PlaceTime } from "#core/views-decisions.ts";

const file = new URL("../../../policies/zones.json", import.meta.url);

/** The place whose clocks a party goes by, and its zone in the IANA database, by the party's id. */
export type Places = Readonly<Record<string, Readonly<{ place: string; zone: string }>>>;

export async function readPlaces(): Promise<Places> {
  return (JSON.parse(await readFile(file, "utf8")) as { zones: Places }).zones;
}

/** An instant by a party's own clocks; null where its zone is not known. */
export function localTime(places: Places, party: string, instant: string): PlaceTime | null {
  if (!Object.hasOwn(places, party)) return null;
  const { place = "", zone = "" } = places[party] ?? {};
  return { place, ...valueOf(inZone(instant, zone)) };
}
