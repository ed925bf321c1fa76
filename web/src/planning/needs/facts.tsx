import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { BookFacts, Milestone, Statement, StatedNeed } from "../../../../src/core/views.ts";
import { api } from "../../api/client.ts";
import { useWidth } from "../../charts/use-width.ts";
import { Figure } from "../../figure/figure.tsx";
import { counted, grouped, lengthOf, moneyWords, shareOf } from "../../format/amounts.ts";
import { formatDated, formatDay } from "../../format/days.ts";
import { useParties } from "../../frame/hooks.ts";
import { keepFrame } from "../../frame/search.ts";
import { SourceLine } from "../../parts/source-line.tsx";
import { inOrder } from "../../format/order.ts";

/** A stated need with its largest figure brought forward. */
type Item = Readonly<{
  item: string;
  need: string;
  label: string;
  statedBy: string;
  committed: string | null;
  delivered: string | null;
  asOf: string;
  source: StatedNeed["source"];
}>;

/** What was said in public about needs, and when things were decided: facts of the book, beside the needs on record. */
export function SaidInPublic({ book }: Readonly<{ book: string }>) {
  const facts = useQuery({ queryKey: ["facts", book], queryFn: ({ signal }) => api.facts(book, signal) }).data;
  if (facts === undefined) return null;
  const items = facts.needs.map(largest).filter((item) => item !== null);
  if (items.length + facts.statements.length + facts.milestones.length === 0) return null;
  return (
    <div className="grid said-in-public">
      {items.length > 0 && <NeedFigure items={items} needs={facts.needs} book={book} />}
      {facts.statements.length > 0 && <Statements statements={facts.statements} />}
      {facts.milestones.length > 0 && <Milestones milestones={facts.milestones} />}
    </div>
  );
}

function largest(need: StatedNeed): Item | null {
  const stated = need.needs
    .filter((entry) => entry.quantity !== null)
    .toSorted((a, b) => lengthOf(b.quantity) - lengthOf(a.quantity))[0];
  if (stated === undefined || stated.quantity === null) return null;
  return {
    item: need.item,
    need: stated.quantity,
    label: stated.label,
    statedBy: stated.statedBy,
    committed: need.committed,
    delivered: need.delivered,
    asOf: need.asOf,
    source: need.source,
  };
}

function NeedFigure({
  items,
  needs,
  book,
}: Readonly<{ items: readonly Item[]; needs: BookFacts["needs"]; book: string }>) {
  const sources = [...new Map(items.map((item) => [item.source.id, item.source] as const)).values()];
  const known = items.filter((item) => item.committed !== null);
  const least = known.toSorted(
    (a, b) => lengthOf(a.committed) / lengthOf(a.need) - lengthOf(b.committed) / lengthOf(b.need),
  )[0];
  const days = [...new Set(items.map((item) => item.asOf))].sort();
  return (
    <Figure
      title="Needed, committed, delivered"
      className="span-12"
      text={`${least === undefined ? "" : `Least covered: ${least.item.toLowerCase()}, ${shareOf(least.committed, least.need) ?? "an unknown part"} of the stated need committed. `}As stated at ${days.map(formatDay).join(", ")}.`}
      frame={{ book, asOf: days.at(-1) ?? null, knownAt: null, boundary: "all", basis: "as-reported", unit: "pieces" }}
      sources={sources.length}
      rows={null}
      json={needs}
      table={{
        columns: [
          { key: "item", label: "Item", kind: "text" },
          { key: "as_of", label: "As of", kind: "day" },
          { key: "what", label: "What was said", kind: "text" },
          { key: "stated_by", label: "By", kind: "text" },
          { key: "needed", label: "Needed", kind: "count" },
          { key: "committed", label: "Committed", kind: "count" },
          { key: "delivered", label: "Delivered", kind: "count" },
        ],
        rows: needs.flatMap((need) =>
          need.needs.map((entry) => [
            need.item,
            need.asOf,
            entry.label,
            entry.statedBy,
            entry.quantity,
            need.committed,
            need.delivered,
          ]),
        ),
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
        <svg
          width={width}
          height={items.length * row}
          role="img"
          aria-label={items
            .map(
              (item) =>
                `${item.item}: needed ${item.need}, committed ${item.committed ?? "not known"}, delivered ${item.delivered ?? "not known"}`,
            )
            .join("; ")}
        >
          {items.map((item, index) => {
            const y = index * row + (narrow ? 24 : 6);
            const words = `${item.committed === null ? "commitments not known" : `${grouped(item.committed)} committed`}, ${item.delivered === null ? "deliveries not known" : `${grouped(item.delivered)} delivered`}`;
            return (
              <g key={item.item}>
                <text x={0} y={narrow ? y - 8 : y + 18} className="bar-label">
                  {item.item}
                </text>
                <rect
                  x={left + 0.5}
                  y={y + 0.5}
                  width={Math.max(length(item.need), 2)}
                  height={25}
                  className="unknown"
                />
                {item.committed !== null && (
                  <rect x={left} y={y + 4} width={length(item.committed)} height={18} className="class-bound" />
                )}
                {item.delivered !== null && (
                  <rect x={left} y={y + 4} width={length(item.delivered)} height={18} className="class-moved" />
                )}
                <text
                  x={left + Math.max(length(item.need), length(item.committed)) + 8}
                  y={y + 17}
                  className="bar-amount"
                >
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

function Statements({ statements }: Readonly<{ statements: readonly Statement[] }>) {
  const parties = useParties().data ?? [];
  const nameOf = (id: string) => parties.find((party) => party.id === id)?.name ?? id;
  return (
    <section className="figure span-8">
      <h2>Said in public</h2>
      <p className="figure-text">
        {counted(statements.length, "statement")} with the passage each stands in. Running totals are quoted, never
        added to the record.
      </p>
      <ul className="passages">
        {statements
          .toSorted((a, b) => inOrder(b.saidOn, a.saidOn))
          .map((statement) => (
            <li key={statement.id}>
              {statement.passage !== null && <blockquote>{statement.passage.quote}</blockquote>}
              <p className="hint">
                {statement.speaker}, {formatDay(statement.saidOn)}
                {statement.place !== "" && `, ${statement.place}`}: {statement.title}
                {statement.amount !== null && `, ${moneyWords(statement.currency ?? "", statement.amount)}`}.{" "}
                {statement.giver !== null && (
                  <Link to="/nations/$id" params={{ id: statement.giver }} search={keepFrame()}>
                    {nameOf(statement.giver)}
                  </Link>
                )}
                <br />
                <SourceLine source={statement.source} />
                {statement.note !== "" && ` ${statement.note}`}
              </p>
            </li>
          ))}
      </ul>
    </section>
  );
}

function Milestones({ milestones }: Readonly<{ milestones: readonly Milestone[] }>) {
  return (
    <section className="figure span-4">
      <h2>Milestones</h2>
      <ol className="chain milestones">
        {milestones
          .toSorted((a, b) => inOrder(a.on, b.on))
          .map((milestone) => (
            <li key={`${milestone.on}${milestone.title}`}>
              <p>
                <b>{formatDated(milestone.on, milestone.precision)}</b>
              </p>
              <p>{milestone.title}</p>
              <p className="hint">
                <SourceLine source={milestone.source} />
              </p>
            </li>
          ))}
      </ol>
    </section>
  );
}
