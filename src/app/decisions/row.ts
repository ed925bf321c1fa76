import type { ProposalState } from "#core/decisions/state.ts";
import type { Terms } from "#core/decisions/terms.ts";
import type { ProposalRow } from "#core/views-decisions.ts";
import type { Case } from "./case.ts";

/** A proposal in a list. Its title is that of its newest text. */
export function rowOf({ stored, procedure }: Case, state: ProposalState): ProposalRow {
  const { opened, step, outcome, ending, text } = state;
  return {
    id: stored.id,
    title: text?.title ?? opened.title,
    book: stored.book,
    object: stored.object,
    fund: fundOf(text?.terms ?? null, state),
    group: stored.group,
    groupName: stored.groupName,
    procedure: procedure.id,
    procedureTitle: procedure.title,
    step: step.id,
    stepTitle: step.title,
    stepKind: step.kind,
    openedAt: opened.at,
    lastAt: state.lastAt,
    expiresAt: state.deadline?.expiresAt ?? null,
    decidedAt: outcome?.at ?? null,
    result: outcome?.result ?? null,
    ending: ending?.kind ?? null,
    number: state.number,
  };
}

/** The fund that the text in hand is about, or without one the fund that the opening names. */
function fundOf(terms: Terms | null, { opened }: ProposalState): string | null {
  switch (terms?.kind) {
    case "open-fund":
      return terms.fund.id;
    case "adopt-key":
    case "call":
    case "spend":
      return terms.fund;
    case "reallocate":
      return terms.from.fund;
    case "take-over-format":
    case "appoint":
    case "adopt-report":
    case "adopt-plan":
      return null;
    case undefined: {
      const aboutFunds = ["open-fund", "adopt-key", "call", "spend", "reallocate"];
      return aboutFunds.includes(opened.object.kind) ? opened.object.reference : null;
    }
  }
}
