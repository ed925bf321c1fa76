import type { IndicatorId, PeriodView, PredictabilityView } from "../../../src/core/views-predictability.ts";
import { figureOf, periodWords, valueWords, withUnit } from "./words.ts";

/** The figures of all together in a period: a line each, those without a value with the reason. */
export function Together({
  view,
  period,
  isOpen,
  onOpen,
}: Readonly<{
  view: PredictabilityView;
  period: PeriodView;
  isOpen: (indicator: IndicatorId) => boolean;
  onOpen: (indicator: IndicatorId) => void;
}>) {
  return (
    <section className="together" aria-label={`All together, ${periodWords(period)}`}>
      <h2>
        All together <small>{periodWords(period)}</small>
      </h2>
      <ul className="indicator-tiles">
        {view.definitions.map(({ id, title, unit }) => {
          const figure = figureOf(period.all, id);
          const value = figure?.value ?? null;
          return (
            <li key={id}>
              <button type="button" aria-pressed={isOpen(id)} onClick={() => onOpen(id)} data-state={figure?.state}>
                <span className="tile-title">{title}</span>
                <b>{value === null ? valueWords(figure) : withUnit(value, unit, view.frame.unit)}</b>
                <span className="tile-note">
                  {value === null ? figure?.reason : (figure?.reason ?? firstLine(period, id, view))}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** The first part of a figure that has a value, in words. */
function firstLine(period: PeriodView, id: IndicatorId, view: PredictabilityView): string {
  if (id === "realisation") return "";
  const line = figureOf(period.all, id)?.lines.find((one) => one.value !== null);
  return line?.value == null ? "" : `${line.what}: ${withUnit(line.value, line.unit, view.frame.unit)}`;
}
