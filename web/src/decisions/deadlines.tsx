import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { Deadline, DecisionCalendar } from "../../../src/core/views-decisions.ts";
import { apiAddress } from "../api/client.ts";
import { counted } from "../format/amounts.ts";
import { formatDay, formatPeriod } from "../format/days.ts";
import { inZone, isInstant, readerDay, readerZone } from "../format/instants.ts";
import { keepFrame } from "../frame/search.ts";
import { Month } from "./month.tsx";

/** What is due, by month, beside a month to leaf through; and the feed for the reader's own calendar. */
export function Deadlines({ calendar }: Readonly<{ calendar: DecisionCalendar }>) {
  const [chosen, choose] = useState<string | null>(null);
  const today = readerDay(calendar.now);
  const { deadlines } = calendar;
  const isPast = ({ at }: Deadline) => (isInstant(at) ? at < calendar.now : at < today);
  const past = deadlines.filter(isPast);
  const shown = deadlines.filter((one) => (chosen === null ? !isPast(one) : readerDay(one.at) === chosen));
  return (
    <section className="figure span-12" aria-labelledby="due">
      <header className="figure-head">
        <h2 id="due">Due next</h2>
        <p className="figure-text">
          Silences that expire, payments and pledges that fall due, authorities that end; days by the clocks of the
          reader.{" "}
          <a href={apiAddress("/decisions/calendar.ics", { book: calendar.book })}>Subscribe to it as a calendar</a>.
        </p>
      </header>
      <div className="due">
        <Month deadlines={deadlines} today={today} chosen={chosen} onChoose={choose} />
        <div>
          {chosen !== null && (
            <p className="sum-line">
              <b>{formatDay(chosen)}</b>
              <button type="button" className="plain" onClick={() => choose(null)}>
                Show all that is due
              </button>
            </p>
          )}
          {shown.length === 0 && <p className="muted">Nothing is due.</p>}
          <ByMonth deadlines={shown} />
          {chosen === null && past.length > 0 && (
            <details className="after">
              <summary>{counted(past.length, "earlier date")}</summary>
              <ByMonth deadlines={past.toReversed()} />
            </details>
          )}
        </div>
      </div>
    </section>
  );
}

function ByMonth({ deadlines }: Readonly<{ deadlines: readonly Deadline[] }>) {
  const months = [...new Set(deadlines.map((one) => readerDay(one.at).slice(0, 7)))];
  return (
    <>
      {months.map((month) => (
        <section key={month} className="due-month">
          <h3>{formatPeriod(month)}</h3>
          <ul>
            {deadlines
              .filter((one) => readerDay(one.at).startsWith(month))
              .map((one, index) => (
                <li key={`${one.at} ${one.title} ${index}`}>
                  <span className="due-day">
                    {Number(readerDay(one.at).slice(8))}
                    {isInstant(one.at) && <small> {inZone(one.at, readerZone()).time.slice(0, 5)}</small>}
                  </span>
                  <Link to={one.address as "/decisions"} search={keepFrame()}>
                    {one.title}
                  </Link>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  );
}
