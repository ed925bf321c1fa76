import type { Option } from "../parts/fields.tsx";
import { RowsField } from "../parts/rows-field.tsx";
import type { Row } from "./term-draft.ts";

/** What is allowed at once: so much, for a purpose, on a line, in a period. */
export function GrantRows({
  rows,
  lines,
  currency,
  calls = false,
  fresh,
  onChange,
}: Readonly<{
  rows: readonly Row[];
  lines: readonly Option[];
  currency: string | undefined;
  /** Calls can be allowed beside spending. */
  calls?: boolean;
  fresh: () => Row;
  onChange: (rows: readonly Row[]) => void;
}>) {
  return (
    <RowsField
      caption={calls ? "Allowed at once" : "What is allowed"}
      add="Add what is allowed"
      columns={[
        ...(calls
          ? [
              {
                key: "kind",
                label: "To",
                kind: "choice" as const,
                options: [
                  ["call", "call"],
                  ["spend", "spend"],
                ] as const,
              },
            ]
          : []),
        { key: "purpose", label: "For", kind: "text", required: true },
        { key: "line", label: "Line", kind: "choice", options: [["", "any line"], ...lines] },
        { key: "from", label: "From", kind: "day", required: true },
        { key: "until", label: "Until", kind: "day", required: true },
        {
          key: "amount",
          label: currency === undefined ? "Amount" : `Amount, ${currency}`,
          kind: "amount",
          required: true,
        },
      ]}
      rows={rows}
      fresh={fresh}
      onChange={onChange}
    />
  );
}
