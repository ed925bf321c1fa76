import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { FigurePosting, FramedPage, Totals } from "../../../src/core/views.ts";
import { api, apiAddress, type FrameParams, type Narrowing } from "../api/client.ts";
import { counted, grouped, sumOf } from "../format/amounts.ts";
import { formatDated, formatDay, formatPeriod } from "../format/days.ts";
import { ownQuantity } from "../format/quantity.ts";
import { isMoney, unitWords } from "../format/units.ts";
import { useAppSearch, useChangeSearch, useFrame, useOverview, useTitle } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";
import { Pager, pageOf } from "../parts/paged.tsx";
import { Answered, Empty } from "../parts/states.tsx";

const shownAtOnce = 50;
const askedAtOnce = 20_000;

type Question = FrameParams & Narrowing;

/** Every posting behind the figure and the figure itself, asked with the same question. */
async function behind(
  question: Question,
  signal: AbortSignal,
): Promise<Readonly<{ page: FramedPage<FigurePosting>; figure: Totals }>> {
  const [figure, first] = await Promise.all([
    api.totals("", question, signal),
    api.postings(question, askedAtOnce, signal),
  ]);
  const items = [...first.items];
  let { next } = first;
  while (next !== null) {
    const page = await api.postings(question, askedAtOnce, signal, next);
    items.push(...page.items);
    ({ next } = page);
  }
  return { page: { ...first, items, next }, figure };
}

/** The rows behind a figure: each posting with what it adds, and their sum beside the figure. */
export function PostingsPage() {
  useTitle("Rows behind a figure");
  const { donor, category, stream, unit, period } = useAppSearch();
  const frame = useFrame();
  const overview = useOverview();
  const bindingClass = frame.class ?? overview.data?.class;
  const question = useMemo(
    () => ({ ...frame, class: bindingClass, donor, category, stream, unit, period }),
    [frame, bindingClass, donor, category, stream, unit, period],
  );
  const rows = useQuery({
    queryKey: ["postings", question],
    queryFn: ({ signal }) => behind(question, signal),
    enabled: bindingClass !== undefined,
  });
  const query = overview.error !== null && frame.class === undefined ? { ...overview, data: undefined } : rows;
  return (
    <>
      <header className="headline">
        <h1>Rows behind a figure</h1>
        <p className="standfirst">
          Each line is a posting that the figure counts, with its source. Reversals take back what they reverse. The
          lines add up to the figure.
        </p>
      </header>
      <Answered query={query} what="the rows" tall>
        {({ page, figure }) => <Rows page={page} figure={figure} question={question} />}
      </Answered>
    </>
  );
}

function Rows({
  page,
  figure,
  question,
}: Readonly<{ page: FramedPage<FigurePosting>; figure: Totals; question: Question }>) {
  const search = useAppSearch();
  const change = useChangeSearch();
  const sum = useMemo(() => sumOf(page.items.map((row) => row.amount)), [page]);
  if (page.items.length === 0) {
    return (
      <Empty title="No posting stands behind this figure in this frame.">
        <p>
          A figure without rows is not known; it is not zero. Set “known at” or “as of” to a later day, or choose
          another class above.
        </p>
      </Empty>
    );
  }
  const unconverted = page.items.filter((row) => row.amount === null).length;
  const at = pageOf(search.page, page.items.length, shownAtOnce);
  return (
    <>
      <div className="sum-line">
        <p>
          <b>{counted(page.items.length, "posting")}</b>
          <Narrowed items={page.items} question={question} /> add up to{" "}
          <b>
            {unitWords(page.frame.unit)} {sum === null ? "not known" : grouped(sum)}
          </b>{" "}
          {question.class}. <Agreement sum={sum} figure={figure} />
          {unconverted > 0 && (
            <span className="muted"> {counted(unconverted, "posting")} could not be converted and adds nothing.</span>
          )}
          {figure.partial
            .filter((entry) => entry.class === question.class)
            .map((entry) => (
              <span key={entry.class} className="muted">
                {" "}
                In part only: {entry.reason}.
              </span>
            ))}
        </p>
        <p className="tools">
          <a href={apiAddress("/postings", { ...question, format: "csv" })} download>
            CSV
          </a>
          <a href={apiAddress("/postings", { ...question, format: "ndjson" })} download>
            NDJSON
          </a>
          <Link to="/promises" search={keepFrame({ ...search, page: undefined, period: undefined })}>
            By promise
          </Link>
        </p>
      </div>
      <PostingTable rows={page.items.slice((at - 1) * shownAtOnce, at * shownAtOnce)} unit={page.frame.unit} />
      <Pager
        page={at}
        size={shownAtOnce}
        total={page.items.length}
        what="the rows"
        onPage={(to) => change({ page: to === 1 ? undefined : String(to) })}
      />
    </>
  );
}

/** Says what narrows the rows: "of Poland, Military, in 2022". */
function Narrowed({ items, question }: Readonly<{ items: readonly FigurePosting[]; question: Question }>) {
  const { donor, category, stream, period } = question;
  const parts = [
    ...(donor === undefined ? [] : [`of ${items[0]?.donorName ?? donor}`]),
    ...(category === undefined ? [] : [category.toLowerCase()]),
    ...(stream === undefined ? [] : [`stream ${stream}`]),
    ...(period === undefined ? [] : [period === "undated" ? "without a date" : `in ${formatPeriod(period)}`]),
  ];
  return parts.length === 0 ? null : <> {parts.join(", ")}</>;
}

function Agreement({ sum, figure }: Readonly<{ sum: string | null; figure: Totals }>) {
  if (figure.total === null) return <>The figure itself is not known.</>;
  if (sum === null) return null;
  return sum === figure.total ? (
    <span className="muted">That is the figure, to the cent.</span>
  ) : (
    <strong>The figure says {grouped(figure.total)}.</strong>
  );
}

function PostingTable({ rows, unit }: Readonly<{ rows: readonly FigurePosting[]; unit: string }>) {
  return (
    <div className="table-scroll tall" tabIndex={0} role="region" aria-label="Table of postings">
      <table>
        <caption className="out-of-sight">Postings behind the figure</caption>
        <thead>
          <tr>
            <th scope="col" className="optional">
              Effective
            </th>
            <th scope="col">Giver</th>
            <th scope="col">Promise</th>
            <th scope="col" className="optional">
              Category
            </th>
            <th scope="col" className="optional">
              Step
            </th>
            <th scope="col" className="number optional">
              In its own unit
            </th>
            <th scope="col" className="number">
              Adds <small>{unitWords(unit)}</small>
            </th>
            <th scope="col" className="optional">
              Known at
            </th>
            <th scope="col" className="optional">
              Source
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td className="optional nowrap">{formatDated(row.effectiveOn, row.datePrecision)}</td>
              <td>{row.donorName}</td>
              <th scope="row">
                <Link to="/promises/$id" params={{ id: row.promise }} search={keepFrame()} preload={false}>
                  {row.code}
                  <span className="out-of-sight"> of {row.donorName}</span>
                </Link>
              </th>
              <td className="optional">{row.category}</td>
              <td className="optional">
                {row.from} {"\u2192"} {row.to}
                {row.reverses !== null && <span className="muted"> (reversal)</span>}{" "}
                <Link to="/why/$posting" params={{ posting: row.id }} search={keepFrame()} preload={false}>
                  Why?
                  <span className="out-of-sight">
                    {" "}
                    {row.code} of {row.donorName}
                  </span>
                </Link>
              </td>
              <td className="number optional">{ownQuantity(row.unit, row.quantity)}</td>
              <td className="number" data-unknown={row.amount === null} title={row.notConverted ?? undefined}>
                {row.amount === null ? "not converted" : grouped(isMoney(unit) ? cents(row.amount) : row.amount)}
              </td>
              <td className="optional nowrap">{formatDay(row.knownAt)}</td>
              <td className="optional">
                <Link to="/sources/$id" params={{ id: row.source.id }} search={keepFrame()} preload={false}>
                  {row.source.title}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Two digits at least; more stay where the source gave more, so that the lines add up to the cent. */
function cents(amount: string): string {
  const [whole = "", fraction = ""] = amount.split(".");
  return `${whole}.${fraction.padEnd(2, "0")}`;
}
