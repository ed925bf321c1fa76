import type { Command } from "commander";
import { enterEvent } from "#app/delivery/event.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { mergeConsignments, splitConsignment } from "#app/delivery/parts.ts";
import { consignmentView } from "#app/delivery/view.ts";
import { MainstayError } from "#core/errors.ts";
import { deliverySides, type DeliverySide } from "#core/views-delivery.ts";
import { acting, doingOf, gather, pairOf, withExample, type ActingOptions } from "./acting.ts";
import { consignmentText, linesOf, wholeOf } from "./deliver-text.ts";
import { defaultBook } from "./frame-options.ts";
import { jsonText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment, Session } from "./session.ts";

type Options = ActingOptions & Readonly<{ book: string; on?: string; source?: string }>;
type NewOptions = Options &
  Readonly<{ title: string; hub?: string; carrier?: string; note?: string; placement?: readonly string[] }>;
type EventOptions = Options &
  Readonly<{ line?: readonly string[]; side?: string; place?: string; evidence?: string; reason?: string }>;
type SplitOptions = Options &
  Readonly<{ into: string; title?: string; hub?: string; carrier?: string; line?: readonly string[]; reason?: string }>;
type MergeOptions = Options & Readonly<{ reason?: string }>;

/** `mainstay deliver new|event|split|merge`. */
export function addDeliverAct(deliver: Command, environment: Environment): void {
  addNew(deliver, environment);
  addEvent(deliver, environment);
  addParts(deliver, environment);
}

function entering(command: Command): Command {
  return acting(
    command
      .option("--book <book>", "the book", defaultBook)
      .option("--on <day>", "the day it happened (YYYY-MM-DD); today without it")
      .option("--source <id>", "the id of a source on record; the side's own reports without it"),
  );
}

async function shown(environment: Environment, { db }: Session, options: Options, id: string): Promise<void> {
  const found = await consignmentView(db, environment.clock, { book: options.book, id });
  environment.terminal.out(options.json ? jsonText(found) : consignmentText(found));
}

function addNew(deliver: Command, environment: Environment): void {
  const command = deliver
    .command("new <id>")
    .description("Makes a consignment of pieces of what was placed")
    .requiredOption("--title <words>", "what it is, in words")
    .option(
      "--placement <id[=pieces]>",
      "what it carries, all that is left where no number is given; as often as needed",
      gather,
    )
    .option("--hub <hub>", "where it goes through; the placements' own without it")
    .option("--carrier <name>", "who carries it")
    .option("--note <words>", "anything else");
  withExample(
    entering(command),
    'deliver new C-1 --book practice-s --title "Ambulances, first convoy" --placement plan-1-0001=4',
  ).action(async (id: string, options: NewOptions) =>
    inSession(environment, options, async (session) => {
      const { title, hub, carrier, note, on, source } = options;
      const lines = (options.placement ?? []).map(pairOf).map(({ name, value }) => ({
        placement: name,
        pieces: value === "" ? null : (wholeOf(value, "placement") ?? null),
      }));
      const order = { id, title, hub, carrier, note, on, source, lines };
      await newConsignment(session.db, options.book, order, doingOf(environment, options));
      await shown(environment, session, options, id);
    }),
  );
}

function addEvent(deliver: Command, environment: Environment): void {
  const command = deliver
    .command("event <consignment> <event>")
    .description(
      "Reports an event: contract, dispatch, arrive, hand-over, confirm, use, lose, damage, repair, return; of training start, complete, no-show; of staff deploy, rotate, end; of money pay",
    )
    .option("--line <line=pieces>", "how many of a line; all that stand there without any; as often as needed", gather)
    .option("--side <side>", "who reports it, donor or recipient, where either may")
    .option("--place <name>", "where it happened")
    .option("--evidence <words>", "such as the number of a waybill")
    .option("--reason <words>", "why; needed for what is lost, damaged or returned");
  withExample(entering(command), "deliver event C-1 hand-over --book practice-s --line 1=3 --on 2026-03-05").action(
    async (id: string, event: string, options: EventOptions) =>
      inSession(environment, options, async (session) => {
        const { on, place, evidence, reason, source } = options;
        const lines = linesOf(options.line);
        const order = { event, side: sideOf(options.side), on, place, evidence, reason, source, lines };
        await enterEvent(session.db, options.book, id, order, doingOf(environment, options));
        await shown(environment, session, options, id);
      }),
  );
}

/** @throws MainstayError parameter_invalid */
export function sideOf(text: string | undefined): DeliverySide | undefined {
  const found = deliverySides.find((side) => side === text);
  if (text !== undefined && found === undefined)
    throw new MainstayError("parameter_invalid", `${JSON.stringify(text)}; donor or recipient`, { field: "side" });
  return found;
}

function addParts(deliver: Command, environment: Environment): void {
  const split = deliver
    .command("split <consignment>")
    .description("Puts a part of a consignment that is not handed over into a new one")
    .requiredOption("--into <id>", "the new consignment's name")
    .option("--line <line=pieces>", "how many of a line; as often as needed", gather)
    .option("--title <words>", "what it is; as before without it")
    .option("--hub <hub>", "where it goes through; as before without it")
    .option("--carrier <name>", "who carries it; as before without it")
    .option("--reason <words>", "why");
  withExample(entering(split), "deliver split C-1 --book practice-s --into C-2 --line 1=2").action(
    async (id: string, options: SplitOptions) =>
      inSession(environment, options, async (session) => {
        const { into, title, hub, carrier, reason, on, source } = options;
        const order = { into, title, hub, carrier, reason, on, source, lines: linesOf(options.line) ?? [] };
        await splitConsignment(session.db, options.book, id, order, doingOf(environment, options));
        await shown(environment, session, options, into);
      }),
  );
  const merge = deliver
    .command("merge <into> <consignments...>")
    .description("Puts all that is on its way in other consignments into one")
    .option("--reason <words>", "why");
  withExample(entering(merge), "deliver merge C-1 C-2 C-3 --book practice-s").action(
    async (into: string, consignments: readonly string[], options: MergeOptions) =>
      inSession(environment, options, async (session) => {
        const { on, reason, source } = options;
        const order = { consignments, on, reason, source };
        await mergeConsignments(session.db, options.book, into, order, doingOf(environment, options));
        await shown(environment, session, options, into);
      }),
  );
}
