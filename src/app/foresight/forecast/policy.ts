import { readFileSync } from "node:fs";
import type { ForecastPolicy } from "#core/foresight/forecast/policy.ts";
import { readForecastPolicy } from "#formats/foresight/policy.ts";

const place = new URL("../../../../policies/forecast.json", import.meta.url);

let shipped: ForecastPolicy | undefined;

/** What forecasts assume, as it comes with the program, read once. */
export function forecastPolicy(): ForecastPolicy {
  shipped ??= readForecastPolicy(readFileSync(place, "utf8"), "forecast.json");
  return shipped;
}
