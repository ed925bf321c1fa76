import type { Stream } from "#core/bindingness.ts";
import { addDays } from "#core/planning/days.ts";
import { present } from "#core/present.ts";
import type { Database } from "#store/database.ts";
import { uncarriedBefore } from "#store/delivery/uncarried.ts";
import { enterEvent, type EventOrder } from "../../delivery/event.ts";
import { newConsignment } from "../../delivery/load.ts";
import { answerQuery, settleQuery } from "../../delivery/queries.ts";
import { receiveAt } from "../../delivery/receive.ts";
import { convoysOf, type Convoy } from "./courses.ts";
import { instantOn, type StoryDays } from "./days.ts";

/** Something that happens on a day. */
type Step = Readonly<{ on: string; hour: number; play: (doing: { now: string; actor: string }) => Promise<unknown> }>;
type Happening = Readonly<{ event: string; before: number; lines?: EventOrder["lines"]; reason?: string }>;

/** Days before it is due on which each thing of a consignment happens. */
const usual: Readonly<Record<Stream, readonly Happening[]>> = {
  materiel: [
    { event: "contract", before: 40 },
    { event: "dispatch", before: 9 },
    { event: "arrive", before: 5 },
    { event: "hand-over", before: 3 },
  ],
  training: [
    { event: "start", before: 25 },
    { event: "complete", before: 2 },
  ],
  staff: [{ event: "deploy", before: 5 }],
  finance: [{ event: "pay", before: 5 }],
};
const madeBefore = 42;
const signedBefore = 1;

/**
 * Plays what becomes of everything placed in a book up to today: carried, handed over and signed for by the days on which it is due, and some of it
 * otherwise. In a transaction under way. Returns how many consignments were made.
 */
export async function playDeliveries(db: Database, book: Readonly<{ no: number; slug: string }>, days: StoryDays) {
  const convoys = convoysOf(await uncarriedBefore(db, book.no, null, null), days);
  const steps = convoys
    .flatMap((convoy) => stepsOf(db, book.slug, convoy, days))
    .filter((step) => step.on < days.today);
  const when = ({ on, hour }: Step) => instantOn(on, hour);
  for (const step of steps.toSorted((one, other) => when(one).localeCompare(when(other))))
    await step.play({ now: when(step), actor: "Practice desk" });
  return convoys.filter((convoy) => convoy.fate !== "forgotten" && madeOn(convoy, days) < days.today).length;
}

const madeOn = ({ due }: Convoy, { carried }: StoryDays): string => {
  const day = addDays(due, -madeBefore);
  return day > carried ? day : carried;
};

function stepsOf(db: Database, book: string, convoy: Convoy, days: StoryDays): readonly Step[] {
  const { id, title, due, stream, fate, placements } = convoy;
  if (fate === "forgotten") return [];
  const made = madeOn(convoy, days);
  const carrier = stream === "materiel" ? "Practice Haulage" : undefined;
  const lines = placements.map(({ placement }) => ({ placement, pieces: null }));
  const reports = reportsOf(convoy).map(({ event, before, lines: some, reason }): Step => {
    const day = addDays(due, -before);
    const evidence = event === "dispatch" ? `Made-up waybill ${id}` : undefined;
    const order = { event, on: day > made ? day : made, lines: some, reason, evidence };
    return { on: order.on, hour: 12, play: async (doing) => enterEvent(db, book, id, order, doing) };
  });
  return [
    { on: made, hour: 8, play: async (doing) => newConsignment(db, book, { id, title, carrier, lines }, doing) },
    ...reports,
    ...signaturesOf(db, book, convoy),
  ];
}

function reportsOf({ stream, fate }: Convoy): readonly Happening[] {
  const all = usual[stream];
  const partly = (happening: Omit<Happening, "lines">, after: string): readonly Happening[] =>
    all.flatMap((one) => (one.event === after ? [one, { ...happening, lines: [{ line: 1, pieces: 1 }] }] : [one]));
  if (fate === "stuck") return all.filter(({ event }) => event === "contract" || event === "dispatch");
  if (fate === "lost") return partly({ event: "lose", before: 8, reason: "Burnt out on the way" }, "dispatch");
  if (fate === "damaged") return partly({ event: "damage", before: 4, reason: "Dropped at the hub" }, "arrive");
  return all;
}

/** What the recipient signs for, and what is asked where that is fewer than was reported. */
function signaturesOf(db: Database, book: string, convoy: Convoy): readonly Step[] {
  const { id, due, fate, stream } = convoy;
  if (fate === "stuck" || fate === "unconfirmed") return [];
  const evidence = `Made-up receipt ${id}`;
  const step = (after: number, play: Step["play"]): Step => ({
    on: addDays(due, after - signedBefore),
    hour: 16,
    play,
  });
  if (fate !== "settled" && fate !== "queried") {
    const signed = step(0, async (doing) => receiveAt(db, book, id, { lines: null, evidence }, doing));
    const use = { event: "use", side: "recipient" } as const;
    const used = step(10, async (doing) => enterEvent(db, book, id, use, doing));
    return stream === "materiel" && Number(id.slice(-1)) % 3 === 0 ? [signed, used] : [signed];
  }
  return asked(db, book, convoy, { evidence, step });
}

type Signing = Readonly<{ evidence: string; step: (after: number, play: Step["play"]) => Step }>;

/** One piece fewer is signed for than was reported. Where that is settled, it turned back at the border, and comes after all. */
function asked(db: Database, book: string, { id, fate, placements }: Convoy, { evidence, step }: Signing): Step[] {
  let query = "";
  const counted = placements.map(({ pieces }, index) => ({
    line: index + 1,
    pieces: index === 0 ? pieces - 1 : pieces,
  }));
  const signed = step(0, async (doing) => {
    const { queries } = await receiveAt(db, book, id, { lines: counted, evidence }, doing);
    query = present(queries[0], `a query on ${id}`).id;
  });
  if (fate === "queried") return [signed];
  const says = "One turned back at the border for want of papers.";
  const order = { outcome: "recipient", rest: "on-the-way", reason: "The border post has it" } as const;
  const again = { event: "hand-over", lines: [{ line: 1, pieces: 1 }] };
  return [
    signed,
    step(4, async (doing) => answerQuery(db, book, query, { side: "donor", says }, doing)),
    step(7, async (doing) => settleQuery(db, book, query, order, doing)),
    step(12, async (doing) => enterEvent(db, book, id, again, doing)),
    step(13, async (doing) => receiveAt(db, book, id, { lines: null }, doing)),
  ];
}
