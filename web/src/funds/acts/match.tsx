import { useQueries } from "@tanstack/react-query";
import type { FundView, UnmatchedEntry } from "../../../../src/core/views-funds.ts";
import { fundApi } from "../../api/funds.ts";
import { grouped, lengthOf } from "../../format/amounts.ts";
import { callQuery } from "../queries.ts";
import { brief, isZero } from "../words.ts";
import { Amount, amountOf, useFields, Written } from "./fields.tsx";
import { ActForm } from "./form.tsx";

/** What is still to be paid under each reference: shares of calls and parts of pledges. */
export function useOpenReferences(fund: FundView): readonly (readonly [reference: string, words: string])[] {
  const open = fund.calls.filter((call) => !isZero(call.outstanding));
  const calls = useQueries({ queries: open.map((call) => callQuery(fund.id, call.id, undefined)) });
  return [
    ...calls.flatMap(({ data }) =>
      (data?.shares ?? [])
        .filter((share) => share.exempt === null && !isZero(share.outstanding))
        .map(
          (share) =>
            [
              share.reference,
              `${share.name}, ${data?.year} instalment ${data?.instalment}: ${brief(fund.currency, share.outstanding)} outstanding`,
            ] as const,
        ),
    ),
    ...fund.pledges.flatMap((pledge) =>
      pledge.instalments
        .filter((part) => lengthOf(part.received) < lengthOf(part.amount))
        .map(
          (part) => [part.reference, `${pledge.name}, ${pledge.title}: ${brief(fund.currency, part.amount)}`] as const,
        ),
    ),
  ];
}

/** Says by hand which claim an entry pays. */
export function MatchForm({ fund, entry }: Readonly<{ fund: FundView; entry: UnmatchedEntry }>) {
  const [fields, set] = useFields({ reference: "", amount: "" });
  const references = useOpenReferences(fund);
  return (
    <ActForm
      fund={fund}
      level={4}
      title={`Match ${entry.entry}`}
      intro={`${entry.currency} ${grouped(entry.left)} from ${entry.counterparty ?? "somebody not named"}. Give the reference of the invoice or of the pledge's part that it pays; open ones are offered as you write.`}
      button="Match"
      asked={`Match ${entry.entry}, ${entry.currency} ${grouped(fields.amount === "" ? entry.left : amountOf(fields.amount))}, with ${fields.reference}.`}
      send={() =>
        fundApi.match(fund.id, {
          statement: entry.statement,
          account: entry.account,
          entry: entry.entry,
          reference: fields.reference.trim(),
          ...(fields.amount === "" ? {} : { amount: amountOf(fields.amount) }),
        })
      }
      done={(report) => (
        <>
          <h3>Matched.</h3>
          <ul className="plain-list">
            {report.matched.map((one) => (
              <li key={`${one.entry}${one.reference}`}>
                {entry.currency} {grouped(one.amount)} of {one.name}, {one.reference}.
              </li>
            ))}
          </ul>
        </>
      )}
    >
      <Written
        label="Reference"
        value={fields.reference}
        onChange={set("reference")}
        hint={"RF\u2026"}
        options={references}
      />
      <Amount label="Only a part of it" required={false} value={fields.amount} onChange={set("amount")} />
    </ActForm>
  );
}
