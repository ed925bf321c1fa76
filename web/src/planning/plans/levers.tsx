import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Lever, PlanView } from "../../../../src/core/views-plan.ts";
import { Refusal } from "../../parts/refusal.tsx";
import { leversQuery } from "./queries.ts";

/** The changes that would help most, each verified by solving again: worked out when asked for. */
export function Levers({ plan }: Readonly<{ plan: PlanView }>) {
  const [asked, ask] = useState(false);
  const query = useQuery({ ...leversQuery(plan.book, plan.id), enabled: asked });
  return (
    <section className="figure" aria-labelledby="levers">
      <header className="figure-head">
        <h2 id="levers">What would help most</h2>
        <p className="figure-text">Five changes of what there is, each verified by solving the plan again with it.</p>
      </header>
      {!asked && (
        <p>
          <button type="button" onClick={() => ask(true)}>
            Work it out
          </button>
        </p>
      )}
      {asked && query.isPending && (
        <p role="status">Solving with each in turn{"\u2026"} this takes a while for a large plan.</p>
      )}
      <Refusal error={query.error} />
      {query.data !== undefined && query.data.levers.length === 0 && <p>Nothing that was tried would help.</p>}
      {query.data !== undefined && (
        <ol className="levers">
          {query.data.levers.map((lever) => (
            <li key={lever.name}>
              {lever.says} <span className="muted">{gains(lever)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function gains({ coverage }: Lever): string {
  const parts = coverage
    .filter(({ gained }) => gained !== 0)
    .map(
      ({ priority, gained }) =>
        `${gained > 0 ? "+" : "\u2212"}${(Math.abs(gained) * 100).toFixed(1)}% of an average need of priority ${priority}`,
    );
  return parts.length === 0 ? "" : `(${parts.join(", ")})`;
}
