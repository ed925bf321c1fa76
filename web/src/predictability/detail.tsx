import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { RowBehind, RowsBehind } from "../../../src/core/views-predictability.ts";
import { predictabilityApi } from "../api/predictability.ts";
import { Figure } from "../figure/figure.tsx";
import { counted, grouped } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { useFrame } from "../frame/hooks.ts";
import { Answered } from "../parts/states.tsx";
import { valueWords, withUnit } from "./words.ts";

export type Opened = Readonly<{ indicator: string; by: string; only: string | undefined; period: string }>;

/** One figure opened: what it is, where that comes from, what it cannot tell, its parts, and the rows of the record behind it. */
export function Detail({ opened, onClose }: Readonly<{ opened: Opened; onClose: () => void }>) {
  const frame = useFrame();
  const place = useRef<HTMLDivElement>(null);
  const { indicator, by, only, period } = opened;
  const query = useQuery({
    queryKey: ["predictability rows", opened, frame],
    queryFn: ({ signal }) => predictabilityApi.rows({ ...frame, by, only, period, indicator }, signal),
  });
  useEffect(() => {
    place.current?.focus({ preventScroll: true });
    place.current?.scrollIntoView({ block: "nearest" });
  }, [indicator, only, period]);
  return (
    <div ref={place} className="indicator-detail" tabIndex={-1} aria-label="The figure opened" role="region">
      <p className="indicator-close">
        <button type="button" className="plain" onClick={onClose}>
          Close
        </button>
      </p>
      <Answered query={query} what="the rows behind the figure" tall>
        {(view) => <OneFigure view={view} />}
      </Answered>
    </div>
  );
}

function OneFigure({ view }: Readonly<{ view: RowsBehind }>) {
  const { definition, figure, row, period, frame, total, rows } = view;
  const { unit } = frame;
  const value = figure.value === null ? valueWords(figure) : withUnit(figure.value, definition.unit, unit);
  const exact = figure.exact !== null && figure.exact.includes("/") ? `, exactly ${figure.exact}` : "";
  const shown = total > rows.length ? ` The first ${rows.length} are shown.` : "";
  return (
    <Figure
      title={`${definition.title}: ${row.name}, ${period}`}
      text={
        <>
          <b>{value}</b>
          {exact}. {figure.reason ?? ""}
        </>
      }
      frame={frame}
      table={tableOf(view)}
      json={view}
      rows={null}
      drawing={false}
      atOnce
      note={
        <p>
          {counted(total, "row")} of the record behind it.{shown}
        </p>
      }
    >
      <dl className="indicator-words">
        <div>
          <dt>What it is</dt>
          <dd>{definition.definition}</dd>
        </div>
        <div>
          <dt>What it cannot tell</dt>
          <dd>{definition.cannotTell}</dd>
        </div>
        <div>
          <dt>Rows</dt>
          <dd>{definition.rows}</dd>
        </div>
        <div>
          <dt>Source</dt>
          <dd>{definition.source}</dd>
        </div>
      </dl>
      <div className="indicator-parts">
        <Parts view={view} />
        {rows.length > 0 && <Rows view={view} />}
      </div>
    </Figure>
  );
}

function Parts({ view: { figure, frame } }: Readonly<{ view: RowsBehind }>) {
  if (figure.lines.length === 0) return null;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Table: its parts">
      <table>
        <caption>Its parts</caption>
        <tbody>
          {figure.lines.map((line, index) => (
            <tr key={index}>
              <th scope="row">
                {line.what}
                {line.reason !== null && <small className="line-reason">{line.reason}</small>}
              </th>
              <td className="number" data-unknown={line.value === null}>
                {line.value === null ? "unknown" : withUnit(line.value, line.unit, frame.unit)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Rows({ view }: Readonly<{ view: RowsBehind }>) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Table: the rows behind it">
      <table>
        <caption>The rows behind it</caption>
        <thead>
          <tr>
            <th scope="col">Giver</th>
            <th scope="col">Row</th>
            <th scope="col">When</th>
            <th scope="col" className="number">
              Amount
            </th>
            <th scope="col">What it does here</th>
          </tr>
        </thead>
        <tbody>
          {view.rows.map((row, index) => (
            <tr key={index}>
              <td>{row.giver}</td>
              <td>
                <a href={row.href}>{row.what}</a>
              </td>
              <td>{whenWords(row)}</td>
              <td className="number">{row.amount === null ? "" : `${grouped(row.amount)} ${row.unit}`}</td>
              <td>{row.says}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function whenWords({ from, until }: RowBehind): string {
  if (until === null) return "";
  if (from === null) return `by ${formatDay(until)}`;
  return from === until ? formatDay(from) : `${formatDay(from)} to ${formatDay(until)}`;
}

function tableOf({ rows }: RowsBehind) {
  return {
    columns: [
      { key: "giver", label: "Giver", kind: "text" as const },
      { key: "row", label: "Row", kind: "text" as const },
      { key: "from", label: "From", kind: "text" as const },
      { key: "until", label: "Until", kind: "text" as const },
      { key: "amount", label: "Amount", kind: "text" as const },
      { key: "unit", label: "Unit", kind: "text" as const },
      { key: "says", label: "What it does here", kind: "text" as const },
      { key: "page", label: "Page", kind: "text" as const },
    ],
    rows: rows.map((row) => [
      row.giver,
      row.what,
      row.from ?? "",
      row.until ?? "",
      row.amount ?? "",
      row.amount === null ? "" : row.unit,
      row.says,
      row.href,
    ]),
  };
}
