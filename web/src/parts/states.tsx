import { Link } from "@tanstack/react-router";
import { useDeferredValue, type ReactNode } from "react";
import { ApiProblem } from "../api/client.ts";
import { useTitle } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";

/** Grey shapes where the page will stand, so that nothing jumps. */
export function Waiting({ what, tall = false }: Readonly<{ what: string; tall?: boolean }>) {
  return (
    <div className={tall ? "waiting waiting-tall" : "waiting"} role="status">
      <span className="out-of-sight">Loading {what}</span>
      <i /> <i /> <i /> <i />
    </div>
  );
}

/** What went wrong in the server's own words, what to do, and a second try. */
function Failed({
  error,
  onRetry,
  alone = false,
}: Readonly<{ error: unknown; onRetry?: () => void; alone?: boolean }>) {
  const Heading = alone ? "h1" : "h2";
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <div className="failed" role="alert">
      <Heading>{problem?.message ?? "Something went wrong on this page."}</Heading>
      {problem !== null && problem.found !== "" && (
        <p>
          Found {problem.place === "" ? "" : `in ${problem.place} `}
          <code>{problem.found}</code>.
        </p>
      )}
      <p>
        {problem?.detail !== undefined && problem.detail !== ""
          ? withCode(problem.detail)
          : problem === null
            ? String(error)
            : "Try again; if it stays so, look at what the program printed."}
      </p>
      <p className="failed-ways">
        {onRetry !== undefined && (
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        )}
        <Link to="/" search={{}}>
          Start over from the overview
        </Link>
        {problem !== null && problem.code !== "" && <code>{problem.code}</code>}
      </p>
    </div>
  );
}

/** What stands between backticks as code. */
export function withCode(text: string): ReactNode {
  return text.split("`").map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part));
}

/** Nothing to show, and what to do next. `alone` when the page has no other heading. */
export function Empty({
  title,
  children,
  alone = false,
}: Readonly<{ title: string; children: ReactNode; alone?: boolean }>) {
  const Heading = alone ? "h1" : "h2";
  return (
    <div className="empty">
      <Heading>{title}</Heading>
      {children}
    </div>
  );
}

export function NotFound() {
  useTitle("Not found");
  return (
    <Empty alone title="There is no page under this address.">
      <p>
        The address may be mistyped. Go to the{" "}
        <Link to="/" search={keepFrame()}>
          overview
        </Link>
        , the{" "}
        <Link to="/promises" search={keepFrame()}>
          promises
        </Link>{" "}
        or the{" "}
        <Link to="/sources" search={keepFrame()}>
          sources
        </Link>
        .
      </p>
    </Empty>
  );
}

type Answer<T> = Readonly<{ data: T | undefined; error: unknown; isPending: boolean; refetch: () => unknown }>;

/**
 * Shows the answer of a query, or that it is awaited, or why it failed. `alone` when the page has no other heading.
 * The first answer is drawn piece by piece while the page goes on listening to the reader.
 */
export function Answered<T>({
  query,
  what,
  children,
  tall,
  alone = false,
}: Readonly<{ query: Answer<T>; what: string; tall?: boolean; alone?: boolean; children: (data: T) => ReactNode }>) {
  const isDrawn = useDeferredValue(query.data !== undefined);
  if (query.data !== undefined && isDrawn) return <>{children(query.data)}</>;
  if (query.isPending || query.data !== undefined) return <Waiting what={what} tall={tall ?? false} />;
  return <Failed alone={alone} error={query.error} onRetry={() => void query.refetch()} />;
}
