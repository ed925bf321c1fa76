import { basename } from "node:path";
import type { Command } from "commander";
import { milestoneCalendar, milestoneNews } from "#app/foresight/milestones/feeds.ts";
import { exportMilestones, importMilestones } from "#app/foresight/milestones/files.ts";
import { refuseRefused } from "#app/planning/record-files.ts";
import { MainstayError } from "#core/errors.ts";
import { withExample } from "./acting.ts";
import { enteringMilestone, milestoneEnteringOf, type MilestoneEnteringOptions } from "./milestone-act.ts";
import { jsonText } from "./output.ts";
import { knownAtOption, ofBook, outcomeText, type BookOptions } from "./records.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

/** Adds `import`, `export` and `feed`. */
export function addMilestoneFiles(command: Command, environment: Environment): void {
  addImport(command, environment);
  addExport(command, environment);
  addFeed(command, environment);
}

function addImport(command: Command, environment: Environment): void {
  const importing = enteringMilestone(command.command("import <file>"))
    .description("Enters the milestones of a CSV or a workbook: all or none")
    .option("--skip-bad", "enter the good rows and leave the others out");
  withExample(importing, "milestone import milestones.csv --book my-book").action(
    async (file: string, options: MilestoneEnteringOptions & Readonly<{ skipBad?: true }>) =>
      inSession(environment, options, async ({ db }) => {
        const bytes = await environment.readFile(file);
        const how = await milestoneEnteringOf(db, environment, options, basename(file));
        const read = { bytes, fileName: file, skipBad: options.skipBad === true };
        const outcome = await importMilestones(db, options.book, read, how);
        environment.terminal.out(options.json ? jsonText(outcome) : outcomeText(outcome, "milestones"));
        refuseRefused(outcome);
      }),
  );
}

function addExport(command: Command, environment: Environment): void {
  const exporting = knownAtOption(ofBook(command.command("export <file>")))
    .description("Writes the milestones that are stated to a CSV, as they can be imported again")
    .option("--json", "print JSON");
  withExample(exporting, "milestone export milestones.csv --book my-book").action(
    async (file: string, options: BookOptions) =>
      inSession(environment, options, async ({ db }) => {
        await writing(
          environment,
          file,
          [".csv"],
          options.json,
          async () => (await exportMilestones(db, options)).bytes,
        );
      }),
  );
}

type FeedOptions = BookOptions & Readonly<{ fund?: string; nation?: string; site: string }>;

function addFeed(command: Command, environment: Environment): void {
  const feed = knownAtOption(ofBook(command.command("feed <file>")))
    .description("Writes milestones as a news feed (.atom) or a calendar (.ics), as the server gives them")
    .option("--fund <id>", "those of a fund")
    .option("--nation <id>", "those of a nation")
    .option("--site <address>", "where the pages are", "http://127.0.0.1:4870")
    .option("--json", "print JSON");
  withExample(feed, "milestone feed poland.ics --nation pol").action(async (file: string, options: FeedOptions) =>
    inSession(environment, options, async ({ db }) => {
      const make = file.toLowerCase().endsWith(".ics") ? milestoneCalendar : milestoneNews;
      await writing(environment, file, [".atom", ".ics"], options.json, async () =>
        make(db, environment.clock, options, options.site.replace(/\/+$/, "")),
      );
    }),
  );
}

/** @throws MainstayError parameter_invalid for a file that ends otherwise, file_unwritable */
async function writing(
  environment: Environment,
  file: string,
  endings: readonly string[],
  json: true | undefined,
  make: () => Promise<string | Uint8Array>,
): Promise<void> {
  if (!endings.some((ending) => file.toLowerCase().endsWith(ending)))
    throw new MainstayError("parameter_invalid", `${file}, not a name that ends in ${endings.join(" or ")}`, {
      field: "file",
    });
  await environment.checkOutput(file, "");
  await environment.writeFile(file, await make());
  environment.terminal.out(json ? jsonText({ file }) : `Written: ${file}\n`);
}
