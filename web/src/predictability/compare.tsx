import type {
  IndicatorId,
  PeriodView,
  PredictabilityRow,
  PredictabilityView,
} from "../../../src/core/views-predictability.ts";
import { Spark } from "../charts/spark.tsx";
import { Figure } from "../figure/figure.tsx";
import { FigureCell } from "./cell.tsx";
import { figureOf, periodWords, shortTitles, summary, toldOf, unitHead, valueWords } from "./words.ts";

export type Chosen = Readonly<{ indicator: IndicatorId; only: string | null; period: string }>;
type Props = Readonly<{
  view: PredictabilityView;
  isOpen: (chosen: Chosen) => boolean;
  onOpen: (chosen: Chosen) => void;
}>;

/** Every indicator of one period, a row for each giver, fund or stream. */
export function AllIndicators({ view, period, isOpen, onOpen }: Props & Readonly<{ period: PeriodView }>) {
  const told = view.definitions.filter(({ id }) => toldOf(view.by, id));
  const rows = [...period.rows, period.all];
  const shown = told.filter(({ id }) => rows.some((row) => figureOf(row, id)?.state === "known"));
  const nowhere = told.filter((one) => !shown.includes(one));
  return (
    <Figure
      title={`Predictability by ${view.by}, ${periodWords(period)}`}
      className="span-12"
      text={summary(period, view.definitions)}
      frame={view.frame}
      bindingClass={view.class}
      rows={null}
      drawing={false}
      json={view}
      atOnce
      table={{
        columns: [
          { key: view.by, label: sideTitle(view), kind: "text" },
          ...told.map(({ id, title, unit }) => ({
            key: id,
            label: [title, unitHead(unit)].filter(Boolean).join(", "),
            kind: "text" as const,
          })),
        ],
        rows: rows.map((row) => [row.name, ...told.map(({ id }) => valueWords(figureOf(row, id)))]),
      }}
      note={<Notes view={view} />}
    >
      {nowhere.length > 0 && (
        <p className="indicators-nowhere">
          Told of nobody in this period, for the reasons above:{" "}
          {nowhere
            .map(({ id, title }) => `${title.toLowerCase()} (${valueWords(figureOf(period.all, id))})`)
            .join(", ")}
          .
        </p>
      )}
      <div className="table-scroll tall" tabIndex={0} role="region" aria-label={`Table: predictability by ${view.by}`}>
        <table className="indicators">
          <caption className="out-of-sight">Predictability by {view.by}</caption>
          <thead>
            <tr>
              <th scope="col">{sideTitle(view)}</th>
              {shown.map(({ id, unit }) => (
                <th key={id} scope="col" className="number">
                  {shortTitles[id]} <small>{unitHead(unit)}</small>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id ?? "all"} className={row.id === null ? "sum" : undefined}>
                <th scope="row">{row.name}</th>
                {shown.map(({ id, title, unit }) => {
                  const chosen = { indicator: id, only: row.id, period: period.period };
                  return (
                    <td key={id} className="number">
                      <FigureCell
                        figure={figureOf(row, id)}
                        isPart={unit === "percent" && id !== "volatility"}
                        label={`${row.name}, ${title}`}
                        pressed={isOpen(chosen)}
                        onOpen={() => onOpen(chosen)}
                      />
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Figure>
  );
}

/** One indicator over the periods asked, a row for each giver, fund or stream. */
export function OverPeriods({ view, indicator, isOpen, onOpen }: Props & Readonly<{ indicator: IndicatorId }>) {
  const { periods } = view;
  const definition = view.definitions.find(({ id }) => id === indicator);
  const [first] = periods;
  if (definition === undefined || first === undefined) return null;
  const side = toldOf(view.by, indicator) ? first.rows : [];
  const rowsOf = (id: string | null) =>
    periods.map((period) => ({ period, row: id === null ? period.all : period.rows.find((row) => row.id === id) }));
  const rows = [...side, first.all].map((row) => ({ row, cells: rowsOf(row.id) }));
  const written = (row: PredictabilityRow | undefined) =>
    row === undefined ? "unknown" : valueWords(figureOf(row, indicator));
  return (
    <Figure
      title={`${definition.title} over ${periods.length === 1 ? "one period" : `${periods.length} periods`}`}
      className="span-12"
      text={definition.definition}
      frame={view.frame}
      bindingClass={view.class}
      rows={null}
      drawing={false}
      json={view}
      atOnce
      table={{
        columns: [
          { key: view.by, label: sideTitle(view), kind: "text" },
          ...periods.map((period) => ({
            key: period.period,
            label: [periodWords(period), unitHead(definition.unit)].filter(Boolean).join(", "),
            kind: "text" as const,
          })),
        ],
        rows: rows.map(({ row, cells }) => [row.name, ...cells.map((cell) => written(cell.row))]),
      }}
      note={<Notes view={view} />}
    >
      <div
        className="table-scroll tall"
        tabIndex={0}
        role="region"
        aria-label={`Table: ${definition.title} over periods`}
      >
        <table className="indicators">
          <caption className="out-of-sight">{definition.title} over periods</caption>
          <thead>
            <tr>
              <th scope="col">{sideTitle(view)}</th>
              {periods.map((period) => (
                <th key={period.period} scope="col" className="number">
                  {periodWords(period)} <small>{unitHead(definition.unit)}</small>
                </th>
              ))}
              <th scope="col" className="optional">
                Side by side
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ row, cells }) => (
              <tr key={row.id ?? "all"} className={row.id === null ? "sum" : undefined}>
                <th scope="row">{row.name}</th>
                {cells.map(({ period, row: own }) => {
                  const chosen = { indicator, only: row.id, period: period.period };
                  return (
                    <td key={period.period} className="number">
                      <FigureCell
                        figure={own === undefined ? undefined : figureOf(own, indicator)}
                        isPart={false}
                        label={`${row.name}, ${periodWords(period)}`}
                        pressed={isOpen(chosen)}
                        onOpen={() => onOpen(chosen)}
                      />
                    </td>
                  );
                })}
                <td className="optional">
                  <Spark
                    points={cells.map(({ period, row: own }) => ({
                      period: period.period,
                      amount: own === undefined ? null : (figureOf(own, indicator)?.value ?? null),
                    }))}
                    width={84}
                    height={20}
                    title={`${row.name}, ${definition.title} by period`}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Figure>
  );
}

function Notes({ view }: Readonly<{ view: PredictabilityView }>) {
  return (
    <ul className="plain-list">
      <li>
        What was given directly is counted as {view.class}. {view.basis} The periods stand in place of an as-of day.
      </li>
      {view.notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}

function sideTitle({ by }: PredictabilityView): string {
  return `${by.charAt(0).toUpperCase()}${by.slice(1)}`;
}
