import { Link } from "@tanstack/react-router";
import type { AuthorityView, ProposalView } from "../../../src/core/views-decisions.ts";
import type { ActView } from "../../../src/core/views-funds.ts";
import { grouped, lengthOf, shareOf } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { keepFrame } from "../frame/search.ts";
import { actKinds, brief } from "../funds/words.ts";
import { sentence } from "./words.ts";

const kindWords = { call: "Call contributions", spend: "Spend", reallocate: "Move money" } as const;

/** What a decision allows, how much of that is used, and by which postings. */
export function Authorities({ view }: Readonly<{ view: ProposalView }>) {
  if (view.authorities.length === 0) return null;
  return (
    <section className="figure span-12" aria-labelledby="authorises">
      <header className="figure-head">
        <h2 id="authorises">What it allows, and what was used</h2>
        <p className="figure-text">
          Every posting that calls, spends or moves money names the authority it draws on; the record takes none without
          enough left.
        </p>
      </header>
      <div className="authorities">
        {view.authorities.map((authority) => (
          <Authority key={authority.id} authority={authority} />
        ))}
      </div>
      <Uses view={view} />
    </section>
  );
}

function Authority({ authority }: Readonly<{ authority: AuthorityView }>) {
  const { currency, amount, used, paid, left } = authority;
  const whole = Math.max(lengthOf(amount), 1e-9);
  const part = (value: string) => `${Math.min((lengthOf(value) / whole) * 100, 100)}%`;
  // What is called is paid to the fund and what is moved stays in it: only spending is paid under its authority.
  const spends = authority.kind === "spend";
  return (
    <article className="authority" data-live={authority.live}>
      <h3>
        {kindWords[authority.kind]}: {authority.purpose}
      </h3>
      <p className="hint">
        {placeOf(authority)}, {formatDay(authority.from)} to {formatDay(authority.until)}
      </p>
      <svg className="use-bar" width="100%" height="16" role="img" aria-label={useWords(authority)}>
        <rect width="100%" height="16" className="use-whole" />
        <rect width={part(used)} height="16" className="use-used" />
        {spends && <rect width={part(paid)} height="16" className="use-paid" />}
      </svg>
      <dl className="use-numbers">
        <div>
          <dt>Allowed</dt>
          <dd>{brief(currency, amount)}</dd>
        </div>
        <div>
          <dt>
            <i className="use-used" aria-hidden="true" /> Used
          </dt>
          <dd>
            {brief(currency, used)} <small className="muted">{shareOf(used, amount)}</small>
          </dd>
        </div>
        {spends && (
          <div>
            <dt>
              <i className="use-paid" aria-hidden="true" /> of that paid
            </dt>
            <dd>{brief(currency, paid)}</dd>
          </div>
        )}
        <div>
          <dt>
            <i className="use-whole" aria-hidden="true" /> Left
          </dt>
          <dd>{brief(currency, left)}</dd>
        </div>
      </dl>
      <p className={authority.live ? "hint" : "hint not-live"}>
        {authority.live ? "Live: " : "Not live: "}
        {sentence(datesInWords(authority.why))}
      </p>
    </article>
  );
}

function placeOf(authority: AuthorityView): string {
  const line = authority.lineTitle ?? authority.line;
  const place = line === null ? "Any line" : line;
  const to = authority.toLineTitle ?? authority.toLine;
  return to === null ? place : `${place} to ${to}`;
}

function useWords({ kind, currency, amount, used, paid, left }: AuthorityView): string {
  const done = kind === "spend" ? `, ${grouped(paid)} of it paid` : "";
  return `${currency} ${grouped(used)} of ${grouped(amount)} used${done}, ${grouped(left)} left`;
}

/** Days written as 2026-12-31 as the page writes them. */
function datesInWords(text: string): string {
  return text.replace(/\d{4}-\d{2}-\d{2}/g, formatDay);
}

function Uses({ view }: Readonly<{ view: ProposalView }>) {
  if (view.uses.length === 0) return <p className="figure-note">Nothing has been used of it yet.</p>;
  const purposes = new Map(view.authorities.map((one) => [one.id, one.purpose]));
  return (
    <div className="table-scroll tall after" tabIndex={0} role="region" aria-label="What was used">
      <table className="stacks">
        <caption>Used, the newest first</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col">What</th>
            <th scope="col">Under</th>
            <th scope="col" className="number">
              Amount
            </th>
            <th scope="col">Postings, and why each could be made</th>
          </tr>
        </thead>
        <tbody>
          {view.uses.toReversed().map((use, index) => (
            <tr key={index}>
              <td className="nowrap" data-label="Day">
                {formatDay(use.at)}
              </td>
              <td data-label="What">
                {use.title}{" "}
                <span className="muted">{(actKinds[use.kind as ActView["kind"]] ?? use.kind).toLowerCase()}</span>
              </td>
              <td data-label="Under">{purposes.get(use.authority) ?? use.authority}</td>
              <td className="number" data-label="Amount">
                {use.currency} {grouped(use.amount)}
              </td>
              <td data-label="Postings">
                <Postings postings={use.postings} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const atFirst = 4;

/** The postings, each leading to why it could be made; of many the first few, and the others behind a click. */
function Postings({ postings }: Readonly<{ postings: readonly string[] }>) {
  const links = (some: readonly string[]) =>
    some.map((posting) => (
      <Link key={posting} to="/why/$posting" params={{ posting }} search={keepFrame()}>
        {posting}
      </Link>
    ));
  if (postings.length <= atFirst + 1) return <span className="posting-links">{links(postings)}</span>;
  return (
    <>
      <span className="posting-links">{links(postings.slice(0, atFirst))}</span>
      <details>
        <summary>and {postings.length - atFirst} more</summary>
        <span className="posting-links">{links(postings.slice(atFirst))}</span>
      </details>
    </>
  );
}

/** What staying out would cost whom. */
export function Abstention({ view }: Readonly<{ view: ProposalView }>) {
  if (view.abstention === null || view.abstention.length === 0) return null;
  return (
    <section className="figure" aria-labelledby="abstention">
      <header className="figure-head">
        <h2 id="abstention">What staying out would cost</h2>
        <p className="figure-text">
          By the key, if the party alone abstained constructively. Other cases are in the{" "}
          <Link to="/whatif" search={keepFrame()}>
            what-if
          </Link>
          .
        </p>
      </header>
      <div className="table-scroll tall" tabIndex={0} role="region" aria-label="Table: cost of staying out">
        <table>
          <thead>
            <tr>
              <th scope="col">Party</th>
              <th scope="col" className="number">
                Its share
              </th>
              <th scope="col">If it stays out, it</th>
            </tr>
          </thead>
          <tbody>
            {view.abstention
              .toSorted((a, b) => lengthOf(b.share) - lengthOf(a.share))
              .map((row) => (
                <tr key={row.party}>
                  <th scope="row">{row.partyName}</th>
                  <td className="number">{grouped(row.share)}</td>
                  <td>{sentence(row.effect)}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
