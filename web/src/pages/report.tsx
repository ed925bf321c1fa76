import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { tableIn } from "../../../src/core/foresight/report/drawing.ts";
import { shown, unitOf } from "../../../src/core/foresight/report/shown.ts";
import { cellAt } from "../../../src/core/foresight/report/table.ts";
import type { PledgeReport, ReportMark } from "../../../src/core/views-report.ts";
import { reportApi, reportFileAddress, type ReportAsked } from "../api/report.ts";
import { ForesightPages } from "../foresight/subnav.tsx";
import { formatDay } from "../format/days.ts";
import { useAppSearch, useBook, useGroups, useTitle } from "../frame/hooks.ts";
import { basisWords, defaultBook } from "../frame/search.ts";
import { fundsQuery } from "../funds/queries.ts";
import { Answered } from "../parts/states.tsx";
import { Asked, usualPeriod } from "../report/asked.tsx";
import { ChartOf } from "../report/chart.tsx";
import { TableOf } from "../report/table.tsx";
import "../styles/report.css";

const usualGroups = ["nato", "contact-group"];
const formats = [
  ["pdf", "PDF"],
  ["xlsx", "Workbook (XLSX)"],
  ["csv", "CSV"],
  ["html", "HTML"],
  ["json", "JSON"],
] as const;

/** The pledge report: its two pages, its annex, and the files of it. */
export function ReportPage() {
  useTitle("Pledge report");
  const { book = defaultBook, fund, group, period, known_at, boundary, basis } = useAppSearch();
  const latest = useBook()?.knownTo ?? null;
  const funds = useQuery(fundsQuery(book, undefined)).data?.funds;
  const groups = useGroups().data;
  const ready = funds !== undefined && groups !== undefined && latest !== null;
  const first = group === undefined ? (fund ?? funds?.[0]?.id) : undefined;
  const members =
    group === "all" || first !== undefined
      ? undefined
      : (group ??
        usualGroup(
          book,
          groups?.map((one) => one.slug),
        ));
  const asked: ReportAsked = {
    fund: first,
    group: members,
    book: first === undefined ? book : undefined,
    period: period ?? usualPeriod(known_at ?? latest ?? "2025-01-01", first !== undefined),
    known_at,
    boundary,
    basis,
  };
  const query = useQuery({
    queryKey: ["pledge-report", asked, "record"],
    queryFn: ({ signal }) => reportApi.report(asked, false, signal),
    enabled: ready,
    placeholderData: keepPreviousData,
  });
  const whole = useQuery({
    queryKey: ["pledge-report", asked, "forecast"],
    queryFn: ({ signal }) => reportApi.report(asked, true, signal),
    enabled: query.isSuccess && !query.isPlaceholderData,
  });
  const whose = first !== undefined ? `fund:${first}` : members === undefined ? "all" : `group:${members}`;
  return (
    <>
      <ForesightPages />
      {ready && (
        <Asked
          key={`${book} ${asked.period}`}
          whose={whose}
          period={asked.period}
          funds={funds}
          groups={groups.filter((one) => one.members.length > 0)}
        />
      )}
      <Answered query={whole.data === undefined ? query : whole} what="the pledge report" tall alone>
        {(report) => <Report report={report} asked={asked} forecasting={whole.isFetching} />}
      </Answered>
    </>
  );
}

/** The worked case is read of the alliance; any other book of all its givers. */
function usualGroup(book: string, slugs: readonly string[] | undefined): string | undefined {
  if (book !== defaultBook) return undefined;
  return usualGroups.find((slug) => slugs?.includes(slug) === true) ?? slugs?.[0];
}

function Report({
  report,
  asked,
  forecasting,
}: Readonly<{ report: PledgeReport; asked: ReportAsked; forecasting: boolean }>) {
  const { asOf, knownAt, frame, boundaryName } = report;
  return (
    <article className="report">
      <header className="headline">
        <p className="kicker">
          {report.book.title} {report.synthetic && <strong className="synthetic">Synthetic</strong>}
        </p>
        <h1>{report.title}</h1>
        <p className="standfirst">{report.subtitle}</p>
        <p className="meta">
          As of {formatDay(asOf)} {"\u00b7"} known at {formatDay(knownAt)} {"\u00b7"} boundary {boundaryName} {"\u00b7"}{" "}
          valued {basisWords(frame.basis, formatDay)}
        </p>
        {report.modelled !== null && <p className="hint">{report.modelled}</p>}
      </header>
      <p className="report-files">
        {formats.map(([format, name]) => (
          <a key={format} className="as-button" href={reportFileAddress(asked, format)} download={format !== "html"}>
            {name}
          </a>
        ))}{" "}
        <span role="status" className="hint">
          {forecasting ? "The forecast is being drawn; all else is here." : "The same figures in every file."}
        </span>
      </p>
      <section aria-labelledby="in-short">
        <h2 id="in-short">In short</h2>
        <ul className="report-findings">
          {report.findings.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
        <dl className="report-marks">
          {report.marks.map((mark) => (
            <Mark key={mark.label} report={report} mark={mark} />
          ))}
        </dl>
      </section>
      <div className="stack">
        {report.charts.map((chart) => (
          <ChartOf key={chart.id} report={report} chart={chart} />
        ))}
      </div>
      <div className="report-second">
        {report.front.map((table) => (
          <TableOf key={table.id} table={table} />
        ))}
      </div>
      <section aria-labelledby="annex">
        <h2 id="annex">Annex</h2>
        {report.annex.map((table) => (
          <details key={table.id} className="report-annex">
            <summary>
              {table.number}. {table.title}
            </summary>
            <TableOf table={table} />
          </details>
        ))}
      </section>
      <section aria-labelledby="method">
        <h2 id="method">Method and sources</h2>
        {report.method.map(({ title, paragraphs }) => (
          <details key={title} className="report-annex">
            <summary>{title}</summary>
            {paragraphs.map((one) => (
              <p key={one}>{one}</p>
            ))}
          </details>
        ))}
        <details className="report-annex">
          <summary>Sources</summary>
          <ol>
            {report.sources.map(({ id, title, publisher, publishedOn, url }) => (
              <li key={id}>
                {url === null ? title : <a href={url}>{title}</a>}, {publisher}
                {publishedOn !== null && `, ${formatDay(publishedOn)}`}
              </li>
            ))}
          </ol>
        </details>
      </section>
    </article>
  );
}

/** A figure that stands large: amounts in millions. */
function Mark({ report, mark }: Readonly<{ report: PledgeReport; mark: ReportMark }>) {
  const table = tableIn(report, mark.table);
  const column = table.columns.find((one) => one.id === mark.column);
  const cell = cellAt(table, mark.row, mark.column);
  if (column === undefined || cell === undefined) return null;
  const how = column.kind === "amount" ? { ...column, shown: "millions" as const } : column;
  return (
    <div>
      <dt>{mark.label}</dt>
      <dd>
        <b>{shown(cell, how)}</b> {unitOf(how)}
      </dd>
      <dd className="hint">{mark.note}</dd>
    </div>
  );
}
