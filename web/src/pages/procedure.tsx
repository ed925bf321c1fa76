import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ProcedureView } from "../../../src/core/views-governed.ts";
import { api, apiAddress } from "../api/client.ts";
import { DecidingPages } from "../decisions/subnav.tsx";
import { useAppSearch, useTitle } from "../frame/hooks.ts";
import { Answered } from "../parts/states.tsx";
import { ProcedureDiagram } from "../procedures/diagram.tsx";
import { standing } from "../procedures/words.ts";

/** One procedure: its picture and the same in words, its rule, its deadline and its sources. */
export function ProcedurePage() {
  const { id = "" } = useParams({ strict: false });
  const { on } = useAppSearch();
  const query = useQuery({ queryKey: ["procedure", id, on], queryFn: ({ signal }) => api.procedure(id, on, signal) });
  useTitle(query.data?.title ?? "Procedure");
  return (
    <Answered query={query} what="the procedure" alone>
      {(found) => <OneProcedure found={found} />}
    </Answered>
  );
}

function OneProcedure({ found }: Readonly<{ found: ProcedureView }>) {
  return (
    <article>
      <DecidingPages />
      <header className="headline">
        <h1>{found.title}</h1>
        <p className="standfirst">
          {found.summary} {standing(found)}
        </p>
      </header>
      <div className="grid">
        <section className="figure span-8" aria-labelledby="diagram">
          <h2 id="diagram">Diagram</h2>
          <ProcedureDiagram diagram={found.diagram} />
          <p className="figure-note">
            The thick box is where it starts; a dashed way is taken by the clock.{" "}
            <a href={apiAddress(`/procedures/${encodeURIComponent(found.id)}/diagram.svg`, { on: found.validFrom })}>
              The diagram as SVG
            </a>
          </p>
        </section>
        <section className="figure span-4" aria-labelledby="rule">
          <h2 id="rule">Adopted when</h2>
          <Rule found={found} />
          <Particulars found={found} />
        </section>
        <Words found={found} />
        <Sources found={found} />
      </div>
    </article>
  );
}

/** Lines are set in by their depth; each says how those under it join. */
function Rule({ found: { rule } }: Readonly<{ found: ProcedureView }>) {
  return (
    <ul className="plain-list">
      {rule.map((line, index) => (
        <li key={index} className={`rule-depth-${Math.min(line.depth, 4)}`}>
          {line.says}
          {line.condition === null ? ":" : "."}
        </li>
      ))}
    </ul>
  );
}

function Particulars({ found }: Readonly<{ found: ProcedureView }>) {
  const { deadline, seats } = found;
  const rows: readonly (readonly [string, string])[] = [
    ["Takes part", found.takesPart],
    ...(seats.count === null ? [] : [["Seats", String(seats.count)] as const]),
    ...Object.entries(seats.roles).map(([role, number]) => [`Seats: ${role}`, String(number)] as const),
    ["Positions", found.positions.join(", ").replaceAll("-", " ")],
    ...(found.exemptions.length === 0 ? [] : [["Abstaining exempts from", found.exemptions.join("; ")] as const]),
    ["Deadline", deadline === null ? "none usual" : `${deadline.workingDays} working days, at ${deadline.at}`],
  ];
  return (
    <>
      <dl className="pairs after">
        {rows.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {deadline !== null && <p className="figure-note">{deadline.says}</p>}
    </>
  );
}

/** The diagram again, for who would rather read it. */
function Words({ found: { diagram } }: Readonly<{ found: ProcedureView }>) {
  return (
    <section className="figure span-12" aria-labelledby="steps">
      <h2 id="steps">The same in words</h2>
      <p>
        Steps: {diagram.nodes.map((node) => (node.start ? `${node.title} (where it starts)` : node.title)).join(", ")}.
      </p>
      <ol className="procedure-ways">
        {diagram.legend.map((line) => (
          <li key={line.number} value={line.number}>
            {line.text}.
          </li>
        ))}
      </ol>
    </section>
  );
}

function Sources({ found: { sources } }: Readonly<{ found: ProcedureView }>) {
  return (
    <section className="figure span-12" aria-labelledby="sources">
      <h2 id="sources">Sources</h2>
      <ul className="plain-list">
        {sources.map((source) => (
          <li key={`${source.title} ${source.passage}`}>
            {source.url === null ? source.title : <a href={source.url}>{source.title}</a>}, {source.passage}{" "}
            <span className="muted">{source.publisher}</span>
            <br />
            {source.says}
          </li>
        ))}
      </ul>
    </section>
  );
}
