import { drawingOf, tableIn, type Drawing, type Ink, type Shape } from "#core/foresight/report/drawing.ts";
import { headIn, isFigure, notesOf, shown, textOf } from "#core/foresight/report/shown.ts";
import { dayWords } from "#core/months.ts";
import type { PledgeReport, ReportChart, ReportMark, ReportTable } from "#core/views-report.ts";
import { sheetStyle } from "./html-style.ts";
import { frameLine, markOf, runningHead, sourceLine, spansOf } from "./words.ts";

const drawingWidth = 520;

/** A report as one page of HTML that needs nothing else: its front first, then the annex; made for paper as much as for the screen. */
export function reportHtml(report: PledgeReport): string {
  const { title, subtitle, front, annex, method, charts } = report;
  return [
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<title>${escaped(`${title}: ${subtitle}${report.synthetic ? " (synthetic)" : ""}`)}</title><style>${sheetStyle(runningHead(report), report.synthetic)}</style></head><body>`,
    `<main>`,
    report.synthetic
      ? `<p class="band">SYNTHETIC \u2013 made up to try the program out; nothing in it is a fact</p>`
      : "",
    `<header><p class="kicker">${escaped(report.book.title)}</p><h1>${escaped(title)}</h1><p class="subtitle">${escaped(subtitle)}</p><p class="frame">${escaped(frameLine(report))}</p>`,
    report.modelled === null ? "" : `<p class="modelled">${escaped(report.modelled)}</p>`,
    `</header><section aria-labelledby="findings"><h2 id="findings">In short</h2><ul class="findings">${report.findings.map((one) => `<li>${escaped(one)}</li>`).join("")}</ul>`,
    `<dl class="marks">${report.marks.map((mark) => markHtml(report, mark)).join("")}</dl></section>`,
    ...charts.map((chart) => chartHtml(report, chart)),
    `<div class="second">`,
    ...front.map((table) => tableHtml(table, sourceLine(report))),
    `</div><h2 class="part">Annex</h2>`,
    ...annex.map((table) => tableHtml(table, sourceLine(report))),
    `<h2 class="part">Method and sources</h2>`,
    ...method.map(
      (section) =>
        `<section><h3>${escaped(section.title)}</h3>${section.paragraphs.map((one) => `<p>${escaped(one)}</p>`).join("")}</section>`,
    ),
    `<section><h3>Sources</h3><ol class="sources">${report.sources.map((one) => `<li>${escaped([one.title, one.publisher, one.publishedOn === null ? "" : dayWords(one.publishedOn)].filter((part) => part !== "").join(", "))}${one.url === null ? "" : `. <a href="${escaped(one.url)}">${escaped(one.url)}</a>`}</li>`).join("")}</ol></section>`,
    `</main></body></html>\n`,
  ].join("\n");
}

function markHtml(report: PledgeReport, mark: ReportMark): string {
  const { figure, unit } = markOf(report, mark);
  return `<div><dt>${escaped(mark.label)}</dt><dd><b>${escaped(figure)}</b> ${escaped(unit)}</dd><dd class="note">${escaped(mark.note)}</dd></div>`;
}

function chartHtml(report: PledgeReport, chart: ReportChart): string {
  const drawing = drawingOf(report, chart, drawingWidth);
  return `<figure><figcaption><b>${escaped(chart.number)}.</b> ${escaped(chart.title)}<span>${escaped(chart.text)}</span></figcaption>${svgOf(drawing, `${chart.number}. ${chart.title}. The figures are in ${tableIn(report, chart.table).number}.`)}<p class="source">${escaped(sourceLine(report))} Figures: ${escaped(tableIn(report, chart.table).number)}.</p></figure>`;
}

function svgOf({ width, height, shapes }: Drawing, label: string): string {
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(label)}">${shapes.map(shapeSvg).join("")}</svg>`;
}

const classOf: Readonly<Record<Ink, string>> = { bar: "bar", tick: "tick", ink: "ink", muted: "muted", rule: "rule" };
const two = (value: number): string => String(Math.round(value * 100) / 100);

function shapeSvg(shape: Shape): string {
  const named = `class="${classOf[shape.ink]}"`;
  switch (shape.kind) {
    case "rect":
      return `<rect ${named} x="${two(shape.x)}" y="${two(shape.y)}" width="${two(shape.width)}" height="${two(shape.height)}"/>`;
    case "line":
      return `<path ${named} d="M${two(shape.x1)} ${two(shape.y1)}L${two(shape.x2)} ${two(shape.y2)}" stroke-width="${shape.thickness}"/>`;
    case "text":
      return `<text ${named} x="${two(shape.x)}" y="${two(shape.y)}" font-size="${shape.size}"${shape.anchor === "end" ? ' text-anchor="end"' : ""}${shape.bold ? ' font-weight="600"' : ""}>${escaped(shape.text)}</text>`;
  }
}

function tableHtml(table: ReportTable, source: string): string {
  const caption = `<caption><b>${escaped(table.number)}.</b> ${escaped(table.title)}<span>${escaped(textOf(table))}</span></caption>`;
  if (table.rows.length === 0)
    return `<section class="table" id="${escaped(table.id)}"><p class="caption"><b>${escaped(table.number)}.</b> ${escaped(table.title)}</p><p class="empty">${escaped(table.empty)}</p></section>`;
  const notes = notesOf(table).map(({ mark, text }) => `${noteMark(mark)} ${escaped(text)}`);
  return `<section class="table" id="${escaped(table.id)}"><div class="scroll" tabindex="0" role="region" aria-label="${escaped(`${table.number}. ${table.title}`)}"><table>${caption}<thead>${headRows(table)}</thead><tbody>${table.rows.map((row) => rowHtml(table, row)).join("")}</tbody></table></div>${notes.length === 0 ? "" : `<p class="notes">${notes.join(" ")}</p>`}<p class="source">${escaped(source)}</p></section>`;
}

function headRows(table: ReportTable): string {
  const heads = `<tr><th scope="col">${escaped(table.nameHead)}</th>${table.columns.map((column) => `<th scope="col"${isFigure(column) ? ' class="figure"' : ""}>${escaped(headIn(table, column))}${noteMark(column.note)}</th>`).join("")}</tr>`;
  if (table.columns.every((column) => column.over === null)) return heads;
  const spans = spansOf(table).map(({ over, width }) =>
    over === null
      ? `<td colspan="${width}"></td>`
      : `<th scope="colgroup" class="over" colspan="${width}">${escaped(over)}</th>`,
  );
  return `<tr><td></td>${spans.join("")}</tr>${heads}`;
}

function rowHtml(table: ReportTable, row: ReportTable["rows"][number]): string {
  const cells = table.columns.map((column, place) => {
    const cell = row.cells[place] ?? { value: null, note: null };
    return `<td${isFigure(column) ? ' class="figure"' : ""}>${escaped(shown(cell, column))}${noteMark(cell.note)}</td>`;
  });
  return `<tr${row.kind === "total" ? ' class="total"' : ""}><th scope="row">${escaped(row.name)}</th>${cells.join("")}</tr>`;
}

const noteMark = (mark: string | null): string => (mark === null ? "" : `<sup>${escaped(mark)}</sup>`);

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (found) => entities[found] ?? found);
