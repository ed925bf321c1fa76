import { Link } from "@tanstack/react-router";
import { keepFrame } from "../frame/search.ts";

const pages = [
  ["/decisions", "Calendar"],
  ["/decisions/new", "Propose"],
  ["/procedures", "Procedures"],
  ["/power", "Voting power"],
] as const;

/** The ways between the pages of the deciding side. */
export function DecidingPages() {
  return (
    <nav className="subnav" aria-label="Deciding">
      <ul>
        {pages.map(([to, name]) => (
          <li key={to}>
            <Link
              to={to}
              search={keepFrame()}
              activeOptions={{ exact: to.startsWith("/decisions"), includeSearch: false }}
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
