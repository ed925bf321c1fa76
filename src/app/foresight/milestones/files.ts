import { basename } from "node:path";
import { milestoneFaults, type MilestoneFault, type MilestoneNames } from "#core/foresight/milestones/faults.ts";
import { circleIn } from "#core/foresight/milestones/graph.ts";
import { milestoneOf } from "#core/foresight/milestones/normal.ts";
import { describeError } from "#core/errors.ts";
import type { ImportOutcome, ImportProblem } from "#core/views-planning.ts";
import {
  milestoneColumnOf,
  milestoneColumns,
  readMilestones,
  type MilestoneRecord,
} from "#formats/milestones/table.ts";
import { readTable } from "#formats/needs/file.ts";
import type { ReadRow, TableProblem } from "#formats/needs/rows.ts";
import { writeCsv } from "#formats/needs/write.ts";
import type { Database } from "#store/database.ts";
import { evidenceMissing, milestoneVersions, type MilestoneVersion } from "#store/foresight/milestones.ts";
import { requireBook } from "../../books.ts";
import { dayOf } from "../../clock.ts";
import { cutOf } from "../../planning/cut.ts";
import type { RecordFile } from "../../planning/record-files.ts";
import type { ExportedFile } from "../../planning/record-exports.ts";
import { enterMilestones, nameableOf, type MilestoneEntering } from "./write.ts";

const mostShown = 50;

/**
 * Enters the milestones of a CSV, or of the sheet Milestones of a workbook. Where anything in it is wrong nothing is entered, unless bad rows are
 * to be left out; either way what is wrong is told row by row. A row that is on record and says something else becomes a further version.
 * @throws MainstayError unknown_book, sheet_not_found, header_only, version_out_of_order, milestone_circle, those of reading the file
 */
export async function importMilestones(
  db: Database,
  book: string,
  { bytes, fileName, skipBad }: RecordFile,
  entering: MilestoneEntering,
): Promise<ImportOutcome> {
  const { no } = await requireBook(db, book);
  const file = basename(fileName);
  const read = readMilestones(await readTable(bytes, "Milestones", { fileName: file }));
  const checks: Checks = {
    versions: await milestoneVersions(db, no, null),
    sheet: read.sheet,
    today: dayOf(entering.knownAt),
    names: async (rows) =>
      nameableOf(
        db,
        no,
        rows.map(({ record }) => record.milestone),
      ),
    missing: async (rows) =>
      new Set(
        await evidenceMissing(
          db,
          no,
          rows.flatMap(({ record }) => record.milestone.evidence),
        ),
      ),
  };
  const { good, problems } = await sift(read.rows, checks);
  const all = [...read.problems, ...problems].sort((one, other) => (one.row ?? 0) - (other.row ?? 0));
  const headerFailed = read.problems.some((problem) => problem.row === 1);
  const entered = all.length === 0 || (skipBad && !headerFailed);
  const done = entered
    ? await enterMilestones(
        db,
        book,
        good.map(({ record }) => record),
        entering,
      )
    : { entered: 0, changed: 0, unchanged: 0 };
  return {
    file,
    ...done,
    skipped: entered ? new Set(all.map((problem) => problem.row)).size : 0,
    problems: all.slice(0, mostShown).map((problem) => problemOf(problem, file)),
    moreProblems: Math.max(0, all.length - mostShown),
  };
}

type Row = ReadRow<MilestoneRecord>;
type Checks = Readonly<{
  versions: readonly MilestoneVersion[];
  sheet: string | null;
  today: string;
  names: (rows: readonly Row[]) => Promise<MilestoneNames>;
  missing: (rows: readonly Row[]) => Promise<ReadonlySet<string>>;
}>;

/** Rows that can be entered together, and what is wrong with the others: one that depends on a bad row is bad too. */
async function sift(rows: readonly Row[], checks: Checks): Promise<{ good: readonly Row[]; problems: TableProblem[] }> {
  let good = rows;
  const problems: TableProblem[] = [];
  for (;;) {
    const found = await problemsIn(good, checks);
    if (found.length === 0) return { good, problems };
    const bad = new Set(found.map((problem) => problem.row));
    problems.push(...found);
    good = good.filter(({ row }) => !bad.has(row));
  }
}

async function problemsIn(rows: readonly Row[], checks: Checks): Promise<TableProblem[]> {
  const names = await checks.names(rows);
  const first = new Map(rows.toReversed().map(({ record, row }) => [record.id, row]));
  const missing = await checks.missing(rows);
  const flat = rows.flatMap(({ record, row }): TableProblem[] => {
    const faults = [
      ...milestoneFaults(record.milestone, names),
      ...stateFaults(record, checks.today),
      ...record.milestone.evidence
        .map(({ kind, id }) => `${kind}:${id}`)
        .filter((said) => missing.has(said))
        .map((said) => invalid("evidence", `${said}, which is not on record`)),
    ];
    const twice = first.get(record.id);
    return [
      ...faults.map(({ code, field, found }) => problemAt(checks, row, code, field, found)),
      ...(twice === row
        ? []
        : [problemAt(checks, row, "record_named_twice", "id", `${record.id}, as in row ${twice}`)]),
    ];
  });
  return flat.length > 0 ? flat : circleProblems(rows, checks);
}

function stateFaults({ milestone: { happenedOn }, state }: MilestoneRecord, today: string): MilestoneFault[] {
  if (state === "expected")
    return happenedOn === null ? [] : [invalid("happenedOn", `${happenedOn}, of what is still expected`)];
  if (happenedOn === null) return [invalid("happenedOn", `no day, of what was ${state}`)];
  return happenedOn > today ? [invalid("happenedOn", `${happenedOn}, after ${today}, when it is entered`)] : [];
}

const invalid = (field: MilestoneFault["field"], found: string): MilestoneFault => ({
  code: "milestone_invalid",
  field,
  found,
});

/** Rows on a circle that they make together, or with what is on record. */
function circleProblems(rows: readonly Row[], checks: Checks): TableProblem[] {
  const graph = new Map<string, readonly string[]>(checks.versions.map(({ id, body }) => [id, body.dependsOn]));
  for (const { record } of rows) graph.set(record.id, record.milestone.dependsOn);
  const circle = circleIn(graph);
  if (circle === null) return [];
  return rows
    .filter(({ record }) => circle.includes(record.id))
    .map(({ row }) => problemAt(checks, row, "milestone_circle", "dependsOn", circle.join(" -> ")));
}

function problemAt(
  { sheet }: Checks,
  row: number,
  code: TableProblem["code"],
  field: string,
  found: string,
): TableProblem {
  return { code, sheet, row, column: milestoneColumnOf(field), found };
}

function problemOf({ code, sheet, row, column, found }: TableProblem, file: string): ImportProblem {
  const place = { file, sheet: sheet ?? undefined, row: row ?? undefined, column: column ?? undefined };
  return { code, file, sheet, row, column, found, message: describeError(code, found, place) };
}

/** The milestones of a book that are stated, as they are imported again. @throws MainstayError unknown_book, invalid_date */
export async function exportMilestones(
  db: Database,
  question: Readonly<{ book: string; knownAt?: string | undefined }>,
): Promise<ExportedFile> {
  const { bookNo, knownBefore, head } = await cutOf(db, question.book, question.knownAt);
  const last = new Map((await milestoneVersions(db, bookNo, knownBefore)).map((one) => [one.id, one]));
  const records = [...last.values()].map(({ id, body, state }) => ({ id, milestone: milestoneOf(body), state }));
  const parts = [
    head.book,
    "milestones",
    head.knownAt === null ? "" : `known-at-${head.knownAt}`,
    head.synthetic ? "synthetic" : "",
  ];
  return {
    bytes: new TextEncoder().encode(writeCsv(milestoneColumns, records)),
    name: parts.filter((part) => part !== "").join("_"),
  };
}
