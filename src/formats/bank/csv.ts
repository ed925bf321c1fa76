import { MainstayError, type ErrorPlace } from "#core/errors.ts";
import type { BankEntry, BankStatement } from "#core/funds/statement.ts";
import { readHeader, type Header } from "../csv/header.ts";
import { pause, type ReadOptions, type Table } from "../reading.ts";
import { readCsvTable } from "../text/csv.ts";
import { checkStatement } from "./checks.ts";
import { accountNumber, currencyCode, exactAmount, identifier, oneLine, quoted, statedDay } from "./values.ts";

/** The statement's id and its account's number, for a table that does not hold them. */
export type TableOptions = ReadOptions & Readonly<{ statement?: string | undefined; account?: string | undefined }>;

const columns = [
  "booked_on",
  "amount",
  "currency",
  "reference",
  "counterparty",
  "remittance",
  "bank_reference",
] as const;
const rowsBetweenPauses = 5_000;
const optional = ["statement", "account"] as const;
type Column = (typeof columns)[number] | (typeof optional)[number];

type Row = Readonly<{ cell: (column: Column) => string; at: (column?: Column) => ErrorPlace; number: number }>;
type Group = Readonly<{ id: string; account: string; currency: string; entries: BankEntry[] }>;

/**
 * Reads receipts from a table with the columns booked_on, amount, currency, reference, counterparty, remittance and bank_reference, in any order
 * and case. An amount has a point and, when it went out, a minus. The columns statement and account are optional where the options say both. A row
 * that cannot be read refuses the file.
 * @returns one statement for each id and account, in the order they are met, without balances
 * @throws MainstayError statement_not_recognised | missing_columns | header_only | row_longer_than_header | statement_element_invalid | statement_currency_differs |
 * statement_reference_twice | currency_code_invalid | amount_finer_than_currency | invalid_amount | invalid_date, and those of `readCsvTable`
 */
export async function readBankTable(bytes: Uint8Array, options: TableOptions): Promise<BankStatement[]> {
  const table = await readCsvTable(bytes, options);
  const header = readHeader(table, 1, columns, optional);
  refuseTwins(table);
  const groups = new Map<string, Group>();
  for (const [index, cells] of table.rows.entries()) {
    if (index % rowsBetweenPauses === 0) await pause(options, index, table.rows.length);
    if (index === 0 || cells.every((cell) => cell.trim() === "")) continue;
    const row = rowOf(table, header, cells, index + 1);
    const group = groupOf(groups, row, options);
    group.entries.push(entryOf(row, group));
  }
  const unsaid = { createdAt: null, from: null, to: null, opening: null, closing: null };
  return [...groups.values()].map((group) => {
    const statement: BankStatement = { ...unsaid, ...group };
    const at = { file: options.fileName };
    checkStatement(statement, at, ({ row }) => ({ ...at, row, column: "bank_reference" }));
    return statement;
  });
}

/** @throws MainstayError row_longer_than_header, as when a text with commas stands without quotes */
function rowOf(table: Table, header: Header, cells: readonly string[], number: number): Row {
  const width = table.rows[0]?.length ?? 0;
  const at = (column?: Column): ErrorPlace => ({ file: table.file, row: number, column });
  if (cells.slice(width).some((cell) => cell.trim() !== ""))
    throw new MainstayError("row_longer_than_header", `${cells.length} cells under ${width} headers`, at());
  return { cell: (column) => (header.at(column) < 0 ? "" : header.cell(cells, column)), at, number };
}

/** A column that stands twice would leave it to chance which of the two is read. @throws MainstayError statement_not_recognised */
function refuseTwins(table: Table): void {
  const loose = (name: string) => name.toLowerCase().replaceAll(/[\s_-]+/g, "");
  const names = (table.rows[0] ?? []).map(loose);
  const twin = [...columns, ...optional].find((name) => names.indexOf(loose(name)) !== names.lastIndexOf(loose(name)));
  if (twin === undefined) return;
  throw new MainstayError("statement_not_recognised", "a column that stands twice", {
    file: table.file,
    row: 1,
    column: twin,
  });
}

function groupOf(groups: Map<string, Group>, row: Row, options: TableOptions): Group {
  const id = said(row, "statement", options.statement, identifier);
  const account = said(row, "account", options.account, accountNumber);
  const currency = currencyCode(row.cell("currency"), row.at("currency"));
  const key = JSON.stringify([id, account]);
  const group = groups.get(key) ?? { id, account, currency, entries: [] };
  groups.set(key, group);
  if (group.currency !== currency) {
    const found = `an amount in ${currency} on an account in ${group.currency}`;
    throw new MainstayError("statement_currency_differs", found, row.at("currency"));
  }
  return group;
}

function said(row: Row, column: Column, otherwise: string | undefined, read: typeof identifier): string {
  const found = read(row.cell(column), row.at(column)) || read(otherwise ?? "", { field: column });
  if (found !== "") return found;
  throw new MainstayError("statement_element_invalid", `no ${column}`, row.at(column));
}

function entryOf(row: Row, { id, currency, entries }: Group): BankEntry {
  const [, sign, digits] = /^([+-]?)([\d.]+)$/.exec(row.cell("amount")) ?? [];
  const amount = digits === undefined ? 0n : exactAmount(digits, currency, row.at("amount"));
  if (amount === 0n) throw new MainstayError("invalid_amount", quoted(row.cell("amount")), row.at("amount"));
  const reference = identifier(row.cell("reference"), row.at("reference"));
  return {
    reference: identifier(row.cell("bank_reference"), row.at("bank_reference")) || `${id}/${entries.length + 1}`,
    bookedOn: statedDay(row.cell("booked_on"), row.at("booked_on")),
    valueOn: null,
    direction: sign === "-" ? "debit" : "credit",
    reversal: false,
    amount,
    currency,
    counterparty: oneLine(row.cell("counterparty")) || null,
    counterpartyAccount: null,
    structured: reference === "" ? [] : [reference],
    endToEndId: null,
    remittance: oneLine(row.cell("remittance")),
    row: row.number,
  };
}
