import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { NeedList } from "../../../src/core/views-planning.ts";
import { counted, formatCount } from "../format/amounts.ts";
import { useAppSearch, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { Answered, Empty, Waiting } from "../parts/states.tsx";
import { CapabilityFilter, ChoiceFilter, CoalitionFilter, Filters, isNarrowed, More } from "../planning/filters.tsx";
import { KnownAt, NotKnownYet } from "../planning/known-at.tsx";
import { SaidInPublic } from "../planning/needs/facts.tsx";
import { MonthFigure, PriorityFigure } from "../planning/needs/figures.tsx";
import { NeedsTable } from "../planning/needs/list.tsx";
import { Uncovered } from "../planning/needs/uncovered.tsx";
import { needsQuery } from "../planning/queries.ts";
import { PlanningPages } from "../planning/subnav.tsx";
import { percentOf, priorityWords } from "../planning/words.ts";
import { RecordActs } from "../planning/acts/panel.tsx";

/** What the recipient says it needs, by priority and date, and how far each need is met. */
export function NeedsPage() {
  useTitle("Needs");
  const { book = defaultBook, known_at, q, kind, priority, capability, coalition, only } = useAppSearch();
  const uncovered = only === "uncovered" ? "true" : undefined;
  const state = only === "withdrawn" ? "withdrawn" : undefined;
  const filter = { q, item: kind, priority, capability, coalition, uncovered, state };
  const query = useInfiniteQuery(needsQuery(book, filter, known_at));
  const list = query.data?.pages[0];
  return (
    <>
      <PlanningPages />
      <header className="headline">
        <h1>Needs</h1>
        <p className="standfirst standfirst-kept">{list !== undefined && <Standfirst list={list} />}</p>
        <KnownAt />
      </header>
      <RecordActs what="needs" book={book} />
      <Answered query={query} what="the needs" tall>
        {({ pages }) =>
          list === undefined ||
          (list.total === 0 && !isNarrowed({ q, kind, priority, capability, coalition, only })) ? (
            query.isPlaceholderData ? (
              <Waiting what="the needs" tall />
            ) : (
              <NoNeeds />
            )
          ) : (
            <div className={query.isPlaceholderData ? "stale" : undefined}>
              <NeedFilters list={list} />
              {list.total === 0 ? (
                <Empty title="No need is like that.">
                  <p>Show all needs, or narrow the list by something else.</p>
                </Empty>
              ) : (
                <div className="grid">
                  {list.all.needs > 0 && (
                    <>
                      <PriorityFigure list={list} />
                      <Uncovered list={list} />
                      <MonthFigure list={list} />
                    </>
                  )}
                  <section className="figure span-12" aria-labelledby="list">
                    <header className="figure-head">
                      <h2 id="list">All needs</h2>
                      <p className="figure-text">
                        The most urgent first. Each figure counts in what the need is counted in, and contains those
                        after it; substitutes count for what they are worth.
                      </p>
                    </header>
                    <NeedsTable
                      caption="Needs"
                      planned={list.plan !== null}
                      needs={pages.flatMap((page) => page.items)}
                    />
                    <More
                      shown={pages.reduce((sum, page) => sum + page.items.length, 0)}
                      total={list.total}
                      what="needs"
                      waiting={query.isFetchingNextPage}
                      onMore={() => void query.fetchNextPage()}
                    />
                  </section>
                </div>
              )}
            </div>
          )
        }
      </Answered>
      <SaidInPublic book={book} />
    </>
  );
}

function Standfirst({ list: { all, head, plan } }: Readonly<{ list: NeedList }>) {
  if (all.needs === 0)
    return <>What {head.recipientName} says it needs, by priority and date, and how far it is met.</>;
  return (
    <>
      {counted(all.needs, "need")} of {head.recipientName}:{" "}
      {all.none === all.needs
        ? "nothing is placed for any of them yet"
        : `${formatCount(all.whole)} placed in full, ${formatCount(all.none)} not at all. Of an average need ${percentOf(all.placedPpm)} is placed and ${percentOf(all.confirmedPpm)} signed for`}
      {plan !== null && all.plannedPpm !== null && (
        <>
          ;{" "}
          <Link to="/plans/$id" params={{ id: plan }} search={keepFrame()} preload={false}>
            the last plan
          </Link>{" "}
          would bring it to {percentOf(all.plannedPpm)}
        </>
      )}
      .
    </>
  );
}

function NeedFilters({ list }: Readonly<{ list: NeedList }>) {
  return (
    <Filters of="Needs" hint="Title, id or item" count={counted(list.total, "need")}>
      <ChoiceFilter name="priority" label="Priority" options={Object.entries(priorityWords)} />
      <CapabilityFilter />
      <CoalitionFilter />
      <ChoiceFilter
        name="only"
        label="Show"
        all="all that stand"
        options={[
          ["uncovered", "nothing placed"],
          ["withdrawn", "withdrawn"],
        ]}
      />
    </Filters>
  );
}

function NoNeeds() {
  const { known_at } = useAppSearch();
  if (known_at !== undefined) return <NotKnownYet what="need" day={known_at} />;
  return (
    <Empty title="No need to plan with is on record in this book.">
      <p>
        State one above, or import a file: the template says what goes where. The{" "}
        <Link to="/needs" search={keepFrame({ book: "needs-2022" })}>
          needs stated in 2022
        </Link>{" "}
        are a book of their own, with the commitments that were published for them.
      </p>
    </Empty>
  );
}
