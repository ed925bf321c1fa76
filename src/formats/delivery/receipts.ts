import type { TableColumn } from "../needs/columns.ts";
import { readRows, type ReadTable } from "../needs/rows.ts";
import type { Table } from "../reading.ts";

/** One line that the recipient signs for, as a row of a file. What is only there to be read is not read back. */
export type ReceiptRow = Readonly<{
  consignment: string;
  line: number;
  item: string;
  giver: string;
  carried: number;
  handedOver: number | null;
  received: number | null; // null: not counted yet
  receivedOn: string;
  note: string;
}>;

export const receiptSheet = "Receipts";

/** The columns of the table of receipts, in order. */
export const receiptColumns: readonly TableColumn<ReceiptRow>[] = [
  {
    name: "consignment",
    kind: "text",
    required: true,
    of: (row) => row.consignment,
    says: "The consignment's name. Leave it as it is.",
  },
  {
    name: "line",
    kind: "number",
    required: true,
    of: (row) => row.line,
    says: "The line's number in it. Leave it as it is.",
  },
  { name: "item", kind: "text", required: false, of: (row) => row.item, says: "What it is; only to be read." },
  { name: "giver", kind: "text", required: false, of: (row) => row.giver, says: "Who gives it; only to be read." },
  {
    name: "carried",
    kind: "number",
    required: false,
    of: (row) => row.carried,
    says: "How many the line carries; only to be read.",
  },
  {
    name: "handed over",
    kind: "number",
    required: false,
    of: (row) => row.handedOver,
    says: "How many the donor side reports as handed over and nobody has signed for; only to be read.",
  },
  {
    name: "received",
    kind: "number",
    required: false,
    of: (row) => row.received,
    says: "How many were received now, a whole number; 0 where nothing was there. Leave it empty for what is not counted yet.",
  },
  {
    name: "received on",
    kind: "day",
    required: false,
    of: (row) => row.receivedOn,
    says: "The day, as YYYY-MM-DD; where it is empty, the day that the donor side gave.",
  },
  {
    name: "note",
    kind: "text",
    required: false,
    of: (row) => row.note,
    says: "Anything else, such as what was wrong with it.",
  },
];

/** Reads a table of receipts: what is not written as its column asks is told with its row; whether it can be signed for is checked elsewhere. */
export function readReceipts(table: Table): ReadTable<ReceiptRow> {
  return readRows(table, receiptColumns, ({ text, whole }) => ({
    consignment: text("consignment"),
    line: whole("line") ?? 0,
    item: text("item"),
    giver: text("giver"),
    carried: 0,
    handedOver: null,
    received: whole("received"),
    receivedOn: text("received on"),
    note: text("note"),
  }));
}
