import { MainstayError } from "#core/errors.ts";
import {
  afterAct,
  edited,
  newMilestone,
  refuseOver,
  withEvidence,
  type MilestoneAct,
  type SaidOf,
  type WrittenMilestone,
} from "#core/foresight/milestones/edit.ts";
import { milestoneFaults, type MilestoneNames } from "#core/foresight/milestones/faults.ts";
import { circleSince, type DatedDependence } from "#core/foresight/milestones/graph.ts";
import type { Milestone } from "#core/foresight/milestones/milestone.ts";
import { milestoneOf, saysTheSame, storedOf } from "#core/foresight/milestones/normal.ts";
import { readInstant } from "#core/decisions/instants.ts";
import { parseDay } from "#core/frame.ts";
import { present } from "#core/present.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import {
  evidenceMissing,
  insertMilestones,
  lockMilestones,
  milestoneNames,
  milestoneVersions,
  type MilestoneVersion,
} from "#store/foresight/milestones.ts";
import { insertVersions } from "#store/planning/versions.ts";
import { ensureSource } from "#store/register.ts";
import { requireBook } from "../../books.ts";
import { dayOf } from "../../clock.ts";
import { enteringByHand, type EnteredBy } from "../../planning/by-hand.ts";
import { refuseEarlier } from "../../planning/nameable.ts";
import { requireReason, type Entered, type Entering } from "../../planning/needs.ts";
import { drawnMilestones } from "./known.ts";

/** How something is entered. `isNow`: known from now on, and so never before the version it follows, however the writers' clocks differ. */
export type MilestoneEntering = Entering & Readonly<{ isNow?: boolean }>;

/**
 * How milestones are entered by hand. @param known the day or instant from which the world could know it; now without it
 * @throws MainstayError unknown_book, invalid_date, parameter_invalid
 */
export async function enteringMilestones(
  db: Queries,
  book: string,
  by: EnteredBy,
  known?: string,
): Promise<MilestoneEntering> {
  const entering = await enteringByHand(db, book, by);
  if (known === undefined || known === "") return { ...entering, isNow: true };
  const knownAt = known.includes("T") ? knownInstant(known) : `${parseDay(known, "known")}T00:00:00.000Z`;
  if (Date.parse(knownAt) > Date.parse(by.now))
    throw new MainstayError("parameter_invalid", `${known}, which is still to come`, { field: "known" });
  return { ...entering, knownAt };
}

function knownInstant(text: string): string {
  if (!readInstant(text).ok) throw new MainstayError("parameter_invalid", JSON.stringify(text), { field: "known" });
  return text;
}

/**
 * Enters milestones as they are said to stand, all or none: new ones, and further versions of those that are there and say something else.
 * @throws MainstayError unknown_book, milestone_invalid, milestone_circle, milestone_of_the_record, version_out_of_order, unknown_party,
 *   unknown_group, unknown_fund, unknown_milestone
 */
export async function enterMilestones(
  db: Database,
  book: string,
  said: readonly SaidOf[],
  entering: MilestoneEntering,
): Promise<Entered> {
  return writing(db, book, async (desk) => put(desk, said, entering));
}

/** A book's milestones under the lock of whoever writes. */
type Desk = Readonly<{
  trx: Queries;
  bookNo: number;
  versions: readonly MilestoneVersion[];
  last: ReadonlyMap<string, MilestoneVersion>;
}>;

async function writing<T>(db: Database, book: string, work: (desk: Desk) => Promise<T>): Promise<T> {
  const { no: bookNo } = await requireBook(db, book);
  return inTransaction(db, async (trx) => {
    await lockMilestones(trx, bookNo);
    const versions = await milestoneVersions(trx, bookNo, null);
    return work({ trx, bookNo, versions, last: new Map(versions.map((one) => [one.id, one])) });
  });
}

async function put(desk: Desk, said: readonly SaidOf[], entering: MilestoneEntering): Promise<Entered> {
  const { trx, bookNo, last, versions } = desk;
  const { source, actor, reason = "" } = entering;
  const knownAt = entering.isNow === true ? notBefore(entering.knownAt, said, last) : entering.knownAt;
  await refuseFaults(desk, said);
  for (const { milestone } of said) refuseFuture(milestone.happenedOn, knownAt);
  const fresh = said.filter(({ milestone }) => !last.has(milestone.id));
  const changed = said.filter(({ milestone, state }) => {
    const before = last.get(milestone.id);
    return before !== undefined && (before.state !== state || !saysTheSame(before.body, storedOf(milestone)));
  });
  for (const { milestone } of changed)
    refuseEarlier(milestone.id, present(last.get(milestone.id), "it").knownAt, knownAt);
  refuseCircle(versions, [...fresh, ...changed], knownAt);
  const numbers = await insertMilestones(
    trx,
    bookNo,
    fresh.map(({ milestone }) => milestone.id),
  );
  const rows = [...fresh, ...changed].map(({ milestone, state }) => {
    const before = last.get(milestone.id);
    const no = before?.no ?? present(numbers.get(milestone.id), milestone.id);
    return { no, seq: (before?.seq ?? 0) + 1, state, body: storedOf(milestone) };
  });
  if (rows.length > 0) {
    const sourceNo = await ensureSource(trx, source);
    await insertVersions(trx, "dated_milestone", rows, { knownAt, sourceNo, actor, reason });
  }
  return {
    entered: fresh.length,
    changed: changed.length,
    unchanged: said.length - fresh.length - changed.length,
  };
}

/** An instant, or that of the newest version that something is to follow. */
function notBefore(now: string, said: readonly SaidOf[], last: Desk["last"]): string {
  const before = said.flatMap(({ milestone }) => last.get(milestone.id)?.knownAt ?? []);
  return before.reduce((latest, one) => (Date.parse(one) > Date.parse(latest) ? one : latest), now);
}

/** What milestones of a book may name, those entered with them too. */
export async function nameableOf(db: Queries, bookNo: number, entered: readonly Milestone[]): Promise<MilestoneNames> {
  const named = await milestoneNames(db, bookNo);
  const ids = (map: ReadonlyMap<string, string>) => new Set(map.keys());
  const own = entered.map((one) => one.id);
  const stated = (await milestoneVersions(db, bookNo, null)).map((one) => one.id);
  const asksForDrawn = entered.some((one) => one.dependsOn.some(isDrawn));
  const drawn = asksForDrawn ? (await drawnMilestones(db, bookNo, null, endOfTime)).map((one) => one.id) : [];
  return {
    parties: ids(named.parties),
    groups: ids(named.groups),
    funds: ids(named.funds),
    needs: ids(named.needs),
    decisions: ids(named.decisions),
    milestones: new Set([...stated, ...drawn, ...own]),
  };
}

/** Ids of what follows from the record are the only ones with a colon. */
const isDrawn = (id: string) => id.includes(":");

/** Every proposal ever opened counts as something to depend on, whatever the clock says. */
const endOfTime = "9999-12-31T00:00:00Z";

async function refuseFaults({ trx, bookNo }: Desk, said: readonly SaidOf[]): Promise<void> {
  const names = await nameableOf(
    trx,
    bookNo,
    said.map(({ milestone }) => milestone),
  );
  for (const { milestone } of said) {
    const [first] = milestoneFaults(milestone, names);
    if (first !== undefined)
      throw new MainstayError(first.code, `${milestone.id}: ${first.found}`, { field: first.field });
  }
  const evidence = said.flatMap(({ milestone }) => milestone.evidence);
  const [missing] = await evidenceMissing(trx, bookNo, evidence);
  if (missing !== undefined)
    throw new MainstayError("milestone_invalid", `${missing}, which is not on record`, { field: "evidence" });
}

function refuseFuture(happenedOn: string | null, knownAt: string): void {
  if (happenedOn !== null && happenedOn > dayOf(knownAt))
    throw new MainstayError("milestone_invalid", `${happenedOn}, after ${dayOf(knownAt)}, when it is entered`, {
      field: "happenedOn",
    });
}

/** @throws MainstayError milestone_circle where the new versions end a circle at any time from their instant on */
function refuseCircle(versions: readonly MilestoneVersion[], said: readonly SaidOf[], knownAt: string): void {
  const before = versions.map(({ id, knownAt: at, body }): DatedDependence => ({
    id,
    knownAt: at,
    dependsOn: body.dependsOn,
  }));
  const added = said.map(({ milestone: { id, dependsOn } }): DatedDependence => ({ id, knownAt, dependsOn }));
  const circle = circleSince([...before, ...added], knownAt);
  if (circle !== null) throw new MainstayError("milestone_circle", circle.join(" -> "), { field: "dependsOn" });
}

/**
 * Adds one milestone under an id that is not taken.
 * @throws MainstayError record_named_twice, parameter_invalid, those of enterMilestones
 */
export async function addMilestone(
  db: Database,
  book: string,
  id: string,
  written: WrittenMilestone,
  entering: MilestoneEntering,
): Promise<void> {
  const milestone = newMilestone(id, written);
  await writing(db, book, async (desk) => {
    if (desk.last.has(id))
      throw new MainstayError("record_named_twice", `${JSON.stringify(id)}, on record already`, { field: "id" });
    await put(desk, [{ milestone, state: "expected" }], entering);
  });
}

/** The version that whoever changes something has seen; any where it is left out. */
type Seen = Readonly<{ version?: number | undefined }>;

/**
 * Changes a milestone that is still expected by a further version, with a reason: its day, who answers for it, what it depends on.
 * @throws MainstayError unknown_milestone, milestone_of_the_record, milestone_over, milestone_changed_meanwhile, change_without_reason,
 *   change_changes_nothing, parameter_invalid, those of enterMilestones
 */
export async function changeMilestone(
  db: Database,
  book: string,
  id: string,
  { version, ...written }: WrittenMilestone & Seen,
  entering: MilestoneEntering,
): Promise<void> {
  requireReason(entering.reason);
  await writing(db, book, async (desk) => {
    const before = requireSaid(desk, id, version);
    refuseOver(before);
    const { changed } = await put(
      desk,
      [{ state: before.state, milestone: edited(before.milestone, written) }],
      entering,
    );
    if (changed === 0) throw new MainstayError("change_changes_nothing", JSON.stringify(id), { field: "id" });
  });
}

/**
 * Says that a milestone was met, missed or cancelled, on a day (that of the entry without one), or that it is expected after all. Only the first needs no reason.
 * @throws MainstayError unknown_milestone, milestone_of_the_record, milestone_over, milestone_not_over, milestone_changed_meanwhile,
 *   change_without_reason, invalid_date, parameter_invalid, those of enterMilestones
 */
export async function actOnMilestone(
  db: Database,
  book: string,
  id: string,
  act: MilestoneAct,
  said: Readonly<{ on?: string | undefined; evidence?: readonly string[] | undefined }> & Seen,
  entering: MilestoneEntering,
): Promise<void> {
  if (act !== "meet") requireReason(entering.reason);
  const on = said.on === undefined ? dayOf(entering.knownAt) : parseDay(said.on, "on");
  await writing(db, book, async (desk) => {
    const after = afterAct(requireSaid(desk, id, said.version), act, on);
    await put(desk, [{ ...after, milestone: withEvidence(after.milestone, said.evidence ?? []) }], entering);
  });
}

/** @throws MainstayError unknown_milestone, milestone_of_the_record, milestone_changed_meanwhile */
function requireSaid({ last }: Desk, id: string, version: number | undefined): SaidOf {
  const found = last.get(id);
  if (found === undefined)
    throw new MainstayError(isDrawn(id) ? "milestone_of_the_record" : "unknown_milestone", JSON.stringify(id), {
      field: "id",
    });
  if (version !== undefined && version !== found.seq)
    throw new MainstayError("milestone_changed_meanwhile", `version ${found.seq}, where ${version} was seen`, {
      field: "version",
    });
  return { milestone: milestoneOf(found.body), state: found.state };
}
