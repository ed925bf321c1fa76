import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { QueryList, QueryView } from "../../../../src/core/views-delivery.ts";
import { counted } from "../../format/amounts.ts";
import { useAppSearch } from "../../frame/hooks.ts";
import { keepFrame } from "../../frame/search.ts";
import { readable } from "../../funds/words.ts";
import { Answered } from "../../parts/states.tsx";
import { More } from "../filters.tsx";
import { openQueriesQuery, queriesAtOnce } from "./queries.ts";
import { stateOfQuery } from "./words.ts";

/** Where the two sides differ: the queries that are not settled, or all. */
export function OpenQueries({ book }: Readonly<{ book: string }>) {
  const { known_at } = useAppSearch();
  const [all, setAll] = useState(false);
  const query = useInfiniteQuery(openQueriesQuery(book, all ? "all" : undefined, known_at));
  return (
    <section className="figure span-4" aria-labelledby="queries">
      <header className="figure-head">
        <h2 id="queries">Where the sides differ</h2>
        <p className="figure-text">
          What givers report and what the recipient signed for. Both see a query until it is settled.
        </p>
      </header>
      <Answered query={query} what="where the sides differ">
        {({ pages }) => {
          const [first] = pages;
          const rows = pages.flatMap((page) => page.items);
          if (first === undefined) return null;
          return (
            <div className={query.isPlaceholderData ? "stale" : undefined}>
              <p>{standingWords(first)}</p>
              <ol className="query-list">
                {rows.map((one) => (
                  <li key={one.id}>
                    <QueryLine query={one} />
                  </li>
                ))}
              </ol>
              <More
                shown={rows.length}
                total={first.total}
                what="queries"
                step={queriesAtOnce}
                waiting={query.isFetchingNextPage}
                onMore={() => void query.fetchNextPage()}
              />
              {first.settled > 0 && (
                <p className="more tools">
                  <button type="button" className="plain" aria-pressed={all} onClick={() => setAll(!all)}>
                    {all ? "Only those not settled" : `Show the ${first.settled} settled too`}
                  </button>
                </p>
              )}
            </div>
          );
        }}
      </Answered>
    </section>
  );
}

function standingWords({ open, answered, settled }: QueryList): string {
  if (open + answered + settled === 0) return "No difference so far.";
  if (open + answered === 0) return `All settled: ${counted(settled, "query", "queries")}.`;
  return `${counted(open + answered, "query", "queries")} not settled${answered > 0 ? `, ${answered} of them answered` : ""}.`;
}

function QueryLine({ query }: Readonly<{ query: QueryView }>) {
  return (
    <>
      <Link
        to="/deliveries/$id"
        params={{ id: query.consignment }}
        hash={`query-${query.id}`}
        search={keepFrame()}
        preload={false}
      >
        {query.itemName} from {query.giverName}
      </Link>{" "}
      <span className="muted">{stateOfQuery[query.state]}</span>
      <span className="line-purpose">
        {readable(query.says)} {query.consignmentTitle}.
      </span>
    </>
  );
}
