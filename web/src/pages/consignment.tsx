import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ConsignmentView } from "../../../src/core/views-delivery.ts";
import { formatDay } from "../format/days.ts";
import { useAppSearch, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { listed, readable } from "../funds/words.ts";
import { SourceLine } from "../parts/source-line.tsx";
import { Answered } from "../parts/states.tsx";
import { ConsignmentActs } from "../planning/deliveries/acts/panel.tsx";
import { Course } from "../planning/deliveries/consignment/course.tsx";
import { CarriedLines } from "../planning/deliveries/consignment/lines.tsx";
import { SignLinks } from "../planning/deliveries/consignment/links.tsx";
import { QueriesOf } from "../planning/deliveries/consignment/queries-of.tsx";
import { ConsignmentLink, StagesBar, StagesKey } from "../planning/deliveries/list.tsx";
import { consignmentQuery } from "../planning/deliveries/queries.ts";
import { giversWords, itemsWords, piecesWords, statesWords, watchWords } from "../planning/deliveries/words.ts";
import { KnownAt } from "../planning/known-at.tsx";
import { PlanningPages } from "../planning/subnav.tsx";

/** One consignment: what it carries, what both sides say of it, everything that happened, and what can happen next. */
export function ConsignmentPage() {
  const { id = "" } = useParams({ strict: false });
  const { book = defaultBook, known_at } = useAppSearch();
  const query = useQuery(consignmentQuery(book, id, known_at));
  useTitle(query.data?.title ?? "Consignment");
  return (
    <>
      <PlanningPages />
      <Answered query={query} what="the consignment" tall alone>
        {(consignment) => <Consignment consignment={consignment} />}
      </Answered>
    </>
  );
}

function Consignment({ consignment }: Readonly<{ consignment: ConsignmentView }>) {
  const { head, id, title } = consignment;
  return (
    <article>
      <header className="headline">
        <p className="kicker">
          <Link to="/deliveries" search={keepFrame()}>
            Deliveries
          </Link>{" "}
          {"\u00b7"} {id} {head.synthetic && <strong className="synthetic">Synthetic</strong>}
        </p>
        <h1>{title === "" ? id : title}</h1>
        <p className="standfirst">
          {piecesWords(consignment.stream, consignment.pieces)} of {itemsWords(consignment)}
          {consignment.givers.length > 0 && ` from ${giversWords(consignment)}`}, through {consignment.hubName}
          {consignment.carrier !== null && `, brought by ${consignment.carrier}`}; due by{" "}
          {formatDay(consignment.dueUntil)}.
        </p>
        <Matters consignment={consignment} />
        <KnownAt />
      </header>
      <ConsignmentActs consignment={consignment} />
      <div className="grid">
        <Stands consignment={consignment} />
        <CarriedLines consignment={consignment} />
        <QueriesOf consignment={consignment} />
        <Course consignment={consignment} />
        <SignLinks consignment={consignment} />
      </div>
    </article>
  );
}

function Matters({ consignment: { watch, openQueries } }: Readonly<{ consignment: ConsignmentView }>) {
  const matters = [
    ...watch.map((kind) =>
      kind === "unconfirmed" ? "part of it is not signed for" : `part of it is ${watchWords[kind]}`,
    ),
    ...(openQueries > 0 ? ["the two sides differ"] : []),
  ];
  if (matters.length === 0) return null;
  const text = listed(matters);
  return (
    <p className="standfirst">
      <strong>
        {text.charAt(0).toUpperCase()}
        {text.slice(1)}.
      </strong>
    </p>
  );
}

/** Where its pieces stand, and which of them count as delivered. */
function Stands({ consignment }: Readonly<{ consignment: ConsignmentView }>) {
  const { states, lineage, note, source, deliveredBy } = consignment;
  return (
    <section className="figure span-12" aria-labelledby="stands">
      <header className="figure-head">
        <h2 id="stands">Where it stands</h2>
        <p className="figure-text">
          {states.length === 0 ? "It carries nothing any more." : `${statesWords(states)}.`}{" "}
          {deliveredBy.map(({ says }) => readable(says)).join(" ")}
        </p>
      </header>
      {states.length > 0 && (
        <>
          <StagesKey />
          <div className="offer-bar">
            <StagesBar states={states} />
          </div>
        </>
      )}
      {lineage.length > 0 && (
        <p className="after">
          {lineage.map(({ consignment: other, way, event, on }, index) => (
            <span key={`${other} ${event} ${on} ${way}`}>
              {index > 0 && "; "}
              {way === "from" ? "Pieces came from" : "Pieces went into"} <ConsignmentLink id={other} /> on{" "}
              {formatDay(on)}
            </span>
          ))}
          .
        </p>
      )}
      {note !== "" && <p className="after">{note}</p>}
      <p className="hint after">
        Source: <SourceLine source={source} />
      </p>
    </section>
  );
}
