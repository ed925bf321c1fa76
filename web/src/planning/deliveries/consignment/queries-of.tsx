import { lazy, Suspense } from "react";
import type { ConsignmentView, QueryView } from "../../../../../src/core/views-delivery.ts";
import { counted, formatCount } from "../../../format/amounts.ts";
import { formatDay } from "../../../format/days.ts";
import { formatMinute } from "../../../format/instants.ts";
import { useAppSearch } from "../../../frame/hooks.ts";
import { ActLink, actsHere } from "../../../funds/acts/act-link.tsx";
import { readable } from "../../../funds/words.ts";
import { Waiting } from "../../../parts/states.tsx";
import { sideWords, stateOfQuery } from "../words.ts";

const AnswerForm = lazy(async () => ({ default: (await import("../acts/query-forms.tsx")).AnswerForm }));
const SettleForm = lazy(async () => ({ default: (await import("../acts/query-forms.tsx")).SettleForm }));

/** Where the two sides differ about this consignment: what each says, what was answered, and how it was settled. */
export function QueriesOf({ consignment }: Readonly<{ consignment: ConsignmentView }>) {
  const { queries, head } = consignment;
  if (queries.length === 0) return null;
  const open = queries.filter((query) => query.settled === null).length;
  return (
    <section className="figure span-12" aria-labelledby="queries">
      <header className="figure-head">
        <h2 id="queries">Where the sides differ</h2>
        <p className="figure-text">
          {open === 0
            ? `All settled: ${counted(queries.length, "query", "queries")}.`
            : `${counted(open, "query", "queries")} not settled. Both sides see what the other says.`}
        </p>
      </header>
      <div className="pledges">
        {queries.map((query) => (
          <Query key={query.id} query={query} book={head.book} acting={head.knownAt === null} />
        ))}
      </div>
    </section>
  );
}

function Query({ query, book, acting }: Readonly<{ query: QueryView; book: string; acting: boolean }>) {
  const { act } = useAppSearch();
  const { id, settled, messages } = query;
  const open = settled === null && acting && actsHere;
  return (
    <article className="pledge query" id={`query-${id}`} data-wide={act === `answer ${id}` || act === `settle ${id}`}>
      <h3>
        {query.itemName} from {query.giverName} <span className="muted">{stateOfQuery[query.state]}</span>
      </h3>
      <Sides query={query} />
      <p>{readable(query.says)}</p>
      <ol className="messages">
        {messages.map(({ side, says, actor, at }) => (
          <li key={at} data-side={side}>
            <p>{says}</p>
            <p className="hint">
              {actor}, for {sideWords[side]}, {formatMinute(at)}
            </p>
          </li>
        ))}
      </ol>
      {settled !== null && (
        <p>
          <strong>Settled.</strong> {readable(settled.says)} {settled.reason}{" "}
          <span className="hint">
            {settled.actor}, {formatMinute(settled.at)}
          </span>
        </p>
      )}
      {open && (
        <p className="ways">
          <ActLink act={`answer ${id}`}>Answer</ActLink>
          <ActLink act={`settle ${id}`}>Settle it</ActLink>
        </p>
      )}
      {open && (act === `answer ${id}` || act === `settle ${id}`) && (
        <Suspense fallback={<Waiting what="the form" />}>
          {act === `answer ${id}` ? <AnswerForm book={book} query={query} /> : <SettleForm book={book} query={query} />}
        </Suspense>
      )}
    </article>
  );
}

/** Both figures, side by side. */
function Sides({ query: { donor, recipient } }: Readonly<{ query: QueryView }>) {
  return (
    <dl className="sides">
      <div>
        <dt>The donor side reports</dt>
        <dd>
          <b>{formatCount(donor.pieces)}</b> {donor.on === null ? "on a day not said" : `on ${formatDay(donor.on)}`}
        </dd>
      </div>
      <div>
        <dt>The recipient signed for</dt>
        <dd>
          <b>{formatCount(recipient.pieces)}</b> on {formatDay(recipient.on)}
        </dd>
      </div>
    </dl>
  );
}
