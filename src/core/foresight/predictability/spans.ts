import type { Stated } from "./facts.ts";
import { lastOfMonth, type Period } from "./period.ts";

/** The days within which a row took effect; `from` null: no day is known before which it did not. */
export type Span = Readonly<{ from: string | null; until: string }>;

/** A row of the record with the span its date leaves open; null: no date is given. */
export type Dated = Stated & Readonly<{ span: Span | null }>;

/**
 * What stands of the rows, each with its span. Of a series that has figures `by` the last days of years, the last of them by whatever day, each
 * is its year's. In any other series what took effect `by` a day did so between the first dated step of the series and then; where no step has
 * a day, from a beginning that is not known.
 */
export function standing(rows: readonly Stated[]): Dated[] {
  const net = netted(rows);
  const starts = new Map([...Map.groupBy(net, (row) => row.series)].map(([series, own]) => [series, beginning(own)]));
  return net.map((row) => ({ ...row, span: spanOf(row, starts.get(row.series) ?? unbegun) }));
}

/** Whether each figure is of its year; else the first day a span can begin on, null where none is known. */
type Beginning = Readonly<{ byYears: boolean; from: string | null }>;

function beginning(series: readonly Stated[]): Beginning {
  const daysOf = (wanted: (row: Stated) => boolean) =>
    [...new Set(series.filter(wanted).flatMap((row) => (row.on === null ? [] : [row.on])))].toSorted();
  const by = daysOf((row) => row.precision === "by");
  const byYears = by.length > 1 && by.slice(0, -1).every((day) => day.endsWith("-12-31"));
  return { byYears, from: daysOf((row) => row.precision !== "by")[0] ?? null };
}

const unbegun: Beginning = { byYears: false, from: null };

function spanOf({ on, precision }: Stated, { byYears, from }: Beginning): Span | null {
  if (on === null) return null;
  if (precision === "month") return { from: `${on.slice(0, 8)}01`, until: lastOfMonth(on) };
  if (precision !== "by") return { from: on, until: on };
  if (byYears) return { from: `${on.slice(0, 4)}-01-01`, until: on };
  return { from: from !== null && from <= on ? from : null, until: on };
}

/** Rows of one content in one, whatever releases say so; what was stated and taken back leaves nothing. */
function netted(rows: readonly Stated[]): Stated[] {
  const groups = Map.groupBy(rows, (row) =>
    [row.series, row.giver, row.stream, row.category, row.class, row.on, row.precision].join("\u0000"),
  );
  return [...groups.values()].flatMap((own) => {
    const amount = sumOfRows(own);
    const [first] = own;
    if (first === undefined || amount === 0n) return [];
    const release = own.findLast((row) => row.amount > 0n)?.release ?? first.release;
    return [{ ...first, release, amount, rows: own.reduce((sum, row) => sum + row.rows, 0) }];
  });
}

/** What fell in a stretch of days: the rows that are sure to have, and those of which it cannot be told; `sum` null where there are such. */
export type Fallen = Readonly<{ sum: bigint | null; rows: readonly Dated[]; across: readonly Dated[] }>;

export function fallenIn(rows: readonly Dated[], { from, until }: Pick<Period, "from" | "until">): Fallen {
  return split(
    rows,
    (span) => span.from !== null && span.from >= from && span.until <= until,
    (span) => span.until >= from && (span.from === null || span.from <= until),
  );
}

/** At most this part of what is sure may be in doubt for the sure part to stand for the whole, where that is said. */
const doubtful = 100n;

/** What is sure to have fallen, where what may have fallen elsewhere is at most a hundredth of it; else nothing. */
export function nearlyAll({ rows, across }: Fallen): bigint | null {
  const [sure, doubt] = [sumOfRows(rows), sumOfRows(across)];
  return across.length === 0 || (sure > 0n && doubt * doubtful <= sure) ? sure : null;
}

/** What had fallen by a day. */
export function fallenBy(rows: readonly Dated[], day: string): Fallen {
  return split(
    rows,
    (span) => span.until <= day,
    (span) => span.from === null || span.from <= day,
  );
}

function split(rows: readonly Dated[], sure: (span: Span) => boolean, perhaps: (span: Span) => boolean): Fallen {
  const within = rows.filter(({ span }) => span !== null && sure(span));
  const across = rows.filter(({ span }) => span !== null && !sure(span) && perhaps(span));
  return { sum: across.length > 0 ? null : sumOfRows(within), rows: within, across };
}

export function sumOfRows(rows: readonly Readonly<{ amount: bigint }>[]): bigint {
  let sum = 0n;
  for (const row of rows) sum += row.amount;
  return sum;
}

/** The last day, up to one, to which a series has figures of a class; empty where it has none. */
export function reachOf(
  rows: readonly Dated[],
  which: Readonly<{ series: string; class?: string }>,
  upTo: string,
): string {
  let last = "";
  for (const row of rows) {
    if (row.series !== which.series || (which.class !== undefined && row.class !== which.class)) continue;
    const until = row.span?.until ?? "";
    if (until <= upTo && until > last) last = until;
  }
  return last;
}
