import { missingForAdoption, nextTransitions, whoCanStillBlock } from "#core/decisions/outlook.ts";
import { standings } from "#core/decisions/procedure.ts";
import { valueOf } from "#core/decisions/result.ts";
import type { ConditionReport } from "#core/decisions/rules.ts";
import type { ProposalState } from "#core/decisions/state.ts";
import { positionsOverTime } from "#core/decisions/timeline.ts";
import { eventWords, outcomeWords } from "#core/decisions/words.ts";
import { inZone } from "#core/decisions/zones.ts";
import type {
  ConditionView,
  EventView,
  ParticipantView,
  PlaceTime,
  ProposalRow,
  ProposalView,
} from "#core/views-decisions.ts";
import { stateOf, type Kept } from "./decision-record.ts";

/** The views of the stand-in's proposals, in the shapes of the API. */

const places: Readonly<Record<string, readonly [place: string, zone: string]>> = {
  usa: ["Washington", "America/New_York"],
  can: ["Ottawa", "America/Toronto"],
  gbr: ["London", "Europe/London"],
  deu: ["Berlin", "Europe/Berlin"],
  fra: ["Paris", "Europe/Paris"],
  nor: ["Oslo", "Europe/Oslo"],
  pol: ["Warsaw", "Europe/Warsaw"],
  est: ["Tallinn", "Europe/Tallinn"],
  tur: ["Ankara", "Europe/Istanbul"],
  jpn: ["Tokyo", "Asia/Tokyo"],
  fin: ["Helsinki", "Europe/Helsinki"],
  prt: ["Lisbon", "Europe/Lisbon"],
};

const numbers = (weights: Readonly<Record<string, bigint>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(weights).map(([name, weight]) => [name, String(weight)]));
const conditionOf = ({ id, says, measure, role, is, met, have, need, gap }: ConditionReport): ConditionView => ({
  id,
  says,
  measure,
  role,
  is,
  met,
  have: String(have),
  need: String(need),
  gap: String(gap),
});

export function rowOf(one: Kept, state: ProposalState): ProposalRow {
  const { opened, step, outcome, ending } = state;
  return {
    id: one.id,
    title: state.text?.title ?? opened.title,
    book: one.book,
    object: opened.object.kind,
    fund: one.fund,
    group: one.group,
    groupName: one.groupName,
    procedure: one.procedure.id,
    procedureTitle: one.procedure.title,
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

export function viewOf(one: Kept, now: string): ProposalView {
  const state = stateOf(one, now);
  const { procedure } = one;
  const names = new Map(state.opened.participants.map((party) => [party.id, party.name]));
  const nameOf = (id: string): string => names.get(id) ?? id;
  const missing = missingForAdoption(procedure, state);
  const outlook = nextTransitions(procedure, state);
  const points = valueOf(positionsOverTime(procedure, one.events, now));
  const named = state.opened.participants.filter((party) => party.takesPart).map((party) => party.id);
  return {
    ...rowOf(one, state),
    now,
    synthetic: true,
    takesPart: procedure.takesPart,
    positionsAllowed: procedure.positions,
    texts: state.texts.map((text) => ({ ...text, actor: "Secretariat" })),
    participants: state.opened.participants.map((party) => participantOf(one, state, party.id)),
    rule: {
      met: state.report.met,
      conditions: state.report.conditions.map(conditionOf),
      passages: procedure.sources.map((source) => `${source.title}, ${source.passage}`),
    },
    counts: state.counts.map(({ standing, weights }) => ({ standing, weights: numbers(weights) })),
    missing: { ...missing, ways: missing.ways.map((way) => way.map(conditionOf)) },
    blocking: whoCanStillBlock(procedure, state),
    next: outlook.map((next) =>
      next.allowed
        ? { on: next.on, allowed: true, says: next.says, at: next.at }
        : { on: next.on, allowed: false, says: next.refusal.message, at: null },
    ),
    unity: points.map(({ at, on, round, textVersion, met, standing }) => ({
      at,
      on,
      round,
      textVersion,
      met,
      counts: Object.fromEntries(
        standings.map((name) => [name, named.filter((id) => (standing[id] ?? "silent") === name).length]),
      ) as ProposalView["unity"][number]["counts"],
    })),
    events: eventsOf(one, state, nameOf),
    outcome: outcomeOf(one, state, nameOf),
    authorities: one.extra.authorities ?? [],
    uses: one.extra.uses ?? [],
    placements: null,
    abstention: one.extra.abstention ?? null,
  };
}

function participantOf(one: Kept, state: ProposalState, id: string): ParticipantView {
  const party = state.opened.participants.find((each) => each.id === id);
  const stated = state.positions.get(id);
  const reservation = state.reservations.find((each) => each.participant === id && each.liftedAt === null);
  const restricted = stated?.reason?.restricted ?? false;
  return {
    id,
    name: party?.name ?? id,
    takesPart: party?.takesPart ?? false,
    roles: party?.roles ?? [],
    weights: numbers(
      Object.fromEntries(
        Object.entries(party?.weights ?? {}).filter(([measure]) =>
          state.counts.some((count) => count.weights[measure] !== undefined),
        ),
      ),
    ),
    standing: stated?.position ?? "silent",
    since: stated?.since ?? null,
    textVersion: stated?.textVersion ?? null,
    reason: restricted ? null : (stated?.reason?.text ?? null),
    restricted,
    declaration: stated?.declaration ?? null,
    objection: stated?.objection ?? null,
    reservation: reservation === undefined ? null : { placedAt: reservation.placedAt, note: reservation.note },
    localExpiry: localOf(id, state.deadline?.expiresAt),
  };
}

function localOf(party: string, at: string | undefined): PlaceTime | null {
  const [place, zone] = places[party] ?? [];
  if (at === undefined || place === undefined || zone === undefined) return null;
  return { place, ...valueOf(inZone(at, zone)) };
}

function eventsOf(one: Kept, state: ProposalState, nameOf: (id: string) => string): readonly EventView[] {
  const told = one.events.map((event, index): EventView => {
    const party = "participant" in event ? event.participant : null;
    return {
      seq: index + 1,
      at: event.at,
      recordedAt: event.at,
      kind: event.type,
      actor: event.actor,
      party,
      partyName: party === null ? null : nameOf(party),
      says: eventWords(event, nameOf, one.procedure.title),
    };
  });
  const expiries = state.trail
    .filter((passage) => passage.on === "silence-expired")
    .map((passage): EventView => ({
      seq: null,
      at: passage.at,
      recordedAt: null,
      kind: "silence-expired",
      actor: "the clock",
      party: null,
      partyName: null,
      says: passage.says,
    }));
  return [...told, ...expiries].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function outcomeOf(one: Kept, state: ProposalState, nameOf: (id: string) => string): ProposalView["outcome"] {
  const { outcome, ending } = state;
  if (outcome === null) return null;
  const named = <T extends Readonly<{ participant: string }>>(entry: T) => ({
    ...entry,
    party: entry.participant,
    partyName: nameOf(entry.participant),
  });
  return {
    result: outcome.result,
    at: outcome.at,
    by: outcome.by,
    says: outcomeWords(outcome),
    textVersion: outcome.text?.version ?? null,
    statements: outcome.statements.map(named),
    reservations: outcome.reservations.map(named),
    constructiveAbstainers: outcome.constructiveAbstainers.map(named),
    effect: "",
    ending,
  };
}
