import type { Command } from "commander";
import { compareScenarios, ownScenario, saveScenario, scenarioList, scenarioView } from "#app/foresight/scenarios.ts";
import type { SavedScenario, ScenarioComparison, ScenarioRow } from "#core/views-forecast.ts";
import { acting, withExample, type ActingOptions } from "./acting.ts";
import { askedScenario, orderOf, tellOn, withRunning, type RunningOptions } from "./forecast.ts";
import { millionsText } from "./forecast-text.ts";
import { groupDigits, jsonText, tableText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{ json?: true; data?: string }>;

/** `mainstay scenario`: what a forecast may suppose, saved, shown and compared. */
export function addScenario(program: Command, environment: Environment): void {
  const { terminal } = environment;
  const command = program.command("scenario").description("Scenarios: what a forecast may suppose, side by side");
  withExample(
    command
      .command("list")
      .description("The scenarios that come with the program and those saved")
      .option("--json", "print JSON"),
    "scenario list",
  ).action(async (options: Options) =>
    inSession(environment, options, async ({ db }) => {
      const found = await scenarioList(db);
      terminal.out(options.json ? jsonText(found) : listText(found.scenarios));
    }),
  );
  withExample(
    command
      .command("show <name>")
      .description("One scenario whole, and the address of its page")
      .option("--json", "print JSON"),
    "scenario show shares-by-gdp",
  ).action(async (name: string, options: Options) =>
    inSession(environment, options, async ({ db }) => {
      const found = await scenarioView(db, name);
      terminal.out(options.json ? jsonText(found) : scenarioText(found));
    }),
  );
  withExample(
    acting(command.command("save <file>").description("Saves a scenario's file under the name in it, for good")),
    "scenario save policies/scenarios/shares-by-gdp.json",
  ).action(async (path: string, options: ActingOptions) => {
    const scenario = ownScenario(await environment.readFile(path), path);
    await inSession(environment, options, async ({ db }) => {
      const saved = await saveScenario(db, scenario, { file: path, actor: options.as ?? environment.actor });
      terminal.out(options.json ? jsonText(saved) : scenarioText(saved));
    });
  });
  withExample(
    withRunning(
      command
        .command("compare <scenarios...>")
        .description("Up to four scenarios, by name or .json file, beside the standing forecast"),
    ).option("--json", "print JSON"),
    "scenario compare giver-leaves-in-march shares-by-gdp",
  ).action(async (names: readonly string[], options: Options & RunningOptions) =>
    inSession(environment, options, async ({ db }) => {
      const scenarios = await Promise.all(names.map(async (name) => askedScenario(environment, db, name)));
      const told = tellOn(terminal);
      const found = await compareScenarios(db, orderOf(options), scenarios, {
        signal: terminal.signal,
        onProgress: told.progress,
      }).finally(told.end);
      terminal.out(options.json ? jsonText(found) : comparisonText(found));
    }),
  );
}

function listText(rows: readonly ScenarioRow[]): string {
  return tableText(
    [
      { title: "scenario", cell: (row) => row.id },
      { title: "title", cell: (row) => row.title },
      { title: "from", cell: (row) => (row.shipped ? "comes with the program" : `saved by ${row.actor ?? ""}`) },
    ],
    rows,
  );
}

function scenarioText({ id, title, description, changes, link }: SavedScenario): string {
  return `${title} (${id})\n${description}\n\n${jsonText(changes)}\nOn the pages: ${link}\n`;
}

const monthsApart = 6;

function comparisonText(found: ScenarioComparison): string {
  const { months, columns, unit, class: name } = found;
  const shown = months.filter((_, at) => (months.length - 1 - at) % monthsApart === 0);
  const table = tableText(
    [
      { title: `${name ?? ""}, by the end of`, cell: (row: (typeof months)[number]) => row.month },
      ...columns.map((column, at) => ({
        title: column.title,
        cell: ({ bands }: (typeof months)[number]) => {
          const band = bands[at];
          if (band === null || band === undefined) return null;
          return `${millionsText(band.p50) ?? ""} (${millionsText(band.p10) ?? ""} to ${millionsText(band.p90) ?? ""})`;
        },
        right: true,
      })),
    ],
    shown,
  );
  const said = columns.map((column) => {
    if (column.problem !== null) return `${column.title}: no effect on this day. ${column.problem}\n`;
    const by =
      column.difference === null
        ? ""
        : ` ${millionsText(column.difference) ?? ""} ${unit} million (${column.differencePercent ?? 0} %) at the horizon, P50.`;
    return `${column.title}: ${column.changes.join(" ")}${by}\n`;
  });
  return `${found.title}, as known at ${found.knownAt}; P50 (P10 to P90) in ${unit} million; ${groupDigits(String(found.paths))} paths, seed ${found.seed}.\n\n${table}\n${said.slice(1).join("")}`;
}
