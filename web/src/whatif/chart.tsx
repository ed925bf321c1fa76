import type { BillView, WhatIf } from "../../../src/core/views-governed.ts";
import { linearScale } from "../charts/scale.ts";
import { useWidth } from "../charts/use-width.ts";
import { formatAmount, lengthOf, plainScale, scaleFor, unitHead, type Scale } from "../format/amounts.ts";
import { changeOf, scenarioName } from "./words.ts";

export type Measure = "money" | "gdp" | "head";
export type Row = WhatIf["rows"][number];

/** The colour of each what-if, wherever it shows. */
export const colours = ["k1", "k2", "k4", "k5", "k3"] as const;

const bar = 13;
const gap = 11;
const top = 24;
const twoLines = 28; // of words under each other beside the bars
const narrow = 560;

function measured(bill: BillView | null | undefined, measure: Measure): string | null {
  if (bill == null) return null;
  return measure === "money" ? bill.amount : measure === "gdp" ? bill.pctGdp : bill.perHead;
}

function given(row: Row, measure: Measure): string | null {
  return measure === "money" ? row.gives : measure === "gdp" ? row.givesPctGdp : row.givesPerHead;
}

/** Small members' bills show beside large ones': a million where bars are in billions. */
function scaleOf(values: readonly (string | null)[], measure: Measure): Scale {
  if (measure !== "money") return { ...plainScale, digits: measure === "gdp" ? 3 : 2 };
  const scale = scaleFor(values);
  return scale.power === 0 ? scale : { ...scale, digits: 3 };
}

/** A group of bars for each party, one a what-if, with its bill written out, how far that is from today's, and what the party gives already. */
export function BillsChart({
  view,
  rows,
  measure,
  title,
}: Readonly<{ view: WhatIf; rows: readonly Row[]; measure: Measure; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const values = rows.flatMap((row) => row.bills.map((bill) => measured(bill, measure)));
  const scale = scaleOf(values, measure);
  const head =
    measure === "gdp" ? "% of GDP" : measure === "head" ? `${view.currency} per head` : unitHead(view.currency, scale);
  const several = view.scenarios.length > 1;
  const left = Math.min(160, width * 0.36);
  const aside = several && width >= narrow ? 130 : 70;
  const { at: x } = linearScale(0, Math.max(...values.map(lengthOf), 0.0001), [
    left,
    Math.max(width - aside, left + 10),
  ]);
  const block = Math.max(view.scenarios.length * bar, twoLines) + gap;
  return (
    <div ref={box} className="chart-box bars">
      {several && (
        <p className="legend" aria-hidden="true">
          {view.scenarios.map((_, index) => (
            <span key={index}>
              <i className={colours[index]} /> {scenarioName(index)}
            </span>
          ))}
        </p>
      )}
      {width > 0 && (
        <svg width={width} height={top + rows.length * block} role="img" aria-label={title}>
          <text x={0} y={12} className="tick">
            gives: already, all years
          </text>
          <text x={width} y={12} textAnchor="end" className="tick">
            {head}
            {several && width >= narrow && ", and beside today"}
          </text>
          {rows.map((row, place) => {
            const y = top + place * block;
            return (
              <g key={row.party}>
                <text x={0} y={y + bar - 3} className="bar-label">
                  {row.name}
                </text>
                <text x={0} y={y + 2 * bar - 1} className="tick">
                  gives {formatAmount(given(row, measure), scale)}
                </text>
                {row.bills.map((bill, index) => {
                  const value = measured(bill, measure);
                  const line = y + index * bar;
                  const end = value === null ? left : x(lengthOf(value));
                  const change = index > 0 && width >= narrow ? changeOf(value, measured(row.bills[0], measure)) : null;
                  return (
                    <g key={index}>
                      {value !== null && (
                        <rect
                          x={left}
                          y={line}
                          width={Math.max(end - left, 1)}
                          height={bar - 2}
                          className={colours[index]}
                        />
                      )}
                      <text x={end + 6} y={line + bar - 3} className="tick">
                        {billWords(bill, value, scale)}
                        {change !== null && ` (${change.startsWith("-") ? "" : "+"}${formatAmount(change, scale)})`}
                      </text>
                    </g>
                  );
                })}
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}

function billWords(bill: BillView | null, value: string | null, scale: Scale): string {
  if (bill === null) return "no member";
  return bill.out ? "stays out" : formatAmount(value, scale);
}
