import { formatAmount, formatCount, grouped, scaleFor, unitHead, type Scale } from "../format/amounts.ts";
import { formatDay, formatPeriod } from "../format/days.ts";

/** A column of a figure's table. Exact amounts show every digit, other amounts are scaled by the largest of the whole table; the CSV keeps every digit. */
export type FigureColumn = Readonly<{
  key: string;
  label: string;
  kind: "text" | "amount" | "exact" | "decimal" | "day" | "period" | "count";
}>;
export type FigureTable = Readonly<{ columns: readonly FigureColumn[]; rows: readonly (readonly (string | null)[])[] }>;

/** The table beside every chart. */
export function DataTable({ table, caption, unit }: Readonly<{ table: FigureTable; caption: string; unit: string }>) {
  const scale = scaleFor(
    table.columns.flatMap((column, index) => (column.kind === "amount" ? table.rows.map((row) => row[index]) : [])),
  );
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={`Table: ${caption}`}>
      <table>
        <caption className="out-of-sight">{caption}</caption>
        <thead>
          <tr>
            {table.columns.map((column) => (
              <th key={column.key} scope="col" className={isNumeric(column) ? "number" : undefined}>
                {column.label}
                {column.kind === "amount" && <small> {unitHead(unit, scale)}</small>}
                {column.kind === "exact" && <small> {unit}</small>}
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
                  className={isNumeric(column) ? "number" : undefined}
                  data-unknown={row[index] === null}
                >
                  {shown(row[index] ?? null, column, scale)}
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
  return column.kind === "amount" || column.kind === "exact" || column.kind === "decimal" || column.kind === "count";
}

function shown(value: string | null, column: FigureColumn, scale: Scale): string {
  if (value === null) return "not known";
  if (column.kind === "amount") return formatAmount(value, scale);
  if (column.kind === "exact") return grouped(value);
  if (column.kind === "count") return formatCount(Number(value));
  if (column.kind === "day") return formatDay(value);
  return column.kind === "period" ? formatPeriod(value) : value;
}
