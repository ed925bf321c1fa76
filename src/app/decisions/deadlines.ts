import { clock as byClock } from "#core/decisions/procedure.ts";
import type { ProposalState } from "#core/decisions/state.ts";
import type { Deadline } from "#core/views-decisions.ts";
import type { FundDeadline } from "#store/decisions/deadlines.ts";
import type { Case } from "./case.ts";

/** A deadline with what stays the same as long as it is the same one, though its day be moved, and is like no other's. */
export type KeyedDeadline = Readonly<{ deadline: Deadline; key: string }>;

/** The expiry of a proposal's silence under way, and those that have come. One that was broken before has none. */
export function silenceDeadlines({ stored }: Case, state: ProposalState): readonly KeyedDeadline[] {
  const title = `Silence on “${state.text?.title ?? state.opened.title}”`;
  const one = (at: string, says: string, round: number): KeyedDeadline => ({
    deadline: { at, kind: "silence-expires", title: `${title} ${says}`, address: `/decisions/${stored.id}` },
    key: `silence ${stored.id} ${state.opened.at} ${round}`,
  });
  let round = 0;
  const passed: KeyedDeadline[] = [];
  for (const { on, at } of state.trail) {
    if (on === "silence-started" || on === "re-issued") round += 1;
    if (on === byClock) passed.push(one(at, "expired", round));
  }
  return state.deadline === null ? passed : [...passed, one(state.deadline.expiresAt, "expires", round)];
}

/** What is due to a fund, or the last day of what a decision allows. */
export function fundDeadline(due: FundDeadline): KeyedDeadline {
  return { deadline: dueOf(due), key: `${due.kind} ${due.fund} ${due.openedAt} ${due.key}` };
}

function dueOf({ on, kind, fund, fundTitle, what, party, number, proposal }: FundDeadline): Deadline {
  const ofFund = { at: on, kind, address: `/funds/${fund}` };
  switch (kind) {
    case "payment-due":
      return { ...ofFund, title: `Call ${what} on ${fundTitle} is due` };
    case "pledge-due":
      return { ...ofFund, title: `${party}, part ${number} of “${what}” to ${fundTitle} is due` };
    case "authority-ends":
      return { ...ofFund, title: `Authority ends: ${what} (${fundTitle})`, address: `/decisions/${proposal}` };
  }
}
