import { readdir, readFile } from "node:fs/promises";
import { MainstayError } from "#core/errors.ts";
import type { ForecastScenario } from "#core/foresight/forecast/scenario.ts";
import type {
  ForecastView,
  SavedScenario,
  ScenarioChoices,
  ScenarioComparison,
  ScenarioList,
  ScenarioRow,
} from "#core/views-forecast.ts";
import { checkedScenario, readScenario, scenarioFile } from "#formats/foresight/scenario.ts";
import { decodeText } from "#formats/text/decode.ts";
import type { Database } from "#store/database.ts";
import { insertScenario, storedScenarios } from "#store/foresight/scenarios.ts";
import { partyNames } from "#store/register.ts";
import { keys } from "../keys.ts";
import { forecastFrame } from "./forecast/frame.ts";
import { forecastPolicy } from "./forecast/policy.ts";
import { standingForecast, type ForecastHooks, type ForecastOrder } from "./forecast.ts";

const folder = new URL("../../../policies/scenarios/", import.meta.url);
export const mostCompared = 4;
/** The shape of a scenario's file, for whoever takes one in. */
export { scenarioFile };

type Held = Readonly<{ scenario: ForecastScenario; actor: string | null; recordedAt: string | null }>;

/** The scenarios that come with the program, and those that were saved. */
export async function scenarioList(db: Database): Promise<ScenarioList> {
  return { scenarios: (await held(db)).map(rowOf) };
}

async function held(db: Database): Promise<Held[]> {
  const saved = await storedScenarios(db);
  return [
    ...(await shipped()).map((scenario) => ({ scenario, actor: null, recordedAt: null })),
    ...saved.map(({ body, actor, recordedAt }) => ({ scenario: body, actor, recordedAt })),
  ];
}

async function shipped(): Promise<ForecastScenario[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(names.map(async (name) => readScenario(await readFile(new URL(name, folder), "utf8"), name)));
}

function rowOf({ scenario, actor, recordedAt }: Held): ScenarioRow {
  const { id, title, description } = scenario;
  return { id, title, description, shipped: recordedAt === null, actor, recordedAt };
}

/** @throws MainstayError unknown_scenario */
export async function scenarioView(db: Database, id: string): Promise<SavedScenario> {
  const found = (await held(db)).find((one) => one.scenario.id === id);
  if (found === undefined) throw new MainstayError("unknown_scenario", JSON.stringify(id), { field: "scenario" });
  return { ...rowOf(found), changes: found.scenario.changes, link: `/forecast/scenarios?a=${found.scenario.id}` };
}

/**
 * A scenario by its name, or itself where its whole text is given.
 * @throws MainstayError unknown_scenario, scenario_invalid
 */
export async function scenarioOf(db: Database, asked: string, file = "scenario"): Promise<ForecastScenario> {
  if (asked.trimStart().startsWith("{")) return readScenario(asked, file);
  const { id, title, description, changes } = await scenarioView(db, asked);
  return { id, title, description, changes };
}

/**
 * A scenario from the bytes of a file.
 * @throws MainstayError scenario_invalid naming the place in it, and those of decodeText
 */
export function ownScenario(bytes: Uint8Array, file: string): ForecastScenario {
  return readScenario(decodeText(bytes, { fileName: file }), file);
}

/**
 * Saves a scenario under its name for good; `given` is what its file holds.
 * @throws MainstayError scenario_invalid, scenario_exists_already
 */
export async function saveScenario(
  db: Database,
  given: unknown,
  doing: Readonly<{ file: string; actor: string }>,
): Promise<SavedScenario> {
  const scenario = checkedScenario(given, doing.file);
  const isShipped = (await shipped()).some((one) => one.id === scenario.id);
  if (isShipped || !(await insertScenario(db, scenario, doing.actor)))
    throw new MainstayError("scenario_exists_already", JSON.stringify(scenario.id), { file: doing.file, field: "id" });
  return scenarioView(db, scenario.id);
}

/**
 * What a scenario of a book can be stated of: the givers that the forecast of a day has, the decisions that policy states, and the keys.
 * @throws MainstayError unknown_book, invalid_date
 */
export async function scenarioChoices(
  db: Database,
  { book, knownAt }: Readonly<{ book: string; knownAt?: string | undefined }>,
): Promise<ScenarioChoices> {
  const policy = forecastPolicy();
  const [frame, names, shelf] = await Promise.all([
    forecastFrame(db, { book, knownAt, horizon: 1 }, policy).catch(nullWithoutRecord),
    partyNames(db),
    keys(),
  ]);
  const day = frame?.day ?? null;
  const { givers = [], lines = [] } = frame?.fitted.model ?? {};
  const giving = new Set(lines.map((line) => givers[line.giver] ?? ""));
  return {
    book,
    knownAt: day,
    givers: givers
      .filter((id) => giving.has(id))
      .map((id) => ({ id, name: names.get(id) ?? id }))
      .sort((one, other) => one.name.localeCompare(other.name, "en")),
    decisions: policy.decisions
      .filter((one) => one.book === book)
      .map(({ id, title, knownFrom, knownUntil }) => ({
        id,
        title,
        from: knownFrom,
        until: knownUntil,
        open: day !== null && knownFrom <= day && day < knownUntil,
      })),
    keys: shelf.keys.map(({ id, title }) => ({ id, title })),
  };
}

/** Nothing to forecast from on the day: then there is no giver to choose. */
function nullWithoutRecord(error: unknown): null {
  if (error instanceof MainstayError && error.code === "forecast_without_record") return null;
  throw error;
}

type Column = Readonly<{ scenario: ForecastScenario | null; view: ForecastView | null; problem: string | null }>;

/**
 * Scenarios beside the standing forecast. One that has no effect on the day stays in the table with the reason.
 * @throws MainstayError parameter_invalid, and those of standingForecast
 */
export async function compareScenarios(
  db: Database,
  order: Omit<ForecastOrder, "scenario" | "milestones">,
  scenarios: readonly ForecastScenario[],
  hooks: ForecastHooks = {},
): Promise<ScenarioComparison> {
  if (scenarios.length === 0 || scenarios.length > mostCompared)
    throw new MainstayError(
      "parameter_invalid",
      `${scenarios.length} scenarios, where one to ${mostCompared} are compared`,
      {
        field: "with",
      },
    );
  const whole = scenarios.length + 1;
  const hooksAt = (at: number): ForecastHooks => ({
    ...hooks,
    onProgress: ({ step, done }) => hooks.onProgress?.({ step, done: (at + done) / whole }),
  });
  const standing = await standingForecast(db, order, hooksAt(0));
  const columns: Column[] = [{ scenario: null, view: standing, problem: null }];
  for (const [at, scenario] of scenarios.entries())
    columns.push(await columnOf(db, { ...order, scenario }, hooksAt(at + 1)));
  return comparison(standing, columns);
}

async function columnOf(
  db: Database,
  order: ForecastOrder & Readonly<{ scenario: ForecastScenario }>,
  hooks: ForecastHooks,
): Promise<Column> {
  const { scenario } = order;
  try {
    return { scenario, view: await standingForecast(db, order, hooks), problem: null };
  } catch (error) {
    if (!(error instanceof MainstayError) || error.code !== "scenario_without_effect") throw error;
    return { scenario, view: null, problem: error.message };
  }
}

function comparison(standing: ForecastView, columns: readonly Column[]): ScenarioComparison {
  const { book, title, synthetic, knownAt, recordTo, nowMonth, unit, paths, seed, driverClass } = standing;
  const fanOf = (view: ForecastView | null) => view?.classes.find((one) => one.class === driverClass)?.fan ?? [];
  const last = fanOf(standing).at(-1);
  const fans = columns.map(({ view }) => new Map(fanOf(view).map((point) => [point.month, point])));
  const givers = new Map(columns.flatMap(({ view }) => (view?.givers ?? []).map((one) => [one.giver, one.name])));
  return {
    book,
    title,
    synthetic,
    knownAt,
    recordTo,
    nowMonth,
    unit,
    paths,
    seed,
    class: driverClass,
    columns: columns.map(({ scenario, view, problem }) => {
      const own = fanOf(view).at(-1);
      const isOther = scenario !== null && own !== undefined && last !== undefined;
      const difference = isOther ? Number(own.p50) - Number(last.p50) : null;
      return {
        id: scenario?.id ?? null,
        title: scenario?.title ?? "The standing forecast",
        description: scenario?.description ?? "",
        changes: view?.scenario?.changes ?? [],
        problem,
        difference: difference === null ? null : String(difference),
        differencePercent:
          difference === null || last === undefined || Number(last.p50) === 0
            ? null
            : Math.round((1000 * difference) / Number(last.p50)) / 10 + 0,
      };
    }),
    months: fanOf(standing).map(({ month }) => ({
      month,
      bands: fans.map((fan) => {
        const point = fan.get(month);
        return point === undefined ? null : { p10: point.p10, p50: point.p50, p90: point.p90, mean: point.mean };
      }),
    })),
    givers: [...givers].map(([giver, name]) => ({
      giver,
      name,
      p50: columns.map(
        ({ view }) =>
          view?.givers
            .find((one) => one.giver === giver)
            ?.classes.find((one) => one.class === driverClass)
            ?.fan.at(-1)?.p50 ?? null,
      ),
    })),
  };
}
