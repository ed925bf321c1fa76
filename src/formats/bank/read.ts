import type { BankStatement } from "#core/funds/statement.ts";
import { readCamt053 } from "./camt053.ts";
import { readBankTable, type TableOptions } from "./csv.ts";

/**
 * Reads a bank's statements: ISO 20022 camt.053 when the file begins as XML does, else a table of receipts.
 * @throws MainstayError those of `readCamt053` and `readBankTable`
 */
export async function readBankStatements(bytes: Uint8Array, options: TableOptions): Promise<BankStatement[]> {
  return startsAsXml(bytes) ? readCamt053(bytes, options) : readBankTable(bytes, options);
}

// Byte order marks, the NULs of UTF-16 and blanks may come first.
const passedOver = new Set([0xef, 0xbb, 0xbf, 0xfe, 0xff, 0, 9, 10, 13, 32]);
const openingBracket = 60;

function startsAsXml(bytes: Uint8Array): boolean {
  return bytes.find((byte) => !passedOver.has(byte)) === openingBracket;
}
