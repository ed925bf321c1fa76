import type { ClassCoverage, PublishedTotal, ReleaseContent } from "#core/entries.ts";
import { MainstayError } from "#core/errors.ts";
import { startGathering } from "../gathering.ts";
import { pause, type ReadOptions, type Table } from "../reading.ts";
import { readCsvTable } from "../text/csv.ts";
import { looksLikeWorkbook, openWorkbook, type Workbook } from "../xlsx/workbook.ts";
import { headerScore, normaliseHeader, recogniseColumns, type Columns } from "./columns.ts";
import { gatherMeasured, measuredCoverage } from "./measured.ts";
import { gatherPackages } from "./packages.ts";
import { readPublishedSummary, summarySheetName } from "./published.ts";
import { kielRows } from "./rows.ts";

/** The series every release of the tracker's main table belongs to, so that a later one supersedes an earlier. */
const kielSeries = "activities";
const sheetsSearched = 12;

/**
 * Reads a release of the Ukraine Support Tracker: a whole workbook (xlsx), or its main table as CSV in UTF-8 or UTF-16.
 * Returns promises and ledger steps with valuations in millionths of a euro, what the summary sheet prints, and remarks on rows that are refused or read otherwise than written.
 * @throws MainstayError empty_file | file_too_large | wrong_encoding | nul_bytes | broken_quoting | csv_unreadable | workbook_* | not_a_workbook |
 *   too_many_cells | main_table_not_found | missing_columns | header_only | import_cancelled
 */
export async function readKiel(bytes: Uint8Array, options: ReadOptions): Promise<ReleaseContent> {
  const { main, published } = looksLikeWorkbook(bytes)
    ? await fromWorkbook(bytes, options)
    : { main: await readCsvTable(bytes, options), published: [] };
  const columns = recogniseColumns(main);
  const gathering = startGathering();
  const measured = columns.at.measure !== undefined;
  const rows = await kielRows(main, columns, gathering, !measured, options);
  if (measured) gatherMeasured(rows, gathering);
  else gatherPackages(rows, gathering);
  await pause(options, rows.length, rows.length);
  return {
    series: kielSeries,
    reportedCurrency: "EUR",
    readings: gathering.readings,
    entries: gathering.entries,
    coverage: measured ? measuredCoverage(columns) : packageCoverage(columns),
    remarks: gathering.remarks,
    columns: { recognised: columns.recognised, unknown: columns.unknown },
    published,
  };
}

async function fromWorkbook(
  bytes: Uint8Array,
  options: ReadOptions,
): Promise<{ main: Table; published: readonly PublishedTotal[] }> {
  const workbook = await openWorkbook(bytes, options);
  const main = await findMainTable(workbook, options);
  const summary = summarySheetName(workbook.sheetNames);
  return { main, published: summary === null ? [] : readPublishedSummary(await workbook.readTable(summary)) };
}

/** The sheet named as the main table, else the one among the first whose header means most. */
async function findMainTable(workbook: Workbook, options: ReadOptions): Promise<Table> {
  const named = workbook.sheetNames.filter((name) => normaliseHeader(name).includes("maindata"));
  const summary = summarySheetName(workbook.sheetNames);
  const candidates =
    named.length > 0 ? named : workbook.sheetNames.filter((name) => name !== summary).slice(0, sheetsSearched);
  let best: Readonly<{ table: Table; score: number }> | null = null;
  for (const name of candidates) {
    const table = await workbook.readTable(name);
    const score = headerScore(table);
    if (best === null || score > best.score) best = { table, score };
  }
  if (best === null || best.score < 2) {
    throw new MainstayError(
      "main_table_not_found",
      `the sheets ${workbook.sheetNames
        .slice(0, 40)
        .map((name) => JSON.stringify(name))
        .join(", ")}`,
      {
        file: options.fileName,
      },
    );
  }
  return best.table;
}

function packageCoverage(columns: Columns): ClassCoverage[] {
  const delivered = columns.at.delivered !== undefined || columns.at.unitsDelivered !== undefined;
  return [
    { class: "said", state: "absent", reason: "the release counts commitments only" },
    { class: "bound", state: "stated", reason: "" },
    { class: "placed", state: "absent", reason: "releases before 2024 do not tell allocations from commitments" },
    {
      class: "moved",
      state: delivered ? "partial" : "absent",
      reason: delivered
        ? "deliveries of aid in kind only, undated; money paid out is not in this table"
        : "the release has no column of deliveries",
    },
    { class: "received", state: "absent", reason: "the release does not say what the recipient confirmed" },
  ];
}
