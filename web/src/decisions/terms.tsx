import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { FundTerms, Grant, LineRef, Terms } from "../../../src/core/decisions/terms.ts";
import { modelledWords } from "../../../src/core/modelled.ts";
import { sumOf } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { writtenAmount } from "../format/written.ts";
import { brief } from "../funds/words.ts";
import { keepFrame } from "../frame/search.ts";
import { ownKey, useFundNames, useNames, type Names } from "./names.ts";
import { gapWords } from "./term-lines.ts";
import { objectWords, sentence } from "./words.ts";

type Of<K extends Terms["kind"]> = Extract<Terms, { kind: K }>;

/** What a text would do once adopted: in a sentence, and in tables where there is more to it. */
export function TermsShown({ terms }: Readonly<{ terms: Terms }>) {
  switch (terms.kind) {
    case "open-fund":
      return <OpenFund terms={terms} />;
    case "call":
      return <Call terms={terms} />;
    case "spend":
      return <Spend terms={terms} />;
    case "reallocate":
      return <Move terms={terms} />;
    case "adopt-key":
    case "take-over-format":
      return <Named terms={terms} />;
    case "appoint":
      return (
        <p>
          Gives the post of {terms.post} to {terms.holder}
          {terms.party !== null && (
            <>
              {" "}
              (
              <Link to="/nations/$id" params={{ id: terms.party }} search={keepFrame()}>
                {terms.party.toUpperCase()}
              </Link>
              )
            </>
          )}{" "}
          from {formatDay(terms.from)}
          {terms.until === null ? ", until recalled" : ` to ${formatDay(terms.until)}`}.
        </p>
      );
    case "adopt-report":
      return (
        <p>
          Adopts{" "}
          {terms.address !== null && /^https?:/.test(terms.address) ? (
            <a href={terms.address} rel="noreferrer">
              {terms.report}
            </a>
          ) : (
            terms.report
          )}
          . It moves no money.
        </p>
      );
    case "adopt-plan":
      return <p>Adopts the plan {terms.plan}: all of it that is not placed yet is placed.</p>;
  }
}

function FundLink({ fund }: Readonly<{ fund: string }>) {
  const { title } = useFundNames(fund);
  return (
    <Link to="/funds/$id" params={{ id: fund }} search={keepFrame()}>
      {title}
    </Link>
  );
}

function Move({ terms }: Readonly<{ terms: Of<"reallocate"> }>) {
  const { currency } = useFundNames(terms.from.fund);
  return (
    <p>
      Lets {currency !== null && `${currency}\u00a0`}
      {writtenAmount(terms.amount)} be moved from <Place of={terms.from} /> to <Place of={terms.to} /> until{" "}
      {formatDay(terms.until)}. Reason: {sentence(terms.reason)}
    </p>
  );
}

function Spend({ terms }: Readonly<{ terms: Of<"spend"> }>) {
  const { currency, line } = useFundNames(terms.fund);
  return (
    <>
      <p>
        Allows spending from <FundLink fund={terms.fund} />.
      </p>
      <Grants grants={terms.grants} line={line} currency={currency} />
    </>
  );
}

function Place({ of }: Readonly<{ of: LineRef }>) {
  const { line } = useFundNames(of.fund);
  return (
    <>
      the line {line(of.line)} of <FundLink fund={of.fund} />
    </>
  );
}

function Named({ terms }: Readonly<{ terms: Of<"adopt-key"> | Of<"take-over-format"> }>) {
  const names = useNames();
  if (terms.kind === "take-over-format")
    return (
      <p>
        Brings {names.group(terms.format)} under {names.group(terms.by)} from {formatDay(terms.from)} on. Its promises,
        needs and roles of before stay readable as they were.
      </p>
    );
  return (
    <>
      <p>
        Calls on <FundLink fund={terms.fund} /> are shared from {formatDay(terms.from)} on by this key:{" "}
        <KeyLink id={terms.key} names={names} />.
      </p>
      <OwnKey text={terms.key} />
    </>
  );
}

function KeyLink({ id, names, amount }: Readonly<{ id: string; names: Names; amount?: string }>) {
  const title = names.key(id);
  if (/^[a-z0-9-]+$/.test(id))
    return (
      <Link to="/whatif" search={keepFrame({ today: amount === undefined ? id : `${id} amount-${amount}` })}>
        {title}
      </Link>
    );
  return <>{title}</>;
}

/** A key that is written out, for who wants to read it. */
function OwnKey({ text }: Readonly<{ text: string }>) {
  if (ownKey(text) === null) return null;
  return (
    <details>
      <summary>The key in full</summary>
      <pre tabIndex={0}>{text}</pre>
    </details>
  );
}

function Call({ terms }: Readonly<{ terms: Of<"call"> }>) {
  const sum = sumOf(terms.lines.map((line) => line.amount));
  const { currency, line: titleOf } = useFundNames(terms.fund);
  return (
    <>
      <p>
        Calls instalment {terms.instalment} of {terms.instalments} for {terms.year} on <FundLink fund={terms.fund} />,
        due {formatDay(terms.dueOn)}.
      </p>
      <Table
        caption="Called for, by line"
        heads={["Line", currency === null ? "Amount" : `Amount, ${currency}`]}
        numbers={[1]}
        rows={[
          ...terms.lines.map((line) => [titleOf(line.line), writtenAmount(line.amount)]),
          ...(terms.lines.length > 1 && sum !== null ? [["In all", writtenAmount(sum)]] : []),
        ]}
      />
    </>
  );
}

function OpenFund({ terms: { fund, grants } }: Readonly<{ terms: Of<"open-fund"> }>) {
  const names = useNames();
  const whole = sumOf(fund.years.map((year) => year.amount));
  return (
    <>
      <p>
        Opens {fund.title}: {brief(fund.currency, whole)} from {formatDay(fund.from)} to {formatDay(fund.until)}, to
        which the members of {names.group(fund.members)} contribute by this key:{" "}
        <KeyLink id={fund.key} names={names} amount={fund.years[0]?.amount ?? "0"} />. The part of those who abstain
        constructively {gapWords(fund.gap)}.
      </p>
      <OwnKey text={fund.key} />
      <Table
        caption="Envelope by year"
        heads={["Year", `Envelope, ${fund.currency}`]}
        numbers={[1]}
        rows={fund.years.map(({ year, amount }) => [String(year), writtenAmount(amount)])}
      />
      <Table
        caption="Lines"
        heads={["Line", "Stream", "For"]}
        rows={fund.lines.map(({ title, stream, purpose }) => [title, stream, purpose])}
      />
      {fund.earmarks.length > 0 && (
        <Table
          caption="Earmarks"
          heads={["Earmark", "May be used on"]}
          rows={fund.earmarks.map(({ title, lines }) => [title, lines.map((line) => lineTitle(fund, line)).join(", ")])}
        />
      )}
      <Grants grants={grants} line={(line) => lineTitle(fund, line)} currency={fund.currency} />
      <Decides fund={fund} names={names} />
      {fund.inKind !== null && (
        <p>
          In kind: {fund.inKind.says} ({fund.inKind.part} of the value, at most {fund.inKind.most} of a share.)
        </p>
      )}
      {fund.account !== null && (
        <p>
          Paid to {fund.account.holder}, account {fund.account.number}, bank {fund.account.bank}.
        </p>
      )}
      {fund.modelled !== null && <p className="hint">{modelledWords(fund.modelled)}</p>}
    </>
  );
}

function lineTitle(fund: FundTerms, line: string): string {
  return fund.lines.find((one) => one.id === line)?.title ?? line;
}

function Decides({ fund, names }: Readonly<{ fund: FundTerms; names: Names }>) {
  const entries = Object.entries(fund.decides);
  if (entries.length === 0) return null;
  return (
    <Table
      caption="Who decides later, by which procedure"
      heads={["To", "Procedure"]}
      rows={entries.map(([object, procedure]) => [
        objectWords[object as Terms["kind"]][0].toLowerCase(),
        <Link key={object} to="/procedures/$id" params={{ id: procedure }} search={keepFrame()}>
          {names.procedure(procedure)}
        </Link>,
      ])}
    />
  );
}

function Grants({
  grants,
  line,
  currency,
}: Readonly<{ grants: readonly Grant[]; line: (line: string) => string; currency: string | null }>) {
  if (grants.length === 0) return null;
  const unit = currency === null ? "" : `, ${currency}`;
  return (
    <Table
      caption="Allowed at once"
      heads={["To", "For", "Line", "Until", `Amount${unit}`]}
      numbers={[4]}
      rows={grants.map((grant) => [
        grant.kind,
        grant.purpose,
        grant.line === null ? "any" : line(grant.line),
        formatDay(grant.until),
        writtenAmount(grant.amount),
      ])}
    />
  );
}

function Table({
  caption,
  heads,
  rows,
  numbers = [],
}: Readonly<{
  caption: string;
  heads: readonly string[];
  rows: readonly (readonly ReactNode[])[];
  numbers?: readonly number[];
}>) {
  return (
    <div className="table-scroll tall" tabIndex={0} role="region" aria-label={caption}>
      <table className={heads.length > 4 ? "stacks terms-table" : "terms-table"}>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {heads.map((head, index) => (
              <th key={head} scope="col" className={numbers.includes(index) ? "number" : undefined}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, line) => (
            <tr key={line}>
              {row.map((cell, index) => (
                <td key={index} data-label={heads[index]} className={numbers.includes(index) ? "number" : undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
