import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { CallShareView, CallView } from "../../../src/core/views-funds.ts";
import { apiAddress } from "../api/client.ts";
import { counted, grouped, shareOf, sumOf } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { useAppSearch, useTitle } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";
import { AsOf } from "../funds/as-of.tsx";
import { callName } from "../funds/calls.tsx";
import { callQuery, fundQuery } from "../funds/queries.ts";
import { brief, decisionTitle, isZero, listed } from "../funds/words.ts";
import { Listing, type Column } from "../parts/listing.tsx";
import { Answered } from "../parts/states.tsx";
import { StepList } from "../whatif/steps.tsx";

/** One call: what is asked of whom and by which decision, how each share came about, and what came of it. */
export function CallPage() {
  const { id = "", call = "" } = useParams({ strict: false });
  const { as_of } = useAppSearch();
  const query = useQuery(callQuery(id, call, as_of));
  useTitle(query.data === undefined ? "Call" : `Call for ${callName(query.data)}`);
  return (
    <Answered query={query} what="the call" tall alone>
      {(found) => <Call call={found} />}
    </Answered>
  );
}

function Call({ call }: Readonly<{ call: CallView }>) {
  const { as_of } = useAppSearch();
  const fund = useQuery(fundQuery(call.fund, as_of)).data;
  const late = call.shares.filter((share) => share.daysLate !== null);
  return (
    <article className="fund">
      <header className="headline">
        <p className="kicker">
          <Link to="/funds" search={keepFrame()}>
            Funds
          </Link>{" "}
          {"\u00b7"}{" "}
          <Link to="/funds/$id" params={{ id: call.fund }} search={keepFrame()}>
            {fund?.title ?? call.fund}
          </Link>{" "}
          {"\u00b7"} call {call.id} {fund?.synthetic === true && <strong className="synthetic">Synthetic</strong>}
        </p>
        <h1>Call for {callName(call)}</h1>
        <p className="standfirst">
          {brief(call.currency, call.amount)}, issued {formatDay(call.issuedOn)} and due {formatDay(call.dueOn)}.{" "}
          {brief(call.currency, call.received)} is received ({shareOf(call.received, call.amount) ?? "none"})
          {isZero(call.credited) ? "" : `, ${brief(call.currency, call.credited)} is credited in kind`}.{" "}
          {late.length === 0
            ? "Nobody is late."
            : `${listed(late.map((share) => share.name))} ${late.length === 1 ? "is" : "are"} late, by ${brief(call.currency, call.arrears)} in all.`}
        </p>
        <AsOf shown={call.asOf} says="What is late is judged on this day." />
      </header>
      <div className="grid">
        <Shares call={call} />
        <section className="figure span-6" aria-labelledby="call-lines">
          <h2 id="call-lines">By line</h2>
          <LineTable call={call} />
        </section>
        <section className="figure span-6" aria-labelledby="call-by">
          <h2 id="call-by">By which decision and key</h2>
          <dl className="pairs">
            <div>
              <dt>Decision</dt>
              <dd>
                <Link to="/decisions/$id" params={{ id: call.decision }} search={keepFrame()} preload={false}>
                  {fund === undefined ? call.decision : decisionTitle(fund, call.decision)}
                </Link>
              </dd>
            </div>
            <div>
              <dt>Authority</dt>
              <dd>{call.authority}</dd>
            </div>
            <div>
              <dt>Key</dt>
              <dd>{call.key.title}</dd>
            </div>
            {call.indicatorYear !== null && (
              <div>
                <dt>By the indicators of</dt>
                <dd>{call.indicatorYear}</dd>
              </div>
            )}
            <div>
              <dt>Borne by nobody</dt>
              <dd>{isZero(call.uncovered) ? "nothing" : `${call.currency} ${grouped(call.uncovered)}`}</dd>
            </div>
          </dl>
        </section>
        <WhyThisShare call={call} />
      </div>
    </article>
  );
}

type Field = "amount" | "credited" | "received" | "outstanding";

function Shares({ call }: Readonly<{ call: CallView }>) {
  const money = (key: Field, label: string, small?: string): Column<CallShareView> => ({
    key,
    label,
    ...(small === undefined ? {} : { small }),
    number: true,
    value: (share) => (key === "amount" && share.exempt !== null ? null : share[key]),
    cell: (share) => (share.exempt !== null && key === "amount" ? "exempt" : exact(share[key])),
    foot: exact(sumOf(call.shares.map((share) => share[key])) ?? "0.00"),
  });
  const anyCredit = !isZero(call.credited);
  const whole = sumOf([...call.shares.map((share) => share.amount), call.uncovered]);
  const agrees = whole === sumOf([call.amount]);
  return (
    <section className="figure span-12" aria-labelledby="shares">
      <header className="figure-head">
        <h2 id="shares">Shares</h2>
        <p className="figure-text">
          {counted(call.shares.length, "member")}, to the cent.{" "}
          {call.shares.some((share) => share.exempt !== null) &&
            call.shares
              .filter((share) => share.exempt !== null)
              .map((share) => `${share.name} is exempt: ${share.exempt}.`)
              .join(" ")}
        </p>
      </header>
      <Listing
        sortable
        caption={`Shares of the call, in ${call.currency}`}
        rows={call.shares}
        rowKey={(share) => share.party}
        columns={[
          {
            key: "member",
            label: "Member",
            value: (share) => share.name,
            cell: (share) => (
              <Link to="/nations/$id" params={{ id: share.party }} search={keepFrame()} preload={false}>
                {share.name}
              </Link>
            ),
            foot: "All",
          },
          {
            key: "percent",
            label: "Share",
            small: "%",
            number: true,
            value: (share) => share.percent,
            cell: (share) => <span title={`exactly ${share.share}`}>{share.percent}</span>,
          },
          money("amount", "Called", call.currency),
          ...(anyCredit ? [money("credited", "In kind")] : []),
          money("received", "Received"),
          money("outstanding", "Outstanding"),
          {
            key: "days_late",
            label: "Days late",
            number: true,
            value: (share) => (share.daysLate === null ? "" : String(share.daysLate)),
            cell: (share) => (share.daysLate === null ? "" : <b className="late">{share.daysLate}</b>),
          },
          {
            key: "reference",
            label: "Reference",
            value: (share) => share.reference,
            cell: (share) => (share.exempt !== null ? "" : <code>{share.reference}</code>),
          },
          {
            key: "invoice",
            label: "Invoice",
            screenOnly: true,
            value: () => "",
            cell: (share) =>
              share.exempt === null && (
                <a href={invoiceAddress(call, share.party)} download>
                  PDF<span className="out-of-sight"> of {share.name}</span>
                </a>
              ),
          },
        ]}
      />
      <p className={agrees ? "checked" : "checked unchecked"}>
        {agrees
          ? "Checked: the shares add up to the whole, to the cent."
          : `The shares do not add up to ${grouped(call.amount)}.`}
      </p>
      <p className="tools">
        <a href={apiAddress(`${path(call)}/invoices.csv`)} download>
          All invoices as CSV
        </a>
      </p>
    </section>
  );
}

/** To the cent; nothing is a plain nought. */
function exact(amount: string): string {
  return isZero(amount) ? "0" : grouped(amount);
}

function path(call: CallView): string {
  return `/funds/${encodeURIComponent(call.fund)}/calls/${encodeURIComponent(call.id)}`;
}

function invoiceAddress(call: CallView, party: string): string {
  return apiAddress(`${path(call)}/invoices/${encodeURIComponent(party)}`);
}

function LineTable({ call }: Readonly<{ call: CallView }>) {
  return (
    <table className="balance">
      <caption className="out-of-sight">The call by line, in {call.currency}</caption>
      <tbody>
        {call.lines.map((line) => (
          <tr key={line.line}>
            <th scope="row">{line.title}</th>
            <td className="number">{grouped(line.amount)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">In all, {call.currency}</th>
          <td className="number">{grouped(call.amount)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** How one member's share came about, step by step. */
function WhyThisShare({ call }: Readonly<{ call: CallView }>) {
  const [chosen, choose] = useState("");
  const share = call.shares.find((one) => one.party === chosen) ?? call.shares[0];
  if (share === undefined) return null;
  return (
    <section className="figure span-12" aria-labelledby="why-share">
      <header className="figure-head">
        <h2 id="why-share">Why this share</h2>
        <p className="figure-text">Shares are exact fractions; here in per cent.</p>
        <div className="figure-controls filters">
          <label>
            <span>Member</span>
            <select value={share.party} onChange={(event) => choose(event.target.value)}>
              {call.shares.map((one) => (
                <option key={one.party} value={one.party}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        </div>
      </header>
      <div className="whatif-steps">
        <StepList steps={share.steps} />
        <p className="after">
          {share.exempt !== null ? (
            <>
              {share.name} is exempt: {share.exempt}. Nothing is called of it.
            </>
          ) : (
            <>
              {share.percent} % (exactly {share.share}) of {call.currency} {grouped(call.amount)} is{" "}
              <b>
                {call.currency} {grouped(share.amount)}
              </b>
              .
            </>
          )}
        </p>
      </div>
    </section>
  );
}
