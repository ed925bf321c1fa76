import { AmountInput } from "./fields.tsx";

type Row = Readonly<Record<string, string>>;
export type RowColumn = Readonly<{
  key: string;
  label: string;
  kind: "text" | "amount" | "day" | "year" | "choice" | "fixed";
  required?: boolean;
  placeholder?: string;
  /** For a choice: what there is to choose from. */
  options?: readonly (readonly [value: string, words: string])[];
}>;

/** Rows of a table that are written, added and taken away. */
export function RowsField({
  caption,
  columns,
  rows,
  fresh,
  add,
  onChange,
}: Readonly<{
  caption: string;
  columns: readonly RowColumn[];
  rows: readonly Row[];
  /** What a row that is added begins with; no row can be added or taken away without it. */
  fresh?: () => Row;
  add?: string;
  onChange: (rows: readonly Row[]) => void;
}>) {
  return (
    <div className="form-wide rows-field">
      {rows.length > 0 && (
        <table className="stacks">
          <caption>{caption}</caption>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key} scope="col" className={column.kind === "amount" ? "number" : undefined}>
                  {column.label}
                </th>
              ))}
              {fresh !== undefined && (
                <th scope="col">
                  <span className="out-of-sight">Take away</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {columns.map((column) => (
                  <td key={column.key} data-label={column.label} className={`cell-${column.kind}`}>
                    <Cell
                      column={column}
                      name={`${column.label}, row ${index + 1} of ${caption.toLowerCase()}`}
                      value={row[column.key] ?? ""}
                      onChange={(value) => onChange(rows.with(index, { ...row, [column.key]: value }))}
                    />
                  </td>
                ))}
                {fresh !== undefined && (
                  <td>
                    <button
                      type="button"
                      className="plain"
                      aria-label={`Take away row ${index + 1} of ${caption.toLowerCase()}`}
                      onClick={() => onChange(rows.toSpliced(index, 1))}
                    >
                      Take away
                    </button>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {fresh !== undefined && (
        <button type="button" onClick={() => onChange([...rows, fresh()])}>
          {add ?? "Add a row"}
        </button>
      )}
    </div>
  );
}

function Cell({
  column,
  name,
  value,
  onChange,
}: Readonly<{ column: RowColumn; name: string; value: string; onChange: (value: string) => void }>) {
  const { kind, required = false, placeholder } = column;
  if (kind === "fixed") return <>{value}</>;
  if (kind === "amount") return <AmountInput name={name} value={value} required={required} onChange={onChange} />;
  if (kind === "choice")
    return (
      <select aria-label={name} value={value} required={required} onChange={(event) => onChange(event.target.value)}>
        {column.options?.map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
    );
  return (
    <input
      type={kind === "day" ? "date" : "text"}
      inputMode={kind === "year" ? "numeric" : undefined}
      pattern={kind === "year" ? "\\d{4}" : undefined}
      aria-label={name}
      value={value}
      required={required}
      placeholder={placeholder}
      autoComplete="off"
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
