import { Link } from "@tanstack/react-router";
import { keepFrame } from "../frame/search.ts";

const pages = [
  ["/needs", "Needs"],
  ["/offers", "Offers"],
  ["/plans", "Plans"],
  ["/deliveries", "Deliveries"],
] as const;

/** The ways between the pages of the planning side. */
export function PlanningPages() {
  return (
    <nav className="subnav" aria-label="Planning">
      <ul>
        {pages.map(([to, name]) => (
          <li key={to}>
            <Link
              to={to}
              search={keepFrame()}
              activeOptions={{ includeSearch: false }}
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
