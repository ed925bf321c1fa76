import { MainstayError } from "#core/errors.ts";
import type { Nameable, RecordFault } from "#core/planning/record-faults.ts";
import type { Queries } from "#store/database.ts";
import { coalitionsAndFunds, partyIds } from "#store/planning/offers.ts";
import { needIds } from "#store/planning/versions.ts";
import { taxonomy } from "./taxonomy.ts";

/** What needs and offers of a book may name, and the ids of its parties by every spelling in lower case. */
export type Names = Nameable & Readonly<{ partyIds: ReadonlyMap<string, string> }>;

export async function namesOf(db: Queries, bookNo: number): Promise<Names> {
  const { kinds, capabilities } = taxonomy();
  const parties = await partyIds(db, bookNo);
  const { coalitions, funds } = await coalitionsAndFunds(db, bookNo);
  return {
    kinds: new Map(kinds.map((kind) => [kind.id, kind])),
    capabilities: new Set(capabilities.map((capability) => capability.id)),
    coalitions: new Set(coalitions),
    parties: new Set(parties.values()),
    partyIds: parties,
    funds: new Set(funds),
    needs: new Set(await needIds(db, bookNo)),
  };
}

/** @throws MainstayError with the first thing that is wrong */
export function refuseFaults(id: string, faults: readonly RecordFault[]): void {
  const [first] = faults;
  if (first !== undefined) throw new MainstayError(first.code, `${id}: ${first.found}`, { field: first.field });
}

/** @throws MainstayError record_named_twice */
export function refuseTwice(ids: readonly string[]): void {
  const seen = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) throw new MainstayError("record_named_twice", JSON.stringify(id), { field: "id" });
    seen.add(id);
  }
}

/** @throws MainstayError version_out_of_order */
export function refuseEarlier(id: string, lastKnownAt: string, knownAt: string): void {
  if (Date.parse(knownAt) < Date.parse(lastKnownAt))
    throw new MainstayError("version_out_of_order", `${id}, ${knownAt}, where ${lastKnownAt} is on record`);
}
