/** How much of a file is read before it is refused. Ten times the largest tracker workbook seen, and well within a small machine's memory. */
export const limits = {
  fileBytes: 256 * 1024 * 1024,
  zipEntries: 2_000,
  partBytes: 128 * 1024 * 1024, // one part of a workbook, unpacked
  workbookBytes: 256 * 1024 * 1024, // all parts together, unpacked
  sharedStrings: 2_000_000,
  sheetCells: 2_000_000, // written cells, empty ones too
  sheetRows: 200_000,
  sheetColumns: 4_096,
  csvRows: 2_000_000,
  csvColumns: 4_096,
  csvRowCharacters: 1_000_000,
  formulaCharacters: 64_000,
  xmlDepth: 64,
  xmlTextCharacters: 100_000, // of one element
  xmlElements: 100_000, // held at once, such as those of one entry of a statement
  statementEntries: 1_000_000,
} as const;
