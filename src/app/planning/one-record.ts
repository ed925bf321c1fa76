import { MainstayError } from "#core/errors.ts";
import type { Need, Offer } from "#core/planning/record.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { needsOf } from "#store/planning/needs.ts";
import { offersOf } from "#store/planning/offers.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { settle } from "#store/cube.ts";
import { requireBook } from "../books.ts";
import { enterNeeds, type Entering } from "./needs.ts";
import { enterOffers } from "./offers.ts";

/**
 * States one need under an id that is not taken.
 * @throws MainstayError record_named_twice, those of enterNeeds
 */
export async function stateNeed(db: Database, book: string, need: Need, entering: Entering): Promise<void> {
  const { no } = await requireBook(db, book);
  await inTransaction(db, async (trx) => {
    await lockPlanning(trx, no);
    refuseTaken(need.id, await needsOf(trx, no, null, [need.id]));
    await enterNeeds(trx, book, [need], entering);
  });
}

/**
 * Makes one offer under an id that is not taken.
 * @throws MainstayError record_named_twice, those of enterOffers
 */
export async function makeOffer(db: Database, book: string, offer: Offer, entering: Entering): Promise<void> {
  const { no } = await requireBook(db, book);
  await inTransaction(db, async (trx) => {
    await lockPlanning(trx, no);
    refuseTaken(offer.id, await offersOf(trx, no, null, [offer.id]));
    await enterOffers(trx, book, [offer], entering);
  });
  if (!db.isTransaction) await settle(db, 1);
}

function refuseTaken(id: string, found: readonly unknown[]): void {
  if (found.length > 0)
    throw new MainstayError("record_named_twice", `${JSON.stringify(id)}, on record already`, { field: "id" });
}
