import { useState } from "react";
import type { Scenario } from "../../../src/core/burden/scenario.ts";
import type { Party } from "../../../src/core/views.ts";
import { formatDay } from "../format/days.ts";

type Days = Readonly<Pick<Scenario, "from" | "until">>;
const kinds = ["from", "until"] as const;
const kindWords = { from: "first day", until: "last day" } as const;

/** Who comes or goes in mid-year, and on which day: bills go by the days of membership. */
export function MidYear({
  days,
  from,
  year,
  onChange,
}: Readonly<{ days: Days; from: readonly Party[]; year: number; onChange: (days: Days) => void }>) {
  const [party, setParty] = useState("");
  const [kind, setKind] = useState<"from" | "until">("from");
  const [day, setDay] = useState("");
  const nameOf = (id: string) => from.find((one) => one.id === id)?.name ?? id;
  const entries = kinds.flatMap((one) => Object.entries(days[one]).map(([id, on]) => ({ kind: one, id, on })));
  const add = () => {
    onChange({ ...days, [kind]: { ...days[kind], [party]: day } });
    setParty("");
    setDay("");
  };
  return (
    <fieldset className="whatif-midyear">
      <legend>Comes or goes in mid-year</legend>
      {entries.map((entry) => (
        <button
          key={`${entry.kind} ${entry.id}`}
          type="button"
          className="whatif-chip"
          onClick={() => {
            const { [entry.id]: _gone, ...rest } = days[entry.kind];
            onChange({ ...days, [entry.kind]: rest });
          }}
        >
          {nameOf(entry.id)}: {kindWords[entry.kind]} {formatDay(entry.on)} <span aria-hidden="true">×</span>
          <span className="out-of-sight">, take back</span>
        </button>
      ))}
      <select aria-label="Who comes or goes" value={party} onChange={(event) => setParty(event.target.value)}>
        <option value="">nobody</option>
        {from.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <select
        aria-label="Which day"
        value={kind}
        onChange={(event) => setKind(event.target.value === "until" ? "until" : "from")}
      >
        {kinds.map((one) => (
          <option key={one} value={one}>
            {kindWords[one]}
          </option>
        ))}
      </select>
      <input
        type="date"
        aria-label="Day"
        value={day}
        min={`${year}-01-01`}
        max={`${year}-12-31`}
        onChange={(event) => setDay(event.target.value)}
      />
      <button type="button" disabled={party === "" || day === ""} onClick={add}>
        Add
      </button>
    </fieldset>
  );
}
