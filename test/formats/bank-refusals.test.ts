import { strToU8 } from "fflate";
import { expect, test } from "vitest";
import { MainstayError, describeError, type ErrorCode, type ErrorPlace } from "#core/errors.ts";
import { limits } from "../../src/formats/limits.ts";
import { readBankStatements } from "../../src/formats/bank/read.ts";
import { account, amount, balance, details, document, entry, namespace, statement } from "./make-statement.ts";

const fileName = "bank.xml";
const secondsAllowed = 20;
const megabytesAllowed = 600;
const patience = 120_000; // where fifty megabytes are read on a busy machine

/** Reads what must be refused and tells how, within the time and memory a small machine has. */
async function refusal(bytes: Uint8Array): Promise<MainstayError> {
  const before = process.memoryUsage().rss;
  const started = performance.now();
  const error: unknown = await readBankStatements(bytes, { fileName }).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect((performance.now() - started) / 1000).toBeLessThan(secondsAllowed);
  expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(megabytesAllowed);
  expect(error).toBeInstanceOf(MainstayError);
  return error as MainstayError;
}

const of = (entries: string, balances = "") => document(statement({ entries, balances }));
const holder = (content: string) => `<Acct>${content}</Acct>`;

type Case = readonly [what: string, code: ErrorCode, found: string, place: ErrorPlace, text: string];

/** One entry a line, the first on line 2, so that a refusal can name its line. */
const lines = (...entries: readonly string[]) => of(`\n${entries.join("\n")}\n`);
const second = (parts: Parameters<typeof entry>[0]) =>
  lines(entry(), entry({ reference: "<NtryRef>2</NtryRef>", ...parts }));
const inSecond = (part?: string) => ({ row: 3, field: part === undefined ? "Ntry 2" : `Ntry 2, ${part}` });

const cases: readonly Case[] = [
  // What it is
  [
    "another message",
    "statement_not_recognised",
    'the element "Document" of the namespace "urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"',
    {},
    of(entry()).replace("camt.053", "camt.054"),
  ],
  [
    "a version before",
    "statement_not_recognised",
    `the element "Document" of the namespace "${namespace("01")}"`,
    {},
    document(statement(), { version: "01" }),
  ],
  [
    "a version after",
    "statement_not_recognised",
    `the element "Document" of the namespace "${namespace("14")}"`,
    {},
    document(statement(), { version: "14" }),
  ],
  ["a web page", "statement_not_recognised", 'the element "html" of no namespace', {}, "<html><body/></html>"],
  [
    "a report of the day without a namespace",
    "statement_not_recognised",
    'the element "BkToCstmrAcctRpt" of no namespace',
    {},
    "<Document><BkToCstmrAcctRpt/></Document>",
  ],
  ["no statement in it", "statement_element_invalid", "no Stmt", {}, document("")],
  // XML that is none
  ["cut short", "statement_unreadable", "unclosed tag: Ntry", { row: 1 }, of(entry()).split("<Sts>")[0] ?? ""],
  ["cut inside a tag", "statement_unreadable", "unclosed tag: BkToCstmrStmt", { row: 1 }, of(entry()).slice(0, -25)],
  ["tags that cross", "statement_unreadable", "unexpected close tag.", { row: 3 }, lines(entry(), "<a><b></a></b>")],
  ["an unknown entity", "statement_unreadable", "undefined entity.", { row: 3 }, second({ value: "&amount;" })],
  [
    "two roots",
    "statement_unreadable",
    "documents may contain only one root.",
    { row: 1 },
    `${of(entry())}<Document/>`,
  ],
  [
    "a prefix nobody declared",
    "statement_unreadable",
    'unbound namespace prefix: "x".',
    { row: 3 },
    lines(entry(), "<x:Ntry/>"),
  ],
  ["a control character", "statement_unreadable", "disallowed character.", { row: 3 }, second({ value: "1\u0001" })],
  // What it must say
  ["no id", "statement_element_invalid", "no Id", { row: 1, field: "Stmt 1" }, document(statement({ id: "" }))],
  [
    "a blank id, and an entry that needs it",
    "statement_element_invalid",
    "no Id",
    { row: 1 },
    document(statement({ id: "<Id> </Id>", entries: entry({ reference: "" }) })),
  ],
  [
    "no account",
    "statement_element_invalid",
    "no account: Acct needs an IBAN or another Id",
    { row: 1, field: "Stmt 1" },
    document(statement({ account: holder("<Ccy>EUR</Ccy>") })),
  ],
  [
    "no currency anywhere",
    "statement_element_invalid",
    "no currency of the account",
    { row: 1, field: "Stmt 1" },
    document(statement({ account: holder(`<Id><IBAN>${account}</IBAN></Id>`) })),
  ],
  ["an entry without status", "statement_element_invalid", "no Sts", inSecond(), second({ status: "" })],
  ["an entry without direction", "statement_element_invalid", "no CdtDbtInd", inSecond(), second({ direction: "" })],
  [
    "an entry without amount",
    "statement_element_invalid",
    "no Amt",
    inSecond(),
    lines(entry(), "<Ntry><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2025-05-02</Dt></BookgDt></Ntry>"),
  ],
  ["an entry without its day", "statement_element_invalid", "no BookgDt", inSecond(), second({ booked: "" })],
  [
    "a direction that is none",
    "statement_element_invalid",
    '"IN", neither CRDT nor DBIT',
    inSecond("CdtDbtInd"),
    second({ direction: "<CdtDbtInd>IN</CdtDbtInd>" }),
  ],
  [
    "a reversal that may be",
    "statement_element_invalid",
    '"perhaps", neither true nor false',
    inSecond("RvslInd"),
    second({ reversal: "<RvslInd>perhaps</RvslInd>" }),
  ],
  [
    "a reference without end",
    "statement_element_invalid",
    `"${"x".repeat(80)}" and so on, 141 characters for a reference or name`,
    inSecond("AcctSvcrRef"),
    second({ reference: `<AcctSvcrRef>${"x".repeat(141)}</AcctSvcrRef>` }),
  ],
  [
    "a payer's reference without end",
    "statement_element_invalid",
    `"${"x".repeat(80)}" and so on, 141 characters for a reference or name`,
    { row: 3, field: "TxDtls, Ref" },
    second({
      rest: details(`<RmtInf><Strd><CdtrRefInf><Ref>${"x".repeat(141)}</Ref></CdtrRefInf></Strd></RmtInf>`),
    }),
  ],
  [
    "an account's number without end",
    "statement_element_invalid",
    `"${"9".repeat(80)}" and so on, 1000 characters for a reference or name`,
    { row: 1, field: "Acct, Id" },
    document(statement({ account: holder(`<Id><Othr><Id>${"9".repeat(1000)}</Id></Othr></Id>`) })),
  ],
  [
    "a statement's id without end",
    "statement_element_invalid",
    `"${"9".repeat(80)}" and so on, 141 characters for a reference or name`,
    { row: 1, field: "Id" },
    document(statement({ id: `<Id>${"9".repeat(141)}</Id>` })),
  ],
  // Amounts and days
  ["an amount below zero", "invalid_amount", '"-10.00"', inSecond("Amt"), second({ value: "-10.00" })],
  ["an amount with a comma", "invalid_amount", '"10,00"', inSecond("Amt"), second({ value: "10,00" })],
  [
    "an amount of nineteen digits",
    "invalid_amount",
    '"1000000000000000000"',
    inSecond("Amt"),
    second({ value: "1000000000000000000" }),
  ],
  ["no digits", "invalid_amount", '""', inSecond("Amt"), second({ value: "" })],
  [
    "a part of a cent",
    "amount_finer_than_currency",
    '"10.005"; EUR has 2',
    inSecond("Amt"),
    second({ value: "10.005" }),
  ],
  [
    "a part of a yen",
    "amount_finer_than_currency",
    '"10.5"; JPY has none',
    { row: 1, field: "Bal, Amt" },
    document(
      statement({ account: holder("<Id><IBAN>XX</IBAN></Id>"), balances: balance("OPBD", "10.5", "CRDT", "JPY") }),
    ),
  ],
  [
    "an entry in another currency",
    "statement_currency_differs",
    "an amount in USD on an account in EUR",
    inSecond("Amt"),
    second({ currency: "USD" }),
  ],
  [
    "a balance in another currency",
    "statement_currency_differs",
    "an amount in USD on an account in EUR",
    { row: 1, field: "Bal, Amt" },
    of("", balance("CLBD", "1.00", "CRDT", "USD")),
  ],
  ["a currency in small letters", "currency_code_invalid", '"eur"', inSecond("Amt"), second({ currency: "eur" })],
  [
    "an account in no currency",
    "currency_code_invalid",
    '"€"',
    { row: 1, field: "Acct" },
    document(statement({ account: holder("<Ccy>€</Ccy>") })),
  ],
  [
    "a day that is none",
    "invalid_date",
    '"2025-02-29"',
    inSecond("BookgDt"),
    second({ booked: "<BookgDt><Dt>2025-02-29</Dt></BookgDt>" }),
  ],
  [
    "a day by another order",
    "invalid_date",
    '"02.05.2025"',
    inSecond("ValDt"),
    second({ rest: "<ValDt><Dt>02.05.2025</Dt></ValDt>" }),
  ],
  ["an empty day", "invalid_date", '""', inSecond("BookgDt"), second({ booked: "<BookgDt><Dt/></BookgDt>" })],
  [
    "a time that is none",
    "invalid_date",
    '"yesterday"',
    { row: 1, field: "CreDtTm" },
    document(statement({ head: "<CreDtTm>yesterday</CreDtTm>" })),
  ],
  [
    "a period that is none",
    "invalid_date",
    '"2025-13-01"',
    { row: 1, field: "FrToDt" },
    document(statement({ head: "<FrToDt><FrDt>2025-13-01</FrDt><ToDt>2025-05-01</ToDt></FrToDt>" })),
  ],
  // Batches
  [
    "transactions that make up less",
    "statement_batch_does_not_add_up",
    "EUR 10.00 in the entry, EUR 9.99 in its 2 transactions",
    inSecond(),
    second({ rest: details(amount("5.00"), amount("4.99")) }),
  ],
  [
    "a transaction the other way",
    "statement_batch_does_not_add_up",
    "EUR -10.00 in the entry, EUR 10.00 in its 2 transactions",
    inSecond(),
    second({
      direction: "<CdtDbtInd>DBIT</CdtDbtInd>",
      rest: details(`${amount("5.00")}<CdtDbtInd>CRDT</CdtDbtInd>`, `${amount("5.00")}<CdtDbtInd>CRDT</CdtDbtInd>`),
    }),
  ],
  [
    "a transaction without amount",
    "statement_batch_does_not_add_up",
    "transaction 2 of 2 states no amount of its own",
    inSecond(),
    second({ rest: details(amount("10.00"), "") }),
  ],
  [
    "one transaction of three",
    "statement_batch_does_not_add_up",
    "EUR 10.00 in the entry, EUR 4.00 in its 1 transactions",
    inSecond(),
    second({ rest: `<NtryDtls><Btch><NbOfTxs>3</NbOfTxs></Btch><TxDtls>${amount("4.00")}</TxDtls></NtryDtls>` }),
  ],
  [
    "a transaction in another currency",
    "statement_currency_differs",
    "an amount in USD on an account in EUR",
    inSecond("Amt"),
    second({ rest: details(amount("5.00"), amount("5.00", "USD")) }),
  ],
  // What must hold of the whole
  [
    "a reference twice",
    "statement_reference_twice",
    '"B1" in entries 1 and 3',
    { row: 4, field: "Stmt 1" },
    lines(entry(), entry({ reference: "<NtryRef>2</NtryRef>" }), entry()),
  ],
  [
    "a statement twice",
    "statement_reference_twice",
    `statement "S1" of account ${account}`,
    {},
    document(statement() + statement()),
  ],
  [
    "an entry that is missing",
    "statement_does_not_balance",
    "statement S1: opening EUR 1.00, credits EUR 10.00 and debits EUR 3.00 make EUR 8.00, closing is EUR 9.50: EUR 1.50 too little",
    { row: 1, field: "Stmt 1" },
    of(
      entry() + entry({ reference: "", value: "3", direction: "<CdtDbtInd>DBIT</CdtDbtInd>" }),
      balance("OPBD", "1.00") + balance("CLBD", "9.50"),
    ),
  ],
  [
    "an entry too many",
    "statement_does_not_balance",
    "statement S1: opening EUR -1.00, credits EUR 10.00 and debits EUR 0.00 make EUR 9.00, closing is EUR 0.00: EUR 9.00 too much",
    { row: 1, field: "Stmt 1" },
    of(entry(), balance("PRCD", "1.00", "DBIT") + balance("CLBD", "0")),
  ],
  [
    "two opening balances",
    "statement_does_not_balance",
    "two balances OPBD, EUR 1.00 and EUR -1.00",
    { row: 1, field: "Bal" },
    of("", balance("OPBD", "1.00") + balance("OPBD", "1.00", "DBIT")),
  ],
];

test.each(cases)("%s: %s", async (_, code, found, place, text) => {
  const error = await refusal(strToU8(text));
  expect(error.message).toBe(describeError(code, found, { file: fileName, ...place }));
  expect(error.code).toBe(code);
});

test("the whole message says what is wrong, what was found, where, and what to do", async () => {
  const error = await refusal(strToU8(second({ currency: "USD" })));
  expect(error.message).toBe(
    "An amount of a bank statement is in another currency than its account. Found: an amount in USD on an account in EUR. Where: file bank.xml, row 3, field Ntry 2, Amt. Give each account and currency a statement of its own.",
  );
});

// --- Hostile files ---

const laughs = () => {
  const entities = Array.from({ length: 10 }, (_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`);
  return `<?xml version="1.0"?><!DOCTYPE Document [<!ENTITY l0 "ha">${entities.join("")}]>${of(entry({ value: "&l10;" }))}`;
};
const latin = (text: string) => Uint8Array.from([...text], (letter) => letter.charCodeAt(0));
const wide = (text: string) => new Uint8Array(Uint16Array.from([...text], (letter) => letter.charCodeAt(0)).buffer);
const megabytes = (letter: string) => letter.repeat(50_000_000);
const information = (text: string) => entry({ rest: `<AddtlNtryInf>${text}</AddtlNtryInf>` });

const hostile: readonly (readonly [string, ErrorCode, RegExp, () => Uint8Array])[] = [
  ["a billion laughs", "statement_hostile", /a document type \(DOCTYPE\)/, () => strToU8(laughs())],
  [
    "a file of this machine",
    "statement_hostile",
    /a document type \(DOCTYPE\)/,
    () => strToU8(`<!DOCTYPE Document SYSTEM "file:///etc/hostname">${of("")}`),
  ],
  [
    "elements without end in one another",
    "statement_hostile",
    /elements more than 64 deep/,
    () => strToU8(of("<a>".repeat(1_000_000))),
  ],
  [
    "fifty megabytes of text in one line",
    "statement_hostile",
    /more than 100000 characters in one element/,
    () => strToU8(of(information(megabytes("x")))),
  ],
  [
    "text in a million pieces",
    "statement_hostile",
    /more than 100000 characters in one element/,
    () => strToU8(of(information("x<!---->".repeat(1_000_000)))),
  ],
  [
    "fifty megabytes of a tag that does not end",
    "statement_unreadable",
    /unclosed tag|unexpected end/,
    () => strToU8(`<Document ${megabytes("x")}`),
  ],
  [
    "fifty megabytes in an attribute",
    "statement_not_recognised",
    /"Document" of the namespace "x{79}/,
    () => strToU8(`<Document xmlns="${megabytes("x")}"/>`),
  ],
  [
    "an entry of a million elements",
    "statement_hostile",
    /more than 100000 elements in one entry/,
    () => strToU8(of(entry({ rest: "<a/>".repeat(1_000_000) }))),
  ],
  [
    "a batch of more than a million",
    "statement_hostile",
    /more than 1000000 entries/,
    () => strToU8(of(entry({ rest: `<NtryDtls>${"<TxDtls/>".repeat(limits.statementEntries + 1)}</NtryDtls>` }))),
  ],
  [
    "a Latin-1 letter",
    "wrong_encoding",
    /byte 0xFC at offset \d+, which is not UTF-8/,
    () => latin(of(information("Zürich"))),
  ],
  [
    "letters in another encoding than it says",
    "wrong_encoding",
    /the XML declaration says ISO-8859-1, and the text has letters beyond ASCII/,
    () => strToU8(`<?xml version="1.0" encoding="ISO-8859-1"?>${of(information("Zürich"))}`),
  ],
  ["UTF-16 without a mark", "wrong_encoding", /as in UTF-16 little endian/, () => wide(of(entry()))],
  ["a NUL", "nul_bytes", /a NUL character at character \d+/, () => strToU8(of(information("a\0b")))],
  ["a NUL in writing", "statement_unreadable", /character entity/, () => strToU8(of(information("a&#0;b")))],
  ["nothing", "empty_file", /0 bytes/, () => new Uint8Array()],
  ["a picture", "wrong_encoding", /0x89 at offset 0/, () => Uint8Array.from([0x89, 0x50, 0x4e, 0x47])],
  ["another bank format", "missing_columns", /no "booked_on"/, () => strToU8(":20:START\r\n:25:ACCOUNT\r\n:28C:1\r\n")],
];

test.each(hostile)(
  "%s: %s",
  async (_, code, message, make) => {
    const error = await refusal(make());
    expect(error.message).toMatch(message);
    expect(error.code).toBe(code);
  },
  patience,
);

test("an encoding that is said and not needed does no harm", async () => {
  const text = `<?xml version="1.0" encoding="ISO-8859-1"?>${of(entry())}`;
  expect(await readBankStatements(strToU8(text), { fileName })).toHaveLength(1);
});

test("a document cut at any place is refused, but for blanks at its end", async () => {
  const text = document(statement({ entries: entry({ rest: details("<RmtInf><Ustrd>a &amp; b</Ustrd></RmtInf>") }) }), {
    prefix: "n",
  });
  for (let length = 1; length < text.length; length += 1) {
    const error = await refusal(strToU8(text.slice(0, length)));
    expect([length, error.code]).toEqual([length, "statement_unreadable"]);
  }
});

test(
  "fifty megabytes in one line, of entries that are sound, are read; it tells how far it is and can be stopped",
  async () => {
    const one = (index: number) =>
      entry({
        reference: `<NtryRef>${index}</NtryRef>`,
        rest: details(`<RmtInf><Ustrd>${"support ".repeat(12)}</Ustrd></RmtInf>`),
      });
    const entries = Array.from({ length: 160_000 }, (_, index) => one(index));
    const sum = balance("OPBD", "0") + balance("CLBD", `${entries.length * 10}`);
    const bytes = strToU8(of(entries.join(""), sum));
    expect(bytes.length).toBeGreaterThan(50_000_000);
    expect(bytes.includes(10)).toBe(false);
    const seen: number[] = [];
    const [read] = await readBankStatements(bytes, { fileName, onProgress: (done, total) => seen.push(done / total) });
    expect(read?.entries).toHaveLength(entries.length);
    expect(seen.length).toBeGreaterThan(20);
    expect(seen).toEqual(seen.toSorted((left, right) => left - right));
    const controller = new AbortController();
    const stopped = readBankStatements(bytes, {
      fileName,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: "import_cancelled" });
  },
  patience,
);
