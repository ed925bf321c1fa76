import type { Command } from "commander";
import { pledgeReport, type ReportQuestion } from "#app/foresight/report.ts";
import { reportFile, reportFormatOf } from "#app/foresight/report-file.ts";
import { dayWords } from "#core/months.ts";
import { headIn, isFigure, notesOf, shown, textOf } from "#core/foresight/report/shown.ts";
import type { PledgeReport, ReportTable } from "#core/views-report.ts";
import { jsonText, tableText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = ReportQuestion & Readonly<{ format?: string; out?: string; json?: true; data?: string }>;

/** `mainstay report`: the pledge report. */
export function addReport(program: Command, environment: Environment): void {
  const { terminal, clock } = environment;
  const command = program.command("report").description("The pledge report: on paper, as a workbook, as a table");
  command
    .command("pledge")
    .description("What each ally pledged, its fair share, what was bound, placed and received in a period")
    .option("--fund <fund>", "of this fund, whose contributors are then those of the report")
    .option("--group <group>", "without a fund: of the giving of this group's members")
    .option("--book <book>", "the book; the fund's own, or worked-case")
    .requiredOption(
      "--period <period>",
      "a year, a half, a quarter or from a day to a day: 2024, 2024H2, 2024Q3, FROM/TO",
    )
    .option("--known-at <day>", "as the record stood at the end of this day (YYYY-MM-DD); today without it")
    .option(
      "--boundary <whose>",
      "whose giving: all, nations, organisations, group:NAME, under:NAME; the group without it",
    )
    .option("--basis <rule>", "as-reported, at-event, constant:YYYY-MM-DD", "as-reported")
    .option("--key <key>", "another key for the fair shares; the fund's own without it, or by GDP")
    .option("--until <day>", "to which day the forecast looks (YYYY-MM-DD); the next summit without it")
    .option("--no-forecast", "leave the forecast out, which takes a while")
    .option("--format <format>", "html, pdf, xlsx, csv or json; the two front pages as text without it")
    .option("--out <file>", "write to this file; a PDF or a workbook goes to one named after the report without it")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExample: npx mainstay report pledge --fund harbour-fund --period 2025H2 --known-at 2026-01-31 --format pdf --out report.pdf",
    )
    .action(async (options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const format =
          options.json === true ? "json" : options.format === undefined ? undefined : reportFormatOf(options.format);
        const report = await pledgeReport(db, clock, options, { signal: terminal.signal });
        if (format === undefined && options.out === undefined) return terminal.out(reportText(report));
        if (format === "json" && options.out === undefined) return terminal.out(jsonText(report));
        const file = await reportFile(report, format ?? reportFormatOf(options.out?.split(".").at(-1) ?? ""));
        const binary = file.type.startsWith("application/pdf") || file.name.endsWith(".xlsx");
        if (options.out === undefined && !binary) return terminal.out(new TextDecoder().decode(file.bytes));
        const place = options.out ?? file.name;
        await environment.writeFile(place, file.bytes);
        terminal.out(`The pledge report is in ${place}.\n`);
      }),
    );
}

/** The two front pages as text. */
function reportText(report: PledgeReport): string {
  return [
    `${report.title}. ${report.subtitle}${report.synthetic ? ". SYNTHETIC: made up to try the program out" : ""}`,
    `As of ${dayWords(report.asOf)}, as known at the end of ${dayWords(report.knownAt)}. Boundary: ${report.boundaryName}.`,
    ...(report.modelled === null ? [] : [report.modelled]),
    "",
    ...report.findings.map((one) => `- ${one}`),
    "",
    ...report.front.map(tableBlock),
    `Annex, in every format: ${report.annex.map((one) => `${one.number} ${one.title}`).join("; ")}.\n`,
  ]
    .join("\n")
    .replaceAll("\u00a0", " ")
    .replaceAll("\u00ad", "");
}

function tableBlock(table: ReportTable): string {
  const head = `${table.number}. ${table.title}${textOf(table) === "" ? "" : `\n${textOf(table)}`}`;
  if (table.rows.length === 0) return `${head}\n${table.empty}\n`;
  const columns = [
    { title: table.nameHead, cell: (row: ReportTable["rows"][number]) => row.name },
    ...table.columns.map((column, place) => ({
      title: `${headIn(table, column)}${column.note === null ? "" : ` [${column.note}]`}`,
      right: isFigure(column),
      cell: (row: ReportTable["rows"][number]) => {
        const cell = row.cells[place];
        return cell === undefined ? "" : `${shown(cell, column)}${cell.note === null ? "" : ` [${cell.note}]`}`;
      },
    })),
  ];
  const notes = notesOf(table).map(({ mark, text }) => (mark === null ? text : `[${mark}] ${text}`));
  return `${head}\n${tableText(columns, table.rows)}${notes.map((one) => `${one}\n`).join("")}`;
}
