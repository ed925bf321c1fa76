import { Link } from "@tanstack/react-router";
import { keepFrame } from "../frame/search.ts";

type Deciding = "/decisions" | "/decisions/new" | "/procedures" | "/power";
type Planning = "/needs" | "/offers" | "/plans" | "/deliveries";
type Foresight = "/forecast" | "/forecast/scenarios" | "/timeline" | "/predictability" | "/report";
/** A page by its address and name. `alone`: the pages below its address are not part of it. */
export type Place = Readonly<{ to: Deciding | Planning | Foresight; name: string; alone?: boolean }>;

/** The ways between the pages of one side. */
export function Subnav({ label, places }: Readonly<{ label: string; places: readonly Place[] }>) {
  return (
    <nav className="subnav" aria-label={label}>
      <ul>
        {places.map(({ to, name, alone = false }) => (
          <li key={to}>
            <Link
              to={to}
              search={keepFrame()}
              activeOptions={{ exact: alone, includeSearch: false }}
              activeProps={{ "aria-current": "page" }}
            >
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
