import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { FairnessPrice, PlanView } from "../../../../src/core/views-plan.ts";
import { Trade } from "../../charts/trade.tsx";
import { Figure } from "../../figure/figure.tsx";
import { Refusal } from "../../parts/refusal.tsx";
import { drawnBy } from "./drawn-by.ts";
import { fairnessQuery } from "./queries.ts";
import { shareWords } from "./words.ts";

const title = "What fairness costs";

/** How many points are left the better the least covered priority is covered: worked out when asked for. */
export function Fairness({ plan }: Readonly<{ plan: PlanView }>) {
  const [asked, ask] = useState(false);
  const query = useQuery({ ...fairnessQuery(plan.book, plan.id), enabled: asked });
  if (query.data !== undefined && query.data.points.length > 0) return <Curve plan={plan} price={query.data} />;
  return (
    <section className="figure" aria-labelledby="fairness">
      <header className="figure-head">
        <h2 id="fairness">{title}</h2>
        <p className="figure-text">
          {query.data?.says ?? "How many points are left the better the least covered priority is covered."}
        </p>
      </header>
      {!asked && (
        <p>
          <button type="button" onClick={() => ask(true)}>
            Work out what it costs
          </button>
        </p>
      )}
      {asked && query.isPending && (
        <p role="status">Solving on the way to the fairest{"\u2026"} this takes a while for a large plan.</p>
      )}
      <Refusal error={query.error} />
    </section>
  );
}

function Curve({ plan, price: { says, here, points } }: Readonly<{ plan: PlanView; price: FairnessPrice }>) {
  return (
    <Figure
      title={title}
      atOnce
      text={says}
      {...drawnBy(plan, "points")}
      json={{ here, points }}
      table={{
        columns: [
          { key: "part", label: "Towards the fairest", kind: "decimal" },
          { key: "least", label: "Least covered priority", kind: "decimal" },
          { key: "score", label: "Points at most", kind: "decimal" },
          { key: "lost", label: "Lost", kind: "decimal" },
        ],
        rows: points.map(({ part, least, score, lost }) => [
          `${Math.round(part * 100)}%`,
          shareWords(least),
          score.toFixed(2),
          shareWords(lost),
        ]),
      }}
      note={`Across: how far the least covered priority is covered; up: points at most, in broken units, of which whole ones reach a little less.${here.least === null ? "" : ` The larger dot is this plan: ${shareWords(here.least)}, ${here.score.toFixed(2)} points.`}`}
    >
      <Trade
        points={points.map(({ least, score }) => ({ across: least, up: score }))}
        own={here.least === null ? null : { across: here.least, up: here.score }}
        title={points.map(({ least, score }) => `${shareWords(least)} covered: ${score.toFixed(2)} points`).join("; ")}
      />
    </Figure>
  );
}
