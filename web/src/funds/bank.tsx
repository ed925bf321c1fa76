import { lazy, Suspense } from "react";
import type { FundView, StatementView, UnmatchedEntry } from "../../../src/core/views-funds.ts";
import { counted, grouped } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { useAppSearch } from "../frame/hooks.ts";
import { Listing } from "../parts/listing.tsx";
import { Waiting } from "../parts/states.tsx";
import { ActLink, actsHere } from "./acts/act-link.tsx";
import { isZero } from "./words.ts";

const MatchForm = lazy(async () => ({ default: (await import("./acts/match.tsx")).MatchForm }));

/** The bank's statements, and every entry that no claim explains yet. */
export function Bank({ fund }: Readonly<{ fund: FundView }>) {
  return (
    <section className="figure span-12" aria-labelledby="bank">
      <header className="figure-head">
        <h2 id="bank">Bank</h2>
        <p className="figure-text">
          {fund.statements.length === 0
            ? "No bank statement has been imported. What is paid in is matched with calls and pledges by its reference."
            : `${counted(fund.statements.length, "statement")} on record; ${
                fund.unmatched.length === 0
                  ? "every entry is matched."
                  : `${counted(fund.unmatched.length, "entry is", "entries are")} not matched.`
              }`}
        </p>
      </header>
      {fund.unmatched.length > 0 && (
        <>
          <h3>Not matched</h3>
          <Unmatched fund={fund} />
        </>
      )}
      {fund.statements.length > 0 && <Statements fund={fund} />}
    </section>
  );
}

/** Statements of several accounts may go by one number. */
const keyOf = ({ account, statement, entry }: UnmatchedEntry): string => `${account} ${statement} ${entry}`;

/** Entries without a claim, with the reason, and a way to match each by hand. */
function Unmatched({ fund }: Readonly<{ fund: FundView }>) {
  const { act } = useAppSearch();
  return (
    <Listing
      caption="Bank entries not matched"
      rows={fund.unmatched}
      rowKey={keyOf}
      under={(entry) =>
        act === `match ${keyOf(entry)}` && (
          <Suspense fallback={<Waiting what="the form" />}>
            <MatchForm key={keyOf(entry)} fund={fund} entry={entry} />
          </Suspense>
        )
      }
      columns={[
        { key: "entry", label: "Entry", value: (entry) => entry.entry },
        {
          key: "booked_on",
          label: "Booked",
          value: (entry) => entry.bookedOn,
          cell: (entry) => formatDay(entry.bookedOn),
        },
        {
          key: "counterparty",
          label: "From or to",
          value: (entry) => entry.counterparty,
          cell: (entry) => entry.counterparty ?? <span className="muted">not named</span>,
        },
        {
          key: "remittance",
          label: "Text",
          value: (entry) => entry.remittance,
          cell: (entry) => <q>{entry.remittance}</q>,
        },
        {
          key: "amount",
          label: "Amount",
          number: true,
          value: (entry) => entry.amount,
          cell: (entry) => (
            <>
              {entry.direction === "debit" && "\u2212"}
              {entry.currency} {grouped(entry.amount)}
              {entry.left !== entry.amount && <span className="line-purpose">{grouped(entry.left)} left</span>}
            </>
          ),
        },
        {
          key: "why",
          label: "Why",
          value: (entry) => entry.why,
          cell: (entry) => `It ${entry.why.replace(/^It /, "")}`,
        },
        ...(actsHere && fund.unmatched.some((entry) => entry.direction === "credit")
          ? [
              {
                key: "act",
                label: "Match",
                screenOnly: true,
                value: () => "",
                cell: (entry: UnmatchedEntry) =>
                  entry.direction === "credit" && (
                    <ActLink act={`match ${keyOf(entry)}`} hash="bank">
                      Match<span className="out-of-sight"> {entry.entry} by reference</span>
                    </ActLink>
                  ),
              },
            ]
          : []),
      ]}
    />
  );
}

function Statements({ fund }: Readonly<{ fund: FundView }>) {
  const money = (key: "matched" | "unmatched", label: string) => ({
    key,
    label,
    small: fund.currency,
    number: true,
    value: (statement: StatementView) => statement[key],
    cell: (statement: StatementView) => (isZero(statement[key]) ? "0" : grouped(statement[key])),
  });
  return (
    <>
      <h3 className="after">Statements</h3>
      <Listing
        caption="Bank statements"
        rows={fund.statements}
        rowKey={(statement) => `${statement.account} ${statement.id}`}
        columns={[
          {
            key: "id",
            label: "Statement",
            value: (statement) => statement.id,
            cell: (statement) => (
              <>
                {statement.id} <span className="line-purpose">{statement.fileName}</span>
                {statement.otherThan !== null && (
                  <span className="line-purpose">
                    Of {statement.account}, not of the fund's account {statement.otherThan}
                  </span>
                )}
              </>
            ),
          },
          {
            key: "period",
            label: "Of",
            value: (statement) => statement.from,
            cell: (statement) =>
              statement.from === null || statement.to === null
                ? "no days given"
                : `${formatDay(statement.from)} to ${formatDay(statement.to)}`,
          },
          {
            key: "entries",
            label: "Entries",
            number: true,
            value: (statement) => String(statement.entries),
          },
          money("matched", "Matched"),
          money("unmatched", "Not matched"),
          {
            key: "recorded_at",
            label: "Entered",
            value: (statement) => statement.recordedAt,
            cell: (statement) => `${formatDay(statement.recordedAt)} by ${statement.actor}`,
          },
        ]}
      />
    </>
  );
}
