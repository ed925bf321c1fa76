import type { Instant, ProposalEvent, Reason } from "./events.ts";
import type { PositionKind } from "./procedure.ts";
import type { Outcome } from "./proposal.ts";
import { monthNames } from "../months.ts";

/** An instant for reading: "3 March 2025 at 16:00 UTC"; seconds where they are not nothing, fractions of one cut off. */
export function instantWords(instant: Instant): string {
  const [day = "", time = ""] = new Date(instant).toISOString().slice(0, -1).split("T");
  const [year = "", month = "", date = ""] = day.split("-");
  const short = time.replace(/\.\d+$/, "").replace(/^(\d\d:\d\d):00$/, "$1");
  return `${Number(date)} ${monthNames[Number(month) - 1] ?? ""} ${year} at ${short} UTC`;
}

const positions: Readonly<Record<PositionKind, string>> = {
  for: "is in favour",
  against: "is against",
  abstain: "abstains",
  "constructive-abstain": "abstains constructively",
};

/** A sentence with its end, unless it has one. */
export function asSentence(words: string): string {
  return /[.!?…]["”)]*$/.test(words) ? words : `${words}.`;
}

/** What an event says, in a sentence without its end. A restricted reason is named as such and never quoted. */
export function eventWords(
  event: ProposalEvent,
  nameOf: (participant: string) => string,
  procedureTitle: string,
): string {
  switch (event.type) {
    case "opened":
      return openingWords(event.participants, procedureTitle);
    case "text-issued":
      return `Text ${event.version} issued: ${titled(event)}`;
    case "silence-started":
      return `Put under silence until ${instantWords(event.expiresAt)}`;
    case "silence-extended":
      return `Silence extended to ${instantWords(event.expiresAt)}`;
    case "re-issued":
      return `Text ${event.version} issued under new silence until ${instantWords(event.expiresAt)}: ${titled(event)}`;
    case "objection": {
      const does = event.form === "amendment" ? "proposes an amendment" : "objects";
      return `${nameOf(event.participant)} ${does}: ${event.text}${reasonWords(event.reason)}`;
    }
    case "position-stated": {
      const said = event.declaration === null ? "" : `: ${event.declaration}`;
      return `${nameOf(event.participant)} ${positions[event.position]}${said}${reasonWords(event.reason)}`;
    }
    case "reservation-placed":
      return noted(`${nameOf(event.participant)} places a reservation of its parliament`, event.note);
    case "reservation-lifted":
      return `${nameOf(event.participant)} lifts the reservation of its parliament`;
    case "statement-made": {
      const kind = event.kind === "formal-reservation" ? "a formal reservation" : "an interpretative statement";
      return `${nameOf(event.participant)} makes ${kind}: ${event.text}`;
    }
    case "taken-to-meeting":
      return noted("Taken to a meeting", event.note);
    case "put-to-vote":
      return noted("Put to the vote", event.note);
    case "adopted":
      return noted("Adopted", event.note);
    case "rejected":
      return noted("Rejected", event.note);
    case "issued":
      return `Issued as ${event.number}`;
    case "withdrawn":
      return noted("Withdrawn", event.reason);
    case "annulled":
      return noted("Annulled", event.reason);
    case "expired":
      return noted("Its period is over", event.reason);
  }
}

function openingWords(participants: readonly Readonly<{ takesPart: boolean }>[], procedureTitle: string): string {
  const taking = participants.filter((one) => one.takesPart).length;
  const out = participants.length - taking;
  const rest = out === 0 ? "" : `, ${out} ${out === 1 ? "does" : "do"} not`;
  return `Opened under ${procedureTitle}: ${taking} ${taking === 1 ? "takes" : "take"} part${rest}`;
}

function titled({ title, reference }: Readonly<{ title: string; reference: string | null }>): string {
  return reference === null ? title : `${title} (${reference})`;
}

function noted(what: string, note: string): string {
  return note.trim() === "" ? what : `${what}: ${note}`;
}

function reasonWords(reason: Reason | null): string {
  if (reason === null) return "";
  return reason.restricted ? " (reason restricted)" : ` (reason: ${reason.text})`;
}

/** A decision in a sentence: what was decided, when, by what rule, by whom. */
export function outcomeWords(outcome: Outcome): string {
  const how = outcome.by === "silence" ? "by silence" : outcome.by === "vote" ? "by vote" : "at a meeting";
  const decided = outcome.result === "adopted" ? "Adopted" : "Rejected";
  const head = `${decided} ${how} on ${instantWords(outcome.at)} under ${outcome.rule.title}`;
  const count = (standing: string): bigint => of(outcome, standing, "members");
  const abstained = [
    ...(count("abstain") > 0n ? [`${count("abstain")} abstained`] : []),
    ...(count("constructive-abstain") > 0n ? [`${count("constructive-abstain")} abstained constructively`] : []),
  ];
  const took = `${outcome.participants.length} took part`;
  const nobody = count("against") === 0n ? "nobody objected" : `${count("against")} against`;
  if (outcome.by === "silence") return `${head}: ${nobody}; ${[took, ...abstained].join(", ")}`;
  const silent = count("silent") > 0n ? [`${count("silent")} said nothing`] : [];
  const votes = [`${count("for")} for`, `${count("against")} against`, ...abstained, ...silent].join(", ");
  return `${head}: ${votes}; ${[took, ...weightWords(outcome)].join(", ")}`;
}

function of(outcome: Outcome, standing: string, measure: string): bigint {
  return outcome.counts.find((row) => row.standing === standing)?.weights[measure] ?? 0n;
}

/** How much of each weight that the rule counts was in favour, in per cent to two places, cut off. */
function weightWords(outcome: Outcome): string[] {
  const measures = Object.keys(outcome.counts[0]?.weights ?? {}).filter((measure) => measure !== "members");
  return measures.map((measure) => {
    const whole = outcome.counts.reduce((sum, row) => sum + (row.weights[measure] ?? 0n), 0n);
    const parts = whole === 0n ? 0n : (of(outcome, "for", measure) * 10_000n) / whole;
    return `${parts / 100n}.${String(parts % 100n).padStart(2, "0")} % of the ${measure} in favour`;
  });
}
