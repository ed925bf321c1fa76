import { Link } from "@tanstack/react-router";
import type { ConsignmentLine, ConsignmentView } from "../../../../../src/core/views-delivery.ts";
import { formatCount, grouped } from "../../../format/amounts.ts";
import { formatDay } from "../../../format/days.ts";
import { keepFrame } from "../../../frame/search.ts";
import { Listing, type Column } from "../../../parts/listing.tsx";
import { NeedLink } from "../../needs/list.tsx";
import { countedIn, statesWords } from "../words.ts";

/** What it carries, line by line: what the donor side reports beside what the recipient signed for. */
export function CarriedLines({ consignment }: Readonly<{ consignment: ConsignmentView }>) {
  const { linesCarried, stream, id } = consignment;
  return (
    <section className="figure span-12" aria-labelledby="lines">
      <header className="figure-head">
        <h2 id="lines">What it carries</h2>
        <p className="figure-text">
          In {countedIn(stream)}. What the donor side reports as handed over stands beside what the recipient signed
          for: {agreementWords(linesCarried)}
        </p>
      </header>
      <Listing
        caption="What it carries"
        file={`${id}-lines`}
        rows={linesCarried}
        rowKey={(line) => String(line.line)}
        columns={linesCarried.some((line) => line.cost !== null) ? [...columns, cost] : columns}
      />
    </section>
  );
}

/** Whether both sides have reported a line, and not the same number of it. */
function isUnequal({ donorReported, recipientConfirmed }: ConsignmentLine): boolean {
  return donorReported !== null && recipientConfirmed !== null && donorReported !== recipientConfirmed;
}

function agreementWords(lines: readonly ConsignmentLine[]): string {
  const unequal = lines.filter(isUnequal).length;
  const asked = lines.filter((line) => line.openQueries > 0 && !isUnequal(line)).length;
  const of = (count: number) => (count === 1 ? "one line" : `${count} lines`);
  if (unequal > 0) return `the numbers differ in ${of(unequal)}.`;
  return asked > 0
    ? `the numbers agree so far as both have reported; about ${of(asked)} a query is open.`
    : "the two agree so far as both have reported.";
}

const reported = (
  key: "donorReported" | "recipientConfirmed",
  label: string,
  small: string,
): Column<ConsignmentLine> => ({
  key,
  label,
  small,
  number: true,
  value: (line) => (line[key] === null ? null : String(line[key])),
  cell: (line) => {
    const pieces = line[key];
    if (pieces === null) return <span className="muted">not yet</span>;
    return <span className={isUnequal(line) ? "late" : undefined}>{formatCount(pieces)}</span>;
  },
});

const columns: readonly Column<ConsignmentLine>[] = [
  {
    key: "what",
    label: "What",
    value: (line) => line.itemName,
    cell: (line) => (
      <>
        <Link to="/offers/$id" params={{ id: line.offer }} search={keepFrame()} preload={false}>
          {line.itemName}
        </Link>
        <span className="line-purpose">
          line {line.line}, placement {line.placement}
          {line.fund !== null && `, through ${line.fund}`}
        </span>
      </>
    ),
  },
  {
    key: "giver",
    label: "Giver",
    value: (line) => line.giverName,
    cell: (line) => (
      <Link to="/nations/$id" params={{ id: line.giver }} search={keepFrame()} preload={false}>
        {line.giverName}
      </Link>
    ),
  },
  {
    key: "need",
    label: "For",
    value: (line) => line.need,
    cell: (line) => <NeedLink id={line.need} title={line.needTitle} />,
  },
  {
    key: "due",
    label: "Due by",
    value: (line) => line.dueUntil,
    cell: (line) => <span className="nowrap">{formatDay(line.dueUntil)}</span>,
  },
  {
    key: "pieces",
    label: "Carried",
    number: true,
    value: (line) => String(line.pieces),
    cell: (line) => formatCount(line.pieces),
  },
  reported("donorReported", "Handed over", "donor side"),
  reported("recipientConfirmed", "Received", "signed for"),
  {
    key: "delivered",
    label: "Delivered",
    small: "by the policy",
    number: true,
    value: (line) => String(line.delivered),
    cell: (line) => formatCount(line.delivered),
  },
  { key: "states", label: "Stands", value: (line) => statesWords(line.states) },
];

const cost: Column<ConsignmentLine> = {
  key: "cost",
  label: "Cost",
  number: true,
  value: (line) => line.cost,
  cell: (line) => (line.cost === null ? "" : `${line.currency ?? ""}\u00a0${grouped(line.cost)}`),
};
