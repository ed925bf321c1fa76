/** A column of a table that a person fills in: its header, what it holds of a record, and what is said of it. */
export type TableColumn<T> = Readonly<{
  name: string;
  kind: "text" | "number" | "day";
  required: boolean;
  of: (record: T) => string | number | null;
  says: string;
}>;
