import type { Stream } from "../../../../src/core/bindingness.ts";
import type {
  ConsignmentRow,
  DeliverySide,
  QueryView,
  StatePieces,
  WatchKind,
  WatchRow,
} from "../../../../src/core/views-delivery.ts";
import { counted, formatCount } from "../../format/amounts.ts";
import { formatDay } from "../../format/days.ts";
import { listed } from "../../funds/words.ts";

export const streamNames: Readonly<Record<Stream, string>> = {
  materiel: "Materiel",
  training: "Training",
  staff: "Staff",
  finance: "Money",
};

/** The streams in the order in which the pages name them. */
export const streamOrder = ["materiel", "training", "staff", "finance"] as const;

const counts: Readonly<Record<Stream, readonly [one: string, many: string]>> = {
  materiel: ["piece", "pieces"],
  training: ["place", "places"],
  staff: ["post-month", "post-months"],
  finance: ["unit of currency", "units of currency"],
};

/** What is counted in a stream. */
export function countedIn(stream: Stream): string {
  return counts[stream][1];
}

/** "40 pieces", "1 place" */
export function piecesWords(stream: Stream, pieces: number): string {
  return counted(pieces, ...counts[stream]);
}

export const sideWords: Readonly<Record<DeliverySide, string>> = {
  donor: "the donor side",
  recipient: "the recipient",
};

export const watchWords: Readonly<Record<WatchKind, string>> = {
  late: "late",
  stuck: "stuck",
  unconfirmed: "not signed for",
};

/** "4 dispatched, 6 handed over" */
export function statesWords(states: readonly StatePieces[]): string {
  return states.map(({ name, pieces }) => `${formatCount(pieces)} ${name.toLowerCase()}`).join(", ");
}

const least = 3;

/** "Ambulance, Generator and 2 more" */
export function itemsWords(row: Pick<ConsignmentRow, "items">): string {
  return someOf(row.items.map((item) => item.name));
}

export function giversWords(row: Pick<ConsignmentRow, "givers">): string {
  return someOf(row.givers.map((giver) => giver.name));
}

function someOf(names: readonly string[]): string {
  return names.length <= least
    ? listed(names)
    : listed([...names.slice(0, least - 1), `${names.length - least + 1} more`]);
}

/** The colour of a stage: five shades from not begun to signed for; another where pieces went another way. */
export function stateClass(state: string): string {
  return shades[state] ?? "class-placed";
}

const shades: Readonly<Record<string, string>> = {
  planned: "class-said",
  scheduled: "class-said",
  assigned: "class-said",
  due: "class-said",
  contracted: "class-bound",
  dispatched: "class-placed",
  "at-hub": "class-placed",
  started: "class-placed",
  "handed-over": "class-moved",
  completed: "class-moved",
  deployed: "class-moved",
  paid: "class-moved",
  confirmed: "class-received",
  "in-use": "class-received",
  acknowledged: "class-received",
  rotated: "class-received",
  ended: "class-received",
  damaged: "flow-late",
  lost: "flow-late",
  returned: "flow-late",
  "no-show": "flow-late",
};

/** "due by 3 April 2026", "nothing reported since 3 April 2026" */
export function sinceWords({ kind, since }: Pick<WatchRow, "kind" | "since">): string {
  const day = formatDay(since);
  if (kind === "late") return `due by ${day}`;
  return kind === "stuck" ? `nothing reported since ${day}` : `handed over on ${day}`;
}

export const stateOfQuery: Readonly<Record<QueryView["state"], string>> = {
  open: "open",
  answered: "answered, not settled",
  settled: "settled",
};

/** The address that this page was opened under, where a phone could reach it too: a machine's own name for itself leads a phone to itself. */
export function addressHere({ hostname, origin }: Readonly<{ hostname: string; origin: string }>): string {
  return /^(localhost|127\..*|\[::1\])$/.test(hostname) ? "" : origin;
}
