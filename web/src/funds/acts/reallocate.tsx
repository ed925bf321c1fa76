import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { AuthorityView } from "../../../../src/core/views-decisions.ts";
import type { FundView, ReallocationPreview } from "../../../../src/core/views-funds.ts";
import { ApiProblem } from "../../api/client.ts";
import { fundApi } from "../../api/funds.ts";
import { grouped } from "../../format/amounts.ts";
import { readAmount } from "../../format/written.ts";
import { keepFrame } from "../../frame/search.ts";
import { fundQuery, fundsQuery } from "../queries.ts";
import { brief, isZero, lineTitle, readable } from "../words.ts";
import {
  Amount,
  amountOf,
  AuthorityChoice,
  Choice,
  chosenAuthority,
  earmarkOptions,
  lineOptions,
  useFields,
  Written,
} from "./fields.tsx";
import { ActForm, Recorded } from "./form.tsx";

/** Moves free money between lines or funds; what it would do is shown as it is written. */
export function ReallocateForm({ fund }: Readonly<{ fund: FundView }>) {
  const [fields, set] = useFields({
    line: fund.lines[0]?.id ?? "",
    toFund: fund.id,
    toLine: fund.lines[1]?.id ?? "",
    earmark: "",
    amount: "",
    authority: "",
    reason: "",
  });
  const others = useQuery(fundsQuery(fund.book, undefined)).data?.funds.filter((one) => one.id !== fund.id) ?? [];
  const target = useQuery({ ...fundQuery(fields.toFund, undefined), enabled: fields.toFund !== fund.id }).data ?? fund;
  // A line gives nothing to itself.
  const targets = lineOptions(target, target.id === fund.id ? fields.line : undefined);
  const toLine = targets.some(([id]) => id === fields.toLine) ? fields.toLine : (targets[0]?.[0] ?? "");
  const amount = amountOf(fields.amount);
  const fits = (one: AuthorityView) =>
    one.kind === "reallocate" &&
    one.line === fields.line &&
    one.toLine === toLine &&
    (one.toFund ?? fund.id) === fields.toFund;
  const authority = chosenAuthority(fund.authorities, fits, fields.authority);
  const where = fields.toFund === fund.id ? "" : ` of ${target.title}`;
  return (
    <ActForm
      fund={fund}
      title="Reallocate"
      intro="Only money that is not yet placed can move, and only by an authority. An earmarked euro never leaves its earmark."
      button="Move the money"
      asked={`Move ${fund.currency} ${grouped(amount)} from ${lineTitle(fund, fields.line)} to ${lineTitle(target, toLine)}${where}.`}
      send={() =>
        fundApi.reallocate(fund.id, {
          line: fields.line,
          ...(fields.toFund === fund.id ? {} : { toFund: fields.toFund }),
          toLine,
          ...(fields.earmark === "" ? {} : { earmark: fields.earmark }),
          amount,
          ...(authority === undefined ? {} : { authority: authority.id }),
          reason: fields.reason,
        })
      }
      done={(answer, before) => <Recorded fund={answer} before={before} />}
      aside={
        <Preview
          fund={fund}
          ask={{
            line: fields.line,
            to_fund: fields.toFund === fund.id ? undefined : fields.toFund,
            to_line: toLine,
            amount: readAmount(fields.amount) ?? "",
            earmark: fields.earmark,
          }}
        />
      }
    >
      <Choice label="From" value={fields.line} onChange={set("line")} options={lineOptions(fund)} />
      {others.length > 0 && (
        <Choice
          label="To the fund"
          value={fields.toFund}
          onChange={set("toFund")}
          options={[[fund.id, fund.title], ...others.map(({ id, title }) => [id, title] as const)]}
        />
      )}
      <Choice label="To" value={toLine} onChange={set("toLine")} options={targets} />
      {earmarkOptions(fund, fields.line).length > 1 && (
        <Choice
          label="Which money"
          value={fields.earmark}
          onChange={set("earmark")}
          options={earmarkOptions(fund, fields.line)}
        />
      )}
      <Amount label={`Amount, ${fund.currency}`} value={fields.amount} onChange={set("amount")} />
      <AuthorityChoice
        authorities={fund.authorities}
        fits={fits}
        value={authority?.id ?? ""}
        onChange={set("authority")}
      />
      <Written
        label="Reason"
        wide
        value={fields.reason}
        onChange={set("reason")}
        hint="Air defence before the winter"
      />
    </ActForm>
  );
}

type Ask = Parameters<typeof fundApi.reallocation>[1];

/** Waits until nothing was written for a moment, so that not every letter asks the server. */
function useSettled<T>(value: T, key: string): T {
  const [settled, settle] = useState({ value, key });
  useEffect(() => {
    const timer = setTimeout(() => settle({ value, key }), 180);
    return () => clearTimeout(timer);
  }, [value, key]);
  return settled.value;
}

function Preview({ fund, ask }: Readonly<{ fund: FundView; ask: Ask }>) {
  const settled = useSettled(ask, JSON.stringify(ask));
  const asked = { ...settled, amount: settled.amount === "" ? "0" : settled.amount };
  const query = useQuery({
    queryKey: ["reallocation", fund.id, asked],
    queryFn: ({ signal }) => fundApi.reallocation(fund.id, asked, signal),
    placeholderData: (previous) => previous,
    enabled: settled.amount !== "",
  });
  if (settled.amount === "") {
    const line = fund.lines.find((one) => one.id === ask.line);
    return (
      <div className="act-standing">
        <h3>What it would do</h3>
        <p>
          {line === undefined ? "" : `${line.title} can spare ${brief(fund.currency, line.canSpare)}. `}Write an amount
          to see what moving it would do.
        </p>
      </div>
    );
  }
  if (query.error !== null && query.data === undefined) {
    const problem = query.error instanceof ApiProblem ? query.error : null;
    return (
      <div className="act-standing">
        <h3>What it would do</h3>
        <p>
          {problem?.message ?? String(query.error)} {problem?.found}
        </p>
      </div>
    );
  }
  return query.data === undefined ? null : <Effect preview={query.data} />;
}

function Effect({ preview }: Readonly<{ preview: ReallocationPreview }>) {
  const { from, to, currency, earmarks, needs, possible, says } = preview;
  const held = earmarks.filter((earmark) => !isZero(earmark.available));
  return (
    <div className="act-standing preview">
      <h3>What it would do</h3>
      <p className={possible ? "possible" : "impossible"}>
        <b>{possible ? "Possible" : "Not possible"}</b>
        {readable(says)
          .replace(/^(Not possible|Possible)/, "")
          .replace(/^(?=\S)(?![:.,])/, ". ")}{" "}
        {says.endsWith("Propose it first.") && (
          <Link to="/decisions/new" search={keepFrame()}>
            Propose a decision
          </Link>
        )}
      </p>
      <table>
        <caption className="out-of-sight">Before and after, in {currency}</caption>
        <thead>
          <tr>
            <th scope="col">
              Available <small>{currency}</small>
            </th>
            <th scope="col" className="number">
              Now
            </th>
            <th scope="col" className="number">
              After
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">
              {from.title}
              <span className="line-purpose">can spare {brief(currency, from.canSpare)}</span>
            </th>
            <td className="number">{grouped(from.available)}</td>
            <td className="number">{grouped(from.after)}</td>
          </tr>
          <tr>
            <th scope="row">{to.title}</th>
            <td className="number">{grouped(to.available)}</td>
            <td className="number">{grouped(to.after)}</td>
          </tr>
        </tbody>
      </table>
      {held.length + needs.length > 0 && (
        <ul className="plain-list">
          {held.map((earmark) => (
            <li key={earmark.earmark}>
              <b>{earmark.title}</b>, {brief(currency, earmark.available)}: {readable(earmark.says)}.
            </li>
          ))}
          {needs.map((need) => (
            <li key={need}>{readable(need)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
