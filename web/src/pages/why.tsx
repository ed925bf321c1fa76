import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { ActView, WhyView } from "../../../src/core/views-funds.ts";
import { fundApi } from "../api/funds.ts";
import { formatDay } from "../format/days.ts";
import { ownQuantity } from "../format/quantity.ts";
import { isMoney } from "../format/units.ts";
import { useTitle } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";
import { authorityWords } from "../funds/authorities.tsx";
import { actKinds, brief, periodWords, readable } from "../funds/words.ts";
import { Answered } from "../parts/states.tsx";

/** Why a posting could be made: from the ledger to the words of the decision that it rests on. */
export function WhyPage() {
  const { posting = "" } = useParams({ strict: false });
  const query = useQuery({ queryKey: ["why", posting], queryFn: ({ signal }) => fundApi.why(posting, signal) });
  useTitle("Why could this be done?");
  return (
    <Answered query={query} what="the chain" alone>
      {(why) => <Why why={why} />}
    </Answered>
  );
}

function Why({ why }: Readonly<{ why: WhyView }>) {
  const { posting, act, authority, decision } = why;
  return (
    <article className="why">
      <header className="headline">
        <p className="kicker">
          {authority !== null && (
            <>
              <Link to="/funds" search={keepFrame()}>
                Funds
              </Link>{" "}
              {"\u00b7"}{" "}
              <Link to="/funds/$id" params={{ id: authority.fund }} search={keepFrame()} preload={false}>
                {authority.fund}
              </Link>{" "}
              {"\u00b7"}{" "}
            </>
          )}
          Posting {posting.id}
        </p>
        <h1>{question(why)}</h1>
        <div className="standfirst">
          {why.says.map((said) => (
            <p key={said}>{sentence(readable(said))}</p>
          ))}
        </div>
      </header>
      <ol className="why-chain">
        <Stage name="In the ledger">
          <p className="why-what">
            {posting.donor}: {posting.from} {"\u2192"} {posting.to},{" "}
            <b className="nowrap">{ownQuantity(posting.unit, posting.amount)}</b>
          </p>
          <p className="times">
            {posting.effectiveOn !== null && (
              <span>
                effective <b>{formatDay(posting.effectiveOn)}</b>
              </span>
            )}{" "}
            <span>
              known at <b>{formatDay(posting.knownAt)}</b>
            </span>{" "}
            <span>entered by {posting.actor}</span>
          </p>
          {posting.reason !== null && <p>{posting.reason}</p>}
          <p className="hint">
            Source: {posting.source}.{" "}
            <Link to="/promises/$id" params={{ id: posting.promise }} search={keepFrame()} preload={false}>
              All steps of its promise
            </Link>
          </p>
        </Stage>
        {act !== null && (
          <Stage name="The act that made it">
            <p className="why-what">
              {actKinds[act.kind]}: {act.title}
            </p>
            <p className="times">
              <span>
                <b>{formatDay(act.effectiveOn)}</b>
              </span>{" "}
              <span>by {act.actor}</span>
            </p>
          </Stage>
        )}
        {authority !== null && (
          <Stage name="The authority it drew on">
            <p className="why-what">
              To {authorityWords(authority)}, up to{" "}
              <b className="nowrap">{brief(authority.currency, authority.amount)}</b>
              {authority.purpose !== "" && `: ${authority.purpose}`}
            </p>
            <p className="times">
              <span>
                in force <b>{periodWords(authority.from, authority.until)}</b>
              </span>{" "}
              <span>
                used <b>{brief(authority.currency, authority.used)}</b>, left{" "}
                <b>{brief(authority.currency, authority.left)}</b>
              </span>
            </p>
            {!authority.live && <p className="hint">Not in force any more: {readable(authority.why)}.</p>}
            <p className="hint">
              <Link
                to="/funds/$id"
                params={{ id: authority.fund }}
                hash="authorities"
                search={keepFrame()}
                preload={false}
              >
                All authorities of the fund
              </Link>
            </p>
          </Stage>
        )}
        {decision !== null && (
          <>
            <Stage name={authority === null ? "The decision that the fund rests on" : "The decision that granted it"}>
              <p className="why-what">
                <Link to="/decisions/$id" params={{ id: decision.id }} search={keepFrame()} preload={false}>
                  {decision.title}
                </Link>
                {decision.number !== null && ` (${decision.number})`}
              </p>
              <p className="times">
                <span>
                  {decision.result === "rejected" ? "rejected" : "adopted"} <b>{formatDay(decision.at)}</b>{" "}
                  {ways[decision.by] ?? decision.by}
                </span>{" "}
                {decision.textVersion !== null && (
                  <span>
                    in the text&apos;s version <b>{decision.textVersion}</b>
                  </span>
                )}
              </p>
              {ended.includes(decision.result) && (
                <p className="hint">
                  It has been {decision.result} since: nothing more is done under it, and what was done stands.
                </p>
              )}
            </Stage>
            <Stage name="The rule and the count">
              <p className="why-what">{sentence(decision.says)}</p>
              <p className="hint">
                Procedure:{" "}
                <Link to="/procedures/$id" params={{ id: decision.procedure }} search={keepFrame()} preload={false}>
                  {decision.procedureTitle}
                </Link>
              </p>
            </Stage>
            {decision.passages.length > 0 && (
              <Stage name="Where the rule is written">
                {decision.passages.map((passage) => (
                  <p key={passage} className="why-passage">
                    {passage}
                  </p>
                ))}
              </Stage>
            )}
          </>
        )}
      </ol>
      {authority === null && act !== null && (
        <p className="why-none">It needed no authority: only what calls, spends or moves a fund&apos;s money does.</p>
      )}
    </article>
  );
}

const ways: Readonly<Record<string, string>> = { silence: "by silence", meeting: "in a meeting", vote: "by vote" };
const ended: readonly string[] = ["annulled", "expired"];

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

const done: Readonly<Partial<Record<ActView["kind"], string>>> = {
  call: "called",
  place: "placed",
  pay: "spent",
  reallocate: "moved",
};

function question({ act, posting }: WhyView): string {
  const amount = isMoney(posting.unit)
    ? brief(posting.unit, posting.amount)
    : ownQuantity(posting.unit, posting.amount);
  const word = act === null ? undefined : done[act.kind];
  return word === undefined ? `Why does this posting of ${amount} stand?` : `Why could ${amount} be ${word}?`;
}

function Stage({ name, children }: Readonly<{ name: string; children: ReactNode }>) {
  return (
    <li>
      <h2>{name}</h2>
      {children}
    </li>
  );
}
