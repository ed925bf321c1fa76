import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { reportFile, reportFormats } from "#app/foresight/report-file.ts";
import { headIn, isFigure, shown } from "#core/foresight/report/shown.ts";
import type { PledgeReport } from "#core/views-report.ts";
import type { Database } from "#store/database.ts";
import {
  alliance,
  allTables,
  harbour,
  openReported,
  pdfCells,
  reportOf,
  sheetsOf,
  shownRows,
  tidyRows,
} from "./support.ts";

let db: Database;
let close: () => Promise<void>;
const reports = new Map<string, PledgeReport>();
beforeAll(async () => {
  ({ db, close } = await openReported());
  reports.set("harbour", await reportOf(db, harbour));
  reports.set("alliance", await reportOf(db, alliance));
});
afterAll(() => close());

const named = (name: string): PledgeReport => {
  const found = reports.get(name);
  if (found === undefined) throw new Error(name);
  return found;
};
const read = new Map<string, ReturnType<typeof pdfCells>>();
/** A report's PDF as it is read, once for all tests. */
const pdfOf = async (name: string) => {
  const found = read.get(name) ?? bytesOf(name, "pdf").then(pdfCells);
  read.set(name, found);
  return found;
};
const bytesOf = async (name: string, format: (typeof reportFormats)[number]) =>
  (await reportFile(named(name), format)).bytes;
const golden = (name: string) => fileURLToPath(new URL(`golden/${name}`, import.meta.url));

describe.each(["harbour", "alliance"])("the report of the %s", (name) => {
  test("has every figure of its tables in the PDF, as it is shown, in their order", async () => {
    const { cells, pages } = await pdfOf(name);
    const told = allTables(named(name))
      .filter((table) => table.rows.length > 0)
      .flatMap((table) => [
        table.nameHead,
        ...table.columns.map((column) => headIn(table, column)),
        ...shownRows(table).flat(),
      ])
      .map(bare)
      .filter((text) => text !== "");
    expect(pages).toBeGreaterThan(5);
    expect(cells.map(bare)).toEqual(told);
    expect(told.filter((text) => /\d/.test(text)).length).toBeGreaterThan(400);
  });

  test("has every figure of its tables in the workbook, as a number to the smallest part", async () => {
    const sheets = await sheetsOf(await bytesOf(name, "xlsx"));
    for (const table of allTables(named(name))) {
      const rows = (sheets.get(table.number) ?? []).slice(5, 5 + table.rows.length);
      const found = rows.map((cells) => table.columns.map((_, place) => cells[place + 1] ?? null));
      const told = table.rows.map((row) =>
        table.columns.map((column, place) => {
          const cell = row.cells[place] ?? { value: "", note: null };
          if (cell.value === "") return null;
          return cell.value !== null && isFigure(column) ? Number(cell.value) : shown(cell, column);
        }),
      );
      expect([table.id, rows.map((cells) => cells[0]), found]).toEqual([
        table.id,
        table.rows.map((row) => row.name),
        told,
      ]);
    }
    const figures = [...sheets.values()].flat(2).filter((cell) => typeof cell === "number");
    expect(figures.length).toBeGreaterThan(400);
  });

  test("has every cell of its tables in the CSV, exactly, with what is not known said to be so", async () => {
    const rows = tidyRows(new TextDecoder().decode(await bytesOf(name, "csv")));
    const told = allTables(named(name)).flatMap((table) =>
      table.rows.flatMap((row) =>
        table.columns.map((column, place) => {
          const value = row.cells[place]?.value ?? null;
          const state = value === null ? "unknown" : value === "" ? "not-applicable" : "known";
          return [table.id, row.id, column.id, state, isFigure(column) ? (value ?? "") : ""];
        }),
      ),
    );
    expect(rows.map((row) => ["table", "row", "column", "state", "figure"].map((field) => row[field]))).toEqual(told);
  });

  test("has every figure of its tables in the HTML", async () => {
    const html = new TextDecoder().decode(await bytesOf(name, "html"));
    const cells = [...html.matchAll(/<t[hd][^>]*scope="row"[^>]*>(.*?)<\/th>|<td(?: class="figure")?>(.*?)<\/td>/g)]
      .map((found) => plain(found[1] ?? found[2] ?? ""))
      .filter((text) => text !== "");
    const told = allTables(named(name)).flatMap((table) =>
      shownRows(table)
        .flat()
        .filter((text) => text !== ""),
    );
    expect(cells).toEqual(told);
    expect(html).not.toMatch(/<script|src=|@import|url\(/);
  });

  test("is the same bytes a second time, in every format", async () => {
    const question = name === "harbour" ? harbour : alliance;
    const again = await reportOf(db, question);
    for (const format of reportFormats) {
      const [first, second] = [await bytesOf(name, format), (await reportFile(again, format)).bytes];
      expect([format, Buffer.compare(Buffer.from(first), Buffer.from(second))]).toEqual([format, 0]);
    }
  });

  test("has its two pages first: the annex begins on the third", async () => {
    const { pieces } = await pdfOf(name);
    expect(pieces.find((piece) => piece.text === "Annex" && piece.tag === "H2")?.page).toBe(3);
    expect(pieces.filter((piece) => piece.page === 2 && piece.text.startsWith("Table 1.")).length).toBe(1);
  });
});

const plain = (html: string): string =>
  html
    .replaceAll(/<sup>.*?<\/sup>/g, "")
    .replaceAll("&#39;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

/** A text without what breaking it into lines may add; minus signs and dashes for what is not known are other characters. */
const bare = (text: string): string => text.replaceAll(/[\s\u00ad-]/g, "");

describe("a made-up book", () => {
  test("says so on every page of the PDF, in every sheet, row and the HTML's running head", async () => {
    const { pieces, pages } = await pdfOf("harbour");
    const marked = new Set(pieces.filter((piece) => piece.text.startsWith("SYNTHETIC")).map((piece) => piece.page));
    expect(marked.size).toBe(pages);
    const sheets = await sheetsOf(await bytesOf("harbour", "xlsx"));
    const tables = [...sheets].filter(([sheet]) => sheet.startsWith("Table"));
    for (const [, rows] of tables) expect(String(rows[1]?.[0])).toMatch(/^SYNTHETIC/);
    expect(tables.length).toBe(allTables(named("harbour")).length);
    const rows = tidyRows(new TextDecoder().decode(await bytesOf("harbour", "csv")));
    expect(new Set(rows.map((row) => row["synthetic"]))).toEqual(new Set(["yes"]));
    const html = new TextDecoder().decode(await bytesOf("harbour", "html"));
    expect(html).toMatch(/@top-left \{ content: "[^"]*SYNTHETIC/);
  });

  test("a real one does not", async () => {
    const { pieces } = await pdfOf("alliance");
    expect(pieces.some((piece) => piece.text.includes("SYNTHETIC"))).toBe(false);
  });
});

describe("golden", () => {
  test("the report of the made-up fund", async () => {
    const json = new TextDecoder().decode(await bytesOf("harbour", "json"));
    await expect(json).toMatchFileSnapshot(golden("harbour-2025H2.json"));
  });

  test("its files, by their digests", async () => {
    const digests = await Promise.all(
      (["pdf", "xlsx", "csv", "html"] as const).map(async (format) => {
        return `${createHash("sha256")
          .update(await bytesOf("harbour", format))
          .digest("hex")}  ${format}\n`;
      }),
    );
    await expect(digests.join("")).toMatchFileSnapshot(golden("harbour-2025H2.sha256"));
  });
});
