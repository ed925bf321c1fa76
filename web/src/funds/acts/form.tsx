import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { FundView } from "../../../../src/core/views-funds.ts";
import { ApiProblem } from "../../api/client.ts";
import { useChangeSearch } from "../../frame/hooks.ts";
import { keepFrame } from "../../frame/search.ts";
import { ActingAs } from "../../parts/acting-as.tsx";
import { withCode } from "../../parts/states.tsx";
import { newestFirst, readable } from "../words.ts";

/**
 * One form that enters an act. `asked` says in words what is sent, and is repeated when it is refused; `aside` stands beside the form until
 * there is an answer; `done` says what came of it.
 */
export function ActForm<T>({
  fund,
  title,
  intro,
  asked,
  button,
  send,
  done,
  aside,
  children,
  level = 2,
}: Readonly<{
  fund: FundView;
  title: string;
  intro?: ReactNode;
  asked: string;
  button: string;
  send: () => Promise<T>;
  done: (answer: T, before: FundView) => ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  level?: 2 | 4;
}>) {
  const queries = useQueryClient();
  const change = useChangeSearch();
  const act = useMutation({
    mutationFn: async (_sent: Readonly<{ asked: string; before: FundView }>) => send(),
    onSuccess: async () => {
      await Promise.all(
        ["fund", "funds", "call", "reallocation"].map((key) => queries.invalidateQueries({ queryKey: [key] })),
      );
    },
  });
  const Heading = level === 2 ? "h2" : "h4";
  return (
    <div className="act-panel">
      <form
        aria-label={title}
        onSubmit={(event) => {
          event.preventDefault();
          // What was just recorded is not sent a second time by a second press of Enter.
          if (act.isPending || act.isSuccess) return;
          act.mutate({ asked, before: fund });
        }}
      >
        <Heading>{title}</Heading>
        {intro !== undefined && <p className="hint">{intro}</p>}
        <div className="act-fields">
          {children}
          <ActingAs />
        </div>
        <p className="act-ends">
          {act.isSuccess ? (
            <button type="button" onClick={() => act.reset()}>
              Another
            </button>
          ) : (
            <button type="submit" className="act-button" disabled={act.isPending}>
              {act.isPending ? "Sending\u2026" : button}
            </button>
          )}
          <button type="button" className="plain" onClick={() => change({ act: undefined }, true)}>
            Close
          </button>
        </p>
      </form>
      <div className="act-aside" aria-live="polite">
        {act.isError && <Refused error={act.error} asked={act.variables.asked} />}
        {act.isSuccess && <div className="recorded">{done(act.data, act.variables.before)}</div>}
        {!act.isSuccess && aside}
      </div>
    </div>
  );
}

/** What was asked, why it is not done, and what to do: in the server's words, beside the form. */
function Refused({ error, asked }: Readonly<{ error: unknown; asked: string }>) {
  const problem = error instanceof ApiProblem ? error : null;
  const refused = problem !== null && problem.status >= 400 && problem.status < 500;
  return (
    <div className="refused" role="alert">
      <h3>{refused ? "Refused. Nothing was recorded, no money moved." : "Not done."}</h3>
      <dl>
        <dt>Asked</dt>
        <dd>{asked}</dd>
        <dt>Why not</dt>
        <dd>
          <strong>{problem?.message ?? String(error)}</strong>
          {problem !== null && problem.found !== "" && (
            <>
              {" "}
              {problem.place !== "" && <>In {problem.place}: </>}
              {sentence(readable(problem.found))}
            </>
          )}
        </dd>
        {problem !== null && problem.detail !== "" && (
          <>
            <dt>What to do</dt>
            <dd>{withCode(problem.detail)}</dd>
          </>
        )}
      </dl>
      <p className="refused-ways">
        {problem?.code.includes("authority") === true && (
          <>
            <Link to="." hash="authorities" search={(previous) => previous} resetScroll={false}>
              What the authorities allow
            </Link>
            <Link to="/decisions/new" search={keepFrame()}>
              Propose a decision
            </Link>
          </>
        )}
        {problem !== null && problem.code !== "" && <code>{problem.code}</code>}
      </p>
    </div>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

/** What was just recorded, with the way to the reason why it could be. */
export function Recorded({ fund, before }: Readonly<{ fund: FundView; before: FundView }>) {
  const known = new Set(before.acts.map((act) => act.id));
  const act = newestFirst(fund.acts).find((one) => !known.has(one.id));
  const posting = act?.postings[0];
  return (
    <>
      <h3>Recorded.</h3>
      {act !== undefined && (
        <p>
          {act.title}, by {act.actor}.{" "}
          {posting !== undefined && (
            <Link to="/why/$posting" params={{ posting }} search={keepFrame()}>
              Why could this be done?
            </Link>
          )}
        </p>
      )}
    </>
  );
}
