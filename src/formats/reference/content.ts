import type { BindingClass, Stream } from "#core/bindingness.ts";
import { bindingClasses } from "#core/bindingness.ts";
import type {
  ClassCoverage,
  EffectiveDate,
  LedgerEntry,
  PromiseReading,
  PublishedTotal,
  ReleaseContent,
} from "#core/entries.ts";
import { formatDecimal, rescale } from "#core/money.ts";
import { currencyUnit, euro } from "../units.ts";
import type { Category, TotalRow } from "./figures.ts";
import type { BudgetSupportRecord, SourceRecord, StatementRecord } from "./records.ts";

/** Which stream a total counts in. Humanitarian totals mix money and goods and cannot be split: they stand with the money. */
const streamOf: Readonly<Record<Category, Stream>> = {
  Military: "materiel",
  Financial: "finance",
  Humanitarian: "finance",
};

type Frame = Readonly<{ series: string; dataTo: string; source: SourceRecord }>;

/**
 * A release of totals: one promise a donor and category, each figure an entry of its own at the end of its period.
 * What is placed comes out of what is bound by then and, where the source states more placed than bound, from outside.
 */
export function totalsContent(
  frame: Frame,
  rows: readonly TotalRow[],
  published: readonly PublishedTotal[],
): ReleaseContent {
  const readings: PromiseReading[] = [];
  const entries: LedgerEntry[] = [];
  for (const mine of groupBy(rows, (row) => `${row.donor} ${row.category}`)) {
    const [first] = mine;
    if (first === undefined) continue;
    const promise = readings.length;
    readings.push({
      ...blankReading(frame, first.row),
      code: "TOTAL",
      donor: first.donor,
      stream: streamOf[first.category],
      category: first.category,
      title: `${first.category} support`,
      explanation: "All support of this kind that the tracker counts, as one figure a period.",
    });
    entries.push(...totalEntries(promise, mine, frame.dataTo));
  }
  const placed = rows.some((row) => row.class === "placed");
  return {
    ...blankContent(frame.series),
    readings,
    entries,
    coverage: coverage(placed ? { bound: "", placed: "" } : { bound: "" }, {
      said: "The tracker counts commitments, not announcements.",
      placed: "The tracker printed no allocations in this release.",
      moved:
        "The tracker's totals do not say what was paid or delivered; budget support paid out is a series of its own.",
      received: "The tracker does not say what the recipient confirmed.",
    }),
    published,
  };
}

function totalEntries(promise: number, rows: readonly TotalRow[], dataTo: string): LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  let bound = 0n; // cents bound and not yet placed
  for (const period of [...new Set(rows.map((row) => row.period))].sort(undatedLast)) {
    if (period === "undated") bound = 0n; // an undated step may come before any other: it draws on its like only
    const step = { promise, contra: false, effective: endOf(period, dataTo) };
    const committed = rows.find((row) => row.period === period && row.class === "bound");
    if (committed !== undefined) {
      const quantity = rescale(committed.amount, 6, euro.scale);
      entries.push({ ...step, from: null, to: "bound", quantity, reported: committed.amount });
      bound += quantity;
    }
    const allocated = rows.find((row) => row.period === period && row.class === "placed");
    if (allocated === undefined) continue;
    const quantity = rescale(allocated.amount, 6, euro.scale);
    const inside = quantity < bound ? quantity : bound;
    const insideReported = inside === quantity ? allocated.amount : rescale(inside, euro.scale, 6);
    if (inside > 0n) entries.push({ ...step, from: "bound", to: "placed", quantity: inside, reported: insideReported });
    if (quantity > inside)
      entries.push({
        ...step,
        from: null,
        to: "placed",
        quantity: quantity - inside,
        reported: allocated.amount - insideReported,
      });
    bound -= inside;
  }
  return entries.filter((entry) => entry.quantity > 0n);
}

/** A release of budget support paid out: entries from outside to `moved`. What was committed stands beside it and is not counted: the totals hold it. */
export function budgetSupportContent(
  frame: Frame,
  rows: readonly (BudgetSupportRecord & { row: number })[],
): ReleaseContent {
  const readings: PromiseReading[] = [];
  const entries: LedgerEntry[] = [];
  for (const mine of groupBy(rows, (row) => row.donor)) {
    const [first] = mine;
    if (first === undefined) continue;
    const promise = readings.length;
    readings.push({
      ...blankReading(frame, first.row),
      code: "BUDGET-SUPPORT",
      donor: first.donor,
      stream: "finance",
      category: "Financial",
      title: "Budget support paid out",
      explanation: "Loans and grants to the recipient's budget that the tracker found paid out.",
      details:
        first.committed === null
          ? {}
          : {
              "Committed (EUR, part of the totals and not counted here)": formatDecimal(
                rescale(first.committed, 6, 2),
                2,
              ),
            },
    });
    for (const row of mine) {
      const quantity = rescale(row.disbursed, 6, euro.scale);
      if (quantity === 0n) continue;
      entries.push({
        promise,
        from: null,
        to: "moved",
        contra: false,
        quantity,
        reported: row.disbursed,
        effective: endOf(row.period, frame.dataTo),
      });
    }
  }
  return {
    ...blankContent(frame.series),
    readings,
    entries,
    coverage: coverage(
      { moved: "budget support paid out only; deliveries of aid in kind are not valued" },
      {
        said: "Only what was paid out is counted here.",
        bound: "What was committed is part of the financial totals and is not counted twice.",
        placed: "What was allocated is part of the financial totals and is not counted twice.",
        received: "The tracker does not say what the recipient confirmed.",
      },
    ),
  };
}

/** What one document announces: an entry from outside to `said` for each posted statement, in its own currency. All in one currency. */
export function statementsContent(frame: Frame, rows: readonly (StatementRecord & { row: number })[]): ReleaseContent {
  const readings: PromiseReading[] = [];
  const entries: LedgerEntry[] = [];
  for (const row of rows) {
    const unit = currencyUnit(row.currency ?? "");
    if (row.giver === null || row.stream === null || row.category === null || row.amount === null || unit === null)
      continue;
    const quote = frame.source.passages.find((passage) => passage.id === row.passage)?.quote ?? "";
    const quantity = rescale(row.amount, 2, unit.scale);
    entries.push({
      promise: readings.length,
      from: null,
      to: "said",
      contra: false,
      quantity,
      reported: rescale(row.amount, 2, 6),
      effective: { on: row.saidOn, precision: "day" },
    });
    readings.push({
      ...blankReading(frame, row.row),
      code: row.id,
      donor: row.giver,
      stream: row.stream,
      category: row.category,
      unit,
      title: row.title,
      explanation: quote,
      details: { Speaker: row.speaker, Place: row.place, ...(row.note === "" ? {} : { Note: row.note }) },
    });
  }
  const none = "The document is an announcement.";
  return {
    ...blankContent(frame.series),
    reportedCurrency: rows[0]?.currency ?? "EUR",
    readings,
    entries,
    coverage: coverage(
      { said: "only announcements on record that name one giver and a new amount" },
      { bound: none, placed: none, moved: none, received: none },
    ),
  };
}

/** A year is known to its last day, the last year to the release's last day of data; a day to that day. */
function endOf(period: string, dataTo: string): EffectiveDate {
  if (period === "undated") return { on: null, precision: "none" };
  if (period.length > 4) return { on: period, precision: "by" };
  return { on: period === dataTo.slice(0, 4) ? dataTo : `${period}-12-31`, precision: "by" };
}

function undatedLast(left: string, right: string): number {
  const [a, b] = [left, right].map((period) => (period === "undated" ? "~" : period));
  return a === b ? 0 : (a ?? "") < (b ?? "") ? -1 : 1;
}

/** `inFigures` names the classes stated, with what alone they cover where it is not everything. */
function coverage(
  inFigures: Readonly<Partial<Record<BindingClass, string>>>,
  reasons: Readonly<Partial<Record<BindingClass, string>>>,
): readonly ClassCoverage[] {
  return bindingClasses.map((name) => {
    const only = inFigures[name];
    if (only === undefined) return { class: name, state: "absent", reason: reasons[name] ?? "" };
    return { class: name, state: only === "" ? "stated" : "partial", reason: only };
  });
}

function blankReading(
  frame: Frame,
  row: number,
): Omit<PromiseReading, "code" | "donor" | "stream" | "category" | "title" | "explanation"> {
  const sourceLinks = frame.source.url === null ? [] : [frame.source.url];
  return { recipient: "ukr", unit: euro, details: {}, sourceLinks, row, sheet: null, quantityStated: true };
}

function blankContent(series: string): Omit<ReleaseContent, "readings" | "entries" | "coverage"> {
  return { series, reportedCurrency: "EUR", remarks: [], columns: { recognised: {}, unknown: [] }, published: [] };
}

/** The rows of each key together, in the order the keys come. */
function groupBy<T>(rows: readonly T[], key: (row: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const mine = groups.get(key(row));
    if (mine === undefined) groups.set(key(row), [row]);
    else mine.push(row);
  }
  return [...groups.values()];
}
