import { Link } from "@tanstack/react-router";
import type { ConsignmentView, DeliveryEventView, EventLine } from "../../../../../src/core/views-delivery.ts";
import { counted, formatCount } from "../../../format/amounts.ts";
import { formatDay } from "../../../format/days.ts";
import { formatMinute } from "../../../format/instants.ts";
import { keepFrame } from "../../../frame/search.ts";
import { SourceLine } from "../../../parts/source-line.tsx";
import { ConsignmentLink } from "../list.tsx";
import { sideWords, stateClass } from "../words.ts";

/** Everything that happened to it, oldest first: by which side's word, on what evidence, and what it did in the ledger. */
export function Course({ consignment }: Readonly<{ consignment: ConsignmentView }>) {
  const { events } = consignment;
  return (
    <section className="figure span-8" aria-labelledby="course">
      <header className="figure-head">
        <h2 id="course">Course of events</h2>
        <p className="figure-text">
          {counted(events.length, "event")}, oldest first. What was reported stays; what turned out otherwise is put
          right by a further event.
        </p>
      </header>
      <ol className="chain">
        {events.map((event) => (
          <Happened key={event.id} event={event} />
        ))}
      </ol>
    </section>
  );
}

function Happened({ event }: Readonly<{ event: DeliveryEventView }>) {
  const { name, side, on, place, evidence, reason, other, lines, source, actor, recordedAt, postings } = event;
  const to = lines.find((line) => line.to !== null)?.to ?? "";
  return (
    <li className={markOf(to)}>
      <p>
        <b>{name}</b> on {formatDay(on)}
        {place !== null && ` at ${place}`}
        {other !== null && (
          <>
            {" "}
            with <ConsignmentLink id={other} />
          </>
        )}
      </p>
      <ul className="event-lines">
        {lines.map((line) => (
          <li key={`${line.line} ${line.from ?? ""} ${line.to ?? ""}`}>{lineWords(line)}</li>
        ))}
      </ul>
      {evidence !== null && <p>Evidence: {evidence}</p>}
      {reason !== "" && <p>{reason}</p>}
      <p className="hint">
        Reported by {sideWords[side]}: <SourceLine source={source} />; entered by {actor}, {formatMinute(recordedAt)}
        {postings.length > 0 && (
          <>
            ;{" "}
            <span className="nowrap">
              in the ledger{" "}
              {postings.slice(0, 3).map((posting, index) => (
                <span key={posting}>
                  {index > 0 && ", "}
                  <Link to="/why/$posting" params={{ posting }} search={keepFrame()} preload={false}>
                    {posting.slice(0, 8)}
                  </Link>
                </span>
              ))}
              {postings.length > 3 && ` and ${postings.length - 3} more`}
            </span>
          </>
        )}
      </p>
    </li>
  );
}

function markOf(state: string): string {
  return `mark-${stateClass(state).replace(/^class-/, "")}`;
}

function lineWords({ itemName, pieces, stated, from, to }: EventLine): string {
  const moved =
    from === null && to === null
      ? `${itemName}: nothing moved`
      : `${formatCount(pieces)} \u00d7 ${itemName}${from === null ? "" : `, was ${from.replaceAll("-", " ")}`}${to === null ? ", taken out" : ""}`;
  return stated === null ? moved : `${moved}; the recipient stated ${formatCount(stated)}`;
}
