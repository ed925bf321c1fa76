import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiProblem } from "../api/client.ts";
import { useChangeSearch } from "../frame/hooks.ts";
import { ActingAs } from "./acting-as.tsx";
import { withCode } from "./states.tsx";

/**
 * One form that enters something. `asked` says in words what is sent, and is repeated when it is refused; `aside` stands beside the form
 * until there is an answer; `done` says what came of it. What was asked of the server before under one of `touches` is asked again.
 */
export function EntryForm<T>({
  title,
  intro,
  asked,
  button,
  send,
  done,
  touches,
  aside,
  children,
  level = 2,
  refused = "Refused. Nothing was recorded.",
  ways,
  words = (text) => text,
}: Readonly<{
  title: string;
  intro?: ReactNode;
  asked: string;
  button: string;
  send: () => Promise<T>;
  done: (answer: T) => ReactNode;
  touches: readonly string[];
  aside?: ReactNode;
  children: ReactNode;
  level?: 2 | 4;
  /** What stands above a refusal. */
  refused?: string;
  /** Where to go on from a refusal, by its code. */
  ways?: (code: string) => ReactNode;
  /** How what the server found is written for reading. */
  words?: (found: string) => string;
}>) {
  const queries = useQueryClient();
  const change = useChangeSearch();
  const act = useMutation({
    mutationFn: async (_sent: Readonly<{ asked: string }>) => send(),
    onSuccess: async () => {
      await Promise.all(touches.map((key) => queries.invalidateQueries({ queryKey: [key] })));
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
          act.mutate({ asked });
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
        {act.isError && (
          <Refused error={act.error} asked={act.variables.asked} head={refused} ways={ways} words={words} />
        )}
        {act.isSuccess && <div className="recorded">{done(act.data)}</div>}
        {!act.isSuccess && aside}
      </div>
    </div>
  );
}

/** What was asked, why it is not done, and what to do: in the server's words, beside the form. */
function Refused({
  error,
  asked,
  head,
  ways,
  words,
}: Readonly<{
  error: unknown;
  asked: string;
  head: string;
  ways: ((code: string) => ReactNode) | undefined;
  words: (found: string) => string;
}>) {
  const problem = error instanceof ApiProblem ? error : null;
  const refused = problem !== null && problem.status >= 400 && problem.status < 500;
  return (
    <div className="refused" role="alert">
      <h3>{refused ? head : "Not done."}</h3>
      <dl>
        <dt>Asked</dt>
        <dd>{asked}</dd>
        <dt>Why not</dt>
        <dd>
          <strong>{problem?.message ?? (error instanceof Error ? error.message : String(error))}</strong>
          {problem !== null && problem.found !== "" && (
            <>
              {" "}
              {problem.place !== "" && <>In {problem.place}: </>}
              {sentence(words(problem.found))}
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
        {problem !== null && ways?.(problem.code)}
        {problem !== null && problem.code !== "" && <code>{problem.code}</code>}
      </p>
    </div>
  );
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}
