import { stateAt, type ProposalState } from "#core/decisions/state.ts";
import type { ExpectedDay, KnownMilestone } from "#core/foresight/milestones/milestone.ts";
import type { Queries } from "#store/database.ts";
import { proposalsOfBook } from "#store/decisions/proposals.ts";
import { casesOf, type Case } from "../../decisions/case.ts";
import { rowOf } from "../../decisions/row.ts";

/**
 * The days on which a text before a group is to be decided, by its silence, and was. A proposal that no day is set for is none. Views: what is
 * read here is what the events up to an instant and the clock have made of each proposal; nothing is settled.
 */
export async function decisionMilestones(db: Queries, bookNo: number, instant: string): Promise<KnownMilestone[]> {
  const cases = await casesOf(db, await proposalsOfBook(db, bookNo));
  return cases.flatMap((one) => {
    const state = stateOf(one, instant);
    return state === null ? [] : milestoneOf(one, state, instant);
  });
}

function stateOf({ procedure, events }: Case, instant: string): ProposalState | null {
  const state = stateAt(procedure, events, instant);
  return state.ok ? state.value : null;
}

function milestoneOf(one: Case, state: ProposalState, instant: string): KnownMilestone[] {
  const { outcome, open } = state;
  const days = deadlinesOf(one, instant);
  const recordedAt = one.recordedAt.at(-1) ?? null;
  const decidedOn = outcome?.at.slice(0, 10) ?? null;
  const known = days.length > 0 || outcome === null ? days : [dayOf(outcome.at, outcome.at, recordedAt)];
  if (known.length === 0) return [];
  const row = rowOf(one, state);
  const { id, group } = one.stored;
  return [
    {
      id: `decision:${id}`,
      origin: "decision",
      kind: "decision",
      title: `Decision on “${row.title}”`,
      days: known,
      owner: row.groupName,
      parties: state.opened.participants.map((party) => party.id),
      group,
      fund: row.fund,
      dependsOn: [],
      condition: { kind: "decision", decision: id },
      note: "",
      ending:
        outcome !== null
          ? { state: "met", on: decidedOn, knownAt: outcome.at, recordedAt }
          : open
            ? null
            : { state: "cancelled", on: state.lastAt.slice(0, 10), knownAt: state.lastAt, recordedAt },
      knownAt: outcome?.at ?? state.lastAt,
      source: null,
      evidence: [{ kind: "decision", id }],
      address: `/decisions/${id}`,
      says: outcome === null ? `${state.step.title}.` : `${outcome.result === "adopted" ? "Adopted" : "Rejected"}.`,
    },
  ];
}

const dayOf = (at: string, knownAt: string, recordedAt: string | null): ExpectedDay => ({
  on: at.slice(0, 10),
  precision: "day",
  knownAt,
  recordedAt,
  reason: "",
  actor: "",
});

/** Every day on which a silence was to expire, from the event on that set it. */
function deadlinesOf({ procedure, events, recordedAt }: Case, instant: string): ExpectedDay[] {
  const days: ExpectedDay[] = [];
  for (const [index, { at, actor }] of events.entries()) {
    if (Date.parse(at) > Date.parse(instant)) break;
    const state = stateAt(procedure, events, at);
    const expires = state.ok ? state.value.deadline?.expiresAt : undefined;
    if (expires !== undefined && days.at(-1)?.on !== expires.slice(0, 10))
      days.push({ ...dayOf(expires, at, recordedAt[index] ?? null), actor });
  }
  return days;
}
