import { formatCount, grouped } from "../format/amounts.ts";
import { formatDay, formatPeriod } from "../format/days.ts";

/** A column of a figure's table. Charts round; the table and the CSV keep every digit. */
export type FigureColumn = Readonly<{
  key: string;
  label: string;
  kind: "text" | "amount" | "decimal" | "day" | "period" | "count";
}>;
export type FigureTable = Readonly<{ columns: readonly FigureColumn[]; rows: readonly (readonly (string | null)[])[] }>;

/** The table beside every chart. */
export function DataTable({ table, caption, unit }: Readonly<{ table: FigureTable; caption: string; unit: string }>) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={`Table: ${caption}`}>
      <table className={table.columns.length > 4 ? "stacks" : undefined}>
        <caption className="out-of-sight">{caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column.key} scope="col" className={isNumeric(column) ? "number" : undefined}>
                {column.label}
                {column.kind === "amount" && <small> {unit}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, line) => (
            <tr key={line}>
              {table.columns.map((column, index) => (
                <td
                  key={column.key}

                  data-label={column.label}
                  className={isNumeric(column) ? "number" : undefined}
                  data-unknown={row[index] === null}
                >
                  {shown(row[index] ?? null, column)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function isNumeric(column: FigureColumn): boolean {
  return column.kind === "amount" || column.kind === "decimal" || column.kind === "count";
}

function shown(value: string | null, column: FigureColumn): string {
  if (value === null) return "not known";
  if (column.kind === "amount") return grouped(value);
  if (column.kind === "count") return formatCount(Number(value));
  if (column.kind === "day") return formatDay(value);
  return column.kind === "period" ? formatPeriod(value) : value;
}
