import type { Stream } from "./bindingness.ts";
import type { CountedEvent } from "./delivery/counted.ts";
import type { PlanningHead } from "./views-planning.ts";
import type { SourceRef } from "./views.ts";

/**
 * The shapes of deliveries that leave the record. Pieces, places, post-months and units of a currency are whole numbers; what they cost is a
 * decimal string. Days are ISO days. Null where nobody has said.
 */

export const deliverySides = ["donor", "recipient"] as const;
export type DeliverySide = (typeof deliverySides)[number];

/** What counts as delivered from a day on, by whose policy. `fund` is null for the book's; `says` is a sentence for under a figure. */
export type DeliveredBy = Readonly<{
  counts: CountedEvent;
  fund: string | null;
  from: string | null; // null: nothing was decided, and what the recipient signed for counts
  source: SourceRef | null;
  says: string;
}>;

/** Pieces in one state of a course, in its order; `done`: nothing more is expected of them. */
export type StatePieces = Readonly<{ state: string; name: string; pieces: number; done: boolean }>;

/** Why something is late, stuck or unconfirmed. */
export const watchKinds = ["late", "stuck", "unconfirmed"] as const;
export type WatchKind = (typeof watchKinds)[number];

/** One line: so many pieces of a placement. Both sides' figures stand side by side; null where a side has not reported. */
export type ConsignmentLine = Readonly<{
  line: number; // 1-based in its consignment
  placement: string;
  offer: string;
  giver: string;
  giverName: string;
  need: string;
  needTitle: string;
  item: string;
  itemName: string;
  plan: string | null;
  fund: string | null; // the fund that the offer is given through
  dueFrom: string;
  dueUntil: string;
  pieces: number; // what it carries, without what went to another consignment
  cost: string | null; // of these pieces where they were bought
  currency: string | null;
  states: readonly StatePieces[]; // those with pieces
  donorReported: number | null; // handed over, as the donor side reports it
  recipientConfirmed: number | null; // as the recipient stated it
  delivered: number; // by `deliveredBy`
  deliveredBy: CountedEvent;
  openQueries: number;
}>;

export type ConsignmentRow = Readonly<{
  id: string;
  title: string;
  stream: Stream;
  hub: string;
  hubName: string;
  carrier: string | null;
  givers: readonly Readonly<{ party: string; name: string }>[];
  needs: readonly string[];
  items: readonly Readonly<{ item: string; name: string }>[];
  lines: number;
  pieces: number;
  states: readonly StatePieces[];
  state: string; // of the pieces that are furthest behind, by name
  dueUntil: string; // of the line that is due first and not there; else of the last
  lastEvent: Readonly<{ event: string; name: string; on: string }> | null;
  openQueries: number;
  watch: readonly WatchKind[];
}>;

/** A page of consignments, in the order of their ids; `pipeline` sums the pieces of all that the filter lets through, by stream and state. */
export type ConsignmentList = Readonly<{
  head: PlanningHead;
  asOf: string;
  pipeline: readonly Readonly<{
    stream: Stream;
    states: readonly (StatePieces & Readonly<{ consignments: number }>)[];
  }>[];
  items: readonly ConsignmentRow[];
  total: number;
  next: string | null;
}>;

/** What an event did to a line. `stated`: what the side said where it is not what moved. */
export type EventLine = Readonly<{
  line: number;
  itemName: string;
  from: string | null;
  to: string | null;
  pieces: number;
  stated: number | null;
}>;

export type DeliveryEventView = Readonly<{
  id: string;
  event: string; // such as dispatch, hand-over, confirm
  name: string;
  side: DeliverySide;
  on: string;
  place: string | null;
  evidence: string | null;
  reason: string;
  other: string | null; // the other consignment, of a split or a merge
  lines: readonly EventLine[];
  postings: readonly string[];
  knownAt: string;
  recordedAt: string;
  actor: string;
  source: SourceRef;
}>;

export const queryStates = ["open", "answered", "settled"] as const;
export const queryOutcomes = ["recipient", "donor", "split", "agreed"] as const;
export type QueryOutcome = (typeof queryOutcomes)[number];

/** A difference between what the donor side reported and what the recipient signed for. Both see it until it is settled. */
export type QueryView = Readonly<{
  id: string;
  consignment: string;
  consignmentTitle: string;
  line: number;
  itemName: string;
  giver: string;
  giverName: string;
  need: string;
  about: "quantity" | "day";
  donor: Readonly<{ pieces: number; on: string | null }>;
  recipient: Readonly<{ pieces: number; on: string }>;
  says: string; // the difference in a sentence
  state: (typeof queryStates)[number];
  openedAt: string;
  messages: readonly Readonly<{ side: DeliverySide; says: string; actor: string; at: string }>[];
  settled: Readonly<{
    outcome: QueryOutcome;
    says: string;
    pieces: number | null;
    on: string | null;
    reason: string;
    actor: string;
    at: string;
    events: readonly string[];
  }> | null;
}>;
export type QueryList = Readonly<{
  head: PlanningHead;
  open: number;
  answered: number;
  settled: number;
  items: readonly QueryView[];
  total: number;
  next: string | null;
}>;

/** A link by which a phone signs. Its secret is shown once, when it is made. */
export type SignLinkView = Readonly<{
  id: string;
  madeAt: string;
  expiresAt: string;
  state: "live" | "expired" | "withdrawn";
  actor: string;
}>;
export type SignLinkMade = Readonly<{
  link: SignLinkView;
  consignment: string;
  token: string;
  address: string;
  svg: string;
}>;

/** Where others reach the pages; null where nobody said. */
export type PagesAddress = Readonly<{ address: string | null }>;

/** An event that could be entered now, with how many pieces of which line. */
export type PossibleEvent = Readonly<{
  event: string;
  name: string;
  side: DeliverySide | "either";
  reason: boolean; // whether one has to be given
  lines: readonly Readonly<{ line: number; most: number }>[];
}>;

export type ConsignmentView = ConsignmentRow &
  Readonly<{
    head: PlanningHead;
    note: string;
    linesCarried: readonly ConsignmentLine[];
    events: readonly DeliveryEventView[]; // oldest first
    possible: readonly PossibleEvent[];
    queries: readonly QueryView[];
    links: readonly SignLinkView[];
    lineage: readonly Readonly<{ consignment: string; way: "from" | "into"; event: string; on: string }>[];
    deliveredBy: readonly DeliveredBy[]; // of the book and of the funds of its lines
    source: SourceRef;
    seen: string; // the id of its last event: what a confirmation was made upon
  }>;

/** What the phone page shows: lines with what may be signed for. */
export type SignView = Readonly<{
  consignment: string;
  title: string;
  bookTitle: string;
  synthetic: boolean;
  recipientName: string;
  hubName: string;
  carrier: string | null;
  expiresAt: string;
  seen: string;
  lines: readonly Readonly<{
    line: number;
    itemName: string;
    giverName: string;
    carried: number;
    awaiting: number; // what the donor side says is handed over; where it says nothing, what is on its way
    most: number; // there may be more on its way than was reported as handed over
    confirmed: number; // signed for before
  }>[];
  openQueries: number;
}>;
/** What was signed for just now. */
export type Signed = Readonly<{
  view: SignView;
  signed: number;
  queries: readonly Readonly<{ id: string; says: string }>[];
}>;

/** What is late, stuck or unconfirmed, and whom to ask. `consignment` is null for what was placed and is in none yet. */
export type WatchRow = Readonly<{
  kind: WatchKind;
  consignment: string | null;
  consignmentTitle: string | null;
  line: number | null;
  placement: string;
  item: string;
  itemName: string;
  need: string;
  needTitle: string;
  priority: number;
  pieces: number;
  state: string; // by name
  since: string; // due since, or without an event since, or handed over on
  days: number;
  ask: Readonly<{ who: "giver" | "carrier" | "hub" | "recipient"; id: string; name: string }>;
  says: string;
}>;
export type WatchList = Readonly<{
  head: PlanningHead;
  asOf: string;
  stuckDays: number;
  unconfirmedDays: number;
  late: number;
  stuck: number;
  unconfirmed: number;
  items: readonly WatchRow[];
  total: number;
  next: string | null;
}>;

/** What came of a file of confirmations. */
export type ConfirmationOutcome = Readonly<{
  file: string;
  rows: number;
  consignments: readonly string[];
  confirmed: number; // pieces that the recipient signed for now
  queries: readonly Readonly<{ id: string; consignment: string; says: string }>[];
}>;

/** Which event counts as delivered, newest first: the book's and its funds'. */
export type DeliveredPolicies = Readonly<{
  head: PlanningHead;
  now: readonly DeliveredBy[];
  history: readonly (DeliveredBy & Readonly<{ knownAt: string; actor: string }>)[];
}>;
