import type { Invoice, InvoiceStep } from "#core/funds/invoice.ts";
import { dayWords } from "#core/months.ts";
import { colors, heightOf, page, placeFor, write, type Sheet, type Style } from "./sheet.ts";
import { drawPairs, drawTable, rowHeight, type TableColumn, type TableRow } from "./table.ts";
import { accountWords, amountWords, asSentence, inFours, isZero, spanWords, stepWords } from "./words.ts";

const prose: Style = { size: 9.5 };
const faint: Style = { size: 8.5, color: colors.muted };
const whole = { x: page.left, width: page.inner };

/** A heading that keeps some of what follows it on its page. Gives the y below it. */
function drawHeading(sheet: Sheet, text: string, above: number, following: number): number {
  const y = placeFor(sheet, above + 15, 20 + following);
  return write(sheet, sheet.root, "H2", text, { ...whole, y }, { size: 11.5, bold: true, color: colors.accent }) + 2;
}

/** What is called, line by line, and of how much. Gives the y below it. */
export function drawLines(sheet: Sheet, invoice: Invoice, above: number): number {
  const columns: readonly TableColumn[] = [
    { title: "Line of the fund", width: 299 },
    { title: `Amount, ${invoice.currency}`, width: 160, align: "right" },
  ];
  const rows: TableRow[] = invoice.lines.map((line) => ({ cells: [line.title, amountWords(line.amount)] }));
  rows.push({ cells: ["Total", amountWords(invoice.total)], bold: true });
  const y = drawTable(sheet, { x: page.left, y: drawHeading(sheet, "What is called", above, 60) }, columns, rows);
  const called = `Of ${invoice.currency} ${amountWords(invoice.whole)} called of all contributors together.`;
  return write(sheet, sheet.root, "P", called, { ...whole, y: y + 5 }, faint);
}

/** Where to pay, and beside it what was paid. Gives the y below it. */
export function drawPayment(sheet: Sheet, invoice: Invoice, above: number): number {
  const { fund, currency } = invoice;
  const names = { title: "", width: 56, color: colors.muted };
  const unknown = "ask the holder";
  const to: readonly TableRow[] = [
    { cells: ["Payable to", fund.holder] },
    { cells: ["Account", fund.account === null ? unknown : accountWords(fund.account)] },
    { cells: ["Bank", fund.bank ?? unknown] },
    { cells: ["Reference", inFours(invoice.reference)] },
  ];
  const toColumns = [names, { title: "", width: 186 }] as const;
  const { credited = "0" } = invoice;
  const sums: readonly TableRow[] = [
    { cells: ["Called", amountWords(invoice.total)] },
    { cells: ["Paid", amountWords(invoice.paid)] },
    ...(isZero(credited) ? [] : [{ cells: ["Credited", amountWords(credited)] }]),
    { cells: ["Outstanding", amountWords(invoice.outstanding)], bold: true },
  ];
  const sumColumns = [names, { title: "", width: 122, align: "right" }] as const;
  const height = to.reduce((sum, row) => sum + rowHeight(sheet, toColumns, row), 14);
  const y = drawHeading(sheet, "How to pay", above, height);
  const beside = { x: page.left + 281.28, width: 190 };
  const asOf = `As of ${dayWords(invoice.asOf)}, ${currency}`;
  const left = drawPairs(sheet, { x: page.left, y }, toColumns, to);
  const top = write(sheet, sheet.root, "P", asOf, { ...beside, y: y - 16 }, faint);
  const right = drawPairs(sheet, { x: beside.x, y: Math.max(top, y) }, sumColumns, sums);
  return Math.max(left, right);
}

/** By which key the share came about, step by step. Gives the y below it. */
export function drawShare(sheet: Sheet, invoice: Invoice, above: number): number {
  const { party, share, key, steps } = invoice;
  const text = `${party.name} bears ${share.percent} % (exactly ${share.exact}) of the whole, by the key \u201c${key.title}\u201d. ${asSentence(`Source of the key: ${key.source}`)}`;
  let y = drawHeading(sheet, "How the share came about", above, 60);
  y = write(sheet, sheet.root, "P", text, { ...whole, y }, prose) + 6;
  if (steps.length === 0) return y;
  const columns: readonly TableColumn[] = [
    { title: "Step", width: 98 },
    { title: "Why", width: 285, color: colors.muted },
    { title: "Share after it, %", width: 64, align: "right" },
  ];
  return drawTable(sheet, { x: page.left, y }, columns, steps.map(stepRow));
}

function stepRow({ step, reason, from, until, after }: InvoiceStep): TableRow {
  const span = spanWords(from, until);
  return { cells: [stepWords(step), asSentence(span === "" ? reason : `${span}: ${reason}`), after] };
}

/** The decision that allows the call. Gives the y below it. */
export function drawDecision(sheet: Sheet, { decision }: Invoice, above: number): number {
  const { number, title, adoptedAt, by, address } = decision;
  const adopted = `${number === null ? "Adopted" : `No. ${number}, adopted`} on ${dayWords(adoptedAt)}${by === "" ? "" : ` by ${by}`}.`;
  let y = drawHeading(sheet, "The decision it rests on", above, heightOf(sheet, title, page.inner, prose) + 30);
  y = write(sheet, sheet.root, "P", title, { ...whole, y }, { ...prose, bold: true });
  y = write(sheet, sheet.root, "P", adopted, { ...whole, y: y + 1 }, prose);
  if (!/^https?:\/\//.test(address)) return write(sheet, sheet.root, "P", address, { ...whole, y: y + 1 }, faint);
  const paragraph = sheet.doc.struct("P");
  sheet.root.add(paragraph);
  const style = { ...faint, color: colors.accent, link: address };
  return write(sheet, paragraph, "Link", address, { ...whole, y: y + 1 }, style);
}
