import { Link } from "@tanstack/react-router";
import type { CallRow, FundView, PledgeView } from "../../../src/core/views-funds.ts";
import { counted, grouped, unitHead } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { keepFrame } from "../frame/search.ts";
import { Listing, type Column } from "../parts/listing.tsx";
import { DecisionLink } from "./decision-link.tsx";
import { brief, inScale, isZero, lineTitle, tableScale } from "./words.ts";

type Field = "amount" | "received" | "credited" | "outstanding" | "arrears";

export function callName(call: CallRow): string {
  return `${call.year}, instalment ${call.instalment} of ${call.instalments}`;
}

/** The calls of a fund, each leading to its own page. */
export function Calls({ fund }: Readonly<{ fund: FundView }>) {
  const scale = tableScale(fund.calls.map((call) => call.amount));
  const money = (key: Field, label: string): Column<CallRow> => ({
    key,
    label,
    number: true,
    value: (call) => call[key],
    cell: (call) => (
      <span className={key === "arrears" && !isZero(call.arrears) ? "late" : undefined}>
        {inScale(call[key], scale)}
      </span>
    ),
  });
  return (
    <section className="figure span-12" aria-labelledby="calls">
      <header className="figure-head">
        <h2 id="calls">Calls</h2>
        <p className="figure-text">
          {fund.calls.length === 0
            ? "Nothing has been called yet. A call needs a decision that was adopted, or an authority to call."
            : `${counted(fund.calls.length, "call")}; each has the share of every member with the way it came about, and the invoices.`}
        </p>
      </header>
      {fund.calls.length > 0 && (
        <Listing
          caption={`Calls, in ${unitHead(fund.currency, scale)}`}
          rows={fund.calls}
          rowKey={(call) => call.id}
          columns={[
            {
              key: "call",
              label: "Call",
              value: (call) => call.id,
              cell: (call) => (
                <Link
                  to="/funds/$id/calls/$call"
                  params={{ id: fund.id, call: call.id }}
                  search={keepFrame()}
                  preload={false}
                >
                  {callName(call)}
                </Link>
              ),
            },
            {
              key: "issued",
              label: "Issued",
              value: (call) => call.issuedOn,
              cell: (call) => formatDay(call.issuedOn),
            },
            { key: "due", label: "Due", value: (call) => call.dueOn, cell: (call) => formatDay(call.dueOn) },
            { ...money("amount", "Called"), small: unitHead(fund.currency, scale) },
            money("received", "Received"),
            money("credited", "In kind"),
            money("outstanding", "Outstanding"),
            money("arrears", "In arrears"),
            {
              key: "decision",
              label: "Decision",
              value: (call) => call.decision,
              cell: (call) => <DecisionLink fund={fund} id={call.decision} />,
            },
          ]}
        />
      )}
    </section>
  );
}

/** What was pledged of one's own accord: when each part is due, and under which conditions. */
export function Pledges({ fund }: Readonly<{ fund: FundView }>) {
  return (
    <section className="figure span-12" aria-labelledby="pledges">
      <header className="figure-head">
        <h2 id="pledges">Voluntary pledges</h2>
        <p className="figure-text">
          {fund.pledges.length === 0
            ? "Nobody has pledged anything beside the calls."
            : `${brief(fund.currency, fund.pledged)} is pledged beside the calls, by ${counted(new Set(fund.pledges.map((pledge) => pledge.party)).size, "party", "parties")}.`}
        </p>
      </header>
      <div className="pledges">
        {fund.pledges.map((pledge) => (
          <Pledge key={pledge.id} fund={fund} pledge={pledge} />
        ))}
      </div>
    </section>
  );
}

function Pledge({ fund, pledge }: Readonly<{ fund: FundView; pledge: PledgeView }>) {
  const earmark = fund.terms.earmarks.find((one) => one.id === pledge.earmark)?.title ?? pledge.earmark;
  return (
    <article className="pledge">
      <h3>
        {pledge.name}: {pledge.title}
      </h3>
      <p>
        {brief(fund.currency, pledge.pledged)} for {lineTitle(fund, pledge.line)}
        {earmark !== null && <>, earmarked: {earmark}</>}
        {pledge.years > 1 ? `, over ${pledge.years} years` : ", in one year"}; {brief(fund.currency, pledge.received)}{" "}
        received.
      </p>
      <p className="muted">{pledge.conditions === "" ? "No conditions." : `Conditions: ${pledge.conditions}`}</p>
      <table>
        <caption className="out-of-sight">
          Parts of the pledge of {pledge.name}, {pledge.title}, in {fund.currency}
        </caption>
        <thead>
          <tr>
            <th scope="col">Due</th>
            <th scope="col" className="number">
              Pledged <small>{fund.currency}</small>
            </th>
            <th scope="col" className="number">
              Received
            </th>
          </tr>
        </thead>
        <tbody>
          {pledge.instalments.map((part) => (
            <tr key={part.seq}>
              <td>
                {formatDay(part.dueOn)}
                {part.daysLate !== null && <span className="late"> {counted(part.daysLate, "day")} late</span>}
                <span className="line-purpose">
                  <span className="out-of-sight">to be paid with </span>
                  {part.reference}
                </span>
              </td>
              <td className="number">{grouped(part.amount)}</td>
              <td className="number">{isZero(part.received) ? "0" : grouped(part.received)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </article>
  );
}
