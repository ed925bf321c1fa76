import { publicEvents } from "#core/decisions/events.ts";
import { missingForAdoption, nextTransitions, whoCanStillBlock } from "#core/decisions/outlook.ts";
import { standings, type Standing } from "#core/decisions/procedure.ts";
import { valueOf } from "#core/decisions/result.ts";
import type { ConditionReport } from "#core/decisions/rules.ts";
import type { ProposalState } from "#core/decisions/state.ts";
import { positionsOverTime } from "#core/decisions/timeline.ts";
import { outcomeWords } from "#core/decisions/words.ts";
import type { ConditionView, NextStep, ParticipantView, ProposalView, UnityPoint } from "#core/views-decisions.ts";
import { stateBy, type Case } from "./case.ts";
import { eventViews } from "./events.ts";
import { rowOf } from "./row.ts";
import { localTime, type Places } from "./zones.ts";

/** What of a view the proposal's own record does not hold. */
export type Beside = Pick<ProposalView, "authorities" | "uses" | "placements" | "abstention"> &
  Readonly<{ places: Places }>;

/** A proposal whole at an instant. Restricted reasons are left out of it unless they are asked for. */
export function viewOf(found: Case, now: string, beside: Beside, restricted = false): ProposalView {
  const shown = restricted ? found : { ...found, events: publicEvents(found.events) };
  const state = stateBy(shown, now);
  const { procedure, events } = shown;
  const missing = missingForAdoption(procedure, state);
  const names = new Map(state.opened.participants.map((one) => [one.id, one.name]));
  const { places, ...rest } = beside;
  return {
    ...rowOf(shown, state),
    now: state.at,
    synthetic: found.stored.synthetic,
    takesPart: procedure.takesPart,
    positionsAllowed: procedure.positions,
    texts: state.texts.map((text) => ({ ...text, actor: actorOf(shown, text.version) })),
    participants: participantViews(state, places, restricted),
    rule: {
      met: state.report.met,
      conditions: state.report.conditions.map(conditionView),
      passages: procedure.sources.map((source) => `${source.title}, ${source.passage}`),
    },
    counts: state.counts.map(({ standing, weights }) => ({ standing, weights: asText(weights) })),
    missing: { ...missing, ways: missing.ways.map((way) => way.map(conditionView)) },
    blocking: whoCanStillBlock(procedure, state),
    next: nextTransitions(procedure, state).map((next): NextStep =>
      next.allowed
        ? { on: next.on, allowed: true, says: next.says, at: next.at }
        : { on: next.on, allowed: false, says: next.refusal.message, at: null },
    ),
    unity: valueOf(positionsOverTime(procedure, events, state.at)).map(unityPoint),
    events: eventViews(shown, state, names),
    outcome: outcomeView(found, state, names),
    ...rest,
  };
}

function actorOf({ events }: Case, version: number): string {
  const text = events.find((one) => "version" in one && one.version === version);
  return text?.actor ?? "";
}

function asText(weights: Readonly<Record<string, bigint>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(weights).map(([measure, weight]) => [measure, String(weight)]));
}

function conditionView({ id, says, measure, role, is, met, have, need, gap }: ConditionReport): ConditionView {
  return { id, says, measure, role, is, met, have: String(have), need: String(need), gap: String(gap) };
}

/** Weights are those that the rule counts. */
function participantViews(state: ProposalState, places: Places, restricted: boolean): readonly ParticipantView[] {
  const measures = Object.keys(state.counts[0]?.weights ?? {});
  return state.opened.participants.map((party) => {
    const stated = state.positions.get(party.id);
    const reservation = state.reservations.find((one) => one.participant === party.id && one.liftedAt === null);
    const held = stated?.reason?.restricted ?? false;
    const weights = Object.entries(party.weights).filter(([measure]) => measures.includes(measure));
    return {
      id: party.id,
      name: party.name,
      takesPart: party.takesPart,
      roles: party.roles,
      weights: asText(Object.fromEntries(weights)),
      standing: stated?.position ?? "silent",
      since: stated?.since ?? null,
      textVersion: stated?.textVersion ?? null,
      reason: held && !restricted ? null : (stated?.reason?.text ?? null),
      restricted: held,
      declaration: stated?.declaration ?? null,
      objection: stated?.objection ?? null,
      reservation: reservation === undefined ? null : { placedAt: reservation.placedAt, note: reservation.note },
      localExpiry: state.deadline === null ? null : localTime(places, party.id, state.deadline.expiresAt),
    };
  });
}

function unityPoint({
  at,
  on,
  round,
  textVersion,
  met,
  counts,
}: Readonly<{
  at: string;
  on: UnityPoint["on"];
  round: number;
  textVersion: number | null;
  met: boolean;
  counts: ProposalState["counts"];
}>): UnityPoint {
  const members = new Map(counts.map((row) => [row.standing, Number(row.weights["members"] ?? 0n)]));
  const by = Object.fromEntries(standings.map((standing) => [standing, members.get(standing) ?? 0]));
  return { at, on, round, textVersion, met, counts: by as Record<Standing, number> };
}

function outcomeView(
  { stored }: Case,
  { outcome, ending }: ProposalState,
  names: ReadonlyMap<string, string>,
): ProposalView["outcome"] {
  if (outcome === null) return null;
  const named = (party: string) => ({ party, partyName: names.get(party) ?? party });
  return {
    result: outcome.result,
    at: outcome.at,
    by: outcome.by,
    says: outcomeWords(outcome),
    textVersion: outcome.text?.version ?? null,
    statements: outcome.statements.map((one) => ({ ...named(one.participant), kind: one.kind, text: one.text })),
    reservations: outcome.reservations.map((one) => ({ ...named(one.participant), note: one.note })),
    constructiveAbstainers: outcome.constructiveAbstainers.map((one) => ({
      ...named(one.participant),
      declaration: one.declaration,
      exemptFrom: one.exemptFrom,
    })),
    effect: stored.effect ?? "",
    ending,
  };
}
