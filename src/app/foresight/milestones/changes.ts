import { daysBetween } from "#core/delivery/watch.ts";
import { readInstant } from "#core/decisions/instants.ts";
import { changesBetween } from "#core/foresight/milestones/normal.ts";
import type { KnownMilestone, MilestoneOrigin, StatedState } from "#core/foresight/milestones/milestone.ts";
import { movedDays } from "#core/foresight/milestones/moved.ts";
import { daysText, dayWords } from "#core/foresight/milestones/words.ts";
import { MainstayError } from "#core/errors.ts";
import { parseDay } from "#core/frame.ts";
import { groupThousands } from "#core/money.ts";
import { present } from "#core/present.ts";
import type { Change, ChangeKind, ChangeList } from "#core/views-milestones.ts";
import type { Database } from "#store/database.ts";
import { releasesTaken, signatures } from "#store/foresight/changes.ts";
import type { MilestoneVersion } from "#store/foresight/milestones.ts";
import type { Clock } from "../../clock.ts";
import { reachedStates } from "../../delivery/policy.ts";
import { decodeCursor, encodeCursor } from "../../pages.ts";
import { filterOf, milestoneScene, type MilestoneScene } from "./known.ts";

/**
 * From when on, and by which clock: `known`, when the world could know it, or `recorded`, when this record learned it. After a day: after its end.
 */
export type ChangeQuestion = Readonly<{
  book: string;
  since: string; // a day, or an instant in UTC
  clock?: "known" | "recorded" | undefined;
  knownAt?: string | undefined;
  fund?: string | undefined;
  nation?: string | undefined;
  limit?: number | undefined;
  cursor?: string | undefined;
}>;

export const mostChanges = 1000;
const usualPage = 100;

type Moved = Omit<Change, "at">;

/**
 * What moved after an instant, newest first: milestones added, shifted, ended; decisions taken; releases; deliveries signed for.
 * @throws MainstayError unknown_book, invalid_date, unknown_fund, unknown_party, parameter_invalid
 */
export async function changeList(db: Database, clock: Clock, asked: ChangeQuestion): Promise<ChangeList> {
  const since = sinceOf(asked.since);
  const by = asked.clock ?? "known";
  const now = clock();
  const scene = await milestoneScene(db, clock, asked);
  const lets = await filterOf(db, scene, asked);
  const shown = scene.milestones.filter(lets);
  const isWhole = asked.fund === undefined && asked.nation === undefined;
  const moved = [
    ...statedMoves(scene, new Set(shown.map((one) => one.id))),
    ...shown.filter((one) => one.origin !== "stated").flatMap(drawnMoves),
    ...(await signed(db, scene, new Set(shown.map((one) => one.id)))),
    ...(isWhole ? await released(db, scene) : []),
  ];
  const found = moved
    .map((one): Change => ({ at: by === "known" ? one.knownAt : one.recordedAt, ...one }))
    .filter((one) => one.at !== "" && Date.parse(one.at) > since)
    .toSorted(newestFirst);
  const offset = decodeCursor(asked.cursor);
  const items = found.slice(offset, offset + (asked.limit ?? usualPage));
  return {
    head: scene.cut.head,
    now,
    since: new Date(since).toISOString(),
    clock: by,
    items,
    total: found.length,
    next: encodeCursor(offset + items.length, found.length),
  };
}

/** The last instant that is not asked for any more. @throws MainstayError parameter_invalid, invalid_date */
function sinceOf(text: string): number {
  if (!text.includes("T")) return Date.parse(`${parseDay(text, "since")}T23:59:59.999Z`);
  const read = readInstant(text);
  if (!read.ok) throw new MainstayError("parameter_invalid", JSON.stringify(text), { field: "since" });
  return Date.parse(text);
}

function newestFirst(one: Change, other: Change): number {
  if (one.at !== other.at) return one.at < other.at ? 1 : -1;
  const [left, right] = [`${one.kind} ${one.title} ${one.says}`, `${other.kind} ${other.title} ${other.says}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Where the pages show a milestone. */
const pageOf = (id: string) => `/timeline?milestone=${encodeURIComponent(id)}`;

/** What each version of what is stated changed. */
function statedMoves({ versions }: MilestoneScene, shown: ReadonlySet<string>): Moved[] {
  return versions.flatMap((version, index) => {
    if (!shown.has(version.id)) return [];
    const last = versions[index - 1];
    const before = last?.id === version.id ? last : undefined;
    const { id, body, knownAt, recordedAt } = version;
    const move = moveOf(before, version);
    return [{ ...move, knownAt, recordedAt, title: body.title, milestone: id, address: pageOf(id) }];
  });
}

function moveOf(
  before: MilestoneVersion | undefined,
  { body, state, reason }: MilestoneVersion,
): Pick<Moved, "kind" | "says" | "days"> {
  const why = reason === "" ? "" : ` ${sentence(reason)}`;
  if (before === undefined) return { kind: "milestone-added", days: null, says: `Expected ${dayWords(body)}.${why}` };
  if (state !== before.state) {
    const says = state === "expected" ? `Expected again, ${dayWords(body)}.` : endedText(state, body.happenedOn);
    return { kind: endKinds[state], days: lateBy(body.on, state, body.happenedOn), says: `${says}${why}` };
  }
  if (body.on !== before.body.on || body.precision !== before.body.precision) {
    const { says, ...move } = shiftOf(before.body, body);
    return { ...move, says: `${says}${why}` };
  }
  const fields = changesBetween(before.body, body).map((one) => one.field);
  return { kind: "milestone-changed", days: null, says: `Changed: ${fields.join(", ")}.${why}` };
}

const endKinds: Readonly<Record<StatedState, ChangeKind>> = {
  expected: "milestone-reopened",
  met: "milestone-met",
  missed: "milestone-missed",
  cancelled: "milestone-cancelled",
};

function endedText(state: StatedState, on: string | null): string {
  const day = on === null ? "" : ` on ${dayWords({ on, precision: "day" })}`;
  return `${state.charAt(0).toUpperCase()}${state.slice(1)}${day}.`;
}

function lateBy(on: string, state: StatedState, happenedOn: string | null): number | null {
  return state === "met" && happenedOn !== null && happenedOn > on ? daysBetween(on, happenedOn) : null;
}

type Day = Parameters<typeof dayWords>[0];

/** A day that moved, or that is said more or less exactly. */
function shiftOf(before: Day, after: Day): Pick<Moved, "kind" | "days" | "says"> {
  const days = movedDays(before, after);
  const [now, was] = [dayWords(after), dayWords(before)];
  if (days === 0)
    return { kind: "milestone-changed", days: null, says: `Expected ${now}, which was said as ${was} before.` };
  const way = `${daysText(Math.abs(days))} ${days > 0 ? "later" : "earlier"}`;
  return { kind: "milestone-shifted", days, says: `${way}: ${now}, where it was ${was}.` };
}

function sentence(words: string): string {
  return /[.!?]$/.test(words) ? words : `${words}.`;
}

/** What follows from the rest of the record: the first day, each move of it, and the end. Signatures are told one by one, not by their consignment. */
function drawnMoves(milestone: KnownMilestone): Moved[] {
  const { id, title, days, ending, origin, says } = milestone;
  const common = { title, milestone: id, address: milestone.address ?? pageOf(id) };
  const recorded = (at: string | null) => at ?? "";
  const moves = days.map(({ knownAt, recordedAt, reason, ...day }, index): Moved => {
    const before = days[index - 1];
    const when = { knownAt, recordedAt: recorded(recordedAt) };
    if (before === undefined)
      return { ...common, ...when, kind: "milestone-added", days: null, says: `Expected ${dayWords(day)}.` };
    const why = reason === "" ? "" : ` ${sentence(reason)}`;
    const { says: shifted, ...move } = shiftOf(before, day);
    return { ...common, ...when, ...move, says: `${shifted}${why}` };
  });
  if (ending === null || origin === "consignment") return moves;
  // A fact is known when it has happened: it was never expected.
  const told = tellsOnlyItsEnd(origin, milestone) ? [] : moves;
  const last = present(days.at(-1), id);
  const words = says === "" || origin === "fact" ? "" : ` ${says}`;
  return [
    ...told,
    {
      ...common,
      knownAt: ending.knownAt,
      recordedAt: recorded(ending.recordedAt),
      kind: origin === "decision" && ending.state === "met" ? "decision-taken" : endKinds[ending.state],
      days: lateBy(last.on, ending.state, ending.on),
      says: `${endedText(ending.state, ending.on)}${words}`,
    },
  ];
}

function tellsOnlyItsEnd(origin: MilestoneOrigin, { days, ending }: KnownMilestone): boolean {
  return origin === "fact" || (days.length === 1 && days[0]?.knownAt === ending?.knownAt);
}

async function signed(db: Database, { cut }: MilestoneScene, shown: ReadonlySet<string>): Promise<Moved[]> {
  const rows = await signatures(db, cut.bookNo, cut.knownBefore, reachedStates().confirmed);
  return rows
    .filter((row) => shown.has(`consignment:${row.consignment}`))
    .map((row) => ({
      kind: "delivery-signed",
      title: `Consignment ${row.consignment} (${row.title})`,
      says: `${groupThousands(row.pieces)} ${row.pieces === "1" ? "piece" : "pieces"} signed for on ${dayWords({ on: row.on, precision: "day" })}.`,
      days: null,
      milestone: `consignment:${row.consignment}`,
      knownAt: row.knownAt,
      recordedAt: row.recordedAt,
      address: `/deliveries/${row.consignment}`,
    }));
}

async function released(db: Database, { cut }: MilestoneScene): Promise<Moved[]> {
  const rows = await releasesTaken(db, cut.bookNo, cut.knownBefore);
  return rows.map((row) => ({
    kind: "release",
    title: row.name,
    says: `Published ${dayWords({ on: row.knownAt.slice(0, 10), precision: "day" })}; ${groupThousands(String(row.rows))} ${row.rows === 1 ? "row" : "rows"}.`,
    days: null,
    milestone: null,
    knownAt: row.knownAt,
    recordedAt: row.recordedAt,
    address: "/releases",
  }));
}
