import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { normalNeed, normalOffer } from "#core/planning/normal.ts";
import type { Need, Offer } from "#core/planning/record.ts";
import { readTable } from "#formats/needs/file.ts";
import { readAccepts, readPackage, readYears, writeAccepts, writePackage, writeYears } from "#formats/needs/lists.ts";
import { needColumns, readNeeds } from "#formats/needs/needs.ts";
import { offerColumns, readOffers } from "#formats/needs/offers.ts";
import { writeCsv, writeXlsx } from "#formats/needs/write.ts";
import { need, offer } from "./support.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const beside = { kinds: [], notes: ["A note."] };

// oxlint-disable-next-line no-control-regex
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const words = fc
  .string({ unit: "grapheme", maxLength: 30 })
  // What stands for a character that was lost is refused when read.
  .filter((value) => !value.includes("\uFFFD"))
  .map((text) => text.replaceAll(unwritable, "").replaceAll(/\r\n?/g, "\n").trim());
const said = words.filter((text) => text !== "");
const hostile = fc.constantFrom("=1+1", "+49", "-3", "@now", "'=quoted", "''=twice", "a;b", 'say "no"', "one\ntwo");
const text = fc.oneof(words, hostile);
const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,20}$/);
const day = fc
  .date({ min: new Date("1950-01-01"), max: new Date("2150-01-01"), noInvalidDate: true })
  .map((one) => one.toISOString().slice(0, 10));
const ids = fc.uniqueArray(id, { maxLength: 4 });
const someIds = fc.uniqueArray(id, { minLength: 1, maxLength: 4 });
const count = fc.integer({ min: 1, max: 1_000_000_000 });

const accepts = fc
  .uniqueArray(fc.record({ item: id, worthPpm: fc.integer({ min: 1, max: 100_000_000 }) }), {
    minLength: 1,
    maxLength: 4,
    selector: (one) => one.item,
  })
  .map((list) => list.map((one, index) => (index === 0 ? { ...one, worthPpm: 1_000_000 } : one)));
const part = fc
  .record({
    item: id,
    pieces: count,
    systems: count,
    when: fc.constantFrom("before" as const, "with" as const, "monthly" as const),
    days: fc.integer({ min: 1, max: 600 }),
  })
  .map(({ days, ...rest }) => ({
    ...rest,
    leadDays: rest.when === "before" ? days : 0,
    months: rest.when === "monthly" ? days : 0,
  }));
const years = fc.uniqueArray(
  fc.record({ year: fc.integer({ min: 1900, max: 2200 }), amount: fc.integer({ min: 1, max: 1_000_000_000_000 }) }),
  { maxLength: 4, selector: (one) => one.year },
);

const anyNeed: fc.Arbitrary<Need> = fc.record({
  id,
  title: said,
  accepts,
  quantity: count,
  priority: fc.integer({ min: 1, max: 5 }),
  from: day,
  until: day,
  place: fc.option(id),
  package: fc.array(part, { maxLength: 3 }),
  coalition: fc.option(id),
  note: text,
});
const anyOffer: fc.Arbitrary<Offer> = fc.record({
  id,
  giver: id,
  title: said,
  item: id,
  quantity: count,
  years,
  from: day,
  until: day,
  condition: fc.constantFrom("new" as const, "ready" as const, "repair" as const),
  repairDays: fc.integer({ min: 0, max: 100 }),
  earmark: fc.option(
    fc.oneof(fc.record({ capabilities: someIds, needs: ids }), fc.record({ capabilities: ids, needs: someIds })),
  ),
  caveat: text,
  excludes: ids,
  consent: fc.record({
    state: fc.constantFrom("none" as const, "pending" as const, "given" as const, "refused" as const),
    of: fc.option(said),
  }),
  allOrNothing: fc.boolean(),
  hubs: fc.option(someIds),
  valuation: fc.option(
    fc.record({
      amount: fc.constantFrom("1", "2.50", "1000000.000001"),
      currency: fc.constantFrom("EUR", "USD"),
      method: said,
      source: said,
    }),
  ),
  coalition: fc.option(id),
  fund: fc.option(id),
  note: text,
});

describe("what is exported is imported as it was", () => {
  test("lists in one cell", () => {
    fc.assert(
      fc.property(accepts, (list) => {
        expect(readAccepts(writeAccepts(list))).toEqual(list);
      }),
    );
    fc.assert(
      fc.property(fc.array(part), (list) => {
        expect(readPackage(writePackage(list))).toEqual(list);
      }),
    );
    fc.assert(
      fc.property(years, (list) => {
        expect(readYears(writeYears(list))).toEqual(list);
      }),
    );
  });

  test("needs, as CSV", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyNeed, { minLength: 1, maxLength: 3 }), async (list) => {
        const needs = list.map(normalNeed);
        const table = await readTable(bytes(writeCsv(needColumns, needs)), "Needs", { fileName: "needs.csv" });
        const read = readNeeds(table);
        expect(read.problems).toEqual([]);
        expect(read.rows.map((row) => normalNeed(row.record))).toEqual(needs);
      }),
      { numRuns: 60 },
    );
  });

  test("offers, as CSV and as a workbook", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOffer, { minLength: 1, maxLength: 3 }), async (list) => {
        const offers = list.map(normalOffer);
        const csv = await readTable(bytes(writeCsv(offerColumns, offers)), "Offers", { fileName: "offers.csv" });
        const book = await writeXlsx({ sheet: "Offers", columns: offerColumns }, offers, beside);
        const xlsx = await readTable(book, "Offers", { fileName: "offers.xlsx" });
        for (const read of [readOffers(csv), readOffers(xlsx)]) {
          expect(read.problems).toEqual([]);
          expect(read.rows.map((row) => normalOffer(row.record))).toEqual(offers);
        }
      }),
      { numRuns: 40 },
    );
  });

  test("needs, as a workbook", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyNeed, { minLength: 1, maxLength: 3 }), async (list) => {
        const needs = list.map(normalNeed);
        const book = await writeXlsx({ sheet: "Needs", columns: needColumns }, needs, beside);
        const read = readNeeds(await readTable(book, "Needs", { fileName: "needs.xlsx" }));
        expect(read.problems).toEqual([]);
        expect(read.rows.map((row) => normalNeed(row.record))).toEqual(needs);
      }),
      { numRuns: 40 },
    );
  });

  test("a text that is the name of something else to a program, as a workbook", async () => {
    const offers = ["valueOf", "constructor", "__proto__"].map((title, at) =>
      normalOffer(offer({ id: `o${at}`, title })),
    );
    const book = await writeXlsx({ sheet: "Offers", columns: offerColumns }, offers, beside);
    const read = readOffers(await readTable(book, "Offers", { fileName: "offers.xlsx" }));
    expect(read.rows.map((row) => row.record.title)).toEqual(["valueOf", "constructor", "__proto__"]);
  });

  test("no cell of a CSV begins like a formula", () => {
    const csv = writeCsv(offerColumns, [offer({ title: "=HYPERLINK(1)", caveat: "@x", note: "-1+1" })]);
    expect(csv).toContain(",'=HYPERLINK(1),");
    expect(csv).toContain(",'@x,");
    expect(csv).not.toMatch(/(^|,)[=+\-@]/m);
  });
});

describe("what can't be read is told with its place", () => {
  const header = needColumns.map((column) => column.name).join(",");
  const read = async (text: string) => readNeeds(await readTable(bytes(text), "Needs", { fileName: "needs.csv" }));
  const row = (rest: Record<string, string> = {}) => {
    const cells: Record<string, string> = {
      id: "N-1",
      title: "Guns",
      accepts: "howitzer-155",
      quantity: "3",
      priority: "1",
      from: "2026-01-01",
      until: "2026-02-01",
      ...rest,
    };
    return needColumns.map((column) => cells[column.name] ?? "").join(",");
  };

  test.each([
    ["missing_columns", "id,title\nN-1,Guns", null, /accepts, quantity/],
    ["cell_unreadable", `${header},colour\n${row()},red`, "L", /colour/],
    ["cell_unreadable", `${header},id\n${row()},N-1`, "L", /second time/],
    ["cell_unreadable", `${header}\n${row({ quantity: "three" })}`, "quantity", /three/],
    ["cell_unreadable", `${header}\n${row({ quantity: "1.5" })}`, "quantity", /1\.5/],
    ["cell_unreadable", `${header}\n${row({ title: "" })}`, "title", /needed/],
    ["cell_unreadable", `${header}\n${row({ package: "crews eight for one" })}`, "package", /crews/],
  ])("%s", async (code, text, column, found) => {
    const { problems, rows } = await read(text);
    expect(rows).toEqual([]);
    expect(problems).toEqual([expect.objectContaining({ code, column, found: expect.stringMatching(found) })]);
  });

  test("columns come in any order and case, empty rows are passed over, and good rows beside bad ones are kept", async () => {
    const text = `PRIORITY;Until;from;Quantity;Accepts;Title;ID\n\n2;2026-02-01;2026-01-01;3.0;howitzer-155;Guns;N-1\n;;;;;;\nx;2026-02-01;2026-01-01;3;howitzer-155;Guns;N-2`;
    const { problems, rows } = await read(text);
    expect(rows).toEqual([{ row: 3, record: need({ title: "Guns", quantity: 3, priority: 2, until: "2026-02-01" }) }]);
    expect(problems).toEqual([
      expect.objectContaining({ row: 5, column: "PRIORITY".toLowerCase(), found: expect.stringMatching(/^x/) }),
    ]);
  });

  test("a workbook without the sheet is refused by its sheets", async () => {
    const book = await writeXlsx({ sheet: "Offers", columns: offerColumns }, [offer()], beside);
    await expect(readTable(book, "Needs", { fileName: "o.xlsx" })).rejects.toMatchObject({
      code: "sheet_not_found",
      found: expect.stringContaining("Offers, Notes, Kinds"),
    });
  });

  test("a template holds nothing yet", async () => {
    const book = await writeXlsx({ sheet: "Needs", columns: needColumns }, [], beside);
    await expect(readTable(book, "Needs", { fileName: "n.xlsx" })).rejects.toMatchObject({ code: "header_only" });
  });
});
