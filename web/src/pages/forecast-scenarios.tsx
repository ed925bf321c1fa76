import { useQuery } from "@tanstack/react-query";
import { lazy } from "react";
import type { ScenarioComparison, ScenarioList } from "../../../src/core/views-forecast.ts";
import { forecastApi } from "../api/forecast.ts";
import { Fan } from "../charts/fan.tsx";
import { Figure } from "../figure/figure.tsx";
import { moneyWords } from "../format/amounts.ts";
import { formatPeriod } from "../format/days.ts";
import { Running } from "../forecast/running.tsx";
import { useFollowed } from "../forecast/use-followed.ts";
import { drawnFrom } from "../forecast/words.ts";
import { ForesightPages } from "../foresight/subnav.tsx";
import { useAppSearch, useChangeSearch, useTitle } from "../frame/hooks.ts";
import { defaultBook } from "../frame/search.ts";
import { Answered } from "../parts/states.tsx";
import { Acts } from "../planning/acts/acts.tsx";
import { KnownAt } from "../planning/known-at.tsx";
import "../styles/forecast.css";

// The form comes when it is opened: whoever compares needs none.
const ScenarioForm = lazy(async () => ({ default: (await import("../forecast/scenario-form.tsx")).ScenarioForm }));

const slots = ["a", "b", "c", "d"] as const;
const colours = ["placed", "k2", "k3", "k4", "k5"] as const;

/** Scenarios side by side with the standing forecast. The address says which, so that it can be passed on. */
export function ForecastScenariosPage() {
  useTitle("Scenarios");
  const { book = defaultBook, known_at, a, b, c, d } = useAppSearch();
  const chosen = [a, b, c, d].filter((one) => one !== undefined);
  const list = useQuery({ queryKey: ["scenarios"], queryFn: ({ signal }) => forecastApi.scenarios(signal) });
  const key = chosen.length === 0 ? null : ["scenarios", book, known_at, ...chosen];
  const followed = useFollowed<ScenarioComparison>(key, async (hooks) =>
    forecastApi.comparison({ book, known_at }, chosen, hooks),
  );
  const change = useChangeSearch();
  const setChosen = (next: readonly string[]) =>
    change(Object.fromEntries(slots.map((slot, at) => [slot, next[at]])), true);
  /** One more beside the standing forecast; where there is no place left, in the last one's. */
  const show = (id: string) => setChosen([...chosen.slice(0, slots.length - 1), id]);
  return (
    <>
      <ForesightPages />
      <header className="headline">
        <h1>Scenarios</h1>
        <p className="standfirst">
          What would be otherwise if a giver left, a decision slipped or a key changed: the same courses run again, so
          that all that differs is what was supposed.
        </p>
        <KnownAt />
      </header>
      <Acts
        label="State scenarios"
        acts={[{ name: "scenario", words: "State a scenario", form: <ScenarioForm onSaved={show} /> }]}
      />
      <Answered query={list} what="the scenarios">
        {(found) => <Choice list={found} chosen={chosen} onChoose={setChosen} />}
      </Answered>
      {chosen.length === 0 ? (
        <p>Choose one to four scenarios, or state one; they are compared with the standing forecast.</p>
      ) : (
        <Running followed={followed} what="The comparison" />
      )}
      {chosen.length > 0 && followed.answer !== undefined && <Compared found={followed.answer} />}
    </>
  );
}

function Choice({
  list,
  chosen,
  onChoose,
}: Readonly<{ list: ScenarioList; chosen: readonly string[]; onChoose: (next: readonly string[]) => void }>) {
  return (
    <fieldset className="forecast-choice">
      <legend>Supposed</legend>
      {list.scenarios.map((one) => {
        const isChosen = chosen.includes(one.id);
        return (
          <label key={one.id}>
            <input
              type="checkbox"
              checked={isChosen}
              disabled={!isChosen && chosen.length >= slots.length}
              onChange={() => onChoose(isChosen ? chosen.filter((id) => id !== one.id) : [...chosen, one.id])}
            />
            <span>
              <b>{one.title}</b> {one.description}{" "}
              {!one.shipped && <span className="muted">Saved by {one.actor}.</span>}
            </span>
          </label>
        );
      })}
    </fieldset>
  );
}

function Compared({ found }: Readonly<{ found: ScenarioComparison }>) {
  const { columns, months, unit, nowMonth } = found;
  const last = months.at(-1);
  const text =
    last === undefined
      ? "Nothing is on record to forecast from."
      : `P50 by the end of ${formatPeriod(last.month)}: ${columns
          .map(({ title }, at) => `${title} ${moneyWords(unit, last.bands[at]?.p50 ?? null)}`)
          .join("; ")}.`;
  return (
    <>
      <Figure
        title={`What will be ${found.class ?? "on record"} under each`}
        text={text}
        {...drawnFrom(found)}
        atOnce
        json={found}
        table={{
          columns: [
            { key: "month", label: "By the end of", kind: "period" },
            ...columns.flatMap(({ title }, at) =>
              (["p10", "p50", "p90"] as const).map((band) => ({
                key: `${at}${band}`,
                label: `${title}, ${band.toUpperCase()}`,
                kind: "amount" as const,
              })),
            ),
          ],
          rows: months.map(({ month, bands }) => [
            month,
            ...bands.flatMap((band) => [band?.p10 ?? null, band?.p50 ?? null, band?.p90 ?? null]),
          ]),
        }}
      >
        <Fan
          months={months.map(({ month }) => month)}
          now={nowMonth}
          unit={unit}
          title={text}
          series={columns.map(({ title }, at) => ({
            name: title,
            colour: colours[at] ?? "k7",
            band: at === 0,
            points: months.map(({ bands }) => bands[at] ?? null),
          }))}
        />
      </Figure>
      <section className="forecast-part" aria-labelledby="scenarios-change">
        <h2 id="scenarios-change">What each changes</h2>
        <ul>
          {columns.slice(1).map((column) => (
            <li key={column.id}>
              <b>{column.title}.</b>{" "}
              {column.problem === null
                ? `${column.changes.join(" ")} At the last month, P50: ${moneyWords(unit, column.difference)} (${String(column.differencePercent ?? 0).replace("-", "\u2212")}\u00a0%) against the standing forecast.`
                : `No effect on this day: ${column.problem}`}
            </li>
          ))}
        </ul>
      </section>
      <Figure
        title="Giver by giver, P50 at the last month"
        text="Who would give more, and who less."
        {...drawnFrom(found)}
        json={found.givers}
        table={{
          columns: [
            { key: "giver", label: "Giver", kind: "text" },
            ...columns.map(({ title }, at) => ({ key: String(at), label: title, kind: "amount" as const })),
          ],
          rows: found.givers.map(({ name, p50 }) => [name, ...p50]),
        }}
      />
    </>
  );
}
