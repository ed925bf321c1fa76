import type { ClassFan, FanPoint, ForecastView } from "#core/views-forecast.ts";
import { groupDigits, tableText, type Column } from "./output.ts";

const shownGivers = 10;
const perMillion = 1_000_000;

/** A share in per cent, one digit after the point. */
export function shareText(share: number | null): string | null {
  return share === null ? null : `${(100 * share).toFixed(1)} %`;
}

/** An estimate in millions. */
export function millionsText(amount: string | null): string | null {
  return amount === null ? null : groupDigits((Number(amount) / perMillion).toFixed(0));
}

/** The last point of a fan, and those every so many months before it. */
function everyMonths(fan: readonly FanPoint[], months: number): FanPoint[] {
  return fan.filter((_, at) => (fan.length - 1 - at) % months === 0);
}

export function forecastText(view: ForecastView): string {
  const { unit } = view;
  const step = view.months.length > 24 ? 6 : 3;
  const parts = [headText(view)];
  for (const fan of view.classes) parts.push(classText(fan, unit, step));
  parts.push(giversText(view), needsText(view), decisionsText(view), driversText(view));
  for (const line of view.lines)
    for (const fan of line.classes) parts.push(`${line.title} (${line.fund})\n${classText(fan, unit, step)}`);
  parts.push(view.limits.map((limit) => `${limit}\n`).join(""));
  return parts.filter((part) => part !== "").join("\n");
}

function headText(view: ForecastView): string {
  const { title, book, knownAt, recordTo, paths, seed, scenario } = view;
  const made = view.synthetic ? ", synthetic" : "";
  const supposed = scenario === null ? "" : `Supposed: ${scenario.title}. ${scenario.changes.join(" ")}\n`;
  return `Forecast of ${title} (${book}${made}), as known at ${knownAt}; the record reaches to ${recordTo}; ${groupDigits(String(paths))} paths, seed ${seed}.\n${supposed}`;
}

function classText({ class: name, onRecord, reason, fan }: ClassFan, unit: string, step: number): string {
  if (reason !== null) return `${name}: not known. ${reason}\n`;
  const columns: Column<FanPoint>[] = [
    { title: `${name}, by the end of`, cell: (point) => point.month },
    ...(["p10", "p50", "p90", "mean"] as const).map((key): Column<FanPoint> => ({
      title: `${key === "mean" ? "mean" : key.toUpperCase()} (${unit} million)`,
      cell: (point) => millionsText(point[key]),
      right: true,
    })),
  ];
  return `${tableText(columns, everyMonths(fan, step))}${name} on record: ${millionsText(onRecord) ?? "not known"} ${unit} million\n`;
}

function giversText({ givers, driverClass, unit }: ForecastView): string {
  if (driverClass === null || givers.length === 0) return "";
  const rows = givers.slice(0, shownGivers).flatMap((giver) => {
    const fan = giver.classes.find((one) => one.class === driverClass);
    const last = fan?.fan.at(-1);
    return fan === undefined || last === undefined ? [] : [{ ...giver, fan, last }];
  });
  const [first] = rows;
  if (first === undefined) return "";
  const more = givers.length > shownGivers ? `and ${givers.length - shownGivers} more\n` : "";
  return `${tableText(
    [
      { title: `giver (${driverClass}, ${first.last.month})`, cell: (row) => row.name },
      { title: `on record (${unit} million)`, cell: (row) => millionsText(row.fan.onRecord), right: true },
      { title: "P10", cell: (row) => millionsText(row.last.p10), right: true },
      { title: "P50", cell: (row) => millionsText(row.last.p50), right: true },
      { title: "P90", cell: (row) => millionsText(row.last.p90), right: true },
      { title: "share of the spread", cell: (row) => shareText(row.shareOfSpread), right: true },
    ],
    rows,
  )}${more}`;
}

function pieces(count: number | null): string | null {
  return count === null ? null : groupDigits(String(count));
}

function needsText({ needs }: ForecastView): string {
  if (needs.length === 0) return "";
  return tableText(
    [
      { title: "need", cell: (row) => row.title },
      { title: "wanted by", cell: (row) => row.until },
      { title: "quantity", cell: (row) => groupDigits(String(row.quantity)), right: true },
      { title: "handed over", cell: (row) => pieces(row.received), right: true },
      { title: "expected by then", cell: (row) => pieces(row.expected), right: true },
      { title: "covered in full", cell: (row) => shareText(row.probability), right: true },
    ],
    needs.slice(0, shownGivers),
  );
}

function decisionsText({ decisions }: ForecastView): string {
  return decisions
    .map(
      (one) =>
        `Open: ${one.title} (${one.id}), expected ${one.expectedOn}, odds ${Math.round(one.odds * 100)} %. ${one.effect}\n`,
    )
    .join("");
}

function driversText({ drivers, driverClass }: ForecastView): string {
  if (drivers.length === 0) return "";
  return tableText(
    [
      { title: `what drives the spread (${driverClass ?? ""})`, cell: (row) => row.title },
      { title: "share of the variance, alone", cell: (row) => shareText(row.share), right: true },
    ],
    drivers,
  );
}
