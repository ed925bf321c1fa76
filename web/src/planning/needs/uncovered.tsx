import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { NeedList } from "../../../../src/core/views-planning.ts";
import { counted } from "../../format/amounts.ts";
import { formatDay } from "../../format/days.ts";
import { useAppSearch } from "../../frame/hooks.ts";
import type { AppSearch } from "../../frame/search.ts";
import { Answered } from "../../parts/states.tsx";
import { needsQuery } from "../queries.ts";
import { quantityWords } from "../words.ts";
import { NeedLink } from "./list.tsx";

const shownAtOnce = 8;

/** What nobody covers: the most urgent needs with nothing placed, and the way to all of them. */
export function Uncovered({ list }: Readonly<{ list: NeedList }>) {
  const { known_at, q, kind, priority, capability, coalition } = useAppSearch();
  const { none } = list.all;
  const query = useInfiniteQuery({
    ...needsQuery(
      list.head.book,
      { q, item: kind, priority, capability, coalition, uncovered: "true" },
      known_at,
      shownAtOnce,
    ),
    enabled: none > 0,
  });
  return (
    <section className="figure span-4" aria-labelledby="uncovered">
      <header className="figure-head">
        <h2 id="uncovered">What nobody covers</h2>
        <p className="figure-text">
          {none === 0
            ? "Something is placed for every need."
            : `For ${counted(none, "need")} of ${list.all.needs} nothing is placed. The most urgent:`}
        </p>
      </header>
      {none > 0 && (
        <Answered query={query} what="what nobody covers">
          {({ pages }) => (
            <>
              <ol className="uncovered">
                {pages[0]?.items.map((need) => (
                  <li key={need.id}>
                    <span className="uncovered-priority" title={`Priority ${need.priority}`}>
                      <span className="out-of-sight">Priority </span>
                      {need.priority}
                    </span>
                    <span>
                      <NeedLink id={need.id} title={need.title} />
                      <span className="line-purpose">
                        {quantityWords(need, need.quantity)} by {formatDay(need.until)}
                        {(need.coverage.planned ?? 0) > 0 &&
                          `, ${quantityWords(need, need.coverage.planned ?? 0)} planned`}
                      </span>
                    </span>
                  </li>
                ))}
              </ol>
              {none > shownAtOnce && (
                <p className="more">
                  <Link
                    to="."
                    hash="list"
                    search={(previous: AppSearch) => ({ ...previous, only: "uncovered" })}
                    resetScroll={false}
                  >
                    All {none} of them
                  </Link>
                </p>
              )}
            </>
          )}
        </Answered>
      )}
    </section>
  );
}
