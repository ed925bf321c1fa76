import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useEffectEvent } from "react";
import type { ProposalView } from "../../../src/core/views-decisions.ts";
import { Abstention, Authorities } from "../decisions/authority.tsx";
import { SilenceClock, type Told } from "../decisions/clock.tsx";
import { Blocking, Missing } from "../decisions/missing.tsx";
import { OutcomeShown } from "../decisions/outcome.tsx";
import { Positions } from "../decisions/positions.tsx";
import { decisionQuery, soon } from "../decisions/queries.ts";
import { DecidingPages } from "../decisions/subnav.tsx";
import { Text } from "../decisions/text.tsx";
import { Timeline } from "../decisions/timeline.tsx";
import { Unity } from "../decisions/unity.tsx";
import { actionWords, isOpen, objectWords, stateSentence } from "../decisions/words.ts";
import { formatMinute } from "../format/instants.ts";
import { useAppSearch, useChangeSearch, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { Answered, Waiting } from "../parts/states.tsx";

const Acts = lazy(async () => ({ default: (await import("../decisions/act.tsx")).Acts }));

/** One proposal from its opening to what was done under it. */
export function DecisionPage() {
  const { id = "" } = useParams({ strict: false });
  const query = useQuery(decisionQuery(id));
  useTitle(query.data?.title ?? "Decision");
  return (
    <>
      <DecidingPages />
      <Answered query={query} what="the decision" alone>
        {(view) => (
          <Decision
            view={view}
            told={{ now: view.now, receivedAt: query.dataUpdatedAt }}
            onEnd={() => soon(query.refetch)}
          />
        )}
      </Answered>
    </>
  );
}

function Decision({ view, told, onEnd }: Readonly<{ view: ProposalView; told: Told; onEnd: () => void }>) {
  const open = isOpen(view.stepKind);
  const { book } = useAppSearch();
  const change = useChangeSearch();
  const adoptBook = useEffectEvent(() => change({ book: view.book }, true));
  useEffect(() => {
    // An address without a book: the page is of the proposal's own.
    if (book === undefined && view.book !== defaultBook) adoptBook();
  }, [book, view.book]);
  return (
    <article>
      <header className="headline">
        <p className="kicker">
          {objectWords[view.object][0]}
          {view.group !== null && (
            <>
              {" "}
              ·{" "}
              <Link to="/groups/$slug" params={{ slug: view.group }} search={keepFrame()}>
                {view.groupName}
              </Link>
            </>
          )}{" "}
          ·{" "}
          <Link to="/procedures/$id" params={{ id: view.procedure }} search={keepFrame()}>
            {view.procedureTitle}
          </Link>
          {view.synthetic && (
            <>
              {" "}
              <strong className="synthetic">Synthetic</strong>
            </>
          )}
        </p>
        <h1>{view.title}</h1>
        <p className="standfirst">{stateSentence(view)}</p>
        {view.expiresAt !== null && <SilenceClock expiresAt={view.expiresAt} told={told} onEnd={onEnd} />}
      </header>
      <div className="grid">
        {view.outcome !== null && <OutcomeShown view={view} outcome={view.outcome} />}
        {open && (
          <div className="span-8 stack">
            <Missing view={view} />
            <Blocking view={view} />
          </div>
        )}
        <div className="span-4 stack">
          <Facts view={view} />
        </div>
        {open && <Acting view={view} told={told} />}
        <Authorities view={view} />
        <Text view={view}>
          <Abstention view={view} />
        </Text>
        <Positions view={view} />
        {!open && <Acting view={view} told={told} />}
        <Unity view={view} />
        <Timeline events={view.events} />
      </div>
    </article>
  );
}

function Facts({ view }: Readonly<{ view: ProposalView }>) {
  const taking = view.participants.filter((party) => party.takesPart).length;
  const rows: readonly (readonly [string, string | null])[] = [
    ["Text", view.texts.length === 0 ? "none yet" : `version ${view.texts.length}`],
    ["Decided by", view.groupName],
    ["Taking part", String(taking)],
    ["Opened", formatMinute(view.openedAt)],
    ["Last entry", formatMinute(view.lastAt)],
    ["Number", view.number],
    ["Name in addresses", view.id],
  ];
  return (
    <section className="figure" aria-labelledby="facts">
      <h2 id="facts">At a glance</h2>
      <dl className="pairs">
        {rows.map(
          ([term, value]) =>
            value !== null && (
              <div key={term}>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
        {view.fund !== null && (
          <div>
            <dt>Fund</dt>
            <dd>
              {view.object === "open-fund" && view.result !== "adopted" ? (
                `${view.fund}, proposed`
              ) : (
                <Link to="/funds/$id" params={{ id: view.fund }} search={keepFrame()}>
                  {view.fund}
                </Link>
              )}
            </dd>
          </div>
        )}
      </dl>
      <p className="figure-note">{view.takesPart} Who takes part was frozen when it was opened.</p>
    </section>
  );
}

/** The forms, on the machine that the record is on; elsewhere only what can come next. */
function Acting({ view, told }: Readonly<{ view: ProposalView; told: Told }>) {
  const next = view.next.filter((one) => one.allowed && Object.hasOwn(actionWords, one.on));
  if (["localhost", "127.0.0.1", "[::1]"].includes(window.location.hostname))
    return (
      <Suspense fallback={<Waiting what="what can be done" />}>
        <Acts view={view} told={told} />
      </Suspense>
    );
  if (next.length === 0) return null;
  return (
    <section className="figure span-12" aria-labelledby="acts">
      <h2 id="acts">What can come next</h2>
      <p>
        {next.map((one) => actionWords[one.on as keyof typeof actionWords].toLowerCase()).join(", ")}. It is entered on
        the machine that runs this record.
      </p>
    </section>
  );
}
