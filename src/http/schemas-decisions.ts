import { z } from "zod";
import { clock, comparisons, eventTypes, positionKinds, standings, stepKinds } from "#core/decisions/procedure.ts";
import { proposalObjects } from "#core/decisions/terms.ts";
import type * as decisions from "#core/views-decisions.ts";
import { authority, terms } from "./schemas-terms.ts";
import { amount, count, shapeOf, text } from "./schemas.ts";

const instant = z.string().describe("In UTC, YYYY-MM-DDTHH:MM:SSZ");
const whole = z.string().describe("A whole number");
const standing = z.enum(standings);
const moved = z.union([z.enum(eventTypes), z.literal(clock)]);
const result = z.enum(["adopted", "rejected"]);
const ending = z.enum(["annulled", "expired"]);

const row = {
  id: text,
  title: text.describe("Of the newest text"),
  book: text,
  object: z.enum(proposalObjects),
  fund: text.nullable().describe("The fund it is about"),
  group: text.nullable(),
  groupName: text.nullable(),
  procedure: text,
  procedureTitle: text,
  step: text,
  stepTitle: text,
  stepKind: z.enum(stepKinds),
  openedAt: instant,
  lastAt: instant,
  expiresAt: instant.nullable().describe("Of the silence under way"),
  decidedAt: instant.nullable(),
  result: result.nullable(),
  ending: ending.nullable(),
  number: text.nullable().describe("Under which the decision was issued"),
};
const proposalRow = shapeOf<decisions.ProposalRow>()("ProposalRow", z.object(row));

const deadline = shapeOf<decisions.Deadline>()(
  "Deadline",
  z.object({
    at: text.describe("An instant in UTC, or a day"),
    kind: z.enum(["silence-expires", "payment-due", "pledge-due", "authority-ends"]),
    title: text,
    address: text.describe("The page that says more"),
  }),
);
export const decisionCalendar = shapeOf<decisions.DecisionCalendar>()(
  "DecisionCalendar",
  z.object({ now: instant, book: text, proposals: z.array(proposalRow), deadlines: z.array(deadline) }),
);
export const calendarFile = shapeOf<string>()("CalendarFile", text.describe("iCalendar, RFC 5545"));

const placeTime = z.object({ place: text, zone: text, day: text, time: text, offset: text });
const objection = z.object({ form: z.enum(["objection", "amendment"]), text });
const participant = shapeOf<decisions.ParticipantView>()(
  "ParticipantView",
  z.object({
    id: text,
    name: text,
    takesPart: z.boolean(),
    roles: z.array(text),
    weights: z.record(text, whole).describe("Those that the rule counts"),
    standing,
    since: instant.nullable(),
    textVersion: count.nullable(),
    reason: text.nullable().describe("Null where there is none, or it is restricted"),
    restricted: z.boolean(),
    declaration: text.nullable(),
    objection: objection.nullable(),
    reservation: z.object({ placedAt: instant, note: text }).nullable(),
    localExpiry: placeTime.nullable().describe("The silence's end by the party's own clocks"),
  }),
);
const version = shapeOf<decisions.TextView>()(
  "TextView",
  z.object({
    version: count,
    title: text,
    reference: text.nullable(),
    body: text,
    terms: terms.nullable().describe("What it would do once adopted"),
    issuedAt: instant,
    actor: text,
  }),
);
const happening = shapeOf<decisions.EventView>()(
  "EventView",
  z.object({
    seq: count.nullable().describe("Null for the clock's own doing"),
    at: instant,
    recordedAt: instant.nullable(),
    kind: moved,
    actor: text,
    party: text.nullable(),
    partyName: text.nullable(),
    says: text,
  }),
);
const condition = shapeOf<decisions.ConditionView>()(
  "ConditionView",
  z.object({
    id: text,
    says: text,
    measure: text.describe("members, or a weight"),
    role: text.nullable(),
    is: z.enum(comparisons),
    met: z.boolean(),
    have: whole,
    need: whole,
    gap: whole,
  }),
);
const unity = shapeOf<decisions.UnityPoint>()(
  "UnityPoint",
  z.object({
    at: instant,
    on: text,
    round: count,
    textVersion: count.nullable(),
    met: z.boolean(),
    counts: z.record(standing, count),
  }),
);
const outcome = z.object({
  result,
  at: instant,
  by: z.enum(["silence", "meeting", "vote"]),
  says: text,
  textVersion: count.nullable(),
  statements: z.array(z.object({ party: text, partyName: text, kind: text, text })),
  reservations: z.array(z.object({ party: text, partyName: text, note: text })),
  constructiveAbstainers: z.array(
    z.object({ party: text, partyName: text, declaration: text, exemptFrom: z.array(text) }),
  ),
  effect: text.describe("Why what it decides could not be put into effect; empty when it was"),
  ending: z.object({ kind: ending, at: instant, reason: text }).nullable(),
});

export const proposal = shapeOf<decisions.ProposalView>()(
  "Proposal",
  z.object({
    ...row,
    now: instant.describe("The instant of the answer"),
    synthetic: z.boolean(),
    takesPart: text,
    positionsAllowed: z.array(z.enum(positionKinds)),
    texts: z.array(version),
    participants: z.array(participant),
    rule: z.object({ met: z.boolean(), conditions: z.array(condition), passages: z.array(text) }),
    counts: z.array(z.object({ standing, weights: z.record(text, whole) })),
    missing: z.object({
      decided: z.boolean(),
      ruleMet: z.boolean(),
      ways: z.array(z.array(condition)).describe("All conditions of one way would have to be met"),
      until: instant.nullable().describe("At which an unbroken silence adopts it"),
      steps: z.array(text),
      openReservations: z.array(text),
    }),
    blocking: z.object({
      blocked: z.boolean(),
      baseline: z.enum(["as-stated", "all-in-favour"]),
      alone: z.array(text),
      fewest: count.nullable(),
      example: z.array(text),
      holding: z.array(text),
    }),
    next: z.array(z.object({ on: moved, allowed: z.boolean(), says: text, at: instant.nullable() })),
    unity: z.array(unity).describe("Who stood where after each event"),
    events: z.array(happening),
    outcome: outcome.nullable(),
    authorities: z.array(authority).describe("What the decision allows, and how much of it is used"),
    uses: z.array(
      z.object({
        at: instant,
        kind: text,
        title: text,
        authority: text,
        amount,
        currency: text,
        postings: z.array(text),
      }),
    ),
    placements: z
      .object({
        placed: count,
        takenBack: count,
        toSettle: z
          .array(z.object({ id: text, offer: text, need: text, consignments: z.array(text) }))
          .describe("What stays placed although the decision was annulled, with the consignments that carry it"),
      })
      .nullable()
      .describe("What was placed under a decision to adopt a plan"),
    abstention: z
      .array(z.object({ party: text, partyName: text, share: amount, effect: text }))
      .nullable()
      .describe("What staying out would cost whom"),
  }),
);
