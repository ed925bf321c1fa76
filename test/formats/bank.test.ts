import { strToU8 } from "fflate";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { creditorReference } from "#core/funds/reference.ts";
import { matchReceipts, paymentReferences, type BankEntry, type BankStatement } from "#core/funds/statement.ts";
import { readBankStatements } from "../../src/formats/bank/read.ts";
import { read } from "../architecture/sources.ts";
import { account, amount, balance, details, document, entry, party, statement } from "./make-statement.ts";

const fileName = "bank.xml";
const readText = (text: string) => readBankStatements(strToU8(text), { fileName });
const only = async (text: string): Promise<BankStatement> => {
  const [first, ...others] = await readText(text);
  expect(others).toEqual([]);
  return first!;
};
const entriesOf = async (entries: string, parts = {}, version = "08"): Promise<readonly BankEntry[]> =>
  (await only(document(statement({ entries, ...parts }), { version }))).entries;

describe("the example in docs/examples", () => {
  const example = () => only(read("docs/examples/statement.camt053.xml"));

  test("is read", async () => {
    const { entries, ...head } = await example();
    expect(head).toEqual({
      id: "SYNTHETIC-2025-084",
      account,
      currency: "EUR",
      createdAt: "2025-05-03T05:30:00+02:00",
      from: "2025-05-02",
      to: "2025-05-02",
      opening: 125_000_000n,
      closing: 775_000_000n,
    });
    expect(entries[0]).toEqual({
      reference: "EX-0502-0001",
      bookedOn: "2025-05-02",
      valueOn: "2025-05-02",
      direction: "credit",
      reversal: false,
      amount: 400_000_000n,
      currency: "EUR",
      counterparty: "Treasury of Northland",
      counterpartyAccount: "XX16NORT0000000000000042",
      structured: ["RF24FUND2025C1NORTH"],
      endToEndId: "NORTHLAND-2025-117",
      remittance: "",
      row: 1,
    });
    expect(entries.slice(1).map((one) => [one.row, one.reference, one.direction, one.reversal, one.amount])).toEqual([
      [2, "EX-0502-0002/1", "credit", false, 150_000_000n],
      [3, "EX-0502-0002/2", "credit", false, 100_000_000n],
      [4, "EX-0502-0003", "debit", false, 1_850n],
      [5, "EX-0502-0004", "credit", true, 1_850n],
    ]);
    expect(entries.map((one) => [one.counterparty, one.counterpartyAccount, one.remittance]).slice(1, 4)).toEqual([
      ["Treasury of Eastmark", "XX23EAST0000000000000007", "First half of the call, RF87 FUND 20 25 C1EA ST"],
      ["Finance Office of the Lake Republic", "LAKE-13", "Contribution to the fund, first instalment"],
      [null, null, "Account fee for April"],
    ]);
  });

  test("is matched with the calls it pays, the reference broken by a line's end included", async () => {
    const { entries } = await example();
    const claims = ["FUND2025C1NORTH", "FUND2025C1EAST", "FUND2025C1LAKE"].map((body, index) => ({
      reference: creditorReference(body),
      currency: "EUR",
      outstanding: [400_000_000n, 300_000_000n, 100_000_000n][index]!,
    }));
    const { matched, unmatched } = matchReceipts(entries, claims);
    expect(matched.map((one) => [one.reference, one.amount])).toEqual([
      ["RF24FUND2025C1NORTH", 400_000_000n],
      ["RF87FUND2025C1EAST", 150_000_000n],
    ]);
    expect(unmatched.map((one) => [one.entry.reference, one.reason])).toEqual([
      ["EX-0502-0002/2", "no-reference"],
      ["EX-0502-0003", "debit"],
      ["EX-0502-0004", "reversal"],
    ]);
  });

  test("says that it is made up", () => {
    expect(read("docs/examples/statement.camt053.xml")).toMatch(/<!-- Synthetic/);
  });
});

const versions = Array.from({ length: 12 }, (_, index) => String(index + 2).padStart(2, "0"));

/** One payment as each version writes it. */
const inVersion = (version: string) =>
  statement({
    balances: balance("OPBD", "5.00") + balance("CLBD", "15.00"),
    entries: entry({
      status: Number(version) < 8 ? "<Sts>BOOK</Sts>" : "<Sts><Cd>BOOK</Cd></Sts>",
      rest: details(`<RltdPties>${party("Dbtr", "A Treasury", version)}</RltdPties>`),
    }),
  });

describe("versions and prefixes", () => {
  test.each(versions)("001.%s, with and without a prefix", async (version) => {
    const plain = await readText(document(inVersion(version), { version }));
    expect(plain[0]?.entries[0]).toMatchObject({ counterparty: "A Treasury", amount: 1_000n });
    for (const prefix of ["n", "ns2", "camt.053"]) {
      expect(await readText(document(inVersion(version), { version, prefix }))).toEqual(plain);
    }
  });

  test("without a namespace, by the elements' names", async () => {
    const text = document(inVersion("08"));
    expect(await readText(text.replace(/ xmlns="[^"]*"/, ""))).toEqual(await readText(text));
  });

  test("elements of another namespace are passed over, whatever they are called", async () => {
    const other = `<x:Ntry xmlns:x="urn:example:other">${amount("99.00")}<x:Sts>BOOK</x:Sts></x:Ntry>`;
    const inside = `<AcctSvcrRef xmlns="urn:example:other">OTHER</AcctSvcrRef>`;
    const entries = await entriesOf(other + entry({ reference: `${inside}<NtryRef>N1</NtryRef>` }));
    expect(entries.map((one) => one.reference)).toEqual(["N1"]);
  });

  test("in UTF-8 with a mark, in UTF-16 either way, after blanks, with CDATA, comments and character references", async () => {
    const text = document(
      statement({ entries: entry({ rest: "<AddtlNtryInf>Zürich & Łódź</AddtlNtryInf>".replace("&", "&amp;") }) }),
    );
    const expected = await readText(text);
    expect(expected[0]?.entries[0]?.remittance).toBe("Zürich & Łódź");
    const wide = Uint8Array.from(
      [...`\ufeff${text}`].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8]),
    );
    const turned = Uint8Array.from(wide, (_, at) => wide[at ^ 1]!);
    for (const bytes of [strToU8(`\ufeff${text}`), strToU8(`\n  ${text}`), wide, turned])
      expect(await readBankStatements(bytes, { fileName })).toEqual(expected);
    const written = text.replace("Zürich &amp; Łódź", "<![CDATA[Zürich & ]]><!-- not this -->&#x141;&#243;d&#378;");
    expect(await readText(written)).toEqual(expected);
  });
});

describe("balances", () => {
  const opening = async (balances: string, currency = "<Ccy>EUR</Ccy>") => {
    const holder = `<Acct><Id><IBAN>${account}</IBAN></Id>${currency}</Acct>`;
    const read = await only(document(statement({ account: holder, balances })));
    return [read.opening, read.closing, read.currency];
  };

  test.each([
    ["none", "", [null, null, "EUR"]],
    ["the opening one", balance("OPBD", "1.00"), [100n, null, "EUR"]],
    ["that of the statement before", balance("PRCD", "1.00"), [100n, null, "EUR"]],
    ["the opening one goes before", balance("PRCD", "1.00") + balance("OPBD", "2.00"), [200n, null, "EUR"]],
    ["below zero", balance("OPBD", "1.00", "DBIT") + balance("CLBD", "1.00", "DBIT"), [-100n, -100n, "EUR"]],
    ["said twice alike", balance("CLBD", "1.00") + balance("CLBD", "1.00"), [null, 100n, "EUR"]],
    ["what is available is none", balance("CLAV", "9.00") + balance("ITBD", "9.00"), [null, null, "EUR"]],
  ])("%s", async (_, balances, expected) => {
    expect(await opening(balances)).toEqual(expected);
  });

  test("an account without a currency has that of its balance, or of its first entry", async () => {
    expect(await opening(balance("OPBD", "1", "CRDT", "JPY"), "")).toEqual([1n, null, "JPY"]);
    const holder = `<Acct><Id><IBAN>${account}</IBAN></Id></Acct>`;
    const read = await only(
      document(statement({ account: holder, entries: entry({ currency: "KWD", value: "1.250" }) })),
    );
    expect([read.currency, read.entries[0]?.amount]).toEqual(["KWD", 1_250n]);
  });
});

describe("entries", () => {
  test.each([
    ["BOOK below Cd", "<Sts><Cd>BOOK</Cd></Sts>", 1],
    ["BOOK at once", "<Sts>BOOK</Sts>", 1],
    ["pending", "<Sts><Cd>PDNG</Cd></Sts>", 0],
    ["pending, at once", "<Sts>PDNG</Sts>", 0],
    ["for information", "<Sts><Cd>INFO</Cd></Sts>", 0],
    ["a bank's own word", "<Sts><Prtry>BOOKED</Prtry></Sts>", 0],
  ])("%s", async (_, status, count) => {
    expect(await entriesOf(entry({ status }))).toHaveLength(count);
  });

  test("what is not booked is not read any further, and takes its place in the statement", async () => {
    const pending = entry({ status: "<Sts>PDNG</Sts>", value: "x", direction: "", booked: "" });
    expect((await entriesOf(pending + entry({ reference: "" }))).map((one) => one.reference)).toEqual(["S1/2"]);
  });

  test.each([
    ["<NtryRef>N1</NtryRef><AcctSvcrRef>A1</AcctSvcrRef>", "A1"],
    ["<NtryRef>N1</NtryRef>", "N1"],
    ["<NtryRef>N1</NtryRef><AcctSvcrRef>NONREF</AcctSvcrRef>", "N1"],
    ["<AcctSvcrRef> A\n 1 </AcctSvcrRef>", "A 1"],
    ["<AcctSvcrRef/>", "S1/1"],
    ["", "S1/1"],
  ])("the reference of %s is %s", async (reference, expected) => {
    expect((await entriesOf(entry({ reference }))).map((one) => one.reference)).toEqual([expected]);
  });

  test.each([
    ["10", 1_000n],
    ["10.", 1_000n],
    [".5", 50n],
    ["10.50000", 1_050n],
    ["  10.5\n", 1_050n],
    ["999999999999999999.99", 99_999_999_999_999_999_999n],
  ])("the amount %j", async (value, expected) => {
    expect((await entriesOf(entry({ value })))[0]?.amount).toBe(expected);
  });

  test("what moves no money is left out", async () => {
    expect(await entriesOf(entry({ value: "0.00" }))).toEqual([]);
  });

  test.each([
    ["<Dt>2024-02-29</Dt>", "2024-02-29"],
    ["<Dt>2025-05-02+02:00</Dt>", "2025-05-02"],
    ["<DtTm>2025-05-02T23:59:59.999+02:00</DtTm>", "2025-05-02"], // the bank's own day, whatever day it is elsewhere
    ["<DtTm>2025-05-02T00:00:00Z</DtTm>", "2025-05-02"],
  ])("booked on %s", async (day, expected) => {
    const [read] = await entriesOf(entry({ booked: `<BookgDt>${day}</BookgDt><ValDt>${day}</ValDt>` }));
    expect([read?.bookedOn, read?.valueOn]).toEqual([expected, expected]);
  });

  test.each([
    ["", "CRDT", "credit", false, "Payer"],
    ["", "DBIT", "debit", false, "Payee"],
    ["<RvslInd>false</RvslInd>", "CRDT", "credit", false, "Payer"],
    ["<RvslInd>true</RvslInd>", "DBIT", "debit", true, "Payer"], // what we had received is taken back
    ["<RvslInd>1</RvslInd>", "CRDT", "credit", true, "Payee"],
  ])("%s%s: the other side", async (reversal, word, direction, isReversal, other) => {
    const parties = `<RltdPties>${party("Dbtr", "Payer")}${party("Cdtr", "Payee")}</RltdPties>`;
    const [read] = await entriesOf(
      entry({ direction: `<CdtDbtInd>${word}</CdtDbtInd>`, reversal, rest: details(parties) }),
    );
    expect(read).toMatchObject({ direction, reversal: isReversal, counterparty: other });
  });

  test.each([
    [party("Dbtr", "A\n  Treasury"), "A Treasury"],
    [party("UltmtDbtr", "Behind"), "Behind"],
    [party("Dbtr", "First") + party("UltmtDbtr", "Behind"), "First"],
    ["<Dbtr><Agt/></Dbtr>", null],
  ])("the name in %s", async (parties, expected) => {
    const [read] = await entriesOf(entry({ rest: details(`<RltdPties>${parties}</RltdPties>`) }));
    expect(read?.counterparty).toBe(expected);
  });

  const remittance = (content: string) => entry({ rest: details(`<RmtInf>${content}</RmtInf>`) });

  test("remittance in several lines becomes one, structured references stay apart", async () => {
    const strd = (reference: string) => `<Strd><CdtrRefInf><Ref>${reference}</Ref></CdtrRefInf></Strd>`;
    const [read] = await entriesOf(
      remittance(`<Ustrd>one\n two</Ustrd><Ustrd>three</Ustrd>${strd("RF18 5390 0754 7034")}${strd("17")}${strd(" ")}`),
    );
    expect(read).toMatchObject({ remittance: "one two three", structured: ["RF18 5390 0754 7034", "17"] });
    expect(paymentReferences(read!)).toEqual(["RF18539007547034", "17"]);
  });

  test("the end-to-end id is looked through too, and NOTPROVIDED is none", async () => {
    const withId = (id: string) => entry({ rest: details(`<Refs><EndToEndId>${id}</EndToEndId></Refs>`) });
    const [given] = await entriesOf(withId("RF18539007547034"));
    expect(paymentReferences(given!)).toEqual(["RF18539007547034"]);
    expect((await entriesOf(withId("NOTPROVIDED")))[0]?.endToEndId).toBeNull();
  });

  test.each([
    [details("<AddtlTxInf>of the transaction</AddtlTxInf>"), "of the transaction"],
    [details(""), "of the entry"],
    ["", "of the entry"],
    [details("<RmtInf><Ustrd>said</Ustrd></RmtInf><AddtlTxInf>of the transaction</AddtlTxInf>"), "said"],
  ])("where nothing is said, what the bank adds: %s", async (rest, expected) => {
    const [read] = await entriesOf(entry({ rest: `${rest}<AddtlNtryInf>of the entry</AddtlNtryInf>` }));
    expect(read?.remittance).toBe(expected);
  });

  test("what one transaction itself says of its amount does not change what was booked", async () => {
    const [read] = await entriesOf(entry({ value: "9.50", rest: details(amount("10.00", "USD")) }));
    expect(read).toMatchObject({ amount: 950n, currency: "EUR" });
  });
});

describe("an entry for several transactions", () => {
  const ustrd = (text: string) => `<RmtInf><Ustrd>${text}</Ustrd></RmtInf>`;

  test("each is one, by its own amount and direction", async () => {
    const parts = details(
      `${amount("7.00")}${ustrd("one")}`,
      `${amount("5.00")}<CdtDbtInd>CRDT</CdtDbtInd>${ustrd("two")}`,
      `${amount("2.00")}<CdtDbtInd>DBIT</CdtDbtInd>${ustrd("fee")}`,
      `${amount("0.00")}${ustrd("nothing")}`,
    );
    const entries = await entriesOf(entry({ rest: `${parts}<AddtlNtryInf>of all</AddtlNtryInf>` }));
    expect(entries.map((one) => [one.row, one.reference, one.direction, one.amount, one.remittance])).toEqual([
      [1, "B1/1", "credit", 700n, "one"],
      [2, "B1/2", "credit", 500n, "two"],
      [3, "B1/3", "debit", 200n, "fee"],
    ]);
  });

  test("in version 2 the amounts stand in AmtDtls, and details may be in several parts", async () => {
    const own = (value: string) => `<AmtDtls><TxAmt>${amount(value)}</TxAmt></AmtDtls>`;
    const entries = await entriesOf(entry({ rest: details(own("7.00")) + details(own("3.00")) }), {}, "02");
    expect(entries.map((one) => one.amount)).toEqual([700n, 300n]);
  });

  test("a batch without any details is one entry without references", async () => {
    const [one, ...others] = await entriesOf(entry({ rest: "<NtryDtls><Btch><NbOfTxs>3</NbOfTxs></Btch></NtryDtls>" }));
    expect([one?.amount, one?.structured, others]).toEqual([1_000n, [], []]);
  });

  test("the details of one entry are not those of the next", async () => {
    const first = entry({ rest: details(ustrd("first")) });
    const second = entry({ reference: "<AcctSvcrRef>B2</AcctSvcrRef>" });
    expect((await entriesOf(first + second)).map((one) => one.remittance)).toEqual(["first", ""]);
  });
});

test("several statements in a file: entries are counted through, each with its own account and currency", async () => {
  const other = `<Acct><Id><Othr><Id>YEN 1</Id></Othr></Id><Ccy>JPY</Ccy></Acct>`;
  const text = document(
    statement({ entries: entry() + entry({ reference: "" }) }) +
      statement({ id: "<Id>S2</Id>", account: other, entries: entry({ currency: "JPY", value: "7" }) }),
  );
  const read = await readText(text);
  expect(read.map((one) => [one.id, one.account, one.currency, one.entries.map(({ row }) => row)])).toEqual([
    ["S1", account, "EUR", [1, 2]],
    ["S2", "YEN 1", "JPY", [3]],
  ]);
});

// --- What is written is read ---

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const word = fc
  .string({ unit: fc.constantFrom(..."AZaz09.,-/+& <>'\"éŁ😀"), minLength: 1, maxLength: 30 })
  .map((text) => text.trim().replaceAll(/ +/g, " "));
const named = word.filter((text) => text !== "");
const day = fc
  .date({ min: new Date("1950-01-01"), max: new Date("2150-12-31"), noInvalidDate: true })
  .map((one) => one.toISOString().slice(0, 10));

const someEntry = fc.record({
  bookedOn: day,
  valueOn: fc.option(day),
  direction: fc.constantFrom("credit" as const, "debit" as const),
  reversal: fc.boolean(),
  amount: fc.bigInt(1n, 10n ** 17n),
  counterparty: fc.option(named),
  counterpartyAccount: fc.option(named.map((text) => `#${text}`)),
  structured: fc.array(named, { maxLength: 3 }),
  endToEndId: fc.option(named.map((text) => `E2E ${text}`)),
  remittance: word,
});

const decimal = (parts: bigint, scale: number) => {
  const digits = parts.toString().padStart(scale + 1, "0");
  return scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
};
const scales = { EUR: 2, JPY: 0, KWD: 3 } as const;

/** A statement's entry as a bank would write it. */
function written(one: Omit<BankEntry, "row">, version: string): string {
  const isPayer = (one.direction === "credit") !== one.reversal;
  const role = isPayer ? "Dbtr" : "Cdtr";
  const wrap = (name: string, content: string | null) => (content === null ? "" : `<${name}>${content}</${name}>`);
  const parties =
    (one.counterparty === null ? "" : party(role, escaped(one.counterparty), version)) +
    (one.counterpartyAccount === null
      ? ""
      : `<${role}Acct><Id><Othr><Id>${escaped(one.counterpartyAccount)}</Id></Othr></Id></${role}Acct>`);
  const references = one.structured
    .map((text) => `<Strd><CdtrRefInf><Ref>${escaped(text)}</Ref></CdtrRefInf></Strd>`)
    .join("");
  const about =
    wrap("Refs", one.endToEndId === null ? null : `<EndToEndId>${escaped(one.endToEndId)}</EndToEndId>`) +
    wrap("RltdPties", parties) +
    wrap("RmtInf", `<Ustrd>${escaped(one.remittance)}</Ustrd>${references}`);
  return entry({
    reference: `<AcctSvcrRef>${escaped(one.reference)}</AcctSvcrRef>`,
    value: decimal(one.amount, scales[one.currency as keyof typeof scales]),
    currency: one.currency,
    direction: `<CdtDbtInd>${one.direction === "credit" ? "CRDT" : "DBIT"}</CdtDbtInd>`,
    reversal: one.reversal ? "<RvslInd>true</RvslInd>" : "",
    status: Number(version) < 8 ? "<Sts>BOOK</Sts>" : "<Sts><Cd>BOOK</Cd></Sts>",
    booked: `<BookgDt><Dt>${one.bookedOn}</Dt></BookgDt>${one.valueOn === null ? "" : `<ValDt><Dt>${one.valueOn}</Dt></ValDt>`}`,
    rest: details(about),
  });
}

test("what is written as camt.053, in any version, prefix and layout, is read as it was, and its balances hold", async () => {
  const layouts = [(text: string) => text, (text: string) => text.replaceAll("><", ">\r\n  <")];
  await fc.assert(
    fc.asyncProperty(
      fc.array(someEntry, { maxLength: 8 }),
      fc.constantFrom("EUR" as const, "JPY" as const, "KWD" as const),
      fc.bigInt(-(10n ** 15n), 10n ** 15n),
      fc.constantFrom(...versions),
      fc.constantFrom("", "p"),
      fc.constantFrom(...layouts),
      async (drafts, currency, opening, version, prefix, layout) => {
        const entries = drafts.map((one, index): BankEntry => ({
          ...one,
          currency,
          reference: `B&${index}`,
          row: index + 1,
        }));
        const closing = entries.reduce(
          (sum, one) => (one.direction === "credit" ? sum + one.amount : sum - one.amount),
          opening,
        );
        const stated = (code: string, value: bigint) =>
          balance(code, decimal(value < 0n ? -value : value, scales[currency]), value < 0n ? "DBIT" : "CRDT", currency);
        const content = statement({
          head: "<CreDtTm>2025-05-03T06:00:00</CreDtTm>",
          account: `<Acct><Id><Othr><Id>${account}</Id></Othr></Id></Acct>`,
          balances: stated("OPBD", opening) + stated("CLBD", closing),
          entries: entries.map((one) => written(one, version)).join(""),
        });
        const read = await readText(layout(document(content, { version, prefix })));
        const head = { id: "S1", account, currency, createdAt: "2025-05-03T06:00:00", from: null, to: null };
        expect(read).toEqual([{ ...head, opening, closing, entries }]);
      },
    ),
    { numRuns: 150 },
  );
});
