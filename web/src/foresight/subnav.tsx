import { Subnav, type Place } from "../parts/subnav.tsx";

/** A page joins with its route: /forecast, /forecast/scenarios, /predictability, /timeline, /report, in this order. */
const places: readonly Place[] = [
  { to: "/forecast", name: "Forecast", alone: true },
  { to: "/forecast/scenarios", name: "Scenarios" },
  { to: "/predictability", name: "Predictability" },
  { to: "/timeline", name: "Timeline" },
  { to: "/report", name: "Pledge report" },
];

/** The ways between the pages of foresight. */
export function ForesightPages() {
  return <Subnav label="Foresight" places={places} />;
}
