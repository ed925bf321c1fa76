import type { BindingClass } from "#core/bindingness.ts";
import { compareReleases, type ChangeKind, type ReleaseDifference, type ReleaseLine } from "#core/diff.ts";
import { MainstayError } from "#core/errors.ts";
import { parseClass } from "#core/frame.ts";
import { formatDecimal } from "#core/money.ts";
import type { ChangeSum, Diff, DiffRow, ReleaseChange } from "#core/views.ts";
import type { Database } from "#store/database.ts";
import { findBook, partyNames } from "#store/register.ts";
import { releaseLines, releasesOf, type NamedRelease } from "#store/release-lines.ts";
import { amountText } from "./totals.ts";

export type DiffQuestion = Readonly<{ book: string; from: string; to: string; class?: string | undefined }>;

/**
 * What a release says differently from another of the same series, promise by promise; the changes add up to the difference of their totals.
 * The class is `bound` unless asked otherwise.
 * @throws MainstayError unknown_book, unknown_release, unknown_class
 */
export async function diff(db: Database, question: DiffQuestion): Promise<Diff> {
  const book = await findBook(db, question.book);
  if (book === undefined) throw new MainstayError("unknown_book", JSON.stringify(question.book), { field: "book" });
  const releases = await releasesOf(db, book.no);
  const to = pick(releases, question.to, "to");
  const from = pick(
    releases.filter((release) => release.series === to.series),
    question.from,
    "from",
  );
  const theClass = parseClass(question.class ?? "bound");
  const [before, after, names] = await Promise.all([
    releaseLines(db, book.no, from, theClass),
    releaseLines(db, book.no, to, theClass),
    partyNames(db),
  ]);
  const differences = compareReleases(before, after, "EUR");
  return {
    book: book.slug,
    from: from.name,
    to: to.name,
    class: theClass,
    summary: summarise({ from, to, theClass, before, after, differences, names }),
    rows: differences.map((row) => diffRow(row, names)),
  };
}

function pick(releases: readonly NamedRelease[], name: string, field: string): NamedRelease {
  const found = releases.find((release) => release.name === name);
  if (found === undefined) throw new MainstayError("unknown_release", JSON.stringify(name), { field });
  return found;
}

function diffRow(row: ReleaseDifference, names: ReadonlyMap<string, string>): DiffRow {
  const original = (line: ReleaseLine | null) => (line === null ? null : formatDecimal(line.quantity, line.unitScale));
  const reported = (line: ReleaseLine | null) => (line?.reported == null ? null : amountText(line.reported, 2));
  return {
    kind: row.kind,
    code: row.code,
    donor: names.get(row.donor) ?? row.donor,
    category: row.after?.category ?? row.before?.category ?? "",
    unitBefore: row.before?.unit ?? null,
    unitAfter: row.after?.unit ?? null,
    originalBefore: original(row.before),
    originalAfter: original(row.after),
    reportedBefore: reported(row.before),
    reportedAfter: reported(row.after),
    change: row.change === null ? null : amountText(row.change, 2),
    note: row.note,
  };
}

export type Comparison = Readonly<{
  from: NamedRelease;
  to: NamedRelease;
  theClass: BindingClass;
  before: readonly ReleaseLine[];
  after: readonly ReleaseLine[];
  differences: readonly ReleaseDifference[];
  names: ReadonlyMap<string, string>;
}>;

/** The sums of a comparison, and each giver's total before and after. */
export function summarise({ from, to, theClass, before, after, differences, names }: Comparison): ReleaseChange {
  const sum = (kind: ChangeKind): ChangeSum => {
    const rows = differences.filter((row) => row.kind === kind);
    return {
      promises: rows.length,
      amount: amountText(
        rows.reduce((total, row) => total + (row.change ?? 0n), 0n),
        2,
      ),
    };
  };
  const left = totalsByDonor(before);
  const right = totalsByDonor(after);
  const byDonor = [...new Set([...left.keys(), ...right.keys()])].map((donor) => {
    const was = left.get(donor) ?? 0n;
    const is = right.get(donor) ?? 0n;
    return { donor, name: names.get(donor) ?? donor, was, is };
  });
  return {
    from: from.name,
    to: to.name,
    class: theClass,
    added: sum("added"),
    dropped: sum("dropped"),
    newMoney: sum("new-money"),
    reconverted: sum("re-conversion"),
    recoded: sum("re-coding"),
    byDonor: byDonor
      .sort((a, b) => compareBig(magnitude(b.is - b.was), magnitude(a.is - a.was)))
      .map(({ donor, name, was, is }) => ({
        donor,
        name,
        before: left.has(donor) ? amountText(was, 2) : null,
        after: right.has(donor) ? amountText(is, 2) : null,
        change: amountText(is - was, 2),
      })),
  };
}

function totalsByDonor(lines: readonly ReleaseLine[]): Map<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const line of lines) totals.set(line.donor, (totals.get(line.donor) ?? 0n) + (line.reported ?? 0n));
  return totals;
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function compareBig(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
