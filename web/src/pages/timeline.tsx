import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { milestoneKinds, milestoneStates } from "../../../src/core/foresight/milestones/milestone.ts";
import type { MilestoneList, MilestoneRow } from "../../../src/core/views-milestones.ts";
import { api } from "../api/client.ts";
import { milestonesApi } from "../api/milestones.ts";
import { ForesightPages } from "../foresight/subnav.tsx";
import { counted } from "../format/amounts.ts";
import { useAppSearch, useParties, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { Answered, Empty } from "../parts/states.tsx";
import { ChoiceFilter, Filters, More } from "../planning/filters.tsx";
import { KnownAt } from "../planning/known-at.tsx";
import { stating, TimelineActs } from "../timeline/acts/panel.tsx";
import { Changes } from "../timeline/changes.tsx";
import { Item } from "../timeline/item.tsx";
import { Months } from "../timeline/months.tsx";
import { milestoneQuery, milestonesQuery, pageSize } from "../timeline/queries.ts";
import { kindWords, stateWords } from "../timeline/words.ts";
import "../styles/timeline.css";

/** What is expected when: what is late, of what there is no word, what is to come, what is over; what moved; and the feeds of it. */
export function TimelinePage() {
  useTitle("Timeline");
  const { book = defaultBook, known_at } = useAppSearch();
  const filter = useFilter();
  const [forecast, askForecast] = useState(false);
  const query = useInfiniteQuery(milestonesQuery(book, filter, known_at, forecast));
  const [now] = useState(() => new Date().toISOString());
  return (
    <>
      <ForesightPages />
      <header className="headline">
        <h1>Timeline</h1>
        <p className="standfirst">
          Dated events that the support turns on: what was expected when, what became of it, what is late, and what
          comes next.
        </p>
        <KnownAt />
      </header>
      <TimelineActs book={book} />
      <div className="grid">
        <Changes key={book} book={book} now={now} />
        <Answered query={query} what="the milestones" tall>
          {({ pages }) => {
            const [first] = pages;
            return first === undefined ? null : (
              <>
                {first.months.length > 0 && <Months list={first} />}
                <Listed
                  list={first}
                  rows={pages.flatMap((page) => page.items)}
                  stale={query.isPlaceholderData}
                  waiting={query.isFetchingNextPage}
                  asked={forecast}
                  onMore={() => void query.fetchNextPage()}
                  onForecast={() => askForecast(true)}
                />
              </>
            );
          }}
        </Answered>
        <Feeds />
      </div>
    </>
  );
}

function useFilter() {
  const { fund, nation, kind, state, q } = useAppSearch();
  return { fund, nation, kind, state, q };
}

function Listed({
  list,
  rows,
  stale,
  waiting,
  asked,
  onMore,
  onForecast,
}: Readonly<{
  list: MilestoneList;
  rows: readonly MilestoneRow[];
  stale: boolean;
  waiting: boolean;
  asked: boolean;
  onMore: () => void;
  onForecast: () => void;
}>) {
  const { milestone } = useAppSearch();
  const { book } = list.head;
  const isElsewhere = milestone !== undefined && !rows.some((row) => row.id === milestone);
  return (
    <section className="figure span-12" aria-labelledby="milestones">
      <header className="figure-head">
        <h2 id="milestones">Milestones</h2>
        <p className="figure-text">
          Stated by somebody, or drawn from what is on record: decisions, calls and pledges, consignments, needs. Open
          one for every day it was expected on, what it depends on and what bears it out.
        </p>
        <p className="figure-controls">
          {asked ? (
            <span role="status">{stale ? "The forecast is being drawn\u2026" : list.forecast.says}</span>
          ) : (
            <button type="button" onClick={onForecast}>
              Ask the forecast how likely they are
            </button>
          )}
        </p>
      </header>
      <MilestoneFilters list={list} />
      {isElsewhere && <Asked id={milestone} book={book} />}
      {list.total === 0 ? (
        <NoneSuch />
      ) : (
        <div className={stale ? "stale" : undefined}>
          {groups.map(([name, is]) => (
            <Group key={name} name={name} rows={rows.filter(is)} book={book} />
          ))}
          <More
            shown={rows.length}
            total={list.total}
            what="milestones"
            waiting={waiting}
            onMore={onMore}
            step={pageSize}
          />
        </div>
      )}
    </section>
  );
}

const groups = [
  ["Late", ({ state }: MilestoneRow) => state === "late"],
  ["Day passed, no word yet", ({ state }: MilestoneRow) => state === "no-word"],
  ["To come", ({ state }: MilestoneRow) => state === "at-risk" || state === "expected"],
  ["Over", ({ state }: MilestoneRow) => state === "met" || state === "missed" || state === "cancelled"],
] as const;

function Group({ name, rows, book }: Readonly<{ name: string; rows: readonly MilestoneRow[]; book: string }>) {
  if (rows.length === 0) return null;
  return (
    <>
      <h3 className="timeline-part">{name}</h3>
      <ol className="timeline">
        {rows.map((row) => (
          <Item key={row.id} row={row} book={book} />
        ))}
      </ol>
    </>
  );
}

/** The one that the address names, where the list does not reach to it. */
function Asked({ id, book }: Readonly<{ id: string; book: string }>) {
  const { known_at } = useAppSearch();
  const query = useQuery(milestoneQuery(book, id, known_at));
  return (
    <>
      <h3 className="timeline-part">Asked for</h3>
      <Answered query={query} what="the milestone">
        {(row) => (
          <ol className="timeline">
            <Item row={row} book={book} />
          </ol>
        )}
      </Answered>
    </>
  );
}

function MilestoneFilters({ list }: Readonly<{ list: MilestoneList }>) {
  const { book } = list.head;
  const parties = useParties().data ?? [];
  const funds = useQuery({
    queryKey: ["funds", book, undefined],
    queryFn: ({ signal }) => api.funds(book, undefined, signal),
  }).data;
  const kinds = new Map(list.kinds.map(({ kind, milestones }) => [kind, milestones]));
  return (
    <Filters of="Milestones" hint="Title, id or note" count={counted(list.total, "milestone")}>
      {(funds?.funds.length ?? 0) > 0 && (
        <ChoiceFilter
          name="fund"
          label="Fund"
          options={(funds?.funds ?? []).map(({ id, title }) => [id, title] as const)}
        />
      )}
      <ChoiceFilter name="nation" label="Nation" options={parties.map(({ id, name }) => [id, name] as const)} />
      <ChoiceFilter
        name="kind"
        label="Kind"
        options={milestoneKinds
          .filter((kind) => kinds.has(kind))
          .map((kind) => [kind, kindWords[kind].toLowerCase()] as const)}
      />
      <ChoiceFilter
        name="state"
        label="State"
        options={[
          ["open", "not over"],
          ["over", "over"],
          ...milestoneStates.map((state) => [state, stateWords[state]] as const),
        ]}
      />
    </Filters>
  );
}

function NoneSuch() {
  const { known_at } = useAppSearch();
  return (
    <Empty title={known_at === undefined ? "No milestone is like that." : "No milestone like that was known by then."}>
      <p>
        Narrow the list by something else, or{" "}
        <Link to="/timeline" search={keepFrame({ act: stating })}>
          state one
        </Link>
        . What is due to{" "}
        <Link to="/funds" search={keepFrame()}>
          funds
        </Link>
        , before{" "}
        <Link to="/decisions" search={keepFrame()}>
          groups
        </Link>{" "}
        and on its way in{" "}
        <Link to="/deliveries" search={keepFrame()}>
          deliveries
        </Link>{" "}
        comes in by itself.
      </p>
    </Empty>
  );
}

/** The same as feeds to subscribe to, of what the list is narrowed to. */
function Feeds() {
  const { book = defaultBook, fund, nation } = useAppSearch();
  const narrowed = [fund === undefined ? "" : "fund", nation === undefined ? "" : "nation"].filter(
    (part) => part !== "",
  );
  return (
    <section className="figure span-12" aria-labelledby="feeds">
      <header className="figure-head">
        <h2 id="feeds">Take it along</h2>
      </header>
      <p>
        <a href={milestonesApi.feed("ics", book, { fund, nation })}>Subscribe to it as a calendar</a> (iCalendar),{" "}
        <a href={milestonesApi.feed("atom", book, { fund, nation })}>as news</a> (Atom), or{" "}
        <a href={milestonesApi.feed("csv", book, {})} download>
          download what is stated
        </a>{" "}
        (CSV).{" "}
        {narrowed.length === 0
          ? "Choose a fund or a nation above for feeds of its own."
          : `The feeds are of the ${narrowed.join(" and the ")} chosen above.`}
      </p>
    </section>
  );
}
