import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Change, ChangeList } from "../../../src/core/views-milestones.ts";
import { counted } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { formatMinute } from "../format/instants.ts";
import { useAppSearch, useChangeSearch } from "../frame/hooks.ts";
import { keepFrame, type AppSearch } from "../frame/search.ts";
import { Answered } from "../parts/states.tsx";
import { useLastLook } from "./looked.ts";
import { changesQuery, type Since } from "./queries.ts";
import { changeWords } from "./words.ts";

const shownAtOnce = 12;

/** What moved since this reader last looked, or since a day in the address. */
export function Changes({ book, now }: Readonly<{ book: string; now: string }>) {
  const { since: day } = useAppSearch();
  const [last, seen] = useLastLook(book, now);
  const isFirst = last === null;
  const asked: Since = day === undefined ? { since: last ?? now, clock: "recorded" } : { since: day, clock: "known" };
  return (
    <section className="figure span-12 moved" aria-labelledby="moved">
      <header className="figure-head">
        <h2 id="moved">{day === undefined ? "Since you last looked" : `Since ${formatDay(day)}`}</h2>
        <SinceDay />
      </header>
      {day === undefined && isFirst ? (
        <p className="muted">This browser has not looked before. What moves from now on stands here the next time.</p>
      ) : (
        <Told asked={asked} book={book} onSeen={day === undefined ? seen : undefined} />
      )}
    </section>
  );
}

function SinceDay() {
  const { since } = useAppSearch();
  const change = useChangeSearch();
  return (
    <p className="as-of">
      <label>
        <span>Since the end of</span>{" "}
        <input
          type="date"
          name="since"
          value={since ?? ""}
          onChange={(event) => {
            const day = event.target.value;
            if (day === "" || Number(day.slice(0, 4)) >= 1990) change({ since: day || undefined }, true);
          }}
        />
      </label>{" "}
      {since !== undefined && (
        <button type="button" className="plain" onClick={() => change({ since: undefined }, true)}>
          My last look
        </button>
      )}{" "}
      <span className="hint">
        {since === undefined
          ? "By when this record learned it. When you last looked is kept in this browser only."
          : "By when it became known."}
      </span>
    </p>
  );
}

function Told({
  asked,
  book,
  onSeen,
}: Readonly<{ asked: Since; book: string; onSeen: ((instant: string) => void) | undefined }>) {
  const { fund, nation, known_at: knownAt } = useAppSearch();
  const query = useQuery(changesQuery(book, asked, { fund, nation, knownAt }));
  return (
    <Answered query={query} what="what moved">
      {(list) => (
        <>
          <p role="status">
            {list.total === 0 ? "Nothing moved" : `${counted(list.total, "thing")} moved`} after{" "}
            {asked.clock === "known" ? `the end of ${formatDay(asked.since)}` : formatMinute(asked.since)}.{" "}
            {onSeen !== undefined && list.total > 0 && (
              <button type="button" onClick={() => onSeen(list.now)}>
                I have seen it
              </button>
            )}
          </p>
          <ChangeRows list={list} />
        </>
      )}
    </Answered>
  );
}

function ChangeRows({ list: { items, total } }: Readonly<{ list: ChangeList }>) {
  const rest = items.slice(shownAtOnce);
  return (
    <>
      <Rows items={items.slice(0, shownAtOnce)} />
      {rest.length > 0 && (
        <details className="after">
          <summary>{counted(rest.length, "earlier change")}</summary>
          <Rows items={rest} />
        </details>
      )}
      {total > items.length && (
        <p className="hint">
          Of {total} the newest {items.length} are shown.
        </p>
      )}
    </>
  );
}

function Rows({ items }: Readonly<{ items: readonly Change[] }>) {
  return (
    <ul className="changes">
      {items.map((one, index) => (
        <li key={`${one.kind} ${one.at} ${index}`} data-kind={one.kind}>
          <span className="change-when">{formatDay(one.at)}</span>
          <span className="change-kind">{changeWords[one.kind]}</span>
          <span>
            <ChangeLink change={one} /> <span className="muted">{one.says}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** The way to what moved: a milestone opens on this page, the rest has a page of its own. */
function ChangeLink({ change }: Readonly<{ change: Change }>) {
  const [path = "/", query = ""] = change.address.split("?");
  const milestone = new URLSearchParams(query).get("milestone");
  const search = (previous: AppSearch): AppSearch =>
    milestone === null ? keepFrame()(previous) : { ...previous, milestone };
  return (
    <Link to={path as "/timeline"} search={search} resetScroll={milestone === null}>
      {change.title}
    </Link>
  );
}
