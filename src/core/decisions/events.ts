import type { PositionKind } from "./procedure.ts";
import type { ObjectKind, Terms } from "./terms.ts";

/** A point in time in UTC as YYYY-MM-DDTHH:MM:SSZ, a fraction of a second allowed. */
export type Instant = string;

export type ProposalObject = Readonly<{ kind: ObjectKind; reference: string | null }>;

/** A party as it stood at opening. `takesPart` false: a member that does not take part, is not counted and states no position. */
export type Participant = Readonly<{
  id: string;
  name: string;
  takesPart: boolean;
  roles: readonly string[];
  weights: Readonly<Record<string, bigint>>;
}>;

export type Reason = Readonly<{ text: string; restricted: boolean }>;

type Happening<T extends string, Fields> = Readonly<{ type: T; at: Instant; actor: string } & Fields>;
type Version = { version: number; title: string; reference: string | null; body: string; terms: Terms | null };

export type OpenedEvent = Happening<
  "opened",
  {
    procedure: string;
    procedureFrom: string; // the day its version came into force
    title: string;
    object: ProposalObject;
    participants: readonly Participant[];
  }
>;

export type PositionEvent = Happening<
  "position-stated",
  { participant: string; position: PositionKind; reason: Reason | null; declaration: string | null }
>;

export type ObjectionEvent = Happening<
  "objection",
  { participant: string; form: "objection" | "amendment"; text: string; reason: Reason | null }
>;

/** One thing that happened to a proposal. The list of them is the proposal; nothing is ever taken off it. */
export type ProposalEvent =
  | OpenedEvent
  | Happening<"text-issued", Version>
  | Happening<"silence-started", { expiresAt: Instant }>
  | Happening<"silence-extended", { expiresAt: Instant }>
  | ObjectionEvent
  | Happening<"re-issued", Version & { expiresAt: Instant }>
  | PositionEvent
  | Happening<"reservation-placed", { participant: string; note: string }>
  | Happening<"reservation-lifted", { participant: string }>
  | Happening<
      "statement-made",
      { participant: string; kind: "interpretative-statement" | "formal-reservation"; text: string }
    >
  | Happening<"taken-to-meeting", { note: string }>
  | Happening<"put-to-vote", { note: string }>
  | Happening<"adopted", { note: string }>
  | Happening<"rejected", { note: string }>
  | Happening<"issued", { number: string }>
  | Happening<"withdrawn" | "annulled" | "expired", { reason: string }>;

type WithoutRecord<E> = E extends ProposalEvent ? Omit<E, "at" | "actor" | "version"> : never;

/** What somebody asks to be put on record after the opening; its instant, its actor and the version of a text are added on recording it. */
export type EventDraft = Readonly<WithoutRecord<Exclude<ProposalEvent, OpenedEvent>>>;

/** The same events with every restricted reason taken out, for those who may not read them. */
export function publicEvents(events: readonly ProposalEvent[]): readonly ProposalEvent[] {
  return events.map((event) => {
    const restricted =
      "reason" in event && event.reason !== null && typeof event.reason === "object" && event.reason.restricted;
    return restricted ? ({ ...event, reason: { text: "", restricted: true } } as ProposalEvent) : event;
  });
}
