import { tableIn } from "#core/foresight/report/drawing.ts";
import { shown, unitOf } from "#core/foresight/report/shown.ts";
import { cellAt } from "#core/foresight/report/table.ts";
import { dayWords } from "#core/months.ts";
import type { PledgeReport, ReportMark, ReportTable } from "#core/views-report.ts";

/** What stands at the head of every page. */
export function runningHead({ title, subtitle, synthetic }: PledgeReport): string {
  return `${title}. ${subtitle}${synthetic ? ". SYNTHETIC" : ""}`;
}

/** With what every figure is drawn. */
export function frameLine({ asOf, knownAt, frame, boundaryName, book }: PledgeReport): string {
  return `As of ${dayWords(asOf)}; as known at the end of ${dayWords(knownAt)}. Boundary ${boundaryName}, basis ${frame.basis}, book ${book.slug}.`;
}

export function sourceLine({ knownAt, book, sources, synthetic }: PledgeReport): string {
  const publishers = [...new Set(sources.map((one) => one.publisher))].filter((one) => one !== "");
  const named = publishers.length > 4 ? [...publishers.slice(0, 4), "others"] : publishers;
  const from = named.length === 0 ? "" : `; from ${named.join(", ")}`;
  return `Source: Mainstay, ${book.title}${synthetic ? " (synthetic)" : ""}, as known at the end of ${dayWords(knownAt)}${from}.`;
}

/** A figure that stands large, with its unit: amounts in millions. */
export function markOf(report: PledgeReport, mark: ReportMark): Readonly<{ figure: string; unit: string }> {
  const table = tableIn(report, mark.table);
  const column = table.columns.find((one) => one.id === mark.column);
  const cell = cellAt(table, mark.row, mark.column);
  if (column === undefined || cell === undefined) return { figure: "", unit: "" };
  const how = column.kind === "amount" ? { ...column, shown: "millions" as const } : column;
  return { figure: shown(cell, how), unit: unitOf(how) };
}

/** Neighbouring columns under the same head. */
export function spansOf(table: ReportTable): readonly Readonly<{ over: string | null; width: number }>[] {
  return table.columns.reduce<{ over: string | null; width: number }[]>((spans, { over }) => {
    const last = spans.at(-1);
    if (last !== undefined && last.over === over) last.width += 1;
    else spans.push({ over, width: 1 });
    return spans;
  }, []);
}
