import { basename } from "node:path";
import type { Command } from "commander";
import type { Database } from "#app/database.ts";
import { enteringByHand } from "#app/planning/by-hand.ts";
import { fileFormats, templateFile, type ExportedFile, type FileFormat } from "#app/planning/record-exports.ts";
import { refuseRefused } from "#app/planning/record-files.ts";
import type { Entering } from "#app/planning/needs.ts";
import { MainstayError } from "#core/errors.ts";
import type { ImportOutcome, VersionView } from "#core/views-planning.ts";
import { acting, doingOf, withExample, type ActingOptions } from "./acting.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText, tableText } from "./output.ts";
import { sourceOptions, type SourceOptions } from "./planning-source.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

export type BookOptions = Readonly<{ book: string; knownAt?: string; json?: true; data?: string }>;
export type EnteringOptions = ActingOptions & SourceOptions & Readonly<{ book: string; reason?: string }>;

/** Adds which book, and as known when. */
export function ofBook(command: Command): Command {
  return command.option("--book <book>", "the book", defaultBook);
}

export function knownAtOption(command: Command): Command {
  return command.option("--known-at <day>", "what was known by the end of that day (YYYY-MM-DD)");
}

/** Adds what goes with everything that is entered: the book, where it comes from, why, and who acts. */
export function entering(command: Command): Command {
  return acting(sourceOptions(ofBook(command))).option("--reason <words>", "why what is on record changes");
}

/** How something is entered by these options. @throws MainstayError unknown_book, invalid_date */
export async function enteringOf(
  db: Database,
  environment: Environment,
  options: EnteringOptions,
  file?: string,
): Promise<Entering> {
  const { now, actor } = doingOf(environment, options);
  const { source = file === undefined ? undefined : basename(file), publisher, published, url, reason } = options;
  return enteringByHand(db, options.book, { now, actor, source, publisher, published, url, reason });
}

type What = "needs" | "offers";
type Import = (
  db: Database,
  book: string,
  file: Readonly<{ bytes: Uint8Array; fileName: string; skipBad: boolean }>,
  entering: Entering,
) => Promise<ImportOutcome>;
type Export = (
  db: Database,
  question: Readonly<{ book: string; knownAt?: string | undefined }>,
  format: FileFormat,
) => Promise<ExportedFile>;

/** Adds `import`, `export` and `template` to `need` or `offer`. */
export function addFiles(
  command: Command,
  environment: Environment,
  { what, bring, fileOf }: Readonly<{ what: What; bring: Import; fileOf: Export }>,
): void {
  const { terminal } = environment;
  const word = what.slice(0, -1);
  const importing = entering(command.command("import <file>"))
    .description(`Enters the ${what} of a workbook or a CSV: all or none`)
    .option("--skip-bad", "enter the good rows and leave the others out");
  withExample(importing, `${word} import ${what}.xlsx --book my-book`).action(
    async (file: string, options: EnteringOptions & Readonly<{ skipBad?: true }>) =>
      inSession(environment, options, async ({ db }) => {
        const bytes = await environment.readFile(file);
        const how = await enteringOf(db, environment, options, file);
        const read = { bytes, fileName: file, skipBad: options.skipBad === true };
        const outcome = await bring(db, options.book, read, how);
        terminal.out(options.json ? jsonText(outcome) : outcomeText(outcome, what));
        refuseRefused(outcome);
      }),
  );
  const exporting = knownAtOption(ofBook(command.command("export <file>")))
    .description(
      `Writes the ${what} that stand to a workbook or a CSV, by the file's name, as they can be imported again`,
    )
    .option("--json", "print JSON");
  withExample(exporting, `${word} export ${what}.csv --book my-book`).action(
    async (file: string, options: BookOptions) =>
      inSession(environment, options, async ({ db }) => {
        await environment.checkOutput(file, "");
        const { bytes } = await fileOf(db, options, formatOf(file));
        await environment.writeFile(file, bytes);
        terminal.out(options.json ? jsonText({ file }) : `Written: ${file}\n`);
      }),
  );
  const template = command
    .command("template <file>")
    .description(`Writes an empty file of ${what} to fill in: a workbook with notes and kinds, or a CSV`)
    .option("--json", "print JSON");
  withExample(template, `${word} template ${what}.xlsx`).action(async (file: string, options: ActingOptions) => {
    await environment.checkOutput(file, "");
    await environment.writeFile(file, await templateFile(what, formatOf(file)));
    terminal.out(options.json ? jsonText({ file }) : `Written: ${file}\n`);
  });
}

/** @throws MainstayError parameter_invalid for a file that is neither */
function formatOf(file: string): FileFormat {
  const found = fileFormats.find((format) => file.toLowerCase().endsWith(`.${format}`));
  if (found === undefined)
    throw new MainstayError("parameter_invalid", `${file}, not a name that ends in .xlsx or .csv`, { field: "file" });
  return found;
}

/** What came of a file, in words. */
export function outcomeText(outcome: ImportOutcome, what: What | "milestones"): string {
  const { entered, changed, unchanged, skipped, problems, moreProblems } = outcome;
  const refused = problems.length > 0 && skipped === 0;
  return [
    refused
      ? `${outcome.file}: nothing was entered.`
      : `${outcome.file}: ${entered} ${entered === 1 ? what.slice(0, -1) : what} entered, ${changed} changed, ${unchanged} unchanged${skipped > 0 ? `, ${skipped} ${skipped === 1 ? "row" : "rows"} left out` : ""}.`,
    ...problems.map((problem) => `  ${problem.message}`),
    ...(moreProblems > 0 ? [`  and ${moreProblems} more`] : []),
    "",
  ].join("\n");
}

/** Every version, newest first, with what it changed. */
export function historyText(history: readonly VersionView[]): string {
  return tableText(
    [
      { title: "version", cell: (row) => String(row.seq), right: true },
      { title: "known", cell: (row) => row.knownAt.slice(0, 10) },
      { title: "by", cell: (row) => row.actor },
      {
        title: "what",
        cell: (row) =>
          [
            row.state === "withdrawn" ? "withdrawn" : "",
            ...row.changes.map(
              ({ field, before, after }) => `${field}: ${before || "nothing"} -> ${after || "nothing"}`,
            ),
          ]
            .filter((part) => part !== "")
            .join("; ") || "as entered",
      },
      { title: "why", cell: (row) => row.reason },
    ],
    history,
  );
}
