import { millisecondsOf } from "#core/decisions/instants.ts";
import { clock } from "#core/decisions/procedure.ts";
import type { ProposalState } from "#core/decisions/state.ts";
import { eventWords } from "#core/decisions/words.ts";
import type { EventView } from "#core/views-decisions.ts";
import type { Case } from "./case.ts";

/** Everything that has happened, in its order: what was put on record, and where a silence ran out. */
export function eventViews(
  { events, recordedAt, procedure }: Case,
  { trail }: ProposalState,
  names: ReadonlyMap<string, string>,
): readonly EventView[] {
  const nameOf = (party: string): string => names.get(party) ?? party;
  const recorded = events.map((event, index): EventView => {
    const party = "participant" in event ? event.participant : null;
    return {
      seq: index + 1,
      at: event.at,
      recordedAt: recordedAt[index] ?? null,
      kind: event.type,
      actor: event.actor,
      party,
      partyName: party === null ? null : nameOf(party),
      says: eventWords(event, nameOf, procedure.title),
    };
  });
  const expiries = trail
    .filter((passage) => passage.on === clock)
    .map(({ at, says }): EventView => {
      const nobody = { seq: null, recordedAt: null, party: null, partyName: null };
      return { ...nobody, at, kind: clock, actor: "the clock", says };
    });
  // At the same instant the clock comes first: what arrives at the expiry arrives after it.
  return [...expiries, ...recorded].toSorted((one, other) => millisecondsOf(one.at) - millisecondsOf(other.at));
}
