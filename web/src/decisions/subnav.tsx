import { Subnav } from "../parts/subnav.tsx";

const places = [
  { to: "/decisions", name: "Calendar", alone: true },
  { to: "/decisions/new", name: "Propose", alone: true },
  { to: "/procedures", name: "Procedures" },
  { to: "/power", name: "Voting power" },
] as const;

/** The ways between the pages of the deciding side. */
export function DecidingPages() {
  return <Subnav label="Deciding" places={places} />;
}
