import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { DeliveryPicture } from "../../../../src/core/views-delivery-picture.ts";
import { watchKinds, type WatchKind, type WatchRow } from "../../../../src/core/views-delivery.ts";
import { counted, formatCount } from "../../format/amounts.ts";
import { useAppSearch } from "../../frame/hooks.ts";
import { keepFrame } from "../../frame/search.ts";
import { Listing, type Column } from "../../parts/listing.tsx";
import { Answered } from "../../parts/states.tsx";
import { More } from "../filters.tsx";
import { NeedLink } from "../needs/list.tsx";
import { watchedAtOnce, watchQuery } from "./queries.ts";
import { sinceWords, watchWords } from "./words.ts";

/** What is late, stuck or not signed for, the most urgent first, and who can say why. */
export function Watch({ picture }: Readonly<{ picture: DeliveryPicture }>) {
  const { known_at } = useAppSearch();
  const [kind, setKind] = useState<WatchKind | undefined>(undefined);
  const { watch, head } = picture;
  const all = watchKinds.reduce((sum, one) => sum + watch[one], 0);
  const query = useInfiniteQuery({ ...watchQuery(head.book, kind, known_at), enabled: all > 0 });
  return (
    <section className="figure span-8" aria-labelledby="watch">
      <header className="figure-head">
        <h2 id="watch">What to ask after</h2>
        <p className="figure-text">
          {all === 0
            ? "Nothing is late, nothing stands still, and everything that was handed over is signed for."
            : "The most urgent need first, then what has waited longest, each with whom to ask."}
        </p>
        {all > 0 && (
          <p className="figure-controls switch" role="group" aria-label="Which of it">
            <button type="button" aria-pressed={kind === undefined} onClick={() => setKind(undefined)}>
              All {formatCount(all)}
            </button>
            {watchKinds.map((one) => (
              <button key={one} type="button" aria-pressed={kind === one} onClick={() => setKind(one)}>
                {formatCount(watch[one])} {watchWords[one]}
              </button>
            ))}
          </p>
        )}
      </header>
      {all > 0 && (
        <Answered query={query} what="what to ask after">
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.items);
            const [first] = pages;
            if (first === undefined || rows.length === 0) return <p>Nothing of that kind.</p>;
            return (
              <div className={query.isPlaceholderData ? "stale" : undefined}>
                <Listing
                  caption="What to ask after"
                  file={`${head.book}-to-ask-after-${first.asOf}`}
                  rows={rows}
                  rowKey={(row) =>
                    `${row.placement} ${row.consignment ?? ""} ${row.line ?? ""} ${row.kind} ${row.state}`
                  }
                  columns={columns}
                />
                <More
                  shown={rows.length}
                  total={first.total}
                  what="rows"
                  step={watchedAtOnce}
                  waiting={query.isFetchingNextPage}
                  onMore={() => void query.fetchNextPage()}
                />
                <p className="figure-note">
                  Stuck is what nothing was reported of for {counted(first.stuckDays, "day")}; what was handed over is
                  asked after when it is not signed for in {counted(first.unconfirmedDays, "day")}.
                </p>
              </div>
            );
          }}
        </Answered>
      )}
    </section>
  );
}

const columns: readonly Column<WatchRow>[] = [
  {
    key: "what",
    label: "What",
    value: (row) => `${row.pieces} ${row.itemName}`,
    cell: (row) => (
      <>
        {row.consignment === null ? (
          <>
            {formatCount(row.pieces)} {"\u00d7"} {row.itemName}
          </>
        ) : (
          <Link to="/deliveries/$id" params={{ id: row.consignment }} search={keepFrame()} preload={false}>
            {formatCount(row.pieces)} {"\u00d7"} {row.itemName}
          </Link>
        )}
        <span className="line-purpose">
          {row.consignmentTitle ?? "in no consignment yet"}, for <NeedLink id={row.need} title={row.needTitle} />
        </span>
      </>
    ),
  },
  { key: "priority", label: "Priority", number: true, value: (row) => String(row.priority) },
  {
    key: "kind",
    label: "Why",
    value: (row) => watchWords[row.kind],
    cell: (row) => (
      <span>
        <span className="late">{counted(row.days, "day")}</span> {watchWords[row.kind]}
        <span className="line-purpose">{sinceWords(row)}</span>
      </span>
    ),
  },
  { key: "state", label: "Stands", value: (row) => row.state },
  { key: "ask", label: "Ask", value: (row) => row.ask.name, cell: (row) => <Ask ask={row.ask} /> },
];

function Ask({ ask }: Readonly<{ ask: WatchRow["ask"] }>) {
  return (
    <span>
      {ask.who === "giver" || ask.who === "recipient" ? (
        <Link to="/nations/$id" params={{ id: ask.id }} search={keepFrame()} preload={false}>
          {ask.name}
        </Link>
      ) : (
        ask.name
      )}
      <span className="line-purpose">{ask.who}</span>
    </span>
  );
}
