import type { FundView } from "../../../src/core/views-funds.ts";
import { useWidth } from "../charts/use-width.ts";
import { Figure } from "../figure/figure.tsx";
import { lengthOf, sumOf, unitHead } from "../format/amounts.ts";
import { Listing, type Column } from "../parts/listing.tsx";
import { drawnWith, frameOfFund } from "./money.tsx";
import { brief, creditedIn, inScale, isZero, tableScale } from "./words.ts";

/** For each year the envelope as an outline, filled with what is called and, darker, what came in against it. */
export function YearsFigure({ fund }: Readonly<{ fund: FundView }>) {
  const text = yearsText(fund);
  return (
    <Figure
      title="By year"
      text={text}
      frame={frameOfFund(fund)}
      drawnWith={drawnWith(fund)}
      rows={null}
      table={{
        columns: [
          { key: "year", label: "Year", kind: "text" },
          { key: "envelope", label: "Envelope", kind: "amount" },
          {
            key: "called",
            label: isZero(creditedIn(fund)) ? "Called" : "Called, net of what was credited in kind",
            kind: "amount",
          },
          { key: "received", label: "Received", kind: "amount" },
        ],
        rows: fund.years.map((year) => [String(year.year), year.envelope, year.called, year.received]),
      }}
      reserve={fund.years.length * 46 + 30}
    >
      <Years fund={fund} title={`By year. ${text}`} />
    </Figure>
  );
}

function Years({ fund, title }: Readonly<{ fund: FundView; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const [left, row, bar] = [52, 46, 16];
  const most = Math.max(...fund.years.map((year) => Math.max(lengthOf(year.envelope), lengthOf(year.called))), 1);
  const length = (amount: string) => (lengthOf(amount) / most) * Math.max(width - left - 1, 10);
  return (
    <div ref={box} className="chart-box">
      <p className="legend" aria-hidden="true">
        <span>
          <i className="needed-key" /> envelope
        </span>
        <span>
          <i className="committed-key" /> called
        </span>
        <span>
          <i className="delivered-key" /> received
        </span>
      </p>
      {width > 0 && (
        <svg width={width} height={fund.years.length * row} role="img" aria-label={title}>
          {fund.years.map((year, index) => {
            const y = index * row;
            return (
              <g key={year.year}>
                <text x={0} y={y + 14} className="bar-label">
                  {year.year}
                </text>
                <rect x={left + 0.5} y={y + 1.5} width={length(year.envelope)} height={bar} className="unknown" />
                <rect x={left} y={y + 1} width={length(year.called)} height={bar + 1} className="class-bound" />
                <rect x={left} y={y + 5} width={length(year.received)} height={bar - 7} className="class-moved" />
                <text x={left} y={y + 33} className="tick">
                  {isZero(year.called)
                    ? "nothing called"
                    : `called ${brief(fund.currency, year.called)}, received ${brief(fund.currency, year.received)},`}{" "}
                  of {brief(fund.currency, year.envelope)}
                </text>
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}

function yearsText(fund: FundView): string {
  const open = fund.years.filter((year) => isZero(year.called)).map((year) => year.year);
  const begun = fund.years.filter((year) => !isZero(year.called));
  const said = begun.map(
    (year) =>
      `${year.year}: ${brief(fund.currency, year.called)} called of ${brief(fund.currency, year.envelope)}, ${brief(fund.currency, year.received)} received.`,
  );
  return [...said, ...(open.length === 0 ? [] : [`Nothing is called yet for ${open.join(", ")}.`])].join(" ");
}

/** What is owed by the key beside what is given of one's own accord, and how much of the income comes ad hoc. */
export function BothKinds({ fund }: Readonly<{ fund: FundView }>) {
  const sum = (amounts: readonly string[]) => sumOf(amounts) ?? "0.00";
  const voluntary = sum(fund.pledges.map((pledge) => pledge.received));
  const rows = [
    {
      name: "Assessed",
      by: "called by the key",
      asked: sum(fund.members.map((member) => member.called)),
      received: sum(fund.members.map((member) => member.received)),
      credited: sum(fund.members.map((member) => member.credited)),
      outstanding: sum(fund.members.map((member) => member.outstanding)),
    },
    {
      name: "Voluntary",
      by: "pledged of one's own accord",
      asked: fund.pledged,
      received: voluntary,
      credited: "0.00",
      outstanding: sum([fund.pledged, `-${voluntary}`]),
    },
  ];
  const scale = tableScale(rows.map((row) => row.asked));
  const money = (
    key: "asked" | "received" | "credited" | "outstanding",
    label: string,
  ): Column<(typeof rows)[number]> => ({
    key,
    label,
    number: true,
    value: (row) => row[key],
    cell: (row) => inScale(row[key], scale),
  });
  return (
    <section className="figure" aria-labelledby="both-title">
      <header className="figure-head">
        <h2 id="both-title">Assessed and voluntary</h2>
        <p className="figure-text">
          {fund.adHoc.share !== null && (
            <b>{fund.adHoc.share.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "")} % is ad hoc. </b>
          )}
          {fund.adHoc.says}
        </p>
      </header>
      <Listing
        caption={`Assessed and voluntary, in ${unitHead(fund.currency, scale)}`}
        rowKey={(row) => row.name}
        rows={rows}
        columns={[
          {
            key: "kind",
            label: unitHead(fund.currency, scale),
            value: (row) => row.name,
            cell: (row) => (
              <>
                {row.name} <span className="muted">{row.by}</span>
              </>
            ),
          },
          money("asked", "Called or pledged"),
          money("received", "Received"),
          money("credited", "In kind"),
          money("outstanding", "To come"),
        ]}
      />
    </section>
  );
}
