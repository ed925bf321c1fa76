import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { bindingClasses, classMeanings } from "../../../src/core/bindingness.ts";
import type { PostingView, PromiseView } from "../../../src/core/views.ts";
import { api } from "../api/client.ts";
import { grouped, moneyWords } from "../format/amounts.ts";
import { formatDated, formatDay } from "../format/days.ts";
import { ownQuantity } from "../format/quantity.ts";
import { isMoney } from "../format/units.ts";
import { useBook, useFrame, useTitle } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";
import { PromiseList } from "../parts/promise-list.tsx";
import { SourceLine } from "../parts/source-line.tsx";
import { Answered } from "../parts/states.tsx";

/** One promise: what was said, each step with its three times and its source, and how each release read it. */
export function PromisePage() {
  const { id = "" } = useParams({ strict: false });
  const frame = useFrame();
  const query = useQuery({ queryKey: ["promise", id, frame], queryFn: ({ signal }) => api.promise(id, frame, signal) });
  useTitle(query.data === undefined ? "Promise" : titleOf(query.data));
  return (
    <Answered query={query} what="the promise" tall alone>
      {(promise) => <Promise promise={promise} />}
    </Answered>
  );
}

function titleOf(promise: PromiseView): string {
  return promise.title === "" ? `${promise.donorName}: ${promise.code}` : promise.title;
}

function Promise({ promise }: Readonly<{ promise: PromiseView }>) {
  const book = useBook();
  return (
    <article className="promise">
      <header className="headline">
        <p className="kicker">
          <Link to="/promises" search={keepFrame()}>
            Promises
          </Link>{" "}
          {"\u00b7"}{" "}
          <Link to="/nations/$id" params={{ id: promise.donor }} search={keepFrame()}>
            {promise.donorName}
          </Link>{" "}
          {"\u00b7"} {promise.code} {book?.synthetic === true && <strong className="synthetic">Synthetic</strong>}
        </p>
        <h1>{titleOf(promise)}</h1>
        <p className="standfirst">
          {promise.donorName} to {promise.recipient}, {promise.category.toLowerCase()},{" "}
          {formatDated(promise.announcedOn, promise.datePrecision)}:{" "}
          {promise.original === null
            ? "the source gives no quantity, so the amount is not known"
            : isMoney(promise.unit)
              ? moneyWords(promise.unit, promise.original, 2)
              : ownQuantity(promise.unit, promise.original)}
          {promise.furthest !== null &&
            `; furthest class on record: ${promise.furthest} (${classMeanings[promise.furthest]})`}
          .
        </p>
      </header>
      <div className="grid">
        <div className="span-8 stack">
          <section className="figure">
            <h2>Steps, oldest knowledge first</h2>
            <p className="figure-text">
              Each line is a posting. Nothing is ever erased: a correction is a reversal and a new posting.
            </p>
            <Chain postings={promise.postings} />
          </section>
          <section className="figure">
            <h2>How each release read it</h2>
            <Readings promise={promise} />
          </section>
        </div>
        <div className="span-4 stack">
          <Facts promise={promise} />
          <section className="figure">
            <h2>What the source says besides</h2>
            <Details promise={promise} />
          </section>
        </div>
        {promise.siblings.length > 0 && (
          <section className="figure span-12">
            <h2>Other items of the same package</h2>
            <PromiseList rows={promise.siblings} unit="EUR" bindingClass={null} inOwnUnit />
          </section>
        )}
      </div>
    </article>
  );
}

function Chain({ postings }: Readonly<{ postings: readonly PostingView[] }>) {
  const reversed = new Map(
    postings.flatMap((posting) => (posting.reverses === null ? [] : [[posting.reverses, posting] as const])),
  );
  return (
    <ol className="chain">
      {postings.map((posting) => {
        const undone = reversed.get(posting.id);
        return (
          <li
            key={posting.id}
            data-kind={posting.reverses !== null ? "reversal" : undone !== undefined ? "reversed" : "step"}
            className={posting.class === null ? undefined : `mark-${posting.class}`}
          >
            <p className="chain-what">
              <b>
                {posting.from} {"\u2192"} {posting.to}
              </b>{" "}
              <span className="number">{ownQuantity(posting.unit, posting.quantity)}</span>
              {posting.reported !== null && posting.reportedUnit !== null && (
                <span className="muted">
                  {" "}
                  valued {moneyWords(posting.reportedUnit, posting.reported, 2)} by its source
                </span>
              )}
            </p>
            {posting.reverses !== null && (
              <p>Reverses an earlier step{posting.reason !== null && `: ${posting.reason}`}.</p>
            )}
            {posting.reverses === null && posting.reason !== null && <p>{posting.reason}</p>}
            {undone !== undefined && (
              <p className="muted">Reversed on what was known at {formatDay(undone.knownAt)}.</p>
            )}
            <p className="times">
              <span>
                effective <b>{formatDated(posting.effectiveOn, posting.datePrecision)}</b>
              </span>{" "}
              <span>
                known at <b>{formatDay(posting.knownAt)}</b>
              </span>{" "}
              <span>
                recorded <b>{formatDay(posting.recordedAt)}</b> by {posting.actor}
              </span>{" "}
              <Link to="/why/$posting" params={{ posting: posting.id }} search={keepFrame()} preload={false}>
                Why?
                <span className="out-of-sight">
                  {" "}
                  {posting.from} to {posting.to}, {formatDay(posting.knownAt)}
                </span>
              </Link>
            </p>
            <p>
              <SourceLine source={posting.source} />
            </p>
          </li>
        );
      })}
    </ol>
  );
}

function Facts({ promise }: Readonly<{ promise: PromiseView }>) {
  return (
    <section className="figure">
      <h2>By class</h2>
      <dl className="pairs">
        {bindingClasses.map((name) => (
          <div key={name}>
            <dt>
              <i className={`swatch class-${name}`} /> {name}
            </dt>
            <dd className={promise.byClass[name] === null ? "muted" : undefined}>
              {promise.byClass[name] === null ? "not known" : grouped(promise.byClass[name])}
            </dd>
          </div>
        ))}
        <div>
          <dt>In its own unit</dt>
          <dd>{ownQuantity(promise.unit, promise.original)}</dd>
        </div>
        <div>
          <dt>Stream</dt>
          <dd>{promise.stream}</dd>
        </div>
      </dl>
      <p className="hint">Amounts by class in the unit and basis of the frame above.</p>
    </section>
  );
}

function Readings({ promise }: Readonly<{ promise: PromiseView }>) {
  if (promise.readings.length === 0) return <p className="muted">No release lists it in this frame.</p>;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Readings by release">
      <table>
        <thead>
          <tr>
            <th scope="col">Published</th>
            <th scope="col">Release</th>
            <th scope="col">Class</th>
            <th scope="col" className="number">
              In its own unit
            </th>
            <th scope="col" className="number">
              As the source values it
            </th>
          </tr>
        </thead>
        <tbody>
          {promise.readings.map((reading) => (
            <tr key={`${reading.release}${reading.unit}`}>
              <td className="nowrap">{formatDay(reading.publishedOn)}</td>
              <th scope="row">{reading.release}</th>
              <td>{reading.class ?? "not stated"}</td>
              <td className="number" data-unknown={reading.original === null}>
                {ownQuantity(reading.unit, reading.original)}
              </td>
              <td className="number" data-unknown={reading.reported === null}>
                {reading.reported === null ? "not known" : grouped(reading.reported)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Details({ promise }: Readonly<{ promise: PromiseView }>) {
  const details = Object.entries(promise.details);
  const { place } = promise;
  return (
    <>
      {promise.explanation !== "" && <p className="quote">{promise.explanation}</p>}
      <dl className="pairs">
        {details.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {promise.sourceLinks.length > 0 && (
        <ul className="plain-list links">
          {promise.sourceLinks.map((link) => (
            <li key={link}>
              {/^https?:\/\//.test(link) ? (
                <a href={link} rel="noreferrer">
                  {link.replace(/^https?:\/\/(www\.)?/, "")}
                </a>
              ) : (
                link
              )}
            </li>
          ))}
        </ul>
      )}
      {place !== null && (
        <p className="hint">
          Read from {place.file}
          {place.sheet !== null && `, sheet ${place.sheet}`}, row {place.row}.
        </p>
      )}
    </>
  );
}
