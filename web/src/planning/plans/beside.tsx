import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { PlanView } from "../../../../src/core/views-plan.ts";
import { keepFrame } from "../../frame/search.ts";
import { plansQuery } from "./queries.ts";
import { stateOf } from "./words.ts";

const shown = 8;

/** The ways to hold a plan against another one of its book. */
export function Beside({ plan }: Readonly<{ plan: PlanView }>) {
  const others = (useQuery(plansQuery(plan.book)).data?.plans ?? []).filter(({ id }) => id !== plan.id).slice(0, shown);
  if (others.length === 0) return null;
  return (
    <section className="figure span-12" aria-labelledby="beside">
      <header className="figure-head">
        <h2 id="beside">Beside another plan</h2>
        <p className="figure-text">Which choices differ, and what that means for needs and givers.</p>
      </header>
      <ul className="plain-list">
        {others.map((other) => (
          <li key={other.id}>
            <Link to="/plans/$id/beside/$other" params={{ id: other.id, other: plan.id }} search={keepFrame()}>
              beside {other.title === "" ? other.id : other.title}
            </Link>{" "}
            <span className="muted">{stateOf(other)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
