import { millisecondsOf } from "#core/decisions/instants.ts";
import { valueOf } from "#core/decisions/result.ts";
import { stateAt } from "#core/decisions/state.ts";
import type { DecisionFact } from "#core/foresight/report/facts.ts";
import { dayWords } from "#core/months.ts";
import type { Database } from "#store/database.ts";
import { proposalsOfBook } from "#store/decisions/proposals.ts";
import { milestoneNames } from "#store/foresight/milestones.ts";
import { dayOf, type Clock } from "../clock.ts";
import { casesOf } from "../decisions/case.ts";
import { milestoneScene } from "./milestones/known.ts";
import type { AskedReport } from "./report-asked.ts";

/**
 * What was decided in the period and by its end, as it was known: proposals of the book, without their later events, and the decisions and summits
 * that are on record as dated facts.
 */
export async function decisionsIn(db: Database, clock: Clock, report: AskedReport): Promise<DecisionFact[]> {
  const found = [...(await proposalsIn(db, report)), ...(await factsIn(db, clock, report))];
  return found.sort((left, right) => (left.on < right.on ? -1 : left.on > right.on ? 1 : left.id < right.id ? -1 : 1));
}

const decisive = ["summit", "decision", "handover", "coalition"];

async function factsIn(
  db: Database,
  clock: Clock,
  { asked, period, asOf, knownAt }: AskedReport,
): Promise<DecisionFact[]> {
  const scene = await milestoneScene(db, clock, { book: asked.book.slug, knownAt });
  const { groups } = await milestoneNames(db, asked.book.no);
  return scene.milestones.flatMap(({ id, origin, kind, title, group, ending }): DecisionFact[] => {
    const on = ending?.on ?? null;
    if (origin === "decision" || ending === null || on === null || on < period.from || on > asOf) return [];
    if (!decisive.includes(kind)) return [];
    const by = group === null ? "" : (groups.get(group) ?? group);
    return [
      {
        id,
        on,
        title,
        kind,
        group: by,
        procedure: "",
        number: null,
        result: ending.state === "met" ? "on record" : ending.state,
      },
    ];
  });
}

async function proposalsIn(db: Database, { asked, period, asOf, knownAt }: AskedReport): Promise<DecisionFact[]> {
  const cases = await casesOf(db, await proposalsOfBook(db, asked.book.no));
  const lastInstant = `${knownAt}T23:59:59.999Z`;
  const end = millisecondsOf(lastInstant);
  return cases.flatMap(({ stored, procedure, events }): DecisionFact[] => {
    const known = events.filter((event) => millisecondsOf(event.at) <= end);
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
        result: ending === null ? outcome.result : `${outcome.result}, ${ending.kind} on ${dayWords(dayOf(ending.at))}`,
      },
    ];
  });
}
