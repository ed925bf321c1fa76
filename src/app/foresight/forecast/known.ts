import { bindingClasses, type BindingClass, type Stream } from "#core/bindingness.ts";
import { parseFrame, type Frame } from "#core/frame.ts";
import { logarithm } from "#core/foresight/forecast/elementary.ts";
import type { Known, OpenPromise } from "#core/foresight/forecast/fit.ts";
import type { HistoryCell, Vintage } from "#core/foresight/forecast/history.ts";
import { monthNumber } from "#core/foresight/forecast/months.ts";
import type { ForecastPolicy } from "#core/foresight/forecast/policy.ts";
import type { Database } from "#store/database.ts";
import { sumCells, type Cell, type FigureQuery } from "#store/figures.ts";
import { monthlyRates, openAnnouncements } from "#store/foresight/forecast-record.ts";
import { releasesOf } from "#store/release-lines.ts";

export const forecastUnit = "EUR";
const perMillion = 1e-6;
const earlierVintages = 5;
const fewestRates = 25; // two years of monthly changes
const dims = ["donor", "stream", "class", "month"] as const;

/** What of a book a forecast is made from. `until`: nothing that takes effect later counts; null: whatever is known. */
export type Origin = Readonly<{ bookNo: number; book: string; knownAt: string; until: string | null; horizon: number }>;

/** The cells of a book by the day they are known at, where several origins are read. */
export type CellsRead = Map<string, Promise<Cell[]>>;

/** What was known of a book at the end of a day. `before`: cells of the same book that were read for other origins; what is read is added. */
export async function knownAt(
  db: Database,
  origin: Origin,
  policy: ForecastPolicy,
  before: CellsRead = new Map(),
): Promise<Known> {
  const { bookNo, book, knownAt: day, horizon } = origin;
  const query = queryAt(bookNo, day);
  const cellsAt = async (asked: FigureQuery, key: string): Promise<Cell[]> => {
    const found = before.get(key) ?? sumCells(db, asked, dims);
    before.set(key, found);
    return found;
  };
  const announced = { ...query, frame: { ...query.frame, basis: { kind: "at-event" } as const } };
  const published = (await releasesOf(db, bookNo)).map((release) => release.publishedOn).filter((on) => on <= day);
  const earlier = [...new Set(published)].sort().slice(0, -1).slice(-earlierVintages);
  const vintages: Vintage[] = [];
  for (const on of origin.until === null ? earlier : [])
    vintages.push({ cells: cellsOf(await cellsAt(queryAt(bookNo, on), on), null, false) });
  const said = { ...announced, classes: ["said"] as const };
  vintages.push({
    cells: [
      ...cellsOf(await cellsAt(query, day), origin.until, false),
      ...cellsOf(await cellsAt(said, `${day} said`), origin.until, true),
    ],
  });
  const open = await openAnnouncements(db, announced);
  const codes = [...new Set([...Object.values(policy.currencies), ...Object.keys(policy.volatilities.monthly)])];
  const until = origin.until ?? day;
  return {
    book,
    vintages,
    open: open.map(({ giver, stream, month, amount }): OpenPromise => ({
      giver,
      stream,
      month: monthNumber(month),
      amount: Number(amount) * perMillion,
    })),
    volatilities: volatilitiesOf(await monthlyRates(db, codes, until)),
    unit: forecastUnit,
    now: monthNumber(until),
    horizon,
  };
}

export function queryAt(bookNo: number, day: string): FigureQuery & Readonly<{ frame: Frame }> {
  return { bookNo, frame: parseFrame({ knownAt: day }), classes: [] };
}

/** Announcements count as converted on their day, everything else as its source valued it. What has no value in euro is left out. */
function cellsOf(cells: readonly Cell[], until: string | null, said: boolean): HistoryCell[] {
  return cells.flatMap(({ dims: [giver, stream, bindingClass, month], amount, reason }): HistoryCell[] => {
    const isSaid = bindingClass === "said";
    if (reason !== null || amount === null || isSaid !== said) return [];
    const dated = month === "undated" || month === undefined || month === null ? null : monthNumber(month);
    if (until !== null && dated !== null && dated > monthNumber(until)) return [];
    return [
      {
        giver: giver ?? "",
        stream: stream as Stream,
        class: bindingClasses.find((name) => name === bindingClass) ?? ("bound" satisfies BindingClass),
        month: dated,
        amount: Number(amount) * perMillion,
      },
    ];
  });
}

function volatilitiesOf(rates: readonly Readonly<{ currency: string; rate: number }>[]): Known["volatilities"] {
  return new Map(
    [...Map.groupBy(rates, (one) => one.currency)].flatMap(([currency, own]) => {
      if (own.length < fewestRates) return [];
      const changes = own.slice(1).map(({ rate }, index) => logarithm(rate / (own[index]?.rate ?? rate)));
      const mean = changes.reduce((sum, change) => sum + change, 0) / changes.length;
      const squares = changes.reduce((sum, change) => sum + (change - mean) * (change - mean), 0);
      return [[currency, { monthly: Math.sqrt(squares / (changes.length - 1)), rates: own.length }] as const];
    }),
  );
}
