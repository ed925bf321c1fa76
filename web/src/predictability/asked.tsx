import { useState } from "react";
import type { IndicatorDefinition, PredictabilitySide } from "../../../src/core/views-predictability.ts";
import { useAppSearch, useChangeSearch } from "../frame/hooks.ts";
import { sides } from "./words.ts";

/** What is asked: whose figures, which periods, all indicators of the first period or one over all of them. */
export function Asked({
  by,
  periods,
  definitions,
}: Readonly<{ by: PredictabilitySide; periods: readonly string[]; definitions: readonly IndicatorDefinition[] }>) {
  const { period, kind } = useAppSearch();
  const change = useChangeSearch();
  const [text, setText] = useState(period ?? periods.join(", "));
  return (
    <form
      className="filters indicator-asked"
      aria-label="What is compared"
      onSubmit={(event) => {
        event.preventDefault();
        const words = text.split(",").map((word) => word.trim());
        change({
          period: words.filter((word) => word !== "").join(",") || undefined,
          on: undefined,
          only: undefined,
          indicator: undefined,
        });
      }}
    >
      <div className="switch" role="group" aria-label="Whose figures">
        {sides.map(([side, words]) => (
          <button
            key={side}
            type="button"
            aria-pressed={by === side}
            onClick={() =>
              change(
                { view: side === "giver" ? undefined : side, only: undefined, indicator: undefined, on: undefined },
                true,
              )
            }
          >
            {words}
          </button>
        ))}
      </div>
      <label>
        <span>Show</span>
        <select value={kind ?? ""} onChange={(event) => change({ kind: event.target.value || undefined }, true)}>
          <option value="">all indicators of the first period</option>
          {definitions.map(({ id, title }) => (
            <option key={id} value={id}>
              {title} over all periods
            </option>
          ))}
        </select>
      </label>
      <label className="filter-words">
        <span>Periods, with commas: 2023, 2023H2, 2023-02-24/2024-02-23</span>
        <input type="text" name="period" value={text} onChange={(event) => setText(event.target.value)} />
      </label>
      <button type="submit">Compare</button>
    </form>
  );
}
