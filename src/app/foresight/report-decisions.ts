import { millisecondsOf } from "#core/decisions/instants.ts";
import { valueOf } from "#core/decisions/result.ts";
import { stateAt } from "#core/decisions/state.ts";
import type { DecisionFact } from "#core/foresight/report/facts.ts";
import type { Database } from "#store/database.ts";
import { proposalsOfBook } from "#store/decisions/proposals.ts";
import { dayOf } from "../clock.ts";
import { casesOf } from "../decisions/case.ts";
import type { AskedReport } from "./report-asked.ts";

/** What was decided in the period and by its end, as it was known: later events of the same proposals are left out. */
export async function decisionsIn(
  db: Database,
  { asked, period, asOf, knownBefore }: AskedReport,
): Promise<DecisionFact[]> {
  const cases = await casesOf(db, await proposalsOfBook(db, asked.book.no));
  const end = millisecondsOf(knownBefore);
  const lastInstant = new Date(end - 1).toISOString();
  const found = cases.flatMap(({ stored, procedure, events }): DecisionFact[] => {
    const known = events.filter((event) => millisecondsOf(event.at) < end);
    if (known.length === 0) return [];
    const state = valueOf(stateAt(procedure, known, lastInstant));
    const { outcome, ending, opened, number } = state;
    if (outcome === null) return [];
    const on = dayOf(outcome.at);
    if (on < period.from || on > asOf) return [];
    return [
      {
        id: stored.id,
        on,
        title: state.text?.title ?? opened.title,
        kind: stored.object.replaceAll("-", " "),
        group: stored.groupName ?? stored.group ?? "",
        procedure: procedure.title,
        number,
        result: ending === null ? outcome.result : `${outcome.result}, ${ending.kind} on ${dayOf(ending.at)}`,
      },
    ];
  });
  return found.sort((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : left.id < right.id ? -1 : 1));
}
