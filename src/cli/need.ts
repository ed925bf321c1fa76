import { Option, type Command } from "commander";
import { needList, needView } from "#app/planning/need-views.ts";
import { changeNeed, withdrawNeed } from "#app/planning/needs.ts";
import { exportNeeds } from "#app/planning/record-exports.ts";
import { importNeeds } from "#app/planning/record-files.ts";
import { writtenNeedChange } from "#app/planning/written.ts";
import type { CoverageSum, NeedList, NeedRow, NeedView } from "#core/views-planning.ts";
import { withExample } from "./acting.ts";
import { plural, unitWord } from "./counted.ts";
import { groupDigits, jsonText, tableText, type Column } from "./output.ts";
import { addFiles, entering, enteringOf, historyText, knownAtOption, ofBook, type BookOptions } from "./records.ts";
import type { EnteringOptions } from "./records.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type ListOptions = BookOptions &
  Readonly<{
    q?: string;
    priority?: string;
    capability?: string;
    coalition?: string;
    item?: string;
    uncovered?: true;
    all?: true;
  }>;

/** `mainstay need`: what the recipient needs, how far it is met, files in and out. */
export function addNeed(program: Command, environment: Environment): void {
  const command = program.command("need").description("Needs: what the recipient says it needs, and how far it is met");
  addFiles(command, environment, { what: "needs", bring: importNeeds, fileOf: exportNeeds });
  addList(command, environment);
  addShow(command, environment);
  addActs(command, environment);
}

function addList(command: Command, environment: Environment): void {
  const list = knownAtOption(ofBook(command.command("list")))
    .description("The needs of a book with how far each is met, the most urgent first")
    .option("--q <words>", "words found in the id, the title, the kind or the note")
    .addOption(new Option("--priority <1-5>", "those of one priority").choices(["1", "2", "3", "4", "5"]))
    .option("--capability <id>", "those of one capability")
    .option("--coalition <slug>", "those that one coalition looks after")
    .option("--item <id>", "those that accept one kind")
    .option("--uncovered", "only those with which nothing is placed")
    .option("--all", "withdrawn ones too")
    .option("--json", "print JSON");
  withExample(list, "need list --book practice-s --uncovered").action(async (options: ListOptions) =>
    inSession(environment, options, async ({ db }) => {
      const { priority, all, ...rest } = options;
      const found = await needList(db, {
        ...rest,
        priority: priority === undefined ? undefined : Number(priority),
        state: all === true ? "all" : "stated",
        limit: mostListed,
      });
      environment.terminal.out(options.json ? jsonText(found) : listText(found));
    }),
  );
}

const mostListed = 10_000;

function addShow(command: Command, environment: Environment): void {
  const show = knownAtOption(ofBook(command.command("show <need>")))
    .description("One need: what is taken for it, its package, what is placed with it, every version")
    .option("--json", "print JSON");
  withExample(show, "need show N-001 --book practice-s").action(async (id: string, options: BookOptions) =>
    inSession(environment, options, async ({ db }) => {
      const found = await needView(db, { ...options, id });
      environment.terminal.out(options.json ? jsonText(found) : needText(found));
    }),
  );
}

function addActs(command: Command, environment: Environment): void {
  const { terminal } = environment;
  const change = entering(command.command("change <need>"))
    .description("Changes a need by a further version, with a reason")
    .option("--title <words>", "what is needed, in words")
    .option("--quantity <number>", "how many")
    .option("--priority <1-5>", "1, the most urgent, to 5")
    .option("--from <day>", "the first day it can be taken (YYYY-MM-DD)")
    .option("--until <day>", "the day by which it is wanted")
    .option("--place <hub>", "the hub at which it is wanted; `any` for any")
    .option("--accepts <kinds>", "the kind asked for and what is taken instead: 'howitzer-155; howitzer-105 0.6'")
    .option("--package <parts>", "what belongs to it: 'course-artillery 8/1 before 60; shell-155 100/1 with'")
    .option("--coalition <slug>", "the coalition that looks after it; `none` for none")
    .option("--note <words>", "anything else");
  withExample(change, 'need change N-001 --quantity 12 --reason "two brigades more" --book practice-s').action(
    async (id: string, options: EnteringOptions & Readonly<Record<string, string>>) =>
      inSession(environment, options, async ({ db }) => {
        const how = await enteringOf(db, environment, options);
        await changeNeed(db, options.book, id, writtenNeedChange(options), how);
        const found = await needView(db, { book: options.book, id });
        terminal.out(options.json ? jsonText(found) : needText(found));
      }),
  );
  const withdraw = entering(command.command("withdraw <need>")).description(
    "Withdraws a need, with a reason; what is placed with it stays placed",
  );
  withExample(withdraw, 'need withdraw N-001 --reason "met at home" --book practice-s').action(
    async (id: string, options: EnteringOptions) =>
      inSession(environment, options, async ({ db }) => {
        await withdrawNeed(db, options.book, id, await enteringOf(db, environment, options));
        const found = await needView(db, { book: options.book, id });
        terminal.out(options.json ? jsonText(found) : needText(found));
      }),
  );
}

const number = (value: number | null) => (value === null ? "" : groupDigits(String(value)));
const percent = (ppm: number | null) => (ppm === null ? "" : `${(Math.floor(ppm / 1000) / 10).toFixed(1)} %`);

const needColumns: readonly Column<NeedRow>[] = [
  { title: "", cell: (row) => String(row.priority), right: true },
  { title: "need", cell: (row) => row.id },
  { title: "what", cell: (row) => (row.state === "withdrawn" ? `${row.itemName} (withdrawn)` : row.itemName) },
  { title: "needed", cell: (row) => number(row.coverage.needed), right: true },
  { title: "", cell: (row) => unitWord(row, row.coverage.needed) },
  { title: "until", cell: (row) => row.until },
  { title: "planned", cell: (row) => number(row.coverage.planned), right: true },
  { title: "placed", cell: (row) => number(row.coverage.placed), right: true },
  { title: "moved", cell: (row) => number(row.coverage.moved), right: true },
  { title: "signed for", cell: (row) => number(row.coverage.confirmed), right: true },
  { title: "coalition", cell: (row) => row.coalition ?? "" },
];

const sumColumns: readonly Column<CoverageSum & Readonly<{ priority: number }>>[] = [
  { title: "priority", cell: (row) => String(row.priority), right: true },
  { title: "needs", cell: (row) => number(row.needs), right: true },
  { title: "placed in full", cell: (row) => number(row.whole), right: true },
  { title: "nothing placed", cell: (row) => number(row.none), right: true },
  { title: "planned", cell: (row) => percent(row.plannedPpm), right: true },
  { title: "placed", cell: (row) => percent(row.placedPpm), right: true },
  { title: "signed for", cell: (row) => percent(row.confirmedPpm), right: true },
];

function listText({ head, items, total, byPriority, plan }: NeedList): string {
  if (total === 0)
    return `No such need is on record in ${head.book}. Enter some: npx mainstay need template needs.xlsx, then npx mainstay need import needs.xlsx --book ${head.book}\n`;
  return [
    headText(head, `${total} ${total === 1 ? "need" : "needs"} of ${head.recipientName}`),
    tableText(needColumns, items),
    ...(byPriority.length === 0 ? [] : [tableText(sumColumns, byPriority)]),
    plan === null ? "No plan stands.\n" : `Planned: by ${plan}, which stands, with what was placed before it.\n`,
  ].join("\n");
}

/** What is listed, from which book, and as known when. */
export function headText({ title, synthetic, knownAt }: NeedList["head"], what: string): string {
  return `${what}, ${title}${synthetic ? " (synthetic: made up to try the program out)" : ""}${knownAt === null ? "" : `, as known at the end of ${knownAt}`}\n`;
}

function needText(need: NeedView): string {
  const { coverage } = need;
  return [
    `${need.title} (${need.id})${need.state === "withdrawn" ? `, withdrawn: ${need.reason}` : ""}`,
    headText(need.head, `Needed by ${need.head.recipientName}`),
    `${number(need.quantity)} ${unitWord(need, need.quantity)} of ${need.itemName}, priority ${need.priority}, from ${need.from}, wanted by ${need.until}${need.placeName === null ? "" : `, at ${need.placeName}`}.`,
    ...need.accepts.slice(1).map(({ name, item, worth }) => `Taken instead: ${name} (${item}), one counts ${worth}.`),
    `Placed ${number(coverage.placed)}, moved ${number(coverage.moved)}, handed over ${number(coverage.handedOver)}, signed for ${number(coverage.confirmed)}${coverage.planned === null ? "" : `; planned ${number(coverage.planned)}`}.`,
    ...(need.coalitionName === null ? [] : [`Looked after by ${need.coalitionName}.`]),
    ...(need.note === "" ? [] : [need.note]),
    `Source: ${need.source.title}, ${need.source.publisher}.`,
    "",
    ...(need.package.length === 0 ? [] : [packageText(need)]),
    ...(need.placements.length === 0 ? [] : [placedText(need.placements)]),
    historyText(need.history),
  ].join("\n");
}

function timingText({ when, leadDays, months }: NeedView["package"][number]): string {
  if (when === "with") return "with it";
  return when === "before" ? `${plural(leadDays, "day")} before` : `each month of ${months}`;
}

function packageText(need: NeedView): string {
  return tableText(
    [
      { title: "belongs to it", cell: (row) => row.name },
      { title: "pieces", cell: (row) => `${row.pieces} for ${row.systems}`, right: true },
      { title: "when", cell: timingText },
      { title: "needed", cell: (row) => number(row.needed), right: true },
      { title: "placed", cell: (row) => number(row.placed), right: true },
      { title: "signed for", cell: (row) => number(row.confirmed), right: true },
    ],
    need.package,
  );
}

/** What is placed: of which offer, with which need, by which decision. */
export function placedText(placements: NeedView["placements"]): string {
  return tableText(
    [
      { title: "placed", cell: (row) => row.id },
      { title: "offer", cell: (row) => row.offer },
      { title: "giver", cell: (row) => row.giverName },
      { title: "need", cell: (row) => row.need },
      { title: "what", cell: (row) => row.itemName },
      { title: "pieces", cell: (row) => number(row.pieces), right: true },
      { title: "due", cell: (row) => row.dueUntil },
      { title: "hub", cell: (row) => row.hubName },
      { title: "decision", cell: (row) => row.proposal ?? "the giver's word" },
    ],
    placements,
  );
}
