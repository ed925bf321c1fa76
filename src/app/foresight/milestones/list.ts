import { MainstayError } from "#core/errors.ts";
import { changesBetween } from "#core/foresight/milestones/normal.ts";
import type { Evidence, KnownMilestone } from "#core/foresight/milestones/milestone.ts";
import { movedDays } from "#core/foresight/milestones/moved.ts";
import { dayNow, standingsOf, type Standing } from "#core/foresight/milestones/standing.ts";
import { present } from "#core/present.ts";
import type {
  EvidenceView,
  ExpectedDayView,
  MilestoneBrief,
  MilestoneList,
  MilestoneView,
} from "#core/views-milestones.ts";
import type { VersionView } from "#core/views-planning.ts";
import type { Database, Queries } from "#store/database.ts";
import { milestoneNames, sourceRefs, type MilestoneVersion } from "#store/foresight/milestones.ts";
import type { Clock } from "../../clock.ts";
import { decodeCursor, encodeCursor } from "../../pages.ts";
import { chancesOf, type Chances } from "./chances.ts";
import { filterOf, milestoneScene, type MilestoneFilter, type MilestoneScene } from "./known.ts";
import { countsOf, inOrderOfDue, isAsked, milestoneRow, type Stood, type Words } from "./rows.ts";

export type MilestoneQuestion = MilestoneFilter &
  Readonly<{
    book: string;
    knownAt?: string | undefined;
    forecast?: boolean | undefined; // asks the forecast for probabilities, which takes a while
    signal?: AbortSignal | undefined; // stops that
    limit?: number | undefined;
    cursor?: string | undefined;
  }>;

export const mostMilestones = 10_000;
const usualPage = 200;

/**
 * The milestones of a book, stated ones and those that follow from the record, as known at the end of a day, with how each stands on that day.
 * @throws MainstayError unknown_book, invalid_date, unknown_fund, unknown_party, parameter_invalid
 */
export async function milestoneList(db: Database, clock: Clock, asked: MilestoneQuestion): Promise<MilestoneList> {
  const { scene, stood, chances } = await stoodOf(db, clock, asked);
  const found = stood.filter(({ standing }) => isAsked(standing.state, asked.state)).toSorted(inOrderOfDue);
  const offset = decodeCursor(asked.cursor);
  const shown = found.slice(offset, offset + (asked.limit ?? usualPage));
  const words = await wordsOf(
    db,
    scene,
    shown.map(({ milestone }) => milestone),
  );
  return {
    head: scene.cut.head,
    today: scene.today,
    forecast: chances.forecast,
    ...countsOf(stood),
    items: shown.map(({ milestone, standing }) => milestoneRow(milestone, standing, words, chances)),
    total: found.length,
    next: encodeCursor(offset + shown.length, found.length),
  };
}

/** Every milestone that the filter lets through, whatever its state, with how it stands. */
export async function stoodOf(
  db: Database,
  clock: Clock,
  asked: MilestoneQuestion,
): Promise<Readonly<{ scene: MilestoneScene; stood: readonly Stood[]; chances: Chances }>> {
  const scene = await milestoneScene(db, clock, asked);
  const lets = await filterOf(db, scene, asked);
  const chances = await chancesOf(db, scene, asked.forecast === true, asked.signal);
  const standings = standingsOf(scene.milestones, scene.today, chances.byId);
  const stood = scene.milestones
    .filter(lets)
    .map((milestone) => ({ milestone, standing: at(standings, milestone.id) }));
  return { scene, stood, chances };
}

function at(standings: ReadonlyMap<string, Standing>, id: string): Standing {
  return present(standings.get(id), `how ${id} stands`);
}

/** The names that milestones are told in. */
export async function wordsOf(
  db: Queries,
  { cut }: MilestoneScene,
  milestones: readonly KnownMilestone[],
): Promise<Words> {
  const ids = [...new Set(milestones.flatMap((one) => (one.source === null ? [] : [one.source])))];
  return { ...(await milestoneNames(db, cut.bookNo)), sources: await sourceRefs(db, ids) };
}

/**
 * One milestone whole: every day that was expected, evidence, what it depends on and what on it, every version.
 * @throws MainstayError unknown_book, unknown_milestone (also when not yet known on the day), invalid_date
 */
export async function milestoneView(
  db: Database,
  clock: Clock,
  asked: Pick<MilestoneQuestion, "book" | "knownAt" | "forecast" | "signal"> & Readonly<{ id: string }>,
): Promise<MilestoneView> {
  const { scene, stood, chances } = await stoodOf(db, clock, { ...asked });
  const byId = new Map(stood.map((one) => [one.milestone.id, one]));
  const found = byId.get(asked.id);
  if (found === undefined) throw new MainstayError("unknown_milestone", JSON.stringify(asked.id), { field: "id" });
  const { milestone, standing } = found;
  const words = await wordsOf(db, scene, [milestone]);
  const versions = scene.versions.filter((one) => one.id === asked.id);
  const briefOf = ({ milestone: other, standing: stands }: Stood): MilestoneBrief => {
    const { on, precision } = dayNow(other);
    return { id: other.id, title: other.title, on, precision, state: stands.state, daysLate: stands.daysLate };
  };
  return {
    ...milestoneRow(milestone, standing, words, chances),
    head: scene.cut.head,
    today: scene.today,
    forecast: chances.forecast,
    version: versions.at(-1)?.seq ?? null,
    partyNames: milestone.parties.map((party) => ({ party, name: words.parties.get(party) ?? party })),
    days: daysOf(milestone),
    evidence: milestone.evidence.map(evidenceView),
    needs: milestone.dependsOn.flatMap((id) => byId.get(id) ?? []).map(briefOf),
    neededBy: stood.filter((one) => one.milestone.dependsOn.includes(asked.id)).map(briefOf),
    history: historyOf(versions),
  };
}

function daysOf({ days }: KnownMilestone): ExpectedDayView[] {
  return days.map((day, index) => {
    const before = days[index - 1];
    const { on, precision, knownAt, reason, actor } = day;
    return { on, precision, knownAt, movedDays: before === undefined ? null : movedDays(before, day), reason, actor };
  });
}

const places: Readonly<Record<Evidence["kind"], string>> = {
  source: "/sources",
  posting: "/why",
  decision: "/decisions",
  consignment: "/deliveries",
};

function evidenceView({ kind, id }: Evidence): EvidenceView {
  return { kind, id, address: `${places[kind]}/${encodeURIComponent(id)}` };
}

/** Versions, newest first, each with what it changed of the one before it. */
function historyOf(versions: readonly MilestoneVersion[]): VersionView[] {
  return versions
    .map(({ seq, state, reason, actor, knownAt, recordedAt, source, body }, index) => {
      const before = versions[index - 1];
      const changes = before === undefined ? [] : changesBetween(before.body, body);
      return { seq, state, reason, actor, knownAt, recordedAt, source, changes };
    })
    .toReversed();
}
