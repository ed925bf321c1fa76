import type { Command } from "commander";
import { importFrame, planningFrame, type FrameView } from "#app/planning/frame.ts";
import type { FrameHub, FrameShares, MarketPrice } from "#core/planning/frame.ts";
import { plural } from "./counted.ts";
import { acting, doingOf, withExample, type ActingOptions } from "./acting.ts";
import { groupDigits, jsonText, tableText } from "./output.ts";
import { inSession } from "./run.ts";
import { sourceOptions, sourceOf, type SourceOptions } from "./planning-source.ts";
import type { Environment } from "./session.ts";

type Options = ActingOptions & Readonly<{ book: string }>;

/** `mainstay plan frame`: capacities, prices and shares that plans of a book are made with. */
export function addPlanFrame(plan: Command, environment: Environment): void {
  const { terminal } = environment;
  const frame = plan.command("frame").description("Capacities, prices and shares that plans of a book are made with");
  frame
    .command("show")
    .description("The hubs with what they can take, transport, prices and shares of a book")
    .option("--book <book>", "the book", "worked-case")
    .option("--json", "print the frame as JSON, as `plan frame import` takes it")
    .addHelpText("after", "\nExample: npx mainstay plan frame show --book practice-s")
    .action(async (options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const found = await planningFrame(db, options.book);
        terminal.out(options.json ? jsonText(found.frame) : frameText(found));
      }),
    );
  const command = frame
    .command("import <file>")
    .description("Enters capacities, prices and shares from a JSON file, in place of those before")
    .option("--book <book>", "the book", "worked-case");
  withExample(acting(sourceOptions(command)), "plan frame import frame.json --book practice-s").action(
    async (file: string, options: Options & SourceOptions) =>
      inSession(environment, options, async ({ db }) => {
        const bytes = await environment.readFile(file);
        const { now, actor } = doingOf(environment, options);
        const source = sourceOf(options, file, environment);
        const found = await importFrame(db, options.book, { bytes, fileName: file }, { source, knownAt: now, actor });
        terminal.out(options.json ? jsonText(found) : `Entered as version ${found.version}.\n${frameText(found)}`);
      }),
  );
}

const limit = (value: number | null) => (value === null ? "no limit" : groupDigits(String(value)));

function frameText({ version, frame }: FrameView): string {
  const { currency, wayDays, hubs, transport, market, shares, assumptions, roadmap } = frame;
  const none = "No capacities or prices are on record: everything goes through one hub without limits.\n";
  return [
    version === 0
      ? none
      : `Version ${version}. Money counts in ${currency}; the way takes ${plural(wayDays, "day")}.\n`,
    tableText<FrameHub>(
      [
        { title: "hub", cell: (hub) => hub.id },
        { title: "name", cell: (hub) => hub.name },
        { title: "tonnes a week", cell: (hub) => limit(hub.tonnesPerWeek), right: true },
        { title: "places a week", cell: (hub) => limit(hub.placesPerWeek), right: true },
      ],
      hubs,
    ),
    ...transport.map(({ year, tonnes }) => `Transport in ${year}: ${groupDigits(String(tonnes))} tonnes.`),
    ...(market.length === 0 ? [] : ["", marketText(market, currency)]),
    `Shares: ${sharesText(shares)}. Assumptions: ${assumptions.length}. Steps of roadmaps: ${roadmap.length}.\n`,
  ].join("\n");
}

function marketText(market: readonly MarketPrice[], currency: string): string {
  return tableText<MarketPrice>(
    [
      { title: "to buy", cell: (row) => row.item },
      { title: `price, ${currency}`, cell: (row) => groupDigits(row.price), right: true },
      { title: "days", cell: (row) => String(row.leadDays), right: true },
      { title: "a month", cell: (row) => groupDigits(String(row.perMonth)), right: true },
      { title: "source", cell: (row) => row.source },
    ],
    market,
  );
}

function sharesText(shares: FrameShares | null): string {
  if (shares === null) return "none agreed";
  return "key" in shares ? `by the key ${shares.key}, year ${shares.year}` : `as agreed among ${shares.table.length}`;
}
