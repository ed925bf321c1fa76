import { bindingClasses } from "#core/bindingness.ts";
import type { ClassCoverage, PublishedTotal, ReleaseContent } from "#core/entries.ts";
import { isNumber, isPlaceholder, lookUp, numberParts } from "../cells.ts";
import { codesByContent } from "../codes.ts";
import { dayOrder } from "../dates.ts";
import { magnitude, startGathering, type Gathering } from "../gathering.ts";
import { columnLetter, pause, type ReadOptions } from "../reading.ts";
import { readCsvTable } from "../text/csv.ts";
import { columnsOf, readHeader, type Header } from "./header.ts";
import { scaleDigits, type PublishedMapping, type Mapping } from "./mapping.ts";
import { mapRow, type MappedAmount, type Reader } from "./rows.ts";

const rowsBetweenPauses = 5_000;

/**
 * Reads a CSV as a mapping says: each row's amounts become promises with steps, coded by the mapping's columns or by content.
 * Valuations are in millionths of the mapping's reported currency.
 * @throws MainstayError missing_columns | header_only | import_cancelled, and those of `readCsvTable`
 */
export async function readMappedCsv(
  bytes: Uint8Array,
  mapping: Mapping,
  options: ReadOptions,
): Promise<ReleaseContent> {
  const table = await readCsvTable(bytes, options, mapping.delimiter);
  const header = readHeader(table, mapping.headerRow, columnsOf(mapping), mapping.ignored);
  const body = table.rows.slice(mapping.headerRow);
  const gathering = startGathering();
  const dateColumns = mapping.date.flatMap((source) => ("column" in source ? [source.column] : []));
  const order = dayOrder(body.flatMap((row) => dateColumns.map((name) => header.cell(row, name))));
  const reader: Reader = { mapping, header, order, remarks: gathering.remarks };
  const amounts: MappedAmount[] = [];
  for (const [index, cells] of body.entries()) {
    if (index % rowsBetweenPauses === 0) await pause(options, index, body.length);
    if (cells.some((cell) => cell.trim() !== "")) amounts.push(...mapRow(reader, cells, mapping.headerRow + index + 1));
  }
  const codes = codesByContent(amounts.map((amount) => uncoded(amount, mapping, header)));
  amounts.forEach((amount, index) => gather(amount, amount.code ?? codes[index] ?? "", reader, gathering));
  await pause(options, body.length, body.length);
  return {
    series: mapping.series,
    reportedCurrency: mapping.reportedCurrency,
    readings: gathering.readings,
    entries: gathering.entries,
    coverage: coverageOf(mapping),
    remarks: gathering.remarks,
    columns: {
      recognised: Object.fromEntries(
        columnsOf(mapping).map((name) => [name, table.rows[mapping.headerRow - 1]?.[header.at(name)]?.trim() ?? name]),
      ),
      unknown: header.unknown,
    },
    published: [],
  };
}

/** The columns the mapping reads tell rows of equal amounts apart, whatever their order in the file. */
function uncoded(amount: MappedAmount, mapping: Mapping, header: Header) {
  const { donor, category, effective, reported, quantity, cells } = amount;
  const tie = JSON.stringify(columnsOf(mapping).map((name) => header.cell(cells, name)));
  return { donor, category, on: effective.on, kind: amount.class, amount: reported ?? quantity, tie };
}

function gather(amount: MappedAmount, code: string, reader: Reader, gathering: Gathering): void {
  const { donor, category, unit, quantity, reported, effective, cells, row } = amount;
  const { mapping, header } = reader;
  const said = (name: string | undefined) =>
    name === undefined || isPlaceholder(header.cell(cells, name)) ? "" : header.cell(cells, name);
  const promise = gathering.promise(
    { code, donor, category, unit },
    {
      recipient: mapping.recipient,
      stream: lookUp(mapping.streams, category) ?? mapping.stream,
      title: said(mapping.titleColumn),
      explanation: said(mapping.explanationColumn),
      details: Object.fromEntries(
        mapping.details.filter((name) => said(name) !== "").map((name) => [name, said(name)]),
      ),
      sourceLinks: mapping.links.map(said).filter((link) => /^https?:\/\/\S+$/.test(link)),
      row,
      sheet: null,
      quantityStated: quantity !== null,
    },
  );
  if (quantity === null || quantity === 0n) return;
  const contra = quantity < 0n;
  gathering.entries.push({
    promise,
    from: contra ? amount.class : null,
    to: contra ? null : amount.class,
    contra,
    quantity: magnitude(quantity),
    reported: reported === null ? null : magnitude(reported),
    effective,
  });
}

function coverageOf(mapping: Mapping): ClassCoverage[] {
  return bindingClasses.map((bindingClass) => ({
    class: bindingClass,
    ...(mapping.coverage[bindingClass] ?? { state: "absent", reason: "the table does not say" }),
  }));
}

/**
 * Reads totals a publisher prints, in millionths of the currency they are in, each with the cell it stands in.
 * @throws MainstayError missing_columns | header_only | import_cancelled, and those of `readCsvTable`
 */
export async function readPublishedTotals(
  bytes: Uint8Array,
  mapping: PublishedMapping,
  options: ReadOptions,
): Promise<PublishedTotal[]> {
  const table = await readCsvTable(bytes, options, mapping.delimiter);
  const donorColumn = "column" in mapping.donor ? [mapping.donor.column] : [];
  const header = readHeader(
    table,
    mapping.headerRow,
    [...donorColumn, ...mapping.totals.map((total) => total.column)],
    mapping.ignored,
  );
  return table.rows.slice(mapping.headerRow).flatMap((row, index) => {
    const written = "column" in mapping.donor ? header.cell(row, mapping.donor.column) : mapping.donor.constant;
    const donor = "column" in mapping.donor ? (lookUp(mapping.donor.values ?? {}, written) ?? written) : written;
    if (donor === "" || mapping.skipDonors.includes(donor)) return [];
    return mapping.totals.flatMap(({ column, category, class: bindingClass, in: scale }) => {
      const cell = header.cell(row, column);
      if (!isNumber(cell)) return [];
      const place = `${options.fileName}!${columnLetter(header.at(column))}${mapping.headerRow + index + 1}`;
      return [{ donor, category, class: bindingClass, amount: numberParts(cell, scaleDigits[scale] + 6) ?? 0n, place }];
    });
  });
}
