import fc from "fast-check";
import Papa from "papaparse";
import { afterEach, describe, expect, test, vi } from "vitest";
import { checkInvoice, type Invoice } from "#core/funds/invoice.ts";
import { invoicesCsv } from "../../src/formats/invoice/csv.ts";
import { invoicePdf } from "../../src/formats/invoice/pdf.ts";
import { fonts, madeInvoice, madeSteps } from "./made-invoice.ts";
import { oneLine, readPdf, type Piece } from "./read-pdf.ts";

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const read = async (changes: Partial<Invoice> = {}) => readPdf(await invoicePdf(madeInvoice(changes), fonts));
const spoken = (pieces: readonly Piece[]) => pieces.filter((piece) => piece.tag !== "Artifact");

describe("an invoice is refused", () => {
  const line = (id: string, amount: string) => ({ line: id, title: id, amount });
  const refusals: readonly [string, Partial<Invoice>, string, string][] = [
    ["lines a cent short", { total: "1299999.91" }, "invoice_does_not_add_up", "lines of 1299999.90 together"],
    ["no line", { lines: [] }, "invoice_does_not_add_up", "a total of 1299999.90"],
    [
      "a line twice",
      { lines: [line("a", "1"), line("a", "2")], total: "3" },
      "invoice_does_not_add_up",
      "line a stands twice",
    ],
    [
      "a fraction of a cent too much",
      { lines: [line("a", "1.001")], total: "1.00" },
      "invoice_does_not_add_up",
      "1.001",
    ],
    ["a credit that is no number", { credited: "half" }, "invalid_amount", '"half"'],
    ["an exponent", { paid: "1e3" }, "invalid_amount", '"1e3"'],
    ["a separator", { lines: [line("a", "1,000")], total: "1000" }, "invalid_amount", '"1,000"'],
    ["nothing for an amount", { whole: "" }, "invalid_amount", '""'],
    ["a day that is none", { issuedOn: "2026-02-30" }, "invalid_date", "2026-02-30"],
  ];

  test.each(refusals)("for %s", async (_, changes, code, found) => {
    const invoice = madeInvoice(changes);
    const refusal = expect.objectContaining({ code, found: expect.stringContaining(found) as string });
    expect(() => checkInvoice(invoice)).toThrow(refusal);
    expect(() => invoicesCsv([madeInvoice(), invoice])).toThrow(refusal);
    await expect(invoicePdf(invoice, fonts)).rejects.toThrow(refusal);
  });

  test.each([
    ["amounts with unlike fractions", ["1.5", "2", "0.250"], "3.75"],
    ["amounts below zero", ["10.00", "-2.50"], "7.50"],
    ["amounts past what a floating point number holds", ["9007199254740993.01", "0.02"], "9007199254740993.03"],
  ])("not for %s", (_, amounts, total) => {
    const lines = amounts.map((amount, place) => line(`l${place}`, amount));
    expect(() => checkInvoice(madeInvoice({ lines, total }))).not.toThrow();
  });
});

describe("the PDF", () => {
  test("reads, tag by tag, as it was put in", async () => {
    const { pieces, pages, links } = await read();
    expect(pages).toBe(1);
    expect(spoken(pieces).map(({ tag, text }) => `${tag} ${text}`)).toMatchInlineSnapshot(`
      [
        "P The Pact's Fund",
        "P Secretariat of the Pact",
        "P Invoice",
        "P pact-fund 2026/1 POL",
        "P issued 1 March 2026",
        "H1 Assessed contribution",
        "P Poland",
        "P 2026, instalment 1 of 2",
        "P Outstanding",
        "P EUR 1,000,000.00",
        "P of EUR 1,299,999.90 called",
        "P Due on",
        "P 30 June 2026",
        "P Reference",
        "P RF18 UF26 POL0 1",
        "P to quote with every payment",
        "H2 What is called",
        "TH Line of the fund",
        "TH Amount, EUR",
        "TD Air defence",
        "TD 1,234,567.80",
        "TD Training",
        "TD 65,432.10",
        "TD Total",
        "TD 1,299,999.90",
        "P Of EUR 20,000,000.00 called of all contributors together.",
        "H2 How to pay",
        "TH Payable to",
        "TD Secretariat of the Pact",
        "TH Account",
        "TD BE71 0961 2345 6769",
        "TH Bank",
        "TD A Bank, ABANBEBB",
        "TH Reference",
        "TD RF18 UF26 POL0 1",
        "P As of 2 May 2026, EUR",
        "TH Called",
        "TD 1,299,999.90",
        "TH Paid",
        "TD 299,999.90",
        "TH Outstanding",
        "TD 1,000,000.00",
        "H2 The decision it rests on",
        "P Call of the first instalment of 2026",
        "P No. PC(2026)0012, adopted on 20 February 2026 by the Pact.",
        "Link https://pact.example/decisions/d-17",
        "H2 How the share came about",
        "P Poland bears 6.500000 % (exactly 12999999/200000000) of the whole, by the key “Share of GDP”. Source of the key: World Development Indicators, 2025.",
        "TH Step",
        "TH Why",
        "TH Share after it, %",
        "TD The weights",
        "TD Weighs by GDP alone.",
        "TD 6.700000",
        "TD Days of membership",
        "TD 1 February 2026 to 31 December 2026: a member.",
        "TD 6.500000",
      ]
    `);
    expect(links).toEqual(["https://pact.example/decisions/d-17"]);
  });

  test("says what it is, in which language, and when it was issued", async () => {
    const { info, tagged } = await read();
    expect(tagged).toBe(true);
    expect(info).toMatchObject({
      Title: "Assessed contribution of Poland: invoice pact-fund 2026/1 POL",
      Author: "Secretariat of the Pact",
      Language: "en-GB",
      CreationDate: "D:20260301000000Z",
    });
  });

  test("is the same bytes for the same invoice at another time, and others for another invoice", async () => {
    const first = await invoicePdf(madeInvoice({ steps: madeSteps(40) }), fonts);
    vi.useFakeTimers({ now: new Date("2031-12-31T23:59:59Z"), toFake: ["Date"] });
    vi.spyOn(Math, "random").mockReturnValue(0.123);
    const later = await invoicePdf(madeInvoice({ steps: madeSteps(40) }), fonts);
    expect(Buffer.compare(first, later)).toBe(0);
    const other = await invoicePdf(madeInvoice({ steps: madeSteps(40), dueOn: "2026-07-01" }), fonts);
    expect(Buffer.compare(first, other)).not.toBe(0);
  });

  test("is the same bytes whatever was made before it", async () => {
    const name = (text: string) => madeInvoice({ party: { id: "x", name: text } });
    const first = await invoicePdf(name("\u0131 fi \u00ed"), fonts);
    await invoicePdf(name("\u2019\u00c0 \u00ed i\u0307 ffi \u0386\u00b5"), fonts);
    const again = await invoicePdf(name("\u0131 fi \u00ed"), fonts);
    expect(Buffer.compare(first, again)).toBe(0);
  });

  test("holds of its fonts only the characters it shows", async () => {
    expect((await invoicePdf(madeInvoice(), fonts)).length).toBeLessThan(80_000);
  });

  test("of a fund that is synthetic says so on every page, and on what it is modelled", async () => {
    const { fund } = madeInvoice();
    const synthetic = { ...fund, synthetic: true, modelled: "a public proposal of April 2024" };
    const { pieces, pages, info } = await read({ fund: synthetic, steps: madeSteps(40) });
    expect(info).toHaveProperty("Title", "Synthetic: Assessed contribution of Poland: invoice pact-fund 2026/1 POL");
    expect(pages).toBeGreaterThan(1);
    const bands = pieces.filter(({ text }) => text === "SYNTHETIC \u2013 not a demand for payment");
    expect(bands.map(({ page }) => page)).toEqual(Array.from({ length: pages }, (_, index) => index + 1));
    expect(spoken(pieces)[0]?.text).toBe(bands[0]?.text);
    expect(pieces.map(({ text }) => text)).toContain("Modelled: a public proposal of April 2024");
  });

  test("of a real fund says nothing of the kind", async () => {
    const texts = (await read()).pieces.map(({ text }) => text).join("\n");
    expect(texts).not.toMatch(/synthetic|modelled/i);
  });

  test.each([
    ["nothing is paid", "0.00", "1299999.90", []],
    ["all is paid", "1299999.90", "0.00", ["paid in full"]],
    ["more is paid than was called", "1300000.00", "-0.10", ["EUR \u22120.10"]],
  ])("when %s", async (_, paid, outstanding, expected) => {
    const texts = (await read({ paid, outstanding })).pieces.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(expected));
    expect(texts.includes("paid in full")).toBe(expected.includes("paid in full"));
  });

  test("sends nobody to an address that is none", async () => {
    const { decision } = madeInvoice();
    const { links, pieces } = await read({ decision: { ...decision, address: "javascript:alert(1)", number: null } });
    expect(links).toEqual([]);
    expect(pieces.map(({ text }) => text)).toContain("Adopted on 20 February 2026 by the Pact.");
  });

  test("shows what was credited in kind, so that what is outstanding can be reckoned", async () => {
    const cells = async (changes: Partial<Invoice>) => (await read(changes)).pieces.map(({ text }) => text);
    const outstanding = "500000.00";
    expect(await cells({ credited: "500000.00", outstanding })).toEqual(
      expect.arrayContaining(["Credited", "500,000.00"]),
    );
    expect(await cells({ credited: "0.00" })).not.toContain("Credited");
    expect(await cells({ credited: "1000000.00", outstanding: "0.00" })).toContain("settled in full");
  });

  test("names nobody twice, and not nobody", async () => {
    const { fund, decision } = madeInvoice();
    const { pieces } = await read({ fund: { ...fund, holder: fund.title }, decision: { ...decision, by: "" } });
    const texts = pieces.map(({ text }) => text);
    expect(texts).toContain("No. PC(2026)0012, adopted on 20 February 2026.");
    expect(texts.slice(0, 2)).toEqual([fund.title, "Invoice"]);
  });

  test("leaves no account unsaid", async () => {
    const { fund } = madeInvoice();
    const { pieces } = await read({ fund: { ...fund, account: null, bank: null } });
    expect(pieces.filter(({ text }) => text === "ask the holder")).toHaveLength(2);
  });
});

describe("the characters of a name", () => {
  test.each([
    "Türkiye",
    "Česko",
    "Україна",
    "Ελλάδα",
    "Đặng",
    "Северна Македонија",
    "Íslandı ßẞ Łódź Ġgantija",
    "O\u0308sterreich",
  ])("%s show", async (name) => {
    const { pieces } = await read({ party: { id: "x", name } });
    expect(pieces.map(({ text }) => text)).toContain(name.normalize("NFC"));
  });

  test("of any Latin, Greek and Cyrillic letters come back as they went in", async () => {
    const letters = fc.mapToConstant(
      { num: 0x17f - 0xc0, build: (v) => String.fromCodePoint(0xc0 + v) },
      { num: 26, build: (v) => String.fromCodePoint(0x41 + v) },
      { num: 26, build: (v) => String.fromCodePoint(0x61 + v) },
      { num: 0x3a1 - 0x391, build: (v) => String.fromCodePoint(0x391 + v) },
      { num: 0x3ce - 0x3a3, build: (v) => String.fromCodePoint(0x3a3 + v) },
      { num: 0x45f - 0x400, build: (v) => String.fromCodePoint(0x400 + v) },
      { num: 1, build: () => "\u2019" },
    );
    const name = fc.array(fc.string({ unit: letters, minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(name, async (words) => {
        const said = words.join(" ");
        const { pieces } = await read({ party: { id: "x", name: said }, steps: [] });
        expect(pieces.map(({ text }) => text)).toContain(said.normalize("NFC"));
      }),
      { numRuns: 25 },
    );
  });

  test("that the font lacks are spelled out, not lost", async () => {
    const { pieces } = await read({ party: { id: "x", name: "\u10e1\u10d0 \u202eevil\u0007 \u{1f4b6}" } });
    expect(pieces.map(({ text }) => text)).toContain("[U+10E1][U+10D0] [U+202E]evil [U+1F4B6]");
  });
});

describe("a long invoice", () => {
  const words = "a standing multinational fund for the long-term security and reconstruction of everyone ";
  const long: Partial<Invoice> = {
    party: { id: "x", name: words.repeat(2) },
    number: `${words.replaceAll(" ", "-")} 2026/12 GBR`,
    reference: "RF18ABCDEFGHIJKLMNOPQRSTU",
    fund: { ...madeInvoice().fund, title: words.repeat(2), holder: words.repeat(2), bank: words, synthetic: true },
    steps: madeSteps(40),
  };

  test("goes on over as many pages as it takes, and none of it is lost", async () => {
    const { pieces, pages } = await read(long);
    expect(pages).toBeGreaterThan(2);
    const text = oneLine(
      spoken(pieces)
        .map((piece) => piece.text)
        .join(" "),
    );
    for (const { reason, after } of long.steps ?? []) {
      expect(text).toContain(oneLine(`R${reason.slice(1)}.`));
      expect(text).toContain(` ${after} `.trimEnd());
    }
    expect(pieces.filter((piece) => piece.text === `Page ${piece.page} of ${pages}`)).toHaveLength(pages);
    const heads = pieces.filter((piece) => piece.text.includes("Share after it, %"));
    expect(heads).toHaveLength(pages - 1);
    expect(heads.filter((piece) => piece.tag === "TH")).toHaveLength(1);
  });

  test("stays inside its pages, and nothing is written over something else", async () => {
    for (const changes of [long, { steps: madeSteps(7) }, {}]) {
      const { pieces } = await read(changes);
      for (const { x, y, width, size } of pieces.flatMap(({ lines }) => lines)) {
        expect(x).toBeGreaterThanOrEqual(61.9);
        expect(x + width).toBeLessThanOrEqual(595.28 - 61.9);
        expect(y).toBeGreaterThan(25);
        expect(y + size).toBeLessThan(841.89);
      }
      expect(clashes(pieces)).toEqual([]);
    }
  });

  test("goes on even where one reason fills more than a page, and where the lines do", async () => {
    const reason = Array.from({ length: 1500 }, (_, index) => `word${index}`).join(" ");
    const steps = [{ step: "bounds", after: "1.000000", reason, from: null, until: null }];
    const lines = Array.from({ length: 60 }, (_, index) => ({
      line: `l${index}`,
      title: `Line ${index}`,
      amount: "1",
    }));
    const { pieces, pages } = await read({ steps, lines, total: "60" });
    expect(pages).toBeGreaterThan(3);
    const words = spoken(pieces).flatMap(({ text }) => text.split(" ").filter((word) => /^word\d+\.?$/i.test(word)));
    expect(words.join(" ") === `W${reason.slice(1)}.`).toBe(true);
    expect(pieces.filter(({ text }) => /^Line \d+$/.test(text))).toHaveLength(60);
    expect(clashes(pieces)).toEqual([]);
    const pageOf = (wanted: string) => pieces.find(({ text }) => text === wanted)?.page;
    expect(pageOf("1.000000")).toBe(pageOf("Floor and ceiling"));
  });
});

type Line = Piece["lines"][number];

/** Lines of text whose letters touch another's on the same page. */
function clashes(pieces: readonly Piece[]): readonly (readonly [string, string])[] {
  const lines = pieces.flatMap(({ lines: all, page, text }) => all.map((line) => ({ line, page, text })));
  return lines.flatMap((one, index) =>
    lines
      .slice(index + 1)
      .filter((other) => one.page === other.page && touch(one.line, other.line))
      .map((other) => [one.text, other.text] as const),
  );
}

/** Whether two lines' letters touch: from the baseline up to the height of a small letter. */
function touch(one: Line, other: Line): boolean {
  const apart = one.x + one.width <= other.x || other.x + other.width <= one.x;
  const above = one.y + one.size * 0.6 <= other.y || other.y + other.size * 0.6 <= one.y;
  return !apart && !above;
}

describe("the CSV", () => {
  const rows = (csv: string) => Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });

  test("has one row an invoice and one column a line, ends its lines in CRLF, and reads back", () => {
    const other = madeInvoice({
      number: "pact-fund 2026/1 TUR",
      party: { id: "turkiye", name: 'Türkiye, "the" Republic' },
      lines: [{ line: "rest", title: "The rest", amount: "2.00" }],
      total: "2.00",
      fund: { ...madeInvoice().fund, account: null, synthetic: true },
    });
    const csv = invoicesCsv([madeInvoice(), other]);
    expect(csv.split("\r\n")).toHaveLength(4);
    expect(csv.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    const { data, errors } = rows(csv);
    expect(errors).toEqual([]);
    expect(data).toMatchObject([
      {
        party: "poland",
        "line_air-defence": "1234567.80",
        line_training: "65432.10",
        line_rest: "",
        total: "1299999.90",
      },
      {
        party_name: 'Türkiye, "the" Republic',
        "line_air-defence": "",
        line_rest: "2.00",
        account: "",
        synthetic: "yes",
      },
    ]);
    expect(data[0]).toMatchObject({
      number: "pact-fund 2026/1 POL",
      reference: "RF18UF26POL01",
      due_on: "2026-06-30",
      outstanding: "1000000.00",
      share: "12999999/200000000",
      decision_address: "https://pact.example/decisions/d-17",
      synthetic: "no",
    });
  });

  test("keeps a spreadsheet from reading a name as a formula, and leaves amounts below zero as they are", () => {
    const party = { id: "x", name: '=HYPERLINK("http://evil.example")' };
    const [row] = rows(invoicesCsv([madeInvoice({ party, outstanding: "-0.10" })])).data;
    expect(row).toMatchObject({ party_name: `'${party.name}`, outstanding: "-0.10" });
  });

  test("of no invoices is its header", () => {
    expect(invoicesCsv([])).toMatch(/^number,reference,[a-z_,]+\r\n$/);
  });
});
