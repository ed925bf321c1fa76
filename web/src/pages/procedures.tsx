import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ProcedureRow } from "../../../src/core/views-governed.ts";
import { api } from "../api/client.ts";
import { DecidingPages } from "../decisions/subnav.tsx";
import { useTitle } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";
import { Answered } from "../parts/states.tsx";
import { standing } from "../procedures/words.ts";

/** How groups decide: the procedures that come with the program. */
export function ProceduresPage() {
  useTitle("Procedures");
  const query = useQuery({ queryKey: ["procedures"], queryFn: ({ signal }) => api.procedures(signal) });
  return (
    <>
      <DecidingPages />
      <header className="headline">
        <h1>Procedures</h1>
        <p className="standfirst">
          How a group decides: its steps, who takes part and when a text is adopted. Each is dated and names its
          sources, and its picture is drawn from its definition.
        </p>
      </header>
      <Answered query={query} what="the procedures" tall>
        {(list) => <List list={list} />}
      </Answered>
    </>
  );
}

function List({ list }: Readonly<{ list: readonly ProcedureRow[] }>) {
  return (
    <ul className="procedure-list">
      {list.map((row) => (
        <li key={`${row.id} ${row.validFrom}`}>
          <h2>
            <Link to="/procedures/$id" params={{ id: row.id }} search={keepFrame({ on: row.validFrom })}>
              {row.title}
            </Link>
          </h2>
          <p>{row.summary}</p>
          <p className="hint">{standing(row)}</p>
        </li>
      ))}
    </ul>
  );
}
