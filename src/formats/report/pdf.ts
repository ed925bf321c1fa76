import { drawingOf, tableIn } from "#core/foresight/report/drawing.ts";
import { dayWords } from "#core/months.ts";
import type { PledgeReport, ReportChart, ReportTable } from "#core/views-report.ts";
import type { InvoiceFonts } from "../invoice/fonts.ts";
import {
  closeSheet,
  colors,
  decorate,
  fitting,
  heightOf,
  openSheet,
  page,
  placeFor,
  rule,
  write,
  type Sheet,
  type Style,
} from "../invoice/sheet.ts";
import { frameLine, markOf, runningHead, sourceLine } from "./words.ts";
import { drawShapes } from "./pdf-drawing.ts";
import { drawReportTable } from "./pdf-table.ts";

const whole = { x: page.left, width: page.inner };
const prose: Style = { size: 9 };
const small: Style = { size: 7.5, color: colors.muted };
const top = 58; // of a page's text
const firstTop = 50;
const bandHeight = 22;

/**
 * A report as a PDF of A4 pages: two for a minister, then the annex; real text, tagged, with an outline. The same report and fonts give the
 * same bytes: the day of creation is the day of knowledge.
 */
export async function reportPdf(report: PledgeReport, fonts: InvoiceFonts): Promise<Uint8Array> {
  const name = `${report.title}: ${report.subtitle}`;
  const sheet = openSheet(fonts, {
    Title: report.synthetic ? `Synthetic: ${name}` : name,
    Author: "Mainstay",
    Subject: frameLine(report),
    Creator: "Mainstay",
    CreationDate: new Date(`${report.knownAt}T00:00:00Z`),
  });
  drawFront(sheet, report);
  let y = openPart(sheet, "Annex");
  for (const table of report.annex) y = drawTable(sheet, report, table, y);
  drawMethod(sheet, report);
  drawMargins(sheet, report);
  return closeSheet(sheet);
}

function drawFront(sheet: Sheet, report: PledgeReport): void {
  sheet.doc.outline.addItem("In short");
  let y = drawTitle(sheet, report);
  for (const finding of report.findings) y = drawFinding(sheet, finding, y);
  y = drawMarks(sheet, report, y + 6);
  for (const chart of report.charts) y = drawChart(sheet, report, chart, y);
  sheet.doc.addPage();
  y = top - 14;
  for (const table of report.front) y = drawTable(sheet, report, table, y);
}

function drawTitle(sheet: Sheet, report: PledgeReport): number {
  const { root } = sheet;
  let y = write(sheet, root, "P", report.book.title, { ...whole, y: firstTop }, small);
  y = write(sheet, root, "H1", report.title, { ...whole, y: y - 1 }, { size: 23, bold: true, color: colors.accent });
  const subtitle = fitting(sheet, report.subtitle, page.inner, { size: 13.5 });
  y = write(sheet, root, "P", report.subtitle, { ...whole, y: y - 2 }, subtitle);
  y = write(sheet, root, "P", frameLine(report), { ...whole, y: y + 1 }, small);
  if (report.modelled !== null)
    y = write(sheet, root, "P", report.modelled, { ...whole, y: y + 1 }, { ...small, color: colors.warnInk });
  rule(sheet, { ...whole, y: y + 4 }, colors.ink, 1.25);
  return y + 10;
}

function drawFinding(sheet: Sheet, finding: string, y: number): number {
  decorate(sheet, "Layout", (doc) => doc.rect(page.left + 1, y + 5, 3, 3).fill(colors.accent));
  return write(sheet, sheet.root, "P", finding, { x: page.left + 11, y, width: page.inner - 11 }, prose) + 1.5;
}

/** The figures that stand large, side by side. */
function drawMarks(sheet: Sheet, report: PledgeReport, y: number): number {
  const { marks } = report;
  const width = page.inner / Math.max(marks.length, 1);
  marks.forEach((mark, place) => {
    const box = { x: page.left + place * width, width: width - 12 };
    const { figure, unit } = markOf(report, mark);
    rule(sheet, { ...box, y }, colors.ink, 0.75);
    write(sheet, sheet.root, "P", mark.label, { ...box, y: y + 3 }, small);
    write(
      sheet,
      sheet.root,
      "P",
      figure,
      { ...box, y: y + 12 },
      fitting(sheet, figure, box.width, { size: 16, bold: true }),
    );
    write(sheet, sheet.root, "P", `${unit} ${mark.note}`, { ...box, y: y + 33 }, { ...small, size: 7 });
  });
  return marks.length === 0 ? y : y + 54;
}

function drawChart(sheet: Sheet, report: PledgeReport, chart: ReportChart, above: number): number {
  const drawing = drawingOf(report, chart, page.inner);
  let y = placeFor(sheet, above + 8, drawing.height + 50);
  y = write(sheet, sheet.root, "P", `${chart.number}. ${chart.title}`, { ...whole, y }, { size: 9.5, bold: true });
  y = write(sheet, sheet.root, "P", chart.text, { ...whole, y: y - 1 }, small) + 2;
  const said = `${chart.number}. ${chart.title}. Its figures are in ${tableIn(report, chart.table).number}.`;
  drawShapes(sheet, drawing, { x: page.left, y }, said);
  y += drawing.height + 1;
  const source = `${sourceLine(report)} Figures: ${tableIn(report, chart.table).number}.`;
  return write(sheet, sheet.root, "P", source, { ...whole, y }, { ...small, size: 6.5 });
}

function drawTable(sheet: Sheet, report: PledgeReport, table: ReportTable, above: number): number {
  sheet.doc.outline.addItem(`${table.number}. ${table.title}`);
  return drawReportTable(sheet, table, sourceLine(report), above + 14, top);
}

/** A part on a page of its own, under its name. */
function openPart(sheet: Sheet, name: string): number {
  sheet.doc.addPage();
  sheet.doc.outline.addItem(name);
  const y = write(sheet, sheet.root, "H2", name, { ...whole, y: top }, { size: 15, bold: true, color: colors.accent });
  rule(sheet, { ...whole, y: y + 2 }, colors.ink, 1.25);
  return y;
}

function drawMethod(sheet: Sheet, report: PledgeReport): void {
  let y = openPart(sheet, "Method and sources") + 4;
  const paragraph = (words: string, style: Style): void => {
    y = placeFor(sheet, y, heightOf(sheet, words, page.inner, style));
    y = write(sheet, sheet.root, "P", words, { ...whole, y }, style) + 3;
  };
  const heading = (words: string): void => {
    y = placeFor(sheet, y + 6, 40);
    y = write(sheet, sheet.root, "H3", words, { ...whole, y }, { size: 10, bold: true }) + 1;
  };
  for (const { title, paragraphs } of report.method) {
    heading(title);
    for (const one of paragraphs) paragraph(one, prose);
  }
  heading("Sources");
  report.sources.forEach((one, place) => {
    const parts = [one.title, one.publisher, one.publishedOn === null ? "" : dayWords(one.publishedOn), one.url ?? ""];
    paragraph(`${place + 1}. ${parts.filter((part) => part !== "").join(", ")}`, { ...prose, size: 8 });
  });
}

/** What stands at the edge of every page: whose report it is, that it is synthetic, the page's number. */
function drawMargins(sheet: Sheet, report: PledgeReport): void {
  const { start, count } = sheet.doc.bufferedPageRange();
  const foot = { ...whole, y: page.height - 40 };
  for (let index = 0; index < count; index += 1) {
    sheet.doc.switchToPage(start + index);
    if (report.synthetic) {
      decorate(sheet, "Pagination", (doc) => doc.rect(0, 0, page.width, bandHeight).fill(colors.warnPaper));
      const words = "SYNTHETIC \u2013 made up to try the program out; nothing in it is a fact";
      edge(sheet, words, { ...whole, y: 4 }, { size: 9.5, bold: true, color: colors.warnInk });
    }
    if (index > 0) {
      edge(sheet, runningHead(report), { ...whole, y: 32 }, small);
      rule(sheet, { ...whole, y: 44 }, colors.rule, 0.5);
    }
    rule(sheet, { ...foot, y: foot.y - 5 }, colors.rule, 0.5);
    edge(
      sheet,
      `Mainstay \u00b7 as known at the end of ${dayWords(report.knownAt)}`,
      { ...foot, width: page.inner - 80 },
      small,
    );
    edge(
      sheet,
      `${index + 1} / ${count}`,
      { ...foot, x: page.left + page.inner - 60, width: 60 },
      { ...small, align: "right" },
    );
  }
}

/** One line at the edge of a page, cut where it is too long; a screen reader passes over it. */
function edge(sheet: Sheet, text: string, box: Readonly<{ x: number; y: number; width: number }>, style: Style): void {
  decorate(sheet, "Pagination", (doc) => {
    doc.font(style.bold === true ? "bold" : "regular", style.size).fillColor(style.color ?? colors.ink);
    const line = { width: box.width, height: style.size * 1.4, ellipsis: true, align: style.align ?? "left" };
    doc.text(sheet.shown(text), box.x, box.y, line);
  });
}
