import type { Command } from "commander";
import { answerQuery, settleQuery, type SettleOrder } from "#app/delivery/queries.ts";
import { queryList } from "#app/delivery/query-view.ts";
import { restPlaces } from "#core/delivery/differences.ts";
import { MainstayError } from "#core/errors.ts";
import type { QueryList, QueryView } from "#core/views-delivery.ts";
import { acting, doingOf, withExample, type ActingOptions } from "./acting.ts";
import { sideOf } from "./deliver-act.ts";
import { queryText, wholeOf } from "./deliver-text.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText, tableText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment, Session } from "./session.ts";

type Options = ActingOptions & Readonly<{ book: string }>;
type ListOptions = Options & Readonly<{ state?: string; consignment?: string; knownAt?: string }>;
type AnswerOptions = Options & Readonly<{ side: string; says: string }>;
type SettleOptions = Options &
  Readonly<{ outcome: string; pieces?: string; on?: string; rest?: string; reason: string; source?: string }>;

/** `mainstay deliver query list|show|answer|settle`. */
export function addDeliverQuery(deliver: Command, environment: Environment): void {
  const command = deliver
    .command("query")
    .description("Differences between what the donor side reports and what the recipient signed for");
  addReads(command, environment);
  addAnswer(command, environment);
  addSettle(command, environment);
}

function addReads(command: Command, environment: Environment): void {
  const { terminal } = environment;
  command
    .command("list")
    .description("The queries of a book that are not settled")
    .option("--book <book>", "the book", defaultBook)
    .option("--state <state>", "only open, answered or settled, or all")
    .option("--consignment <id>", "only about this consignment")
    .option("--known-at <day>", "as known by the end of this day (YYYY-MM-DD)")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay deliver query list --book practice-s --state all")
    .action(async (options: ListOptions) =>
      inSession(environment, options, async ({ db }) => {
        const { book, state, consignment, knownAt } = options;
        const found = await queryList(db, { book, state: stateOf(state), consignment, knownAt });
        terminal.out(options.json ? jsonText(found) : listText(found));
      }),
    );
  command
    .command("show <query>")
    .description("One query, with what both sides said")
    .option("--book <book>", "the book", defaultBook)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay deliver query show 1 --book practice-s")
    .action(async (id: string, options: Options) =>
      inSession(environment, options, async (session) => shown(environment, session, options, id)),
    );
}

/** @throws MainstayError parameter_invalid */
function stateOf(text: string | undefined): string | undefined {
  if (text === undefined || ["open", "answered", "settled", "all"].includes(text)) return text;
  throw new MainstayError("parameter_invalid", `${JSON.stringify(text)}; open, answered, settled or all`, {
    field: "state",
  });
}

/** @throws MainstayError unknown_delivery_query */
async function shown(environment: Environment, { db }: Session, options: Options, id: string): Promise<void> {
  const { items } = await queryList(db, { book: options.book, state: "all", limit: Number.MAX_SAFE_INTEGER });
  const found: QueryView | undefined = items.find((query) => query.id === id);
  if (found === undefined) throw new MainstayError("unknown_delivery_query", JSON.stringify(id), { field: "query" });
  environment.terminal.out(options.json ? jsonText(found) : queryText(found));
}

function addAnswer(command: Command, environment: Environment): void {
  const answer = command
    .command("answer <query>")
    .description("Adds what a side says to a query")
    .option("--book <book>", "the book", defaultBook)
    .option("--side <side>", "donor or recipient", "donor")
    .requiredOption("--says <words>", "what it says");
  withExample(
    acting(answer),
    'deliver query answer 1 --book practice-s --says "Two stayed at the border for want of papers."',
  ).action(async (id: string, options: AnswerOptions) =>
    inSession(environment, options, async (session) => {
      const message = { side: sideOf(options.side) ?? "donor", says: options.says };
      await answerQuery(session.db, options.book, id, message, doingOf(environment, options));
      await shown(environment, session, options, id);
    }),
  );
}

function addSettle(command: Command, environment: Environment): void {
  const settle = command
    .command("settle <query>")
    .description("Settles a query; what stands otherwise is put right by events")
    .option("--book <book>", "the book", defaultBook)
    .requiredOption("--outcome <side>", "whose figure stands: recipient or donor; or split, a figure between")
    .option("--pieces <n>", "of a split: how many both sides agree on")
    .option("--on <day>", "of a split about a day: the day both agree on (YYYY-MM-DD)")
    .option("--rest <place>", "where what is not there went: on-the-way, lost or returned; on-the-way without it")
    .requiredOption("--reason <words>", "how it was found out")
    .option("--source <id>", "the id of a source on record");
  withExample(
    acting(settle),
    'deliver query settle 1 --book practice-s --outcome recipient --reason "Counted together"',
  ).action(async (id: string, options: SettleOptions) =>
    inSession(environment, options, async (session) => {
      await settleQuery(session.db, options.book, id, orderOf(options), doingOf(environment, options));
      await shown(environment, session, options, id);
    }),
  );
}

/** @throws MainstayError parameter_invalid */
function orderOf({ outcome, pieces, on, rest, reason, source }: SettleOptions): SettleOrder {
  if (outcome !== "recipient" && outcome !== "donor" && outcome !== "split")
    throw new MainstayError("parameter_invalid", `${JSON.stringify(outcome)}; recipient, donor or split`, {
      field: "outcome",
    });
  const place = restPlaces.find((one) => one === rest);
  if (rest !== undefined && place === undefined)
    throw new MainstayError("parameter_invalid", `${JSON.stringify(rest)}; ${restPlaces.join(", ")}`, {
      field: "rest",
    });
  return { outcome, pieces: wholeOf(pieces, "pieces"), on, rest: place, reason, source };
}

function listText({ items, open, answered, settled }: QueryList): string {
  const sums = `${open} open, ${answered} answered, ${settled} settled.\n`;
  if (items.length === 0) return sums;
  const table = tableText(
    [
      { title: "query", cell: (row) => row.id, right: true },
      { title: "consignment", cell: (row) => `${row.consignment}, line ${row.line}` },
      { title: "item", cell: (row) => row.itemName },
      { title: "giver", cell: (row) => row.giverName },
      { title: "", cell: (row) => row.state },
      { title: "difference", cell: (row) => row.says },
    ],
    items,
  );
  return `${table}\n${sums}`;
}
