import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { Signed, SignView } from "../../../src/core/views-delivery.ts";
import { ApiProblem } from "../api/client.ts";
import { signApi } from "../api/sign.ts";
import { formatDay } from "../format/days.ts";
import { useTitle } from "../frame/hooks.ts";
import { CountedLine } from "../sign/line.tsx";
import "../styles/sign.css";

/** What a phone opens by a scanned code: what is there, how many of it, and one button. */
export function SignPage() {
  const { token = "" } = useParams({ strict: false });
  const query = useQuery({
    queryKey: ["sign", token],
    queryFn: ({ signal }) => signApi.view(token, signal),
    staleTime: 0,
    gcTime: 0,
  });
  useTitle("Sign for what was received");
  if (query.data !== undefined)
    return <Signing key={query.data.seen} token={token} view={query.data} onAgain={() => void query.refetch()} />;
  if (query.isPending) return <p role="status">Loading{"\u2026"}</p>;
  return <Closed error={query.error} onRetry={() => void query.refetch()} />;
}

function Closed({ error, onRetry }: Readonly<{ error: unknown; onRetry: () => void }>) {
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <div role="alert">
      <h1>{problem?.message ?? "Something went wrong."}</h1>
      <p>{problem?.detail ?? String(error)}</p>
      {problem?.status !== 404 && problem?.status !== 410 && (
        <button type="button" className="sign-button" onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}

function Signing({ token, view, onAgain }: Readonly<{ token: string; view: SignView; onAgain: () => void }>) {
  const open = view.lines.filter((line) => line.most > 0);
  const [counts, setCounts] = useState<Readonly<Record<number, number>>>({});
  const [name, setName] = useState("");
  const queries = useQueryClient();
  const countOf = (line: SignView["lines"][number]) => counts[line.line] ?? line.awaiting;
  const act = useMutation({
    mutationFn: async () => {
      const lines = open.map((line) => ({ line: line.line, pieces: countOf(line) }));
      return signApi.sign(token, { lines, seen: view.seen, ...(name.trim() === "" ? {} : { name: name.trim() }) });
    },
  });
  const total = open.reduce((sum, line) => sum + countOf(line), 0);
  return (
    <>
      <Heading view={view} />
      {act.isSuccess ? (
        <Done
          signed={act.data}
          onAgain={() => {
            queries.setQueryData(["sign", token], act.data.view);
            act.reset();
          }}
        />
      ) : open.length === 0 ? (
        <p>Nothing of it is waiting for a signature.</p>
      ) : (
        <form
          aria-label="What was received"
          onSubmit={(event) => {
            event.preventDefault();
            if (!act.isPending) act.mutate();
          }}
        >
          <ul className="sign-lines">
            {open.map((line) => (
              <CountedLine
                key={line.line}
                line={line}
                pieces={countOf(line)}
                onCount={(pieces) => setCounts((before) => ({ ...before, [line.line]: pieces }))}
              />
            ))}
          </ul>
          <label className="sign-name">
            Your name, if you like
            <input value={name} maxLength={100} autoComplete="name" onChange={(event) => setName(event.target.value)} />
          </label>
          {act.isError && <NotSigned error={act.error} onAgain={onAgain} />}
          <button type="submit" className="sign-button" disabled={act.isPending}>
            {act.isPending ? "Signing\u2026" : `Sign for ${total}`}
          </button>
        </form>
      )}
      <p className="sign-foot">
        Good until {formatDay(view.expiresAt)}. What you sign is on record with the day and the number of this link.
      </p>
    </>
  );
}

function Heading({ view }: Readonly<{ view: SignView }>) {
  return (
    <header>
      {view.synthetic && <p className="sign-synthetic">Made up, to try the program out</p>}
      <p className="kicker">
        {view.bookTitle}, consignment {view.consignment}
      </p>
      <h1>{view.title}</h1>
      <p>
        {view.hubName}
        {view.carrier !== null && `, brought by ${view.carrier}`}. You sign for {view.recipientName}.
      </p>
    </header>
  );
}

function NotSigned({ error, onAgain }: Readonly<{ error: unknown; onAgain: () => void }>) {
  const problem = error instanceof ApiProblem ? error : null;
  return (
    <div className="sign-refused" role="alert">
      <p>
        <strong>{problem?.message ?? "Not signed."}</strong> {problem?.detail ?? String(error)}
      </p>
      {problem?.code === "consignment_changed" && (
        <button type="button" onClick={onAgain}>
          Show what is there now
        </button>
      )}
    </div>
  );
}

function Done({ signed, onAgain }: Readonly<{ signed: Signed; onAgain: () => void }>) {
  const left = signed.view.lines.reduce((sum, line) => sum + line.most, 0);
  return (
    <div className="sign-done" role="status">
      <h2>Signed for {signed.signed}.</h2>
      {signed.queries.map((query) => (
        <p key={query.id}>
          Question {query.id}: {query.says} Both sides see it until it is settled.
        </p>
      ))}
      {left > 0 && (
        <>
          <p>{left} more may come, or be counted later.</p>
          <button type="button" className="sign-button" onClick={onAgain}>
            Sign for more
          </button>
        </>
      )}
    </div>
  );
}
