import { MainstayError } from "#core/errors.ts";
import { needFaults } from "#core/planning/need-faults.ts";
import { normalNeed, saysTheSame } from "#core/planning/normal.ts";
import type { Need } from "#core/planning/record.ts";
import { present } from "#core/present.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import { insertNeeds, needsOf, type StoredNeed } from "#store/planning/needs.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { insertVersions } from "#store/planning/versions.ts";
import { ensureSource, type NewSource } from "#store/register.ts";
import { requireBook } from "../books.ts";
import { namesOf, refuseEarlier, refuseFaults, refuseTwice } from "./nameable.ts";

/** Where what is entered comes from, when the world could know it, who enters it, and why where it changes what was there. */
export type Entering = Readonly<{
  source: NewSource;
  knownAt: string;
  actor: string;
  reason?: string | undefined;
}>;

/** How many were new, became a further version of what was there, or were there as they are. */
export type Entered = Readonly<{ entered: number; changed: number; unchanged: number }>;

/**
 * Enters needs, all or none: new ones, and further versions of those that are there and say something else. One that was withdrawn is stated
 * anew.
 * @throws MainstayError unknown_book, need_invalid, unknown_item_kind, unknown_coalition, record_named_twice, version_out_of_order
 */
export async function enterNeeds(
  db: Database,
  book: string,
  needs: readonly Need[],
  entering: Entering,
): Promise<Entered> {
  const { no: bookNo } = await requireBook(db, book);
  refuseTwice(needs.map((need) => need.id));
  return inTransaction(db, async (trx) => {
    await lockPlanning(trx, bookNo);
    const names = await namesOf(trx, bookNo);
    for (const need of needs) refuseFaults(need.id, needFaults(need, names));
    return putNeeds(trx, bookNo, needs.map(normalNeed), entering);
  });
}

async function putNeeds(
  trx: Queries,
  bookNo: number,
  needs: readonly Need[],
  { source, knownAt, actor, reason = "" }: Entering,
): Promise<Entered> {
  const ids = needs.map((need) => need.id);
  const before = new Map((await needsOf(trx, bookNo, null, ids)).map((stored) => [stored.id, stored]));
  const fresh = needs.filter((need) => !before.has(need.id));
  const changed = needs.filter((need) => {
    const last = before.get(need.id);
    return last !== undefined && (last.state === "withdrawn" || !saysTheSame(normalNeed(last.body), need));
  });
  for (const { id } of changed) refuseEarlier(id, present(before.get(id), id).knownAt, knownAt);
  const numbers = await insertNeeds(
    trx,
    bookNo,
    fresh.map((need) => need.id),
  );
  const versions = [...fresh, ...changed].map((need) => {
    const last = before.get(need.id);
    const no = last?.no ?? present(numbers.get(need.id), need.id);
    return { no, seq: (last?.seq ?? 0) + 1, state: "stated", body: need };
  });
  if (versions.length > 0) {
    const sourceNo = await ensureSource(trx, source);
    await insertVersions(trx, "need", versions, { knownAt, sourceNo, actor, reason });
  }
  return {
    entered: fresh.length,
    changed: changed.length,
    unchanged: needs.length - fresh.length - changed.length,
  };
}

/** What a change of a need may say; what it leaves out stays. */
export type NeedChange = Readonly<{ [Field in Exclude<keyof Need, "id">]?: Need[Field] | undefined }>;

/**
 * Changes a need: a further version of it, with a reason.
 * @throws MainstayError unknown_book, unknown_need, need_withdrawn, change_without_reason, change_changes_nothing, version_out_of_order, need_invalid,
 *   unknown_item_kind, unknown_coalition
 */
export async function changeNeed(
  db: Database,
  book: string,
  id: string,
  change: NeedChange,
  entering: Entering,
): Promise<void> {
  requireReason(entering.reason);
  const { no: bookNo } = await requireBook(db, book);
  await inTransaction(db, async (trx) => {
    await lockPlanning(trx, bookNo);
    const last = await statedNeed(trx, bookNo, id);
    const need = { ...last.body, ...definedOf(change) };
    refuseFaults(id, needFaults(need, await namesOf(trx, bookNo)));
    const { changed } = await putNeeds(trx, bookNo, [normalNeed(need)], entering);
    if (changed === 0) throw new MainstayError("change_changes_nothing", JSON.stringify(id), { field: "id" });
  });
}

/**
 * Withdraws a need, with a reason. What is placed with it stays placed.
 * @throws MainstayError unknown_book, unknown_need, withdrawn_already, change_without_reason, version_out_of_order
 */
export async function withdrawNeed(db: Database, book: string, id: string, entering: Entering): Promise<void> {
  const reason = requireReason(entering.reason);
  const { knownAt, actor, source } = entering;
  const { no: bookNo } = await requireBook(db, book);
  await inTransaction(db, async (trx) => {
    await lockPlanning(trx, bookNo);
    const last = await requireNeed(trx, bookNo, id);
    if (last.state === "withdrawn") throw new MainstayError("withdrawn_already", JSON.stringify(id), { field: "id" });
    refuseEarlier(id, last.knownAt, knownAt);
    const sourceNo = await ensureSource(trx, source);
    const version = { no: last.no, seq: last.seq + 1, state: "withdrawn", body: last.body };
    await insertVersions(trx, "need", [version], { knownAt, sourceNo, actor, reason });
  });
}

/** @throws MainstayError unknown_need */
export async function requireNeed(
  db: Queries,
  bookNo: number,
  id: string,
  knownBefore: string | null = null,
): Promise<StoredNeed> {
  const [found] = await needsOf(db, bookNo, knownBefore, [id]);
  if (found === undefined) throw new MainstayError("unknown_need", JSON.stringify(id), { field: "id" });
  return found;
}

async function statedNeed(db: Queries, bookNo: number, id: string): Promise<StoredNeed> {
  const found = await requireNeed(db, bookNo, id);
  if (found.state === "withdrawn") throw new MainstayError("need_withdrawn", JSON.stringify(id), { field: "id" });
  return found;
}

/** @throws MainstayError change_without_reason */
export function requireReason(reason: string | undefined): string {
  const said = reason?.trim() ?? "";
  if (said === "") throw new MainstayError("change_without_reason", undefined, { field: "reason" });
  return said;
}

/** What a change says, without what it leaves out. */
export function definedOf<T extends object>(change: T): { [Field in keyof T]: Exclude<T[Field], undefined> } {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as {
    [Field in keyof T]: Exclude<T[Field], undefined>;
  };
}
