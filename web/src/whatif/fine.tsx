import { useState } from "react";
import type { Scenario } from "../../../src/core/burden/scenario.ts";
import type { Party } from "../../../src/core/views.ts";
import type { KeyView } from "../../../src/core/views-governed.ts";
import { keyHas } from "./choices.ts";
import { MidYear } from "./mid-year.tsx";
import { Written } from "./written.tsx";

const ratioPattern = /^(\d+(\.\d+)?( ?%)?|\d+\/\d+)$/;
const usualYear = 2025;

/** What is changed less often: the numbers of a formula, and who comes or goes on a day in the year. */
export function Fine({
  scenario,
  rule,
  present,
  set,
}: Readonly<{
  scenario: Scenario;
  rule: KeyView | undefined;
  present: readonly Party[];
  set: (change: Partial<Scenario>) => void;
}>) {
  const { floor, ceiling, equal, discount, spread, from, until } = scenario;
  const changed =
    [floor, ceiling, equal, discount, spread].some((one) => one !== null) ||
    Object.keys({ ...from, ...until }).length > 0;
  const [open, setOpen] = useState(changed);
  const formula = rule?.formula ?? null;
  const ratio = (field: "floor" | "ceiling" | "equal" | "discount", label: string, has: string, example: string) => (
    <Written
      label={label}
      value={scenario[field] ?? ""}
      has={has}
      example={example}
      reads={(written) => ratioPattern.test(written)}
      onChange={(value) => set({ [field]: value === "" ? null : value.replace(" ", "") })}
    />
  );
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{formula === null ? "Days of membership" : "Floor, ceiling, discount, days of membership"}</summary>
      {formula !== null && (
        <div className="whatif-fields">
          {ratio("floor", "Floor", keyHas(formula.floor, "0"), "0.001 % or 1/1000")}
          {ratio("ceiling", "Ceiling", keyHas(formula.ceiling, "1"), "22 % or 11/50")}
          {ratio("equal", "In equal parts", keyHas(formula.equalPart, "0"), "10 % or 1/10")}
          {ratio("discount", "Low-income discount", keyHas(formula.discount?.gradient ?? "0", "0"), "80 % or 4/5")}
          <label className="whatif-field">
            <span>Excess is spread</span>
            <select
              value={spread ?? ""}
              onChange={(event) => {
                const chosen = event.target.value;
                set({ spread: chosen === "equally" || chosen === "in-proportion" ? chosen : null });
              }}
            >
              <option value="">as in the key</option>
              <option value="in-proportion">in proportion</option>
              <option value="equally">equally</option>
            </select>
          </label>
        </div>
      )}
      <MidYear days={{ from, until }} from={present} year={scenario.year ?? usualYear} onChange={set} />
    </details>
  );
}
