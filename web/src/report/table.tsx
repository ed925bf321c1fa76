import { headIn, isFigure, notesOf, shown, textOf } from "../../../src/core/foresight/report/shown.ts";
import type { ReportRow, ReportTable } from "../../../src/core/views-report.ts";

/** A table of the report with its number, notes and what is not known as a dash. */
export function TableOf({ table }: Readonly<{ table: ReportTable }>) {
  const text = textOf(table);
  if (table.rows.length === 0)
    return (
      <div className="report-table">
        <h3>
          {table.number}. {table.title}
        </h3>
        <p className="muted">{table.empty}</p>
      </div>
    );
  const notes = notesOf(table);
  return (
    <div className="report-table">
      <h3>
        {table.number}. {table.title}
      </h3>
      {text !== "" && <p className="figure-text">{text}</p>}
      <div className="table-scroll" tabIndex={0} role="region" aria-label={`${table.number}. ${table.title}`}>
        <table>
          <Head table={table} />
          <tbody>
            {table.rows.map((row) => (
              <Row key={row.id} table={table} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {notes.length > 0 && (
        <p className="report-notes">
          {notes.map(({ mark, text: words }) => (
            <span key={words}>
              {mark !== null && <sup>{mark}</sup>} {words}{" "}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

function Head({ table }: Readonly<{ table: ReportTable }>) {
  const spans = spansOf(table);
  return (
    <thead>
      {spans.some(({ over }) => over !== null) && (
        <tr>
          <td />
          {spans.map(({ over, width, at }) =>
            over === null ? (
              <td key={at} colSpan={width} />
            ) : (
              <th key={at} scope="colgroup" colSpan={width} className="over">
                {over}
              </th>
            ),
          )}
        </tr>
      )}
      <tr>
        <th scope="col">{table.nameHead}</th>
        {table.columns.map((column) => (
          <th key={column.id} scope="col" className={isFigure(column) ? "number" : undefined}>
            {headIn(table, column)}
            {column.note !== null && <sup>{column.note}</sup>}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Row({ table, row }: Readonly<{ table: ReportTable; row: ReportRow }>) {
  return (
    <tr className={row.kind === "total" ? "total" : undefined}>
      <th scope="row">{row.name}</th>
      {table.columns.map((column, place) => {
        const cell = row.cells[place] ?? { value: "", note: null };
        return (
          <td key={column.id} className={isFigure(column) ? "number" : undefined} data-unknown={cell.value === null}>
            {shown(cell, column)}
            {cell.note !== null && <sup>{cell.note}</sup>}
          </td>
        );
      })}
    </tr>
  );
}

/** Neighbouring columns under the same head. */
function spansOf({ columns }: ReportTable): readonly Readonly<{ over: string | null; width: number; at: string }>[] {
  const spans: { over: string | null; width: number; at: string }[] = [];
  for (const { over, id } of columns) {
    const last = spans.at(-1);
    if (last !== undefined && last.over === over) last.width += 1;
    else spans.push({ over, width: 1, at: id });
  }
  return spans;
}
