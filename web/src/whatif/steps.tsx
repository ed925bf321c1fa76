import { useState } from "react";
import type { BillView, WhatIf } from "../../../src/core/views-governed.ts";
import { formatDay } from "../format/days.ts";
import type { Row } from "./chart.tsx";
import { scenarioName } from "./words.ts";

const names: Readonly<Record<string, string>> = {
  table: "The table",
  members: "Who takes part",
  weights: "The weights",
  discount: "The discount",
  "equal-part": "The equal part",
  bounds: "Floor and ceiling",
  calendar: "Days of membership",
  "stays-out": "Staying out",
};

/** How one party's share came about under each what-if, step by step. */
export function Steps({ view, rows }: Readonly<{ view: WhatIf; rows: readonly Row[] }>) {
  const [chosen, choose] = useState("");
  const row = rows.find((one) => one.party === chosen) ?? rows[0];
  if (row === undefined) return null;
  return (
    <section className="figure span-12" aria-labelledby="steps-title">
      <header className="figure-head">
        <h2 id="steps-title">How a share comes about</h2>
        <p className="figure-text">Shares are exact fractions; here in per cent, rounded to six digits.</p>
        <div className="figure-controls filters">
          <label>
            <span>Party</span>
            <select value={row.party} onChange={(event) => choose(event.target.value)}>
              {rows.map((one) => (
                <option key={one.party} value={one.party}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
        </div>
      </header>
      {view.scenarios.map((scenario, index) => {
        const bill = row.bills[index];
        return (
          <div key={index} className="whatif-steps">
            <h3>
              {scenarioName(index)}: {scenario.title}
            </h3>
            {bill == null ? <p className="muted">{row.name} is no member.</p> : <StepList steps={bill.steps} />}
          </div>
        );
      })}
    </section>
  );
}

/** The steps of a share in words, one a line. */
export function StepList({ steps }: Readonly<{ steps: BillView["steps"] }>) {
  return (
    <ol>
      {steps.map((step, place) => (
        <li key={place}>
          <b>{names[step.step] ?? step.step}</b>
          {step.from !== null && step.until !== null && ` (${formatDay(step.from)} to ${formatDay(step.until)})`}:{" "}
          {step.before !== null && `from ${step.before} `}to {step.after} %, {step.reason}.
        </li>
      ))}
    </ol>
  );
}
