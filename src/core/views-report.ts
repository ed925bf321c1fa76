import type { ReportPeriod } from "./foresight/report/period.ts";
import type { FigureFrame, SourceRef } from "./views.ts";

/**
 * A pledge report as it leaves the record: one document of tables, charts drawn from them and words. What the API answers is what every file of
 * it is written from, so that no two of them can differ in a figure.
 */

/** `millions`: shown in print as millions with one decimal, though the cell holds it to the smallest part. */
export type ReportColumn = Readonly<{
  id: string;
  head: string;
  over: string | null; // what stands over the head, shared with its neighbours
  kind: "text" | "amount" | "percent" | "number" | "day";
  unit: string | null; // of the cells, such as EUR, %, days
  shown: "exact" | "millions";
  note: string | null; // the mark of a note that holds for the whole column
}>;

/** A figure as a plain decimal, a text or a day; null where it is not known or nothing is on record, empty where there can be none. `note`: the mark of one of the table's notes. */
export type ReportCell = Readonly<{ value: string | null; note: string | null }>;
export type ReportRow = Readonly<{ id: string; name: string; kind: "row" | "total"; cells: readonly ReportCell[] }>;
export type ReportNote = Readonly<{ mark: string; text: string }>;

export type ReportTable = Readonly<{
  id: string;
  number: string; // Table 1, Table A.3
  title: string;
  text: string;
  nameHead: string; // over the names of the rows
  columns: readonly ReportColumn[];
  rows: readonly ReportRow[];
  notes: readonly ReportNote[];
  empty: string; // what to say where there is no row
}>;

/** A drawing of columns of a table: `bars` of one column with ticks of another by row; `multiples`: a small drawing a column, bars by row. */
export type ReportChart = Readonly<{
  id: string;
  number: string; // Figure 1
  title: string;
  text: string;
  kind: "bars" | "multiples";
  table: string; // id of the table
  rows: readonly string[]; // ids of its rows, in order
  columns: readonly string[]; // ids of its columns: of bars, first the bar's, then the tick's, then one that is written beside them
}>;

/** A figure that stands large at the head, taken from a cell of a table. */
export type ReportMark = Readonly<{
  label: string;
  table: string;
  row: string;
  column: string;
  note: string;
}>;

export type ReportSection = Readonly<{ title: string; paragraphs: readonly string[] }>;

export type PledgeReport = Readonly<{
  title: string;
  subtitle: string;
  frame: FigureFrame;
  boundaryName: string; // whose giving it is, in words
  period: ReportPeriod;
  asOf: string; // the last day counted: of the period, or of what was known
  knownAt: string;
  synthetic: boolean;
  modelled: string | null;
  book: Readonly<{ slug: string; title: string; recipient: string }>;
  fund: Readonly<{ id: string; title: string }> | null;
  group: Readonly<{ slug: string; name: string }> | null;
  key: Readonly<{
    id: string;
    title: string;
    source: string;
    modelled: string | null;
    indicatorYear: number | null;
  }> | null;
  findings: readonly string[];
  marks: readonly ReportMark[];
  charts: readonly ReportChart[];
  front: readonly ReportTable[]; // of the two pages
  annex: readonly ReportTable[];
  method: readonly ReportSection[];
  sources: readonly SourceRef[];
  file: string; // what its files are called, without the ending
}>;
