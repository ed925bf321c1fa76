import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { NeedView } from "../../../../src/core/views-planning.ts";
import { counted } from "../../format/amounts.ts";
import { useAppSearch } from "../../frame/hooks.ts";
import { keepFrame } from "../../frame/search.ts";
import { Answered } from "../../parts/states.tsx";
import { OffersTable } from "../offers/list.tsx";
import { offersQuery } from "../queries.ts";

const shownAtOnce = 10;

/** What is offered of the kind that a need asks for first, whether it goes there or not. */
export function Offered({ need }: Readonly<{ need: NeedView }>) {
  const { known_at } = useAppSearch();
  const query = useInfiniteQuery(offersQuery(need.head.book, { item: need.item }, known_at, shownAtOnce));
  return (
    <section className="figure span-12" aria-labelledby="offered">
      <Answered query={query} what="what is offered">
        {({ pages: [list] }) =>
          list !== undefined && (
            <>
              <header className="figure-head">
                <h2 id="offered">What is offered of it</h2>
                <p className="figure-text">
                  {list.total === 0
                    ? `Nobody has offered any: ${need.itemName}.`
                    : `${counted(list.total, "offer")} of ${need.itemName}, ${list.open} of which can be planned with. Whether they go to this need, a plan proposes.`}
                </p>
              </header>
              {list.total > 0 && <OffersTable caption={`Offers of ${need.itemName}`} offers={list.items} />}
              {list.total > shownAtOnce && (
                <p className="more">
                  <Link to="/offers" search={keepFrame({ kind: need.item })} preload={false}>
                    All {counted(list.total, "offer")} of this kind
                  </Link>
                </p>
              )}
            </>
          )
        }
      </Answered>
    </section>
  );
}
