import { type ReactNode, useState } from "react";
import { csvOf, saveFile } from "../figure/save.ts";

/** A column of a list. `value` is what it is ordered by and what the CSV holds; `cell` what is shown. */
export type Column<R> = Readonly<{
  key: string;
  label: string;
  small?: string;
  number?: boolean;
  width?: string;
  /** Left out on paper. */
  screenOnly?: boolean;
  value: (row: R) => string | null;
  cell?: (row: R) => ReactNode;
  /** In the line that adds up the rows. */
  foot?: ReactNode;
}>;

type Sorted = Readonly<{ key: string; down: boolean }> | null;

/** A list of rows as a table that can be ordered by any column and taken along; on a phone each row is a card. */
export function Listing<R>({
  caption,
  columns,
  rows,
  rowKey,
  file,
  all,
  sortable = false,
  tall = true,
  under,
}: Readonly<{
  caption: string;
  columns: readonly Column<R>[];
  rows: readonly R[];
  rowKey: (row: R) => string;
  /** The name of the CSV; none is offered without it. */
  file?: string;
  /** What the CSV holds where that is more than the rows shown. */
  all?: readonly R[];
  sortable?: boolean;
  tall?: boolean;
  /** What follows a row, across the whole width. */
  under?: (row: R) => ReactNode;
}>) {
  const [sorted, setSorted] = useState<Sorted>(null);
  const shown = ordered(rows, columns, sorted);
  const turn = (column: Column<R>) =>
    setSorted({ key: column.key, down: sorted?.key === column.key ? !sorted.down : column.number === true });
  // What is there for the screen alone, such as a bar or a link, is nothing to take along.
  const kept = columns.filter((column) => column.screenOnly !== true);
  const footed = columns.some((column) => column.foot !== undefined);
  return (
    <>
      <div
        className={tall ? "table-scroll tall" : "table-scroll"}
        tabIndex={0}
        role="region"
        aria-label={`Table: ${caption}`}
      >
        <table className="stacks listing">
          <caption className="out-of-sight">{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.key}
                  scope="col"
                  style={column.width === undefined ? undefined : { width: column.width }}
                  className={classOf(column)}
                  aria-sort={sorted?.key === column.key ? (sorted.down ? "descending" : "ascending") : undefined}
                >
                  {sortable ? (
                    <button type="button" className="sorter" onClick={() => turn(column)}>
                      {column.label}
                      {column.small !== undefined && <small> {column.small}</small>}
                      <span aria-hidden="true">
                        {sorted?.key === column.key ? (sorted.down ? " \u2193" : " \u2191") : ""}
                      </span>
                    </button>
                  ) : (
                    <>
                      {column.label}
                      {column.small !== undefined && <small> {column.small}</small>}
                    </>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Row key={rowKey(row)} row={row} columns={columns} under={under?.(row)} />
            ))}
          </tbody>
          {footed && (
            <tfoot>
              <tr>
                {columns.map((column, index) =>
                  index === 0 ? (
                    <th key={column.key} scope="row">
                      {column.foot}
                    </th>
                  ) : (
                    <td key={column.key} data-label={column.label} className={classOf(column)}>
                      {column.foot}
                    </td>
                  ),
                )}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {file !== undefined && rows.length > 0 && (
        <p className="tools listing-tools">
          <button
            type="button"
            className="plain"
            onClick={() =>
              saveFile(
                `${file}.csv`,
                "text/csv",
                csvOf(
                  kept.map((column) => column.key),
                  (all ?? shown).map((row) => kept.map((column) => column.value(row))),
                ),
              )
            }
          >
            Save CSV<span className="out-of-sight"> of {caption}</span>
          </button>
        </p>
      )}
    </>
  );
}

function classOf<R>(column: Column<R>): string | undefined {
  return column.number === true ? "number" : column.screenOnly === true ? "screen-only" : undefined;
}

function Row<R>({ row, columns, under }: Readonly<{ row: R; columns: readonly Column<R>[]; under: ReactNode }>) {
  const shown = (column: Column<R>) =>
    column.cell === undefined ? (column.value(row) ?? "not known") : column.cell(row);
  return (
    <>
      <tr>
        {columns.map((column, index) =>
          index === 0 ? (
            <th key={column.key} scope="row">
              {shown(column)}
            </th>
          ) : (
            <td
              key={column.key}
              data-label={[column.label, column.small].filter(Boolean).join(", ")}
              className={classOf(column)}
              data-unknown={column.cell === undefined && column.value(row) === null}
              data-nothing={column.number === true && /^0(\.0*)?$/.test(column.value(row) ?? "")}
            >
              {shown(column)}
            </td>
          ),
        )}
      </tr>
      {under != null && under !== false && (
        <tr className="under">
          <td colSpan={columns.length}>{under}</td>
        </tr>
      )}
    </>
  );
}

/** Numbers by size, words by letter; unknown last either way. */
function ordered<R>(rows: readonly R[], columns: readonly Column<R>[], sorted: Sorted): readonly R[] {
  const column = columns.find((one) => one.key === sorted?.key);
  if (sorted === null || column === undefined) return rows;
  const turn = sorted.down ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [left, right] = [column.value(a), column.value(b)];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    return turn * (column.number === true ? Number(left) - Number(right) : left.localeCompare(right, "en"));
  });
}
