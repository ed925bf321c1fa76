import { MainstayError } from "#core/errors.ts";
import { coverageOfNeed, partsOfNeed, sumOfCoverage, type PiecesOf } from "#core/planning/coverage.ts";
import type { NeedList, NeedRow, NeedView } from "#core/views-planning.ts";
import { worthText } from "#formats/needs/lists.ts";
import type { Database, Queries } from "#store/database.ts";
import { coverageOf, standingPlan, placedLines, type StandingPlan } from "#store/planning/coverage.ts";
import { coalitionNames } from "#store/planning/head.ts";
import { needsOf, type StoredNeed } from "#store/planning/needs.ts";
import { versionsOf } from "#store/planning/versions.ts";
import { decodeCursor, encodeCursor } from "../pages.ts";
import { reachedStates } from "../delivery/policy.ts";
import { cutOf, type Cut } from "./cut.ts";
import { hubNamer } from "./hubs.ts";
import { requireNeed } from "./needs.ts";
import { historyOf, kindWords, nameOfKind, placedView, unitCode } from "./said.ts";

/** What narrows a list of needs; withdrawn ones are in it only where asked for. */
export type NeedQuestion = Readonly<{
  book: string;
  knownAt?: string | undefined;
  q?: string | undefined;
  item?: string | undefined; // accepted, as the first or a substitute
  capability?: string | undefined;
  stream?: string | undefined;
  priority?: number | undefined;
  coalition?: string | undefined;
  state?: "stated" | "withdrawn" | "all" | undefined;
  uncovered?: boolean | undefined; // only those with which nothing is placed
  limit?: number | undefined;
  cursor?: string | undefined;
}>;

export const mostNeeds = 10_000;
const usualPage = 100;

/**
 * The needs of a book with how far each is met, the most urgent first, and the sums over all that the question lets through.
 * @throws MainstayError unknown_book, invalid_date, parameter_invalid
 */
export async function needList(db: Database, question: NeedQuestion): Promise<NeedList> {
  const cut = await cutOf(db, question.book, question.knownAt);
  const { rows, plan } = await needRows(db, cut);
  const found = rows.filter((row) => lets(question, row));
  const offset = decodeCursor(question.cursor);
  const items = found.slice(offset, offset + (question.limit ?? usualPage));
  const counted = found.filter(({ row }) => row.state === "stated").map(({ row }) => row);
  const sums = <K>(keyOf: (row: NeedRow) => K) =>
    [...Map.groupBy(counted, keyOf)].map(([key, group]) => ({
      key,
      sum: sumOfCoverage(group.map((one) => one.coverage)),
    }));
  return {
    head: cut.head,
    plan: plan?.id ?? null,
    all: sumOfCoverage(counted.map((row) => row.coverage)),
    byPriority: sums((row) => row.priority)
      .map(({ key, sum }) => ({ priority: key, ...sum }))
      .sort((one, other) => one.priority - other.priority),
    byMonth: sums((row) => row.until.slice(0, 7))
      .map(({ key, sum }) => ({ month: key, ...sum }))
      .sort((one, other) => (one.month < other.month ? -1 : 1)),
    items: items.map(({ row }) => row),
    total: found.length,
    next: encodeCursor(offset + items.length, found.length),
  };
}

type Found = Readonly<{ row: NeedRow; need: StoredNeed; pieces: readonly PiecesOf[] }>;

/** Every need of a book as known at an instant, withdrawn ones too: the most urgent first, then the earliest wanted. */
export async function needRows(
  db: Queries,
  { bookNo, knownBefore }: Cut,
): Promise<{ rows: Found[]; plan: StandingPlan | undefined }> {
  const needs = await needsOf(db, bookNo, knownBefore);
  const covered = await coverageOf(db, bookNo, knownBefore, reachedStates());
  const plan = await standingPlan(db, bookNo, knownBefore);
  const names = { coalitions: await coalitionNames(db), hubName: await hubNamer(db, { bookNo, knownBefore }) };
  const rows = needs.map((need): Found => {
    const pieces = covered.get(need.no) ?? [];
    return { row: needRow(need, pieces, plan, names), need, pieces };
  });
  rows.sort(
    ({ row: one }, { row: other }) =>
      one.priority - other.priority ||
      (one.until === other.until ? (one.id < other.id ? -1 : 1) : one.until < other.until ? -1 : 1),
  );
  return { rows, plan };
}

type Names = Readonly<{ coalitions: ReadonlyMap<string, string>; hubName: (hub: string) => string }>;

function needRow(
  { body: need, state, knownAt }: StoredNeed,
  pieces: readonly PiecesOf[],
  plan: StandingPlan | undefined,
  { coalitions, hubName }: Names,
): NeedRow {
  const item = need.accepts[0]?.item ?? "";
  const unplanned = coverageOfNeed(need, pieces, null);
  return {
    id: need.id,
    title: need.title,
    state,
    item,
    ...kindWords(item),
    unit: unitCode(item),
    quantity: need.quantity,
    priority: need.priority,
    from: need.from,
    until: need.until,
    place: need.place,
    placeName: need.place === null ? null : hubName(need.place),
    coalition: need.coalition,
    coalitionName: need.coalition === null ? null : (coalitions.get(need.coalition) ?? need.coalition),
    substitutes: need.accepts.length - 1,
    parts: need.package.length,
    coverage: plan === undefined ? unplanned : { ...unplanned, planned: plannedOf(need.id, unplanned, plan) },
    knownAt,
  };
}

/** What was complete before the plan, which asked for no more of it, and what the plan adds; never less than is placed by now. */
function plannedOf(id: string, { needed, placed }: NeedRow["coverage"], plan: StandingPlan): number {
  const own = plan.needs.get(id);
  if (own === undefined) return placed;
  const whole = Math.max(0, needed - own.asked) + Math.floor(own.worthPpm / 1_000_000);
  return Math.max(placed, Math.min(needed, whole));
}

function lets(question: NeedQuestion, { row, need: { body } }: Found): boolean {
  const { q, item, capability, stream, priority, coalition, state = "stated", uncovered } = question;
  const word = q?.trim().toLowerCase();
  const said = `${row.id}\n${row.title}\n${row.itemName}\n${body.note}`.toLowerCase();
  return (
    (state === "all" || row.state === state) &&
    (word === undefined || said.includes(word)) &&
    (item === undefined || body.accepts.some((one) => one.item === item)) &&
    (capability === undefined || row.capability === capability) &&
    (stream === undefined || row.stream === stream) &&
    (priority === undefined || row.priority === priority) &&
    (coalition === undefined || row.coalition === coalition) &&
    (uncovered !== true || row.coverage.placed === 0)
  );
}

/**
 * One need whole: what is taken for it, its package, what is placed with it and every version known by then.
 * @throws MainstayError unknown_book, unknown_need (also when not yet known on the day), invalid_date
 */
export async function needView(
  db: Database,
  question: Readonly<{ book: string; id: string; knownAt?: string | undefined }>,
): Promise<NeedView> {
  const cut = await cutOf(db, question.book, question.knownAt);
  const { bookNo, knownBefore, head } = cut;
  const need = await requireNeed(db, bookNo, question.id, knownBefore);
  const [covered, plan, coalitions, hubName, placed, versions] = await Promise.all([
    coverageOf(db, bookNo, knownBefore, reachedStates()),
    standingPlan(db, bookNo, knownBefore),
    coalitionNames(db),
    hubNamer(db, cut),
    placedLines(db, { needNo: need.no }, knownBefore),
    versionsOf<StoredNeed["body"]>(db, "need", need.no, knownBefore),
  ]);
  const pieces = covered.get(need.no) ?? [];
  const [last] = versions;
  if (last === undefined) throw new MainstayError("unknown_need", JSON.stringify(question.id), { field: "id" });
  return {
    ...needRow(need, pieces, plan, { coalitions, hubName }),
    head,
    accepts: need.body.accepts.map((one) => ({ ...one, name: nameOfKind(one.item), worth: worthText(one.worthPpm) })),
    package: partsOfNeed(need.body, pieces, nameOfKind),
    note: need.body.note,
    reason: need.reason,
    source: last.source,
    placements: placed.map((line) => placedView(line, hubName)),
    history: historyOf("need", versions),
  };
}
