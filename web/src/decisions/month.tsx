import { useState } from "react";
import type { Deadline } from "../../../src/core/views-decisions.ts";
import { counted } from "../format/amounts.ts";
import { formatDay, formatPeriod } from "../format/days.ts";
import { readerDay } from "../format/instants.ts";

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** The weeks of a month, Monday first; null for the days of its neighbours. */
function weeksOf(month: string): readonly (readonly (string | null)[])[] {
  const first = new Date(`${month}-01T00:00:00Z`);
  const before = (first.getUTCDay() + 6) % 7;
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return Array.from({ length: Math.ceil((before + days) / 7) }, (_, week) =>
    weekdays.map((_name, index) => {
      const day = week * 7 + index - before + 1;
      return day < 1 || day > days ? null : `${month}-${String(day).padStart(2, "0")}`;
    }),
  );
}

function shifted(month: string, by: number): string {
  const at = new Date(`${month}-01T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + by);
  return at.toISOString().slice(0, 7);
}

/** A month with the days on which something is due; choosing one narrows the list beside it. */
export function Month({
  deadlines,
  today,
  chosen,
  onChoose,
}: Readonly<{
  deadlines: readonly Deadline[];
  today: string;
  chosen: string | null;
  onChoose: (day: string | null) => void;
}>) {
  const days = deadlines.map((deadline) => readerDay(deadline.at));
  const next = days.filter((day) => day >= today).toSorted()[0];
  const [month, setMonth] = useState((next ?? today).slice(0, 7));
  const turn = (by: number) => {
    setMonth(shifted(month, by));
    onChoose(null);
  };
  return (
    <div className="month">
      <div className="month-head">
        <button type="button" aria-label="The month before" onClick={() => turn(-1)}>
          ‹
        </button>
        <b aria-live="polite">{formatPeriod(month)}</b>
        <button type="button" aria-label="The month after" onClick={() => turn(1)}>
          ›
        </button>
      </div>
      <table>
        <caption className="out-of-sight">Days of {formatPeriod(month)} on which something is due</caption>
        <thead>
          <tr>
            {weekdays.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week, index) => (
            <tr key={index}>
              {week.map((day, place) => (
                <td key={place} data-today={day === today}>
                  <Day
                    day={day}
                    number={days.filter((one) => one === day).length}
                    chosen={chosen}
                    onChoose={onChoose}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Day({
  day,
  number,
  chosen,
  onChoose,
}: Readonly<{ day: string | null; number: number; chosen: string | null; onChoose: (day: string | null) => void }>) {
  if (day === null) return null;
  const digits = Number(day.slice(8));
  if (number === 0) return <>{digits}</>;
  return (
    <button
      type="button"
      aria-pressed={chosen === day}
      aria-label={`${formatDay(day)}: ${counted(number, "deadline")}`}
      onClick={() => onChoose(chosen === day ? null : day)}
    >
      {digits}
    </button>
  );
}
