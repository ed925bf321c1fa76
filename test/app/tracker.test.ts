import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importKiel, importMappedCsv, type ImportReport } from "#app/import.ts";
import { diff } from "#app/diff.ts";
import { totals } from "#app/totals.ts";
import { ensureBook, partyNumbers, resolveParty } from "#store/register.ts";
import { parseDecimal } from "#core/money.ts";
import type { Totals } from "#core/views.ts";
import { parsePublishedMapping } from "#formats/csv/mapping.ts";
import { readPublishedTotals } from "#formats/csv/read.ts";
import { readKiel } from "#formats/kiel/read.ts";
import type { Database } from "#store/database.ts";
import { hasData, readData } from "../support/data.ts";
import { mappingText, openRecord } from "../support/record.ts";

type Release = Readonly<{
  release: string;
  published: string;
  dayAfter: string;
  theClass: "bound" | "placed";
  total: string;
  bring: (db: Database, book: string) => Promise<ImportReport>;
}>;

const frame = { actor: "test", strict: false };
const kiel = (file: string, release: string, published: string) => (db: Database, book: string) =>
  importKiel(db, { ...frame, bytes: readData(`kiel/${file}`), fileName: file, release, published, book });

const activities = "kiel/release-28-normalised/bilateral_activities.csv";
const summary = "kiel/release-28-normalised/country_summary.csv";

const releases: readonly Release[] = [
  {
    release: "7",
    published: "2022-10-11",
    dayAfter: "2022-10-12",
    theClass: "bound",
    total: "93942559020.24",
    bring: kiel("ust-release-07.xlsx", "7", "2022-10-11"),
  },
  {
    release: "2023-01",
    published: "2023-01-09",
    dayAfter: "2023-01-10",
    theClass: "bound",
    total: "113108543105.19",
    bring: kiel("ust-main-2023-01-09.utf16.csv", "2023-01", "2023-01-09"),
  },
  {
    release: "2023-09",
    published: "2023-09-21",
    dayAfter: "2023-09-22",
    theClass: "bound",
    total: "165417947502.81",
    bring: kiel("ust-main-2023-09-21.utf16.csv", "2023-09", "2023-09-21"),
  },
  {
    release: "28",
    published: "2026-04-22",
    dayAfter: "2026-04-23",
    theClass: "placed",
    total: "349933076452.42",
    bring: bringRelease28,
  },
];

function bringRelease28(db: Database, book: string): Promise<ImportReport> {
  const file = {
    ...frame,
    bytes: readData(activities),
    fileName: "bilateral_activities.csv",
    release: "28",
    published: "2026-04-22",
    book,
  };
  const printed = {
    bytes: readData(summary),
    fileName: "country_summary.csv",
    mapping: { name: "m", text: mappingText("kiel-28-country-summary") },
  };
  return importMappedCsv(db, file, { name: "m", text: mappingText("kiel-28-activities") }, printed);
}

const byDonor = (db: Database, book: string, theClass: "bound" | "placed", knownAt?: string) =>
  totals(db, { book, by: ["donor", "category"], class: theClass, knownAt });

/** The cells that say something: a promise that came and went leaves a zero, which no publisher prints. */
const cells = (figure: Totals) =>
  figure.rows
    .filter((row) => row.amount !== "0.00")
    .map(({ donor, category, amount }) => ({ donor, category, amount }));

describe.skipIf(!hasData)("the tracker's releases in the record", { timeout: 240_000 }, () => {
  let db: Database;
  let close: () => Promise<void>;
  const book = "ukraine-support-tracker";

  beforeAll(async () => {
    ({ db, close } = await openRecord());
    for (const release of releases) await release.bring(db, book);
  });
  afterAll(() => close());

  test("release 7: bound by giver and category equals the workbook's Country Summary in 123 of 123 cells", async () => {
    const content = await readKiel(readData("kiel/ust-release-07.xlsx"), { fileName: "r7" });
    const figure = await byDonor(db, book, "bound", "2022-10-31");
    const cell = new Map(figure.rows.map((row) => [`${row.donorId}|${row.category}`, row.amount]));
    const off = [];
    for (const printed of content.published) {
      const ours = parseDecimal(cell.get(`${await resolveParty(db, printed.donor)}|${printed.category}`) ?? "0", 6);
      const gap = ours - printed.amount;
      if (gap > 10_000n || gap < -10_000n) off.push(printed);
    }
    expect(content.published).toHaveLength(123);
    expect(off).toEqual([]);
    expect(figure.total).toBe("93942559020.24");
    expect(cell.get("pol|Military")).toBe("1822718419.34");
    expect(figure.differences).toEqual([]);
  });

  test("release 28: placed equals country_summary.csv in 124 of 126 cells, and the two that differ are shown", async () => {
    const mapping = parsePublishedMapping(mappingText("kiel-28-country-summary"), "m");
    const printed = await readPublishedTotals(readData(summary), mapping, { fileName: "country_summary.csv" });
    const figure = await byDonor(db, book, "placed", "2026-04-30");
    const shown = figure.differences.map((row) => [row.donor, row.category, row.difference]);
    expect(printed).toHaveLength(126);
    expect(shown).toEqual([
      ["EU (Commission and Council)", "Financial", "-3167831000.00"],
      ["Slovenia", "Humanitarian", "6700000.00"],
    ]);
  });

  test("release 28: commitments without a value make bound unknown, not zero", async () => {
    const figure = await byDonor(db, book, "bound");
    expect(figure.total).toBeNull();
    expect(figure.rows).toEqual([]);
    expect(figure.unknown).toMatchObject([{ class: "bound", promises: 283 }]);
  });

  test("as known on the day after each release, every giver's total is that release's own", async () => {
    for (const release of releases) {
      const alone = `alone-${release.release}`;
      await release.bring(db, alone);
      const own = await byDonor(db, alone, release.theClass);
      const then = await byDonor(db, book, release.theClass, release.dayAfter);
      expect(cells(then)).toEqual(cells(own));
      expect(then.total).toBe(release.total);
    }
  });

  test("in any order the releases give the same record", async () => {
    for (const order of fc.sample(fc.shuffledSubarray([...releases.keys()], { minLength: releases.length }), {
      numRuns: 2,
      seed: 7,
    })) {
      const shuffled = `order-${order.join("")}`;
      for (const index of order) await releases[index]!.bring(db, shuffled);
      for (const { dayAfter, theClass } of releases) {
        expect(cells(await byDonor(db, shuffled, theClass, dayAfter))).toEqual(
          cells(await byDonor(db, book, theClass, dayAfter)),
        );
      }
    }
  });

  test("a second import of the same file changes nothing", async () => {
    const again = await releases[1]!.bring(db, book);
    expect(again).toMatchObject({ unchanged: true, postings: 0 });
  });

  test("a comparison of two releases adds up to the difference of their totals", async () => {
    const found = await diff(db, { book, from: "2023-01", to: "2023-09", class: "bound" });
    const sum = found.rows.reduce((total, row) => total + parseDecimal(row.change ?? "0", 2), 0n);
    const { added, dropped, newMoney, reconverted, recoded } = found.summary;
    const parts = [added, dropped, newMoney, reconverted, recoded].reduce(
      (total, part) => total + parseDecimal(part.amount, 2),
      0n,
    );
    const gap = parseDecimal("165417947502.81", 2) - parseDecimal("113108543105.19", 2);
    // Each row is rounded to the cent by itself, so the rows may be off by half a cent each; the parts by half a cent a part.
    expect(Math.abs(Number(sum - gap))).toBeLessThanOrEqual(found.rows.length);
    expect(Math.abs(Number(parts - gap))).toBeLessThanOrEqual(5);
    expect(new Set(found.rows.map((row) => row.kind))).toEqual(
      new Set(["added", "dropped", "new-money", "re-conversion", "re-coding"]),
    );
  });

  test("a cancelled import leaves nothing behind", async () => {
    const stop = new AbortController();
    const cancelled = "cancelled";
    const bytes = readData("kiel/ust-release-07.xlsx");
    const run = importKiel(db, {
      ...frame,
      bytes,
      fileName: "r7",
      release: "7",
      published: "2022-10-11",
      book: cancelled,
      signal: stop.signal,
      onProgress: (label) => {
        if (label === "Recording") stop.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: "import_cancelled" });
    const parties = await partyNumbers(db);
    await ensureBook(db, {
      slug: cancelled,
      title: "x",
      description: "",
      recipientNo: parties.get("ukr")!,
      synthetic: false,
    });
    expect((await byDonor(db, cancelled, "bound")).total).toBeNull();
  });
});
