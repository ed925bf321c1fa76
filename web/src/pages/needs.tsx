import { useQuery } from "@tanstack/react-query";
import { api, ApiProblem, type Needs } from "../api/client.ts";
import { useWidth } from "../charts/use-width.ts";
import { Figure } from "../figure/figure.tsx";
import { grouped, lengthOf, shareOf } from "../format/amounts.ts";
import { useAppSearch, useBook, useTitle } from "../frame/hooks.ts";
import { defaultBook } from "../frame/search.ts";
import { SourceLine } from "../parts/source-line.tsx";
import { Answered, Empty } from "../parts/states.tsx";

type Item = Needs["items"][number];

/** What the recipient asked for, against what was committed and delivered. */
export function NeedsPage() {
  useTitle("Needs");
  const { book = defaultBook } = useAppSearch();
  const query = useQuery({ queryKey: ["needs", book], queryFn: ({ signal }) => api.needs(book, signal) });
  const absent = query.error instanceof ApiProblem && query.error.status === 404;
  return (
    <>
      <header className="headline">
        <h1>Needs against promises</h1>
        <p className="standfirst">What the recipient said it needs, how much of it givers have committed, and how much is known to be delivered, in pieces.</p>
      </header>
      {absent ? (
        <NoNeeds />
      ) : (
        <Answered query={query} what="the needs">
          {(needs) => (needs.items.length === 0 ? <NoNeeds /> : <NeedFigure items={needs.items} />)}
        </Answered>
      )}
    </>
  );
}

function NoNeeds() {
  return (
    <Empty title="No stated need is on record in this book.">
      <p>Needs come with the worked case: choose it under “Book” above.</p>
    </Empty>
  );
}

function NeedFigure({ items }: Readonly<{ items: readonly Item[] }>) {
  const book = useBook();
  const sources = [...new Map(items.flatMap((item) => (item.source === null ? [] : [[item.source.id, item.source] as const]))).values()];
  const least = items.toSorted((a, b) => lengthOf(a.committed) / lengthOf(a.need) - lengthOf(b.committed) / lengthOf(b.need))[0];
  return (
    <Figure
      title="Needed, committed, delivered"
      text={least === undefined ? "" : `Least covered: ${least.needLabel.toLowerCase()}, ${shareOf(least.committed, least.need) ?? "an unknown part"} of the stated need committed.`}
      frame={{ book: book?.slug ?? "", asOf: null, knownAt: null, boundary: "all", basis: "as-reported", unit: "pieces" }}
      sources={sources.length}
      rows={null}
      json={items}
      table={{
        columns: [
          { key: "item", label: "Item", kind: "text" },
          { key: "need", label: "Needed", kind: "count" },
          { key: "committed", label: "Committed", kind: "count" },
          { key: "delivered", label: "Delivered", kind: "count" },
        ],
        rows: items.map((item) => [item.needLabel, item.need, item.committed, item.delivered]),
      }}
      note={
        <ul className="plain-list">
          {sources.map((source) => (
            <li key={source.id}>
              <SourceLine source={source} />
            </li>
          ))}
        </ul>
      }
    >
      <NeedBars items={items} />
    </Figure>
  );
}

/** For each item the need as an outline, filled with what was committed and, darker, what was delivered. */
function NeedBars({ items }: Readonly<{ items: readonly Item[] }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const narrow = width < 620;
  const left = narrow ? 0 : 210;
  const row = narrow ? 74 : 58;
  const most = Math.max(...items.map((item) => Math.max(lengthOf(item.need), lengthOf(item.committed))), 1);
  const room = Math.max(width - left - 90, 10);
  const length = (amount: string | null) => (lengthOf(amount) / most) * room;
  return (
    <div ref={box} className="chart-box">
      <p className="legend" aria-hidden="true">
        <span>
          <i className="needed-key" /> needed
        </span>
        <span>
          <i className="committed-key" /> committed
        </span>
        <span>
          <i className="delivered-key" /> delivered
        </span>
      </p>
      {width > 0 && (
        <svg width={width} height={items.length * row} role="img" aria-label={items.map((item) => `${item.needLabel}: needed ${item.need}, committed ${item.committed ?? "not known"}, delivered ${item.delivered ?? "not known"}`).join("; ")}>
          {items.map((item, index) => {
            const y = index * row + (narrow ? 24 : 6);
            const words = `${item.committed === null ? "commitments not known" : `${grouped(item.committed)} committed`}, ${item.delivered === null ? "deliveries not known" : `${grouped(item.delivered)} delivered`}`;
            return (
              <g key={item.item}>
                <text x={0} y={narrow ? y - 8 : y + 18} className="bar-label">
                  {item.needLabel}
                </text>
                <rect x={left + 0.5} y={y + 0.5} width={Math.max(length(item.need), 2)} height={25} className="unknown" />
                {item.committed !== null && <rect x={left} y={y + 4} width={length(item.committed)} height={18} className="class-bound" />}
                {item.delivered !== null && <rect x={left} y={y + 4} width={length(item.delivered)} height={18} className="class-moved" />}
                <text x={left + Math.max(length(item.need), length(item.committed)) + 8} y={y + 17} className="bar-amount">
                  {grouped(item.need)}
                </text>
                <text x={left} y={y + 40} className="tick">
                  {words}
                </text>
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}
