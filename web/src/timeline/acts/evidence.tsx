import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/client.ts";
import { calendarQuery } from "../../decisions/queries.ts";
import { RowsField } from "../../parts/rows-field.tsx";
import type { Rows } from "./draft.ts";

/** What on record bears a milestone out: sources and decisions of the book, and whatever else it has already. */
export function EvidenceField({
  book,
  rows,
  onChange,
}: Readonly<{ book: string; rows: Rows; onChange: (rows: Rows) => void }>) {
  const sources = useQuery({
    queryKey: ["sources", book],
    queryFn: ({ signal }) => api.sources(book, signal),
  }).data;
  const decisions = useQuery(calendarQuery(book)).data?.proposals;
  const found = [
    ...(decisions ?? []).map(({ id, title }) => [`decision:${id}`, `Decision: ${title}`] as const),
    ...(sources ?? []).map(({ id, title }) => [`source:${id}`, `Source: ${title}`] as const),
  ];
  return (
    <ChosenRows
      caption="Evidence"
      label="On record as"
      add="Add evidence"
      options={found}
      rows={rows}
      onChange={onChange}
    />
  );
}

/** Rows that are each one of those on record; none can be added while there is nothing to choose from. */
export function ChosenRows({
  caption,
  label,
  add,
  options,
  rows,
  onChange,
}: Readonly<{
  caption: string;
  label: string;
  add: string;
  options: readonly (readonly [id: string, words: string])[];
  rows: Rows;
  onChange: (rows: Rows) => void;
}>) {
  const known = new Set(options.map(([id]) => id));
  const others = rows.flatMap(({ id = "" }) => (id === "" || known.has(id) ? [] : [[id, id] as const]));
  if (options.length === 0 && rows.length === 0) return null;
  return (
    <RowsField
      caption={caption}
      add={add}
      columns={[
        {
          key: "id",
          label,
          kind: "choice",
          options: [["", "choose\u2026"], ...others, ...options],
          required: true,
        },
      ]}
      rows={rows}
      fresh={() => ({ id: "" })}
      onChange={onChange}
    />
  );
}
