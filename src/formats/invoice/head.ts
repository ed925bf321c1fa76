import type { Invoice } from "#core/funds/invoice.ts";
import { modelledWords } from "#core/modelled.ts";
import { dayWords } from "#core/months.ts";
import { colors, decorate, fitting, heightOf, page, rule, write, type Sheet, type Style } from "./sheet.ts";
import { amountWords, inFours, isZero } from "./words.ts";

const band = 26; // points, at the top of each page of a fund that is none
const bandWords = "SYNTHETIC \u2013 not a demand for payment";
const bandStyle: Style = { size: 11, bold: true, color: colors.warnInk };
const small: Style = { size: 8, color: colors.muted };

/** Who sends it: the fund, its holder, on what it is modelled, and the invoice's number. Gives the y below it. */
export function drawLetterhead(sheet: Sheet, { fund, number, issuedOn }: Invoice): number {
  const { root } = sheet;
  const right = { x: page.left + 300, width: page.inner - 300 };
  const left = { x: page.left, width: 284 };
  if (fund.synthetic) {
    drawBand(sheet);
    write(sheet, root, "P", bandWords, { x: page.left, y: 6, width: page.inner }, bandStyle);
  }
  const top = 44;
  let y = write(sheet, root, "P", fund.title, { ...left, y: top }, { size: 13, bold: true, color: colors.accent });
  if (fund.holder !== fund.title)
    y = write(sheet, root, "P", fund.holder, { ...left, y: y + 1 }, { size: 9.5, color: colors.muted });
  const numbered = fitting(sheet, number, right.width, { size: 11, bold: true, align: "right" });
  let beside = write(sheet, root, "P", "Invoice", { ...right, y: top }, { ...small, align: "right" });
  beside = write(sheet, root, "P", number, { ...right, y: beside }, numbered);
  beside = write(
    sheet,
    root,
    "P",
    `issued ${dayWords(issuedOn)}`,
    { ...right, y: beside },
    { ...small, align: "right" },
  );
  y = Math.max(y, beside) + 8;
  rule(sheet, { x: page.left, y, width: page.inner }, colors.ink, 0.75);
  if (fund.modelled === null) return y;
  const modelled = modelledWords(fund.modelled);
  return write(
    sheet,
    root,
    "P",
    modelled,
    { x: page.left, y: y + 6, width: page.inner },
    { size: 9, color: colors.warnInk },
  );
}

/** What it is, for whom and for which part of which year. Gives the y below it. */
export function drawTitle(sheet: Sheet, { party, period }: Invoice, above: number): number {
  const { root } = sheet;
  const box = { x: page.left, width: page.inner };
  let y = write(sheet, root, "H1", "Assessed contribution", { ...box, y: above + 14 }, { size: 24, bold: true });
  y = write(sheet, root, "P", party.name, { ...box, y: y + 2 }, { size: 15, color: colors.accent });
  return write(sheet, root, "P", period, { ...box, y: y + 1 }, { size: 10, color: colors.muted });
}

type Fact = Readonly<{ name: string; value: string; note: string; x: number; width: number }>;

/** What is due, when, and with which reference, where the eye falls first. Gives the y below it. */
export function drawPanel(sheet: Sheet, invoice: Invoice, above: number): number {
  const { currency, outstanding, total, dueOn, reference, paid } = invoice;
  const y = above + 10;
  const height = 64;
  const settled = invoice.credited === undefined || isZero(invoice.credited) ? "paid in full" : "settled in full";
  const note = isZero(outstanding) ? settled : isZero(paid) ? "" : `of ${currency} ${amountWords(total)} called`;
  const facts: readonly Fact[] = [
    { name: "Outstanding", value: `${currency} ${amountWords(outstanding)}`, note, x: 14, width: 168 },
    { name: "Due on", value: dayWords(dueOn), note: "", x: 194, width: 104 },
    { name: "Reference", value: inFours(reference), note: "to quote with every payment", x: 310, width: 148 },
  ];
  decorate(sheet, "Layout", (doc) => {
    doc.rect(page.left, y, page.inner, height).fill(colors.raised);
    doc.rect(page.left, y, 3, height).fill(colors.accent);
  });
  for (const fact of facts) drawFact(sheet, fact, y);
  return y + height;
}

function drawFact(sheet: Sheet, { name, value, note, x, width }: Fact, y: number): void {
  const box = { x: page.left + x, width };
  const style = fitting(sheet, value, width, { size: 15, bold: true });
  const baseline = y + 22 + (19 - heightOf(sheet, value, width, style)) / 2;
  write(sheet, sheet.root, "P", name, { ...box, y: y + 10 }, small);
  write(sheet, sheet.root, "P", value, { ...box, y: baseline }, style);
  if (note !== "") write(sheet, sheet.root, "P", note, { ...box, y: y + 45 }, small);
}

/** What stands at the edge of every page: its number, whose invoice it is, and that it is synthetic. */
export function drawMargins(sheet: Sheet, { fund, party, number }: Invoice): void {
  const { start, count } = sheet.doc.bufferedPageRange();
  for (let index = 0; index < count; index += 1) {
    sheet.doc.switchToPage(start + index);
    if (index > 0 && fund.synthetic) {
      drawBand(sheet);
      edge(sheet, bandWords, { x: page.left, y: 6, width: page.inner }, bandStyle);
    }
    const foot = { y: page.height - 40, x: page.left, width: page.inner };
    rule(sheet, { ...foot, y: foot.y - 6 }, colors.rule, 0.5);
    edge(sheet, `${number} \u00b7 ${party.name} \u00b7 ${fund.title}`, { ...foot, width: page.inner - 80 }, small);
    edge(
      sheet,
      `Page ${index + 1} of ${count}`,
      { ...foot, x: page.left + page.inner - 70, width: 70 },
      { ...small, align: "right" },
    );
    if (index > 0)
      edge(
        sheet,
        "Assessed contribution, continued",
        { x: page.left, y: 48, width: page.inner },
        { ...small, size: 9 },
      );
  }
}

function drawBand(sheet: Sheet): void {
  decorate(sheet, "Pagination", (doc) => doc.rect(0, 0, page.width, band).fill(colors.warnPaper));
}

/** One line at the edge of a page, cut with an ellipsis where it is too long; a screen reader passes over it. */
function edge(sheet: Sheet, text: string, box: Readonly<{ x: number; y: number; width: number }>, style: Style): void {
  decorate(sheet, "Pagination", (doc) => {
    doc.font(style.bold === true ? "bold" : "regular", style.size).fillColor(style.color ?? colors.ink);
    const line = { width: box.width, height: style.size * 1.4, ellipsis: true, align: style.align ?? "left" };
    doc.text(sheet.shown(text), box.x, box.y, line);
  });
}
