import type { Command } from "commander";
import { consignmentList, isWatchKind } from "#app/delivery/list.ts";
import { consignmentView } from "#app/delivery/view.ts";
import { watchList } from "#app/delivery/watch.ts";
import { MainstayError } from "#core/errors.ts";
import type { ConsignmentList, WatchKind, WatchList } from "#core/views-delivery.ts";
import { consignmentText, digits, statesText, wholeOf } from "./deliver-text.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText, tableText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{ book: string; knownAt?: string; json?: true; data?: string }>;
type ListOptions = Options &
  Readonly<{
    stream?: string;
    giver?: string;
    need?: string;
    hub?: string;
    state?: string;
    watch?: string;
    disputed?: true;
    limit?: string;
  }>;
type WatchOptions = Options & Readonly<{ kind?: string; need?: string; limit?: string }>;

/** `mainstay deliver list|show|watch`. */
export function addDeliverShow(deliver: Command, environment: Environment): void {
  const { terminal, clock } = environment;
  framed(deliver.command("list").description("The consignments of a book, and where their pieces are"))
    .option("--stream <stream>", "only of materiel, training, staff or finance")
    .option("--giver <party>", "only with something of this giver, by id")
    .option("--need <need>", "only with something for this need")
    .option("--hub <hub>", "only through this hub")
    .option("--state <state>", "only with pieces in this state, such as dispatched")
    .option("--watch <kind>", "only what is late, stuck or unconfirmed")
    .option("--disputed", "only with a query that is not settled")
    .option("--limit <n>", "at most so many", "200")
    .addHelpText("after", "\nExample: npx mainstay deliver list --book practice-s --state dispatched")
    .action(async (options: ListOptions) =>
      inSession(environment, options, async ({ db }) => {
        const { stream, giver, need, hub, state, book, knownAt, disputed } = options;
        const asked = { book, knownAt, stream, giver, need, hub, state, disputed };
        const limit = wholeOf(options.limit, "limit");
        const found = await consignmentList(db, clock, { ...asked, watch: kindOf(options.watch, "watch"), limit });
        terminal.out(options.json ? jsonText(found) : listText(found));
      }),
    );
  framed(
    deliver.command("show <consignment>").description("One consignment: both sides' figures line by line, every event"),
  )
    .addHelpText("after", "\nExample: npx mainstay deliver show C-1 --book practice-s")
    .action(async (id: string, options: Options) =>
      inSession(environment, options, async ({ db }) => {
        const found = await consignmentView(db, clock, { book: options.book, id, knownAt: options.knownAt });
        terminal.out(options.json ? jsonText(found) : consignmentText(found));
      }),
    );
  framed(deliver.command("watch").description("What is late, stuck or unconfirmed, and whom to ask"))
    .option("--kind <kind>", "only late, stuck or unconfirmed")
    .option("--need <need>", "only for this need")
    .option("--limit <n>", "at most so many", "50")
    .addHelpText("after", "\nExample: npx mainstay deliver watch --book practice-s --kind late")
    .action(async (options: WatchOptions) =>
      inSession(environment, options, async ({ db }) => {
        const { book, knownAt, need } = options;
        const asked = {
          book,
          knownAt,
          need,
          kind: kindOf(options.kind, "kind"),
          limit: wholeOf(options.limit, "limit"),
        };
        const found = await watchList(db, clock, asked);
        terminal.out(options.json ? jsonText(found) : watchText(found));
      }),
    );
}

function framed(command: Command): Command {
  return command
    .option("--book <book>", "the book", defaultBook)
    .option("--known-at <day>", "as known by the end of this day (YYYY-MM-DD)")
    .option("--json", "print JSON");
}

/** @throws MainstayError parameter_invalid */
function kindOf(text: string | undefined, field: string): WatchKind | undefined {
  if (text === undefined || isWatchKind(text)) return text;
  throw new MainstayError("parameter_invalid", `${JSON.stringify(text)}; late, stuck or unconfirmed`, { field });
}

function listText(found: ConsignmentList): string {
  if (found.total === 0) return `No consignment of ${found.head.book} is like that.\n`;
  const table = tableText(
    [
      { title: "consignment", cell: (row) => row.id },
      { title: "what", cell: (row) => row.title },
      { title: "givers", cell: (row) => row.givers.map((giver) => giver.name).join(", ") },
      { title: "hub", cell: (row) => row.hubName },
      { title: "pieces", cell: (row) => digits(row.pieces), right: true },
      { title: "due", cell: (row) => row.dueUntil },
      { title: "now", cell: (row) => statesText(row.states) },
      { title: "", cell: (row) => [...row.watch, ...(row.openQueries > 0 ? ["disputed"] : [])].join(", ") },
    ],
    found.items,
  );
  const sums = found.pipeline.map(({ stream, states }) => `${stream}: ${statesText(states)}\n`);
  const more = found.total > found.items.length ? `${found.total - found.items.length} more.\n` : "";
  return `${table}${more}\n${sums.join("")}`;
}

function watchText(found: WatchList): string {
  const { late, stuck, unconfirmed, stuckDays, unconfirmedDays, asOf } = found;
  const sums = `${late} late, ${stuck} stuck for ${stuckDays} days or more, ${unconfirmed} unconfirmed for ${unconfirmedDays} days or more, as of ${asOf}.\n`;
  if (found.items.length === 0) return sums;
  const table = tableText(
    [
      { title: "", cell: (row) => row.kind },
      { title: "consignment", cell: (row) => row.consignment ?? `(${row.placement})` },
      { title: "need", cell: (row) => `${row.need}, priority ${row.priority}` },
      { title: "what", cell: (row) => row.says },
    ],
    found.items,
  );
  const more = found.total > found.items.length ? `${found.total - found.items.length} more: use --limit\n` : "";
  return `${sums}\n${table}${more}`;
}
