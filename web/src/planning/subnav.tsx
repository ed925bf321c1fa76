import { Subnav } from "../parts/subnav.tsx";

const places = [
  { to: "/needs", name: "Needs" },
  { to: "/offers", name: "Offers" },
  { to: "/plans", name: "Plans" },
  { to: "/deliveries", name: "Deliveries" },
] as const;

/** The ways between the pages of the planning side. */
export function PlanningPages() {
  return <Subnav label="Planning" places={places} />;
}
