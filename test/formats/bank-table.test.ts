import { strToU8 } from "fflate";
import fc from "fast-check";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { matchReceipts, unmatchedReasons, type BankEntry } from "#core/funds/statement.ts";
import { readBankStatements } from "../../src/formats/bank/read.ts";
import { read } from "../architecture/sources.ts";

const fileName = "receipts.csv";
const said = { fileName, statement: "S1", account: "A1" };
const readText = (text: string, options: Parameters<typeof readBankStatements>[1] = said) =>
  readBankStatements(strToU8(text), options);

const header = "booked_on,amount,currency,reference,counterparty,remittance,bank_reference";
const good = "2025-05-02,100.50,EUR,RF18539007547034,A Treasury,first half,B1";

test("other work has its turn while a long table is read", async () => {
  const rows = Array.from({ length: 20_000 }, (_, index) => good.replace("B1", `B${index}`));
  let turns = 0;
  let reading = true;
  const count = (): void => {
    turns += 1;
    if (reading) setImmediate(count);
  };
  setImmediate(count);
  const paused: number[] = [];
  await readText([header, ...rows].join("\n"), { ...said, onProgress: (done) => paused.push(done) });
  reading = false;
  expect(turns).toBeGreaterThan(3);
  expect(paused).toEqual(expect.arrayContaining([0, 5_000, 10_000, 15_000, 20_000]));
});

test("the example in docs/examples is read, and its receipts are matched", async () => {
  const [statement, ...others] = await readText(read("docs/examples/receipts.csv"), { fileName });
  expect(others).toEqual([]);
  const { entries, ...head } = statement!;
  expect(head).toEqual({
    id: "SYNTHETIC-2025-084",
    account: "XX50MAIN0000000000000001",
    currency: "EUR",
    createdAt: null,
    from: null,
    to: null,
    opening: null,
    closing: null,
  });
  const claims = ["RF24FUND2025C1NORTH", "RF87FUND2025C1EAST"].map((reference) => ({
    reference,
    currency: "EUR",
    outstanding: 10n ** 12n,
  }));
  const { matched, unmatched } = matchReceipts(entries, claims);
  expect(matched.map((one) => [one.reference, one.amount])).toEqual([
    ["RF24FUND2025C1NORTH", 400_000_000n],
    ["RF87FUND2025C1EAST", 150_000_000n],
  ]);
  expect(unmatched.map((one) => [one.entry.row, one.reason])).toEqual([
    [4, "no-reference"],
    [5, "debit"],
  ]);
});

test("docs/receipts.md shows that example, and explains every column and every reason", () => {
  const page = read("docs/receipts.md");
  expect(page).toContain(`\`\`\`csv\n${read("docs/examples/receipts.csv")}\`\`\``);
  for (const name of [...header.split(","), ...Object.keys(unmatchedReasons)])
    expect(page).toContain(`| \`${name}\` |`);
});

describe("a table of receipts", () => {
  test("a row says everything an entry has", async () => {
    expect(await readText(`${header}\n${good}\n`)).toEqual([
      {
        id: "S1",
        account: "A1",
        currency: "EUR",
        createdAt: null,
        from: null,
        to: null,
        opening: null,
        closing: null,
        entries: [
          {
            reference: "B1",
            bookedOn: "2025-05-02",
            valueOn: null,
            direction: "credit",
            reversal: false,
            amount: 10_050n,
            currency: "EUR",
            counterparty: "A Treasury",
            counterpartyAccount: null,
            structured: ["RF18539007547034"],
            endToEndId: null,
            remittance: "first half",
            row: 2,
          },
        ],
      },
    ]);
  });

  test("headers in any case and order, other columns beside them, semicolons, blank rows, quoted lines", async () => {
    const text =
      'Bank Reference;REMITTANCE;note;Counterparty;Reference;Currency;Amount;Booked-On\r\n\r\nB9;"two\r\nlines; one";x;;;JPY;-7;2025-05-02\r\n;;;;;;;\r\n';
    const [statement] = await readText(text);
    expect(statement?.entries).toMatchObject([
      {
        reference: "B9",
        direction: "debit",
        amount: 7n,
        counterparty: null,
        structured: [],
        remittance: "two lines; one",
        row: 3,
      },
    ]);
  });

  test("a blank bank reference becomes the statement's id and the place in it", async () => {
    const [statement] = await readText(`${header}\n${good}\n2025-05-02,+1,EUR,,,,\n`);
    expect(statement?.entries.map((one) => [one.reference, one.amount])).toEqual([
      ["B1", 10_050n],
      ["S1/2", 100n],
    ]);
  });

  test("rows of several statements and accounts come apart; a blank cell takes what is said for the file", async () => {
    const lines = ["S2,XX50 MAIN 0000 0000 0000 0001", ",", "S2,A2", "S2,XX50MAIN0000000000000001"];
    const rows = lines.map((line, index) => `2025-05-02,1,EUR,,,,B${index},${line}`);
    const statements = await readText(`${header},statement,account\n${rows.join("\n")}`);
    expect(statements.map((one) => [one.id, one.account, one.entries.map(({ row }) => row)])).toEqual([
      ["S2", "XX50MAIN0000000000000001", [2, 5]],
      ["S1", "A1", [3]],
      ["S2", "A2", [4]],
    ]);
  });
});

const place = (row: number, column?: string) =>
  `Where: file ${fileName}, row ${row}${column === undefined ? "" : `, column ${column}`}.`;
const day = "A date could not be read.";
const dayAdvice = "Write dates as YYYY-MM-DD, for example 2024-04-03.";
const number = "An amount could not be read as an exact number.";
const numberAdvice = "Write digits with a point for the fraction and no thousands separators, for example 1250000.50.";
const second = (row: string) => `${header}\n${good}\n${row}`;

const refusals: readonly (readonly [string, string, string])[] = [
  [
    "header_only",
    header,
    `The table has a header but no rows under it. ${place(1)} Choose a file with at least one row of data.`,
  ],
  [
    "missing_columns",
    "booked_on,amount,currency,reference\n2025-05-02,1,EUR,",
    `Columns that are needed were not found. Found: no "counterparty", no "remittance", no "bank_reference", among the headers "booked_on", "amount", "currency", "reference". ${place(1)} Add the columns named, or give them a header the importer knows: docs/importing.md for tables of promises, docs/receipts.md for bank statements.`,
  ],
  [
    "statement_not_recognised",
    `${header},Amount\n${good},1`,
    `The file is not a bank statement that can be read. Found: a column that stands twice. ${place(1, "amount")} Give an ISO 20022 camt.053 statement (001.02 to 001.13), or a table of receipts like docs/examples/receipts.csv.`,
  ],
  [
    "row_longer_than_header",
    second("2025-05-02,1,EUR,,A Treasury, and Customs,first,B2"),
    `A row has more cells than the table has columns. Found: 8 cells under 7 headers. ${place(3)} Put a text that holds the separator between quotes.`,
  ],
  [
    "invalid_date",
    second("02.05.2025,1,EUR,,,,B2"),
    `${day} Found: "02.05.2025". ${place(3, "booked_on")} ${dayAdvice}`,
  ],
  [
    "invalid_date",
    second("2025-02-29,1,EUR,,,,B2"),
    `${day} Found: "2025-02-29". ${place(3, "booked_on")} ${dayAdvice}`,
  ],
  ["invalid_date", second(",1,EUR,,,,B2"), `${day} Found: "". ${place(3, "booked_on")} ${dayAdvice}`],
  [
    "invalid_amount",
    second('2025-05-02,"1,250.00",EUR,,,,B2'),
    `${number} Found: "1,250.00". ${place(3, "amount")} ${numberAdvice}`,
  ],
  [
    "invalid_amount",
    second("2025-05-02,1e6,EUR,,,,B2"),
    `${number} Found: "1e6". ${place(3, "amount")} ${numberAdvice}`,
  ],
  [
    "invalid_amount",
    second("2025-05-02,1.2.3,EUR,,,,B2"),
    `${number} Found: "1.2.3". ${place(3, "amount")} ${numberAdvice}`,
  ],
  [
    "invalid_amount",
    second("2025-05-02,0.00,EUR,,,,B2"),
    `${number} Found: "0.00". ${place(3, "amount")} ${numberAdvice}`,
  ],
  ["invalid_amount", second("2025-05-02,,EUR,,,,B2"), `${number} Found: "". ${place(3, "amount")} ${numberAdvice}`],
  [
    "amount_finer_than_currency",
    second("2025-05-02,-10.005,EUR,,,,B2"),
    `An amount has more decimals than its currency. Found: "10.005"; EUR has 2. ${place(3, "amount")} Give the amount that was booked, in whole smallest parts of the currency; nothing is rounded here.`,
  ],
  [
    "statement_element_invalid",
    second(`2025-05-02,1,EUR,${"x".repeat(141)},,,B2`),
    `A bank statement lacks something it must say, or says it in a word that is not the standard's. Found: "${"x".repeat(80)}" and so on, 141 characters for a reference or name. ${place(3, "reference")} Ask the bank for the whole statement, or add what is named here.`,
  ],
  [
    "currency_code_invalid",
    second("2025-05-02,1,euro,,,,B2"),
    `That is not a currency's code. Found: "euro". ${place(3, "currency")} Write the three capitals of ISO 4217, such as EUR.`,
  ],
  [
    "statement_currency_differs",
    second("2025-05-02,1,USD,,,,B2"),
    `An amount of a bank statement is in another currency than its account. Found: an amount in USD on an account in EUR. ${place(3, "currency")} Give each account and currency a statement of its own.`,
  ],
  [
    "statement_reference_twice",
    second(good),
    `A bank statement has the same reference twice. Found: "B1" in entries 2 and 3. ${place(3, "bank_reference")} Give each entry its own reference and each statement its own name; what is a copy, leave out.`,
  ],
];

test.each(refusals)("%s: %j", async (code, text, message) => {
  await expect(readText(text)).rejects.toMatchObject({ code, message });
});

test.each([
  [{ account: "A1" }, "no statement", "statement"],
  [{ statement: "S1", account: " " }, "no account", "account"],
])("neither a column nor the order says %j: statement_element_invalid", async (options, found, column) => {
  await expect(readText(`${header}\n${good}`, { fileName, ...options })).rejects.toMatchObject({
    code: "statement_element_invalid",
    found,
    place: { file: fileName, row: 2, column },
  });
});

test("what is written as a table is read as it was", async () => {
  const text = fc
    .string({ unit: fc.constantFrom(..."AZ09,;\"'é \n😀") })
    .map((one) => one.trim().replaceAll(/\s+/g, " "));
  const rows = fc.array(
    fc.record({
      amount: fc.bigInt(1n, 10n ** 17n),
      isDebit: fc.boolean(),
      reference: text,
      counterparty: text,
      remittance: text,
    }),
    { minLength: 1, maxLength: 10 },
  );
  await fc.assert(
    fc.asyncProperty(rows, fc.shuffledSubarray(header.split(","), { minLength: 7 }), async (written, columns) => {
      const table = written.map((one, index): Record<string, string> => ({
        booked_on: "2025-05-02",
        amount: `${one.isDebit ? "-" : ""}${one.amount / 100n}.${String(one.amount % 100n).padStart(2, "0")}`,
        currency: "EUR",
        reference: one.reference,
        counterparty: one.counterparty,
        remittance: one.remittance,
        bank_reference: `B${index}`,
      }));
      const [statement] = await readText(Papa.unparse(table, { columns }));
      expect(statement?.entries).toEqual(
        written.map((one, index): BankEntry => ({
          reference: `B${index}`,
          bookedOn: "2025-05-02",
          valueOn: null,
          direction: one.isDebit ? "debit" : "credit",
          reversal: false,
          amount: one.amount,
          currency: "EUR",
          counterparty: one.counterparty === "" ? null : one.counterparty,
          counterpartyAccount: null,
          structured: one.reference === "" ? [] : [one.reference],
          endToEndId: null,
          remittance: one.remittance,
          row: index + 2,
        })),
      );
    }),
    { numRuns: 100 },
  );
});
