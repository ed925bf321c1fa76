import { linearScale } from "../charts/scale.ts";
import type { BillView, WhatIf } from "../../../src/core/views-governed.ts";
import { useWidth } from "../charts/use-width.ts";
import { formatAmount, lengthOf, plainScale, scaleFor, unitHead, type Scale } from "../format/amounts.ts";

export type Measure = "money" | "gdp" | "head";
export type Row = WhatIf["rows"][number];

/** The colour of each what-if, wherever it shows. */
export const colours = ["k1", "k2", "k4", "k5", "k3"] as const;

const bar = 13;
const gap = 11;
const top = 22;

function measured(bill: BillView | null | undefined, measure: Measure): string | null {
  if (bill == null) return null;
  return measure === "money" ? bill.amount : measure === "gdp" ? bill.pctGdp : bill.perHead;
}

/** A group of bars for each party, one a what-if, with its bill written out. */
export function BillsChart({
  view,
  rows,
  measure,
  title,
}: Readonly<{ view: WhatIf; rows: readonly Row[]; measure: Measure; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const values = rows.flatMap((row) => row.bills.map((bill) => measured(bill, measure)));
  const scale: Scale = measure === "money" ? scaleFor(values) : { ...plainScale, digits: measure === "gdp" ? 3 : 2 };
  const head =
    measure === "gdp" ? "% of GDP" : measure === "head" ? `${view.currency} per head` : unitHead(view.currency, scale);
  const left = Math.min(150, width * 0.34);
  const { at: x } = linearScale(0, Math.max(...values.map(lengthOf), 0.0001), [left, Math.max(width - 76, left + 10)]);
  const block = view.scenarios.length * bar + gap;
  return (
    <div ref={box} className="chart-box bars">
      {view.scenarios.length > 1 && (
        <p className="legend" aria-hidden="true">
          {view.scenarios.map((scenario, index) => (
            <span key={index}>
              <i className={colours[index]} /> {index === 0 ? "Today" : `What if ${index}`}
            </span>
          ))}
        </p>
      )}
      {width > 0 && (
        <svg width={width} height={top + rows.length * block} role="img" aria-label={title}>
          <text x={width} y={12} textAnchor="end" className="tick">
            {head}
          </text>
          {rows.map((row, place) => (
            <g key={row.party}>
              <text x={0} y={top + place * block + bar - 3} className="bar-label">
                {row.name}
              </text>
              {row.bills.map((bill, index) => {
                const value = measured(bill, measure);
                const y = top + place * block + index * bar;
                const words = bill === null ? "no member" : bill.out ? "stays out" : formatAmount(value, scale);
                return (
                  <g key={index}>
                    {value !== null && (
                      <rect
                        x={left}
                        y={y}
                        width={Math.max(x(lengthOf(value)) - left, 1)}
                        height={bar - 2}
                        className={colours[index]}
                      />
                    )}
                    <text x={(value === null ? left : x(lengthOf(value))) + 6} y={y + bar - 3} className="tick">
                      {words}
                    </text>
                  </g>
                );
              })}
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}
