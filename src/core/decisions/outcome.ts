import { countPoll, tableOf } from "./count.ts";
import type { Instant } from "./events.ts";
import type { Procedure, StepKind } from "./procedure.ts";
import { counted, pollOf, type Outcome, type Proposal } from "./proposal.ts";
import { judge } from "./rules.ts";

/** What was decided at an instant: the rule that decided it, the count, and what is attached. */
export function outcomeOf(procedure: Procedure, proposal: Proposal, result: Outcome["result"], at: Instant): Outcome {
  const poll = pollOf(proposal);
  return {
    result,
    at,
    by: manner(proposal.step.kind),
    rule: {
      procedure: procedure.id,
      title: procedure.title,
      validFrom: procedure.validFrom,
      passages: procedure.sources.map((source) => `${source.title}, ${source.passage}`),
    },
    text: proposal.text,
    report: judge(procedure.rule, countPoll(procedure.rule, poll)),
    counts: tableOf(procedure.rule, poll),
    participants: counted(proposal).map((one) => one.id),
    positions: [...proposal.positions.values()],
    statements: proposal.statements,
    reservations: proposal.reservations.filter((one) => one.liftedAt === null),
    constructiveAbstainers:
      result === "rejected"
        ? []
        : [...proposal.positions.values()]
            .filter((stated) => stated.position === "constructive-abstain")
            .map((stated) => ({
              participant: stated.participant,
              declaration: stated.declaration ?? "",
              exemptFrom: procedure.exemptions,
            })),
  };
}

function manner(kind: StepKind): Outcome["by"] {
  return kind === "silence" || kind === "vote" ? kind : "meeting";
}
