import { basename, dirname, join } from "node:path";
import type { Command } from "commander";
import {
  companionOf,
  importEcb,
  importKiel,
  importMappedCsv,
  type ImportReport,
  type MappingText,
  type RatesReport,
  type SummaryFile,
} from "#app/import.ts";
import type { ImportRemark } from "#core/entries.ts";
import { jsonText, progressOn, tableText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment, Session } from "./session.ts";

type ReleaseOptions = Readonly<{
  release: string;
  published: string;
  book?: string;
  strict?: true;
  report?: string;
  json?: true;
  data?: string;
}>;
type CsvOptions = ReleaseOptions & Readonly<{ mapping: string; summary?: string }>;

/** `mainstay import kiel|csv|ecb FILE`: a file into the record, all or nothing. */
export function addImport(program: Command, environment: Environment): void {
  const command = program.command("import").description("Bring published files into the record");
  withRelease(
    command.command("kiel <file>").description("A Ukraine Support Tracker workbook (xlsx) or its MAIN DATA as CSV"),
  ).action(async (path: string, options: ReleaseOptions) => {
    await bring(environment, path, options, (session, file) =>
      importKiel(session.db, { ...file, ...release(options) }),
    );
  });
  withRelease(command.command("csv <file>").description("Any CSV, read by a mapping"))
    .requiredOption("--mapping <name|file>", "a mapping of policies/mappings by name, or a file")
    .option(
      "--summary <file>",
      "the publisher's own totals, to be compared; without it, the file the mapping names if it lies beside",
    )
    .action(async (path: string, options: CsvOptions) => {
      const mapping = await environment.readMapping(options.mapping);
      const summary = await summaryFile(environment, path, options.summary, mapping);
      await bring(environment, path, options, (session, file) =>
        importMappedCsv(session.db, { ...file, ...release(options) }, mapping, summary),
      );
    });
  command
    .command("ecb <file>")
    .description("The European Central Bank's history of euro reference rates (eurofxref-hist.csv)")
    .option("--json", "print JSON")
    .action(async (path: string, options: { json?: true; data?: string }) => {
      await withFile(environment, path, options, async (session, file) => {
        const done = await importEcb(session.db, file);
        environment.terminal.out(options.json ? jsonText(done) : ratesText(done));
      });
    });
}

/** The companion of totals a mapping names: the file asked for, which must be there, or the one beside, which may be. */
async function summaryFile(
  environment: Environment,
  path: string,
  asked: string | undefined,
  mapping: MappingText,
): Promise<SummaryFile | undefined> {
  const companion = companionOf(mapping);
  if (companion === null) return undefined;
  const place = asked ?? join(dirname(path), companion.file);
  if (asked === undefined && !(await environment.fileExists(place))) return undefined;
  return {
    bytes: await environment.readFile(place),
    fileName: basename(place),
    mapping: await environment.readMapping(companion.mapping),
  };
}

function withRelease(command: Command): Command {
  return command
    .requiredOption("--release <name>", "the release's name, as its publisher gives it")
    .requiredOption("--published <day>", "the day it was published (YYYY-MM-DD): its content is known from then on")
    .option("--book <name>", "the book it goes to")
    .option("--strict", "refuse the whole file when a row cannot be read")
    .option("--report <file>", "write every row refused or noted to this file as JSON")
    .option("--json", "print JSON");
}

function release(options: ReleaseOptions) {
  return {
    release: options.release,
    published: options.published,
    book: options.book,
    strict: options.strict === true,
  };
}

type File = Readonly<{
  bytes: Uint8Array;
  fileName: string;
  actor: string;
  signal: AbortSignal;
  onProgress: (label: string, done: number, total: number) => void;
}>;

async function withFile(
  environment: Environment,
  path: string,
  options: Readonly<{ data?: string }>,
  work: (session: Session, file: File) => Promise<void>,
): Promise<void> {
  const bytes = await environment.readFile(path);
  const { terminal, actor } = environment;
  await inSession(environment, options, async (session) => {
    const progress = progressOn(terminal, environment.now);
    try {
      await work(session, {
        bytes,
        fileName: basename(path),
        actor,
        signal: terminal.signal,
        onProgress: progress.step,
      });
    } finally {
      progress.end();
    }
  });
}

async function bring(
  environment: Environment,
  path: string,
  options: ReleaseOptions,
  read: (session: Session, file: File) => Promise<ImportReport>,
): Promise<void> {
  // A report that cannot be written is told before anything is imported, not after.
  if (options.report !== undefined) await environment.checkOutput(options.report, path);
  await withFile(environment, path, options, async (session, file) => {
    const report = await read(session, file);
    if (options.report !== undefined) await environment.writeFile(options.report, jsonText(report));
    environment.terminal.out(options.json ? jsonText(report) : textOf(report, options.report));
  });
}

/** What came of a file of rates, and the first of what could not be read. */
function ratesText({ read, added, kept, from, to, remarks }: RatesReport): string {
  const lines = [`${read} rates read from ${from} to ${to}, ${added} of them new.\n`];
  if (kept > 0) lines.push(`${kept} are on record with another rate already, which stays.\n`);
  if (remarks.length > 0)
    lines.push(`${remarks.length} cells or rows could not be read and are left out:\n`, remarksText(remarks));
  if (remarks.length > shownRemarks)
    lines.push(`... and ${remarks.length - shownRemarks} more: list them with --json\n`);
  return lines.join("");
}

function remarksText(remarks: readonly ImportRemark[]): string {
  return tableText(
    [
      { title: "", cell: (remark) => remark.severity },
      { title: "sheet", cell: (remark) => remark.sheet ?? "" },
      { title: "row", cell: (remark) => String(remark.row), right: true },
      { title: "column", cell: (remark) => remark.column },
      { title: "found", cell: (remark) => remark.found.slice(0, 40) },
      { title: "reason", cell: (remark) => remark.reason },
    ],
    remarks.slice(0, shownRemarks),
  );
}

const shownRemarks = 10;

function textOf(report: ImportReport, reportFile: string | undefined): string {
  if (report.unchanged) return `${report.release} is already on record in ${report.book}; nothing changed.\n`;
  const lines = [
    `${report.release} is on record in the book ${report.book}: ${report.promises} promises read, ${report.postings} postings added.\n`,
    `${report.rowsRefused} rows refused, ${report.rowsNoted} rows taken in with a note.\n`,
  ];
  if (report.columns.unknown.length > 0) lines.push(`Columns not used: ${report.columns.unknown.join(", ")}\n`);
  if (report.remarks.length > 0) {
    lines.push("\n", remarksText(report.remarks));
    const more = report.remarks.length - shownRemarks;
    if (more > 0)
      lines.push(
        reportFile === undefined
          ? `... and ${more} more: list them with --report FILE\n`
          : `... all in ${reportFile}\n`,
      );
  }
  return lines.join("");
}
