import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Terms } from "../../../../src/core/decisions/terms.ts";
import type { CallView, FundView } from "../../../../src/core/views-funds.ts";
import type { ProposalView } from "../../../../src/core/views-decisions.ts";
import { api, get } from "../../api/client.ts";
import { fundApi } from "../../api/funds.ts";
import { counted, grouped, lengthOf, sumOf } from "../../format/amounts.ts";
import { formatDay } from "../../format/days.ts";
import { keepFrame } from "../../frame/search.ts";
import { authorityChoice } from "../authorities.tsx";
import { brief, lineTitle } from "../words.ts";
import { Amount, amountOf, Choice, useFields, Written } from "./fields.tsx";
import { ActForm } from "./form.tsx";

type CallTerms = Extract<Terms, { kind: "call" }>;

/** Issues a call: as a decision says, or under a standing authority to call. */
export function CallForm({ fund }: Readonly<{ fund: FundView }>) {
  const issued = new Set(fund.calls.map((call) => call.decision));
  const decisions = fund.decisions.filter(
    (decision) => decision.object === "call" && decision.state === "adopted" && !issued.has(decision.id),
  );
  const authorities = fund.authorities.filter((authority) => authority.kind === "call");
  const year =
    fund.years.find((one) => calledFor(fund, one.year) < lengthOf(one.envelope))?.year ?? fund.years[0]?.year ?? 0;
  const before = fund.calls.filter((call) => call.year === year).length;
  const [fields, set] = useFields({
    by:
      decisions[0] !== undefined
        ? `decision ${decisions[0].id}`
        : `authority ${authorities.find((one) => one.live)?.id ?? authorities[0]?.id ?? ""}`,
    id: `${year}-${before + 1}`,
    year: String(year),
    instalment: String(before + 1),
    instalments: String(Math.max(before + 1, 2)),
    dueOn: "",
    ...Object.fromEntries(fund.lines.map((line) => [`line ${line.id}`, ""])),
  } as Record<string, string>);
  const [kind = "", chosen = ""] = (fields["by"] ?? "").split(" ");
  const decision = useQuery({
    queryKey: ["decision", chosen],
    queryFn: ({ signal }) => get<ProposalView>(`/decisions/${encodeURIComponent(chosen)}`, {}, signal),
    enabled: kind === "decision",
  }).data;
  const terms = kind === "decision" ? callTerms(decision) : null;
  const lines = fund.lines
    .map((line) => ({ line: line.id, amount: fields[`line ${line.id}`] ?? "" }))
    .filter((line) => line.amount !== "")
    .map((line) => ({ ...line, amount: amountOf(line.amount) }));
  const own =
    kind === "authority"
      ? {
          year: Number(fields["year"]),
          instalment: Number(fields["instalment"]),
          instalments: Number(fields["instalments"]),
          dueOn: fields["dueOn"] ?? "",
          lines,
        }
      : null;
  const shown = own ?? terms;
  const known = (shown?.lines ?? []).map((line) => line.amount).filter((amount) => /^\d+(\.\d+)?$/.test(amount));
  const total = sumOf(known);
  const field = (name: string) => ({ value: fields[name] ?? "", onChange: set(name) });
  if (decisions.length + authorities.length === 0) return <NothingToCallBy fund={fund} />;
  return (
    <ActForm
      fund={fund}
      title="Issue a call"
      intro="Every member's share is reckoned by the fund's key as it stands on the day, to the cent. Once it is issued, each share has its invoice."
      button="Issue the call"
      asked={`Call ${total === null ? "" : `${fund.currency} ${grouped(total)} `}for ${shown?.year ?? "a year"}, instalment ${shown?.instalment ?? ""}, as ${fields["id"]}.`}
      send={() =>
        fundApi.issueCall(fund.id, {
          id: fields["id"],
          ...(own === null ? { decision: chosen } : { authority: chosen, ...own }),
        })
      }
      done={(call) => <Issued fund={fund} call={call} />}
      aside={shown !== null && total !== null && <Coming fund={fund} terms={shown} total={total} />}
    >
      <Choice
        label="By"
        wide
        {...field("by")}
        options={[
          ...decisions.map((one) => [`decision ${one.id}`, `the decision: ${one.title}`] as const),
          ...authorities.map(
            (one) =>
              [
                `authority ${one.id}`,
                `the authority to ${authorityChoice(one)}${one.live ? "" : " (not in force)"}`,
              ] as const,
          ),
        ]}
      />
      <Written label="Name in addresses" {...field("id")} hint="2026-1" />
      {kind === "authority" && (
        <>
          <Written label="Year" {...field("year")} pattern="\d{4}" />
          <Written label="Instalment" {...field("instalment")} pattern="\d{1,2}" />
          <Written label="Of how many" {...field("instalments")} pattern="\d{1,2}" />
          <Written label="Due on" type="date" {...field("dueOn")} />
          {fund.lines.map((line) => (
            <Amount
              key={line.id}
              label={`${line.title}, ${fund.currency}`}
              required={false}
              {...field(`line ${line.id}`)}
            />
          ))}
        </>
      )}
    </ActForm>
  );
}

/** How much is called for a year: only to choose the year that the form begins with. */
function calledFor(fund: FundView, year: number): number {
  return lengthOf(sumOf(fund.calls.filter((call) => call.year === year).map((call) => call.amount)));
}

function callTerms(decision: ProposalView | undefined): CallTerms | null {
  const version = decision?.outcome?.textVersion ?? null;
  const text = decision?.texts.find((one) => one.version === version) ?? decision?.texts.at(-1);
  return text?.terms?.kind === "call" ? text.terms : null;
}

/** What the call would say, and where every member's bill can be seen before it is sent. */
function Coming({
  fund,
  terms,
  total,
}: Readonly<{ fund: FundView; terms: Omit<CallTerms, "kind" | "fund">; total: string }>) {
  const key = fund.keys.at(-1)?.id ?? fund.terms.key;
  const keys = useQuery({ queryKey: ["keys"], queryFn: ({ signal }) => api.keys(signal) }).data;
  const known = keys?.keys.some((one) => one.id === key) === true;
  const out = fund.members.filter((member) => member.exempt !== null).map((member) => member.party);
  const scenario = [
    key,
    `amount-${total.replace(/\.00$/, "")}`,
    `year-${terms.year}`,
    ...(out.length === 0 ? [] : [`out-${out.join(",")}`]),
  ].join(" ");
  return (
    <div className="act-standing">
      <h3>What would be called</h3>
      <dl className="pairs">
        {terms.lines.map((line) => (
          <div key={line.line}>
            <dt>{lineTitle(fund, line.line)}</dt>
            <dd>{brief(fund.currency, line.amount)}</dd>
          </div>
        ))}
        <div>
          <dt>In all</dt>
          <dd>
            <b>{brief(fund.currency, total)}</b>
          </dd>
        </div>
        {terms.dueOn !== "" && (
          <div>
            <dt>Due</dt>
            <dd>{formatDay(terms.dueOn)}</dd>
          </div>
        )}
      </dl>
      {known && (
        <p className="hint">
          <Link to="/whatif" search={keepFrame({ today: scenario })} target="_blank">
            What each would pay by this key
          </Link>{" "}
          (a what-if, in a new tab; the call itself is reckoned with the members and the exemptions of its decision).
        </p>
      )}
    </div>
  );
}

function Issued({ fund, call }: Readonly<{ fund: FundView; call: CallView }>) {
  const payers = call.shares.filter((share) => share.exempt === null);
  return (
    <>
      <h3>Issued.</h3>
      <p>
        {brief(call.currency, call.amount)} is called of {counted(payers.length, "member")}, due {formatDay(call.dueOn)}
        .{" "}
        <Link to="/funds/$id/calls/$call" params={{ id: fund.id, call: call.id }} search={keepFrame()}>
          Every share and its invoice
        </Link>
      </p>
    </>
  );
}

function NothingToCallBy({ fund }: Readonly<{ fund: FundView }>) {
  return (
    <div className="act-panel">
      <div className="act-standing">
        <h2>Issue a call</h2>
        <p>
          No decision allows a call on {fund.title}, and nothing is called without one.{" "}
          <Link to="/decisions/new" search={keepFrame()}>
            Propose a call
          </Link>
        </p>
      </div>
    </div>
  );
}
