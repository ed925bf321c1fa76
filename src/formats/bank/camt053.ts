import { MainstayError, type ErrorPlace } from "#core/errors.ts";
import type { BankEntry, BankStatement } from "#core/funds/statement.ts";
import { limits } from "../limits.ts";
import type { ReadOptions } from "../reading.ts";
import { decodeText } from "../text/decode.ts";
import { checkStatement, checkStatements } from "./checks.ts";
import { detailsOf, type Details } from "./details.ts";
import { isBooked, postedBy } from "./entry.ts";
import { accountIn, amountOf, directionOf, missing, needed, signed, statedCurrency } from "./parts.ts";
import { amountText, currencyCode, identifier, quoted, statedDay } from "./values.ts";
import { readXml, textAt, type XmlElement } from "./xml.ts";

// ISO 20022 camt.053.001, BankToCustomerStatement: Document / BkToCstmrStmt / Stmt / Ntry / NtryDtls / TxDtls.
const depths = { message: 2, statement: 3, part: 4, details: 6 } as const;
const versions = { first: 2, last: 13 } as const;

/** A statement while its parts come in. */
type Draft = {
  id: string | null;
  account: string | null;
  currency: string | null;
  createdAt: string | null;
  from: string | null;
  to: string | null;
  opening: bigint | null;
  previous: bigint | null; // the closing balance of the statement before
  closing: bigint | null;
  entries: BankEntry[];
  lines: number[]; // of each entry in the file
  positions: number; // entries met, booked or not
  details: Details[]; // of the entry that is open
};

/**
 * Reads the statements of a camt.053 file, versions 001.02 to 001.13 and whatever its prefix. Only what is booked counts, and where both balances are
 * given the entries must lead from one to the other.
 * @throws MainstayError statement_not_recognised | statement_unreadable | statement_hostile | statement_element_invalid | statement_currency_differs |
 * statement_batch_does_not_add_up | statement_reference_twice | statement_does_not_balance | currency_code_invalid | amount_finer_than_currency |
 * invalid_amount | invalid_date | import_cancelled, and those of `decodeText`
 */
export async function readCamt053(bytes: Uint8Array, options: ReadOptions): Promise<BankStatement[]> {
  const file = options.fileName;
  const statements: BankStatement[] = [];
  let draft = emptyDraft();
  let entries = 0;
  await readXml(decodeText(bytes, options), options, {
    open: (name, uri, depth) => checkMessage(name, uri, depth, file),
    close: (element, parent, depth) => {
      if (depth === depths.details && element.name === "TxDtls" && parent === "NtryDtls") {
        draft.details.push(detailsOf(element, file));
        refuseTooMany(entries + draft.details.length, file);
        return true;
      }
      if (depth === depths.part && parent === "Stmt") {
        takePart(draft, element, file, entries);
        draft.details = [];
        refuseTooMany(entries + draft.entries.length, file);
      }
      if (depth === depths.statement && element.name === "Stmt") {
        statements.push(finished(draft, { file, row: element.line, field: `Stmt ${statements.length + 1}` }));
        entries += draft.entries.length;
        draft = emptyDraft();
      }
      return depth <= depths.part;
    },
  });
  if (statements.length === 0) missing("Stmt", { file });
  checkStatements(statements, file);
  return statements;
}

function emptyDraft(): Draft {
  const unknown = { id: null, account: null, currency: null, createdAt: null, from: null, to: null };
  const balances = { opening: null, previous: null, closing: null };
  return { ...unknown, ...balances, entries: [], lines: [], positions: 0, details: [] };
}

/** A file of another message, or of none, is told by its root and its namespace. @throws MainstayError statement_not_recognised */
function checkMessage(name: string, uri: string, depth: number, file: string): void {
  if (depth > depths.message) return;
  const version = /^urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(\d\d)$/.exec(uri)?.[1];
  const known = uri === "" || (Number(version) >= versions.first && Number(version) <= versions.last);
  if (known && name === (depth === 1 ? "Document" : "BkToCstmrStmt")) return;
  const found = `the element ${quoted(name)} of ${uri === "" ? "no namespace" : `the namespace ${quoted(uri)}`}`;
  throw new MainstayError("statement_not_recognised", found, { file });
}

function refuseTooMany(entries: number, file: string): void {
  if (entries <= limits.statementEntries) return;
  throw new MainstayError("statement_hostile", `more than ${limits.statementEntries} entries`, { file });
}

function takePart(draft: Draft, part: XmlElement, file: string, earlier: number): void {
  const at = { file, row: part.line };
  if (part.name === "Id") draft.id ??= identifier(part.text, { ...at, field: "Id" });
  else if (part.name === "CreDtTm") draft.createdAt ??= instantOf(part, { ...at, field: "CreDtTm" });
  else if (part.name === "FrToDt") takePeriod(draft, part, { ...at, field: "FrToDt" });
  else if (part.name === "Acct") takeAccount(draft, part, { ...at, field: "Acct" });
  else if (part.name === "Bal") takeBalance(draft, part, { ...at, field: "Bal" });
  else if (part.name === "Ntry") takeEntry(draft, part, at, earlier);
}

/** A point in time as the bank writes it; banks often leave its zone out. */
function instantOf(element: XmlElement, at: ErrorPlace): string {
  const written = element.text.trim();
  statedDay(written, at);
  return written;
}

function takePeriod(draft: Draft, part: XmlElement, at: ErrorPlace): void {
  const day = (name: string) => {
    const written = textAt(part, `${name}Tm`) ?? textAt(part, name);
    return written === null ? null : statedDay(written, at);
  };
  draft.from = day("FrDt");
  draft.to = day("ToDt");
}

function takeAccount(draft: Draft, part: XmlElement, at: ErrorPlace): void {
  draft.account ??= accountIn(part, at);
  const currency = textAt(part, "Ccy");
  if (currency !== null) draft.currency ??= currencyCode(currency, at);
}

// Booked balances of the standard's code list: the opening one, the closing one of the statement before, and the closing one.
const balances: ReadonlyMap<string, "opening" | "previous" | "closing"> = new Map([
  ["OPBD", "opening"],
  ["PRCD", "previous"],
  ["CLBD", "closing"],
]);

function takeBalance(draft: Draft, part: XmlElement, at: ErrorPlace): void {
  const code = textAt(part, "Tp", "CdOrPrtry", "Cd") ?? "";
  const balance = balances.get(code);
  if (balance === undefined) return;
  const stated = needed(part, "Amt", at);
  draft.currency ??= statedCurrency(stated, at);
  const { currency } = draft;
  const direction = directionOf(needed(part, "CdtDbtInd", at), at);
  const amount = signed({ direction, amount: amountOf(stated, currency, at) });
  const before = draft[balance];
  if (before !== null && before !== amount) {
    const found = `two balances ${code}, ${amountText(before, currency)} and ${amountText(amount, currency)}`;
    throw new MainstayError("statement_does_not_balance", found, at);
  }
  draft[balance] = amount;
}

function takeEntry(draft: Draft, part: XmlElement, at: ErrorPlace, earlier: number): void {
  const { details } = draft;
  draft.positions += 1;
  const place = { ...at, field: `Ntry ${draft.positions}` };
  if (!isBooked(part, place)) return;
  draft.currency ??= statedCurrency(needed(part, "Amt", place), place);
  const otherwise = `${draft.id || missing("Id", at)}/${draft.positions}`;
  for (const posted of postedBy(part, details, draft.currency, otherwise, place)) {
    draft.entries.push({ ...posted, row: earlier + draft.entries.length + 1 });
    draft.lines.push(part.line);
  }
}

function finished(draft: Draft, at: ErrorPlace): BankStatement {
  const statement: BankStatement = {
    id: draft.id || missing("Id", at),
    account: draft.account ?? missing("account: Acct needs an IBAN or another Id", at),
    currency: draft.currency ?? missing("currency of the account", at),
    createdAt: draft.createdAt,
    from: draft.from,
    to: draft.to,
    opening: draft.opening ?? draft.previous,
    closing: draft.closing,
    entries: draft.entries,
  };
  const first = draft.entries[0]?.row ?? 1;
  checkStatement(statement, at, ({ row }) => ({ ...at, row: draft.lines[row - first] }));
  return statement;
}
