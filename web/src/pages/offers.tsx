import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { OfferList } from "../../../src/core/views-planning.ts";
import { counted, formatCount } from "../format/amounts.ts";
import { useAppSearch, useParties, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { listed } from "../funds/words.ts";
import { Answered, Empty, Waiting } from "../parts/states.tsx";
import { RecordActs } from "../planning/acts/panel.tsx";
import { CapabilityFilter, ChoiceFilter, CoalitionFilter, Filters, isNarrowed, More } from "../planning/filters.tsx";
import { KnownAt, NotKnownYet } from "../planning/known-at.tsx";
import { OffersTable } from "../planning/offers/list.tsx";
import { offersQuery } from "../planning/queries.ts";
import { Standing } from "../planning/plans/standing.tsx";
import { PlanningPages } from "../planning/subnav.tsx";

/** What nations and coalitions say they can give: how much of it is placed, what is left, and why it is not used. */
export function OffersPage() {
  useTitle("Offers");
  const { book = defaultBook, known_at, q, kind, giver, capability, coalition, state } = useAppSearch();
  const query = useInfiniteQuery(offersQuery(book, { q, item: kind, giver, capability, coalition, state }, known_at));
  const list = query.data?.pages[0];
  return (
    <>
      <PlanningPages />
      <header className="headline">
        <h1>Offers</h1>
        <p className="standfirst standfirst-kept">{list !== undefined && <Standfirst list={list} />}</p>
        <KnownAt />
      </header>
      <RecordActs what="offers" book={book} />
      {known_at === undefined && <Standing book={book} />}
      <Answered query={query} what="the offers" tall>
        {({ pages }) =>
          list === undefined || (list.total === 0 && !isNarrowed({ q, kind, giver, capability, coalition, state })) ? (
            query.isPlaceholderData ? (
              <Waiting what="the offers" tall />
            ) : (
              <NoOffers />
            )
          ) : (
            <div className={query.isPlaceholderData ? "stale" : undefined}>
              <OfferFilters list={list} />
              {list.total === 0 ? (
                <Empty title="No offer is like that.">
                  <p>Show all offers, or narrow the list by something else.</p>
                </Empty>
              ) : (
                <section className="figure" aria-labelledby="list">
                  <header className="figure-head">
                    <h2 id="list">On record</h2>
                    <p className="figure-text">
                      Each in what it is counted in. What is left is neither placed nor withdrawn; an offer that waits
                      for a third party&rsquo;s consent is not planned with.
                    </p>
                  </header>
                  <OffersTable caption="Offers" offers={pages.flatMap((page) => page.items)} />
                  <More
                    shown={pages.reduce((sum, page) => sum + page.items.length, 0)}
                    total={list.total}
                    what="offers"
                    waiting={query.isFetchingNextPage}
                    onMore={() => void query.fetchNextPage()}
                  />
                </section>
              )}
            </div>
          )
        }
      </Answered>
    </>
  );
}

function Standfirst({ list: { total, open, waiting, withdrawn } }: Readonly<{ list: OfferList }>) {
  const others = total - open - waiting - withdrawn;
  const parts = [
    `${formatCount(open)} can be planned with`,
    ...(waiting > 0 ? [`${formatCount(waiting)} ${waiting === 1 ? "waits" : "wait"} for a consent`] : []),
    ...(withdrawn > 0 ? [`${formatCount(withdrawn)} ${withdrawn === 1 ? "was" : "were"} withdrawn`] : []),
    ...(others > 0 ? [`${formatCount(others)} ${others === 1 ? "is" : "are"} all placed, refused or past`] : []),
  ];
  return (
    <>
      {counted(total, "offer")}: {listed(parts)}.
    </>
  );
}

function OfferFilters({ list }: Readonly<{ list: OfferList }>) {
  const parties = useParties().data ?? [];
  return (
    <Filters of="Offers" hint="Title, id, giver or item" count={counted(list.total, "offer")}>
      <ChoiceFilter name="giver" label="Giver" options={parties.map(({ id, name }) => [id, name] as const)} />
      <CapabilityFilter />
      <CoalitionFilter />
      <ChoiceFilter name="state" label="State" options={states} />
    </Filters>
  );
}

const states = [
  ["open", "can be planned with"],
  ["consent-pending", "consent pending"],
  ["consent-refused", "consent refused"],
  ["window-over", "can leave no longer"],
  ["all-placed", "all placed"],
  ["withdrawn", "withdrawn"],
] as const;

function NoOffers() {
  const { known_at } = useAppSearch();
  if (known_at !== undefined) return <NotKnownYet what="offer" day={known_at} />;
  return (
    <Empty title="No offer is on record in this book.">
      <p>
        Enter one above, or import a file: the template says what goes where. The{" "}
        <Link to="/offers" search={keepFrame({ book: "needs-2022" })}>
          commitments published for the needs of 2022
        </Link>{" "}
        are a book of their own.
      </p>
    </Empty>
  );
}
