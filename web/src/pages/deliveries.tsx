import { useInfiniteQuery, usePrefetchInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { DeliveryPicture } from "../../../src/core/views-delivery-picture.ts";
import { counted, formatCount } from "../format/amounts.ts";
import { useAppSearch, useChangeSearch, useParties, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { listed } from "../funds/words.ts";
import { Answered, Empty, Waiting } from "../parts/states.tsx";
import { DeliveryActs } from "../planning/deliveries/acts/panel.tsx";
import { Arrivals } from "../planning/deliveries/arrivals.tsx";
import { DeliveredNote } from "../planning/deliveries/delivered.tsx";
import { Hubs } from "../planning/deliveries/hubs.tsx";
import { ConsignmentsTable } from "../planning/deliveries/list.tsx";
import { OpenQueries } from "../planning/deliveries/open-queries.tsx";
import { Pipeline } from "../planning/deliveries/pipeline.tsx";
import { consignmentsQuery, openQueriesQuery, pictureQuery, watchQuery } from "../planning/deliveries/queries.ts";
import { Watch } from "../planning/deliveries/watch.tsx";
import { streamNames } from "../planning/deliveries/words.ts";
import { ChoiceFilter, Filters, More } from "../planning/filters.tsx";
import { KnownAt } from "../planning/known-at.tsx";
import { PlanningPages } from "../planning/subnav.tsx";

/** What was placed, on its way to the recipient's signature: where it stands, what is late, and whom to ask. */
export function DeliveriesPage() {
  useTitle("Deliveries");
  const { book = defaultBook, known_at } = useAppSearch();
  const query = useQuery(pictureQuery(book, known_at));
  // Asked for at once, beside the picture under which they stand.
  usePrefetchInfiniteQuery(watchQuery(book, undefined, known_at));
  usePrefetchInfiniteQuery(openQueriesQuery(book, undefined, known_at));
  usePrefetchInfiniteQuery(consignmentsQuery(book, useConsignmentFilter(), known_at));
  return (
    <>
      <PlanningPages />
      <header className="headline">
        <h1>Deliveries</h1>
        <p className="standfirst standfirst-kept">{query.data !== undefined && <Standfirst picture={query.data} />}</p>
        <KnownAt />
      </header>
      <DeliveryActs book={book} />
      <Answered query={query} what="the deliveries" tall>
        {(picture) =>
          picture.pipeline.length > 0 ? (
            <div className={query.isPlaceholderData ? "grid stale" : "grid"}>
              <Pipeline picture={picture} />
              <Watch picture={picture} />
              <OpenQueries book={book} />
              <Arrivals picture={picture} />
              <Hubs picture={picture} />
              <Consignments picture={picture} />
            </div>
          ) : query.isPlaceholderData ? (
            <Waiting what="the deliveries" tall />
          ) : (
            <NothingPlaced />
          )
        }
      </Answered>
    </>
  );
}

function Standfirst({ picture }: Readonly<{ picture: DeliveryPicture }>) {
  const { consignments, pipeline, watch, openQueries } = picture;
  if (pipeline.length === 0) return <>Nothing is on its way: nothing is placed with a need.</>;
  const is = (count: number) => `${formatCount(count)} ${count === 1 ? "is" : "are"}`;
  const matters = [
    ...(watch.late > 0 ? [`${is(watch.late)} late`] : []),
    ...(watch.stuck > 0 ? [`${is(watch.stuck)} stuck`] : []),
    ...(watch.unconfirmed > 0 ? [`${is(watch.unconfirmed)} not signed for`] : []),
    ...(openQueries > 0 ? [`${counted(openQueries, "query is", "queries are")} not settled`] : []),
  ];
  return (
    <>
      {consignments === 0 ? "No consignment yet" : counted(consignments, "consignment")}
      {matters.length === 0
        ? ", and nothing to ask after."
        : `. Of what they carry and what is in none yet, ${listed(matters)}.`}
    </>
  );
}

function useConsignmentFilter() {
  const { q, stream, giver, need, hub, state, only } = useAppSearch();
  const disputed = only === "disputed" ? "true" : undefined;
  const watch = only === "disputed" ? undefined : only;
  return { q, stream, giver, need, hub, state, watch, disputed };
}

function Consignments({ picture }: Readonly<{ picture: DeliveryPicture }>) {
  const { known_at } = useAppSearch();
  const { book } = picture.head;
  const filter = useConsignmentFilter();
  const query = useInfiniteQuery({
    ...consignmentsQuery(book, filter, known_at),
    enabled: picture.consignments > 0,
  });
  const total = query.data?.pages[0]?.total;
  return (
    <section className="figure span-12" aria-labelledby="list">
      <header className="figure-head">
        <h2 id="list">Consignments</h2>
        <p className="figure-text">
          <DeliveredNote book={book} />
        </p>
      </header>
      {picture.consignments === 0 ? (
        <p>
          What is placed is in no consignment yet. Make one above: it takes pieces of what was placed, and is then
          followed until the recipient signs.
        </p>
      ) : (
        <>
          <ConsignmentFilters picture={picture} count={total === undefined ? "" : counted(total, "consignment")} />
          <Answered query={query} what="the consignments">
            {({ pages }) =>
              total === 0 ? (
                <Empty title="No consignment is like that.">
                  <p>Show all of them, or narrow the list by something else.</p>
                </Empty>
              ) : (
                <div className={query.isPlaceholderData ? "stale" : undefined}>
                  <ConsignmentsTable
                    consignments={pages.flatMap((page) => page.items)}
                    file={`${book}-consignments-${picture.asOf}`}
                  />
                  <More
                    shown={pages.reduce((sum, page) => sum + page.items.length, 0)}
                    total={total ?? 0}
                    what="consignments"
                    waiting={query.isFetchingNextPage}
                    onMore={() => void query.fetchNextPage()}
                  />
                </div>
              )
            }
          </Answered>
        </>
      )}
    </section>
  );
}

function ConsignmentFilters({ picture, count }: Readonly<{ picture: DeliveryPicture; count: string }>) {
  const parties = useParties().data ?? [];
  const { stream, need } = useAppSearch();
  const change = useChangeSearch();
  const lines = picture.pipeline.filter((line) => stream === undefined || line.stream === stream);
  const states = new Map(lines.flatMap((line) => line.states.map(({ state, name }) => [state, name] as const)));
  return (
    <Filters of="Consignments" hint="Title, id, hub or carrier" count={count}>
      <ChoiceFilter
        name="stream"
        label="Stream"
        options={picture.pipeline.map((line) => [line.stream, streamNames[line.stream].toLowerCase()] as const)}
      />
      <ChoiceFilter
        name="state"
        label="Stage"
        options={[...states].map(([state, name]) => [state, name.toLowerCase()])}
      />
      <ChoiceFilter name="giver" label="Giver" options={parties.map(({ id, name }) => [id, name] as const)} />
      <ChoiceFilter
        name="hub"
        label="Hub"
        options={picture.hubs.filter((hub) => hub.consignments > 0).map(({ hub, name }) => [hub, name] as const)}
      />
      <ChoiceFilter name="only" label="Show" options={onlyOptions} />
      {need !== undefined && (
        <p className="filter-count">
          For the need {need}{" "}
          <button type="button" className="plain" onClick={() => change({ need: undefined }, true)}>
            any need
          </button>
        </p>
      )}
    </Filters>
  );
}

const onlyOptions = [
  ["late", "late"],
  ["stuck", "stuck"],
  ["unconfirmed", "not signed for"],
  ["disputed", "with an open query"],
] as const;

function NothingPlaced() {
  const { known_at } = useAppSearch();
  return (
    <Empty title={known_at === undefined ? "Nothing is placed in this book." : "Nothing was placed by that day."}>
      <p>
        Deliveries begin with what is placed with a need: accept a part of a{" "}
        <Link to="/plans" search={keepFrame()}>
          plan
        </Link>
        , as a giver or by a decision. Then make consignments of it here.{" "}
        <code>npx mainstay plan practice S --played</code> makes a book of made-up deliveries to look at.
      </p>
    </Empty>
  );
}
