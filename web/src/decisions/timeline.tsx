import type { EventView } from "../../../src/core/views-decisions.ts";
import { formatInstant, formatMinute } from "../format/instants.ts";
import { placeWords, sentence } from "./words.ts";

const grave: ReadonlySet<EventView["kind"]> = new Set(["objection", "rejected", "withdrawn", "annulled", "expired"]);
const good: ReadonlySet<EventView["kind"]> = new Set(["adopted", "issued", "silence-expired"]);

/** Everything that happened, the newest first. */
export function Timeline({ events }: Readonly<{ events: readonly EventView[] }>) {
  return (
    <section className="figure span-12" aria-labelledby="timeline">
      <header className="figure-head">
        <h2 id="timeline">What happened</h2>
        <p className="figure-text">The newest first; times {placeWords()}. Nothing is ever taken off the record.</p>
      </header>
      <ol className="events">
        {events.toReversed().map((event, index) => (
          <li
            key={event.seq ?? `clock ${index}`}
            data-kind={grave.has(event.kind) ? "grave" : good.has(event.kind) ? "good" : undefined}
          >
            <time dateTime={event.at} title={`${formatInstant(event.at, "UTC")} UTC`}>
              {formatMinute(event.at)}
            </time>
            <p className="event-says">{sentence(event.says)}</p>
            <p className="event-by">
              {event.seq === null ? "by the clock" : `by ${event.actor}`}
              {event.recordedAt !== null && late(event) && `, entered afterwards, ${formatMinute(event.recordedAt)}`}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** Entered more than a minute after it happened. */
function late({ at, recordedAt }: EventView): boolean {
  return recordedAt !== null && Date.parse(recordedAt) - Date.parse(at) > 60_000;
}
