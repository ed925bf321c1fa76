import { MainstayError } from "#core/errors.ts";
import { normalOffer, saysTheSame } from "#core/planning/normal.ts";
import { offerFaults } from "#core/planning/offer-faults.ts";
import type { Offer } from "#core/planning/record.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import { offersOf, type StoredOffer } from "#store/planning/offers.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { settle } from "#store/cube.ts";
import { requireBook } from "../books.ts";
import { putOffers, type OfferChange } from "./put-offers.ts";
import { namesOf, refuseFaults, refuseTwice } from "./nameable.ts";
import { definedOf, requireReason, type Entered, type Entering } from "./needs.ts";

/**
 * Enters offers, all or none: new ones, and further versions of those that are there and say something else. Each stands as a promise of its
 * giver: what it offers is posted as said, a changed quantity by the difference. One that was withdrawn is offered anew.
 * @throws MainstayError unknown_book, offer_invalid, unknown_item_kind, unknown_party, unknown_need, unknown_capability, unknown_coalition, unknown_fund,
 *   record_named_twice, offer_is_anothers, offer_placed_already, version_out_of_order
 */
export async function enterOffers(
  db: Database,
  book: string,
  offers: readonly Offer[],
  entering: Entering,
): Promise<Entered> {
  refuseTwice(offers.map((offer) => offer.id));
  return changeBook(db, book, async (trx, bookNo) => {
    const names = await namesOf(trx, bookNo);
    for (const offer of offers) refuseFaults(offer.id, offerFaults(offer, names));
    const before = await lastOffers(trx, bookNo, offers);
    const changes = offers.map(normalOffer).flatMap((offer): OfferChange[] => {
      const last = before.get(offer.id);
      const same = last?.state === "offered" && saysTheSame(normalOffer(last.body), offer);
      return same ? [] : [{ last, offer, state: "offered" }];
    });
    const postings = await putOffers(trx, bookNo, changes, entering);
    const entered = changes.filter((change) => change.last === undefined).length;
    const changed = changes.length - entered;
    return { postings, done: { entered, changed, unchanged: offers.length - changes.length } };
  });
}

/** What a change of an offer may say; what it leaves out stays. */
export type OfferEdit = Readonly<{
  [Field in Exclude<keyof Offer, "id" | "giver" | "item" | "consent">]?: Offer[Field] | undefined;
}> &
  Readonly<{ consent?: Offer["consent"] | undefined }>;

/**
 * Changes an offer: a further version of it, with a reason; what more or less it offers is posted.
 * @throws MainstayError unknown_book, unknown_offer, offer_withdrawn, change_without_reason, change_changes_nothing, version_out_of_order,
 *   offer_placed_already, offer_invalid and the others of enterOffers
 */
export async function changeOffer(
  db: Database,
  book: string,
  id: string,
  change: OfferEdit,
  entering: Entering,
): Promise<void> {
  requireReason(entering.reason);
  await changeOne(db, book, id, entering, async (last, trx, bookNo) => {
    const offer = normalOffer({ ...last.body, ...definedOf(change) });
    refuseFaults(id, offerFaults(offer, await namesOf(trx, bookNo)));
    return { last, offer, state: "offered" };
  });
}

/**
 * Puts on record that the third party consents to an offer or refuses.
 * @throws MainstayError unknown_book, unknown_offer, offer_withdrawn, consent_not_asked, change_changes_nothing, version_out_of_order
 */
export async function consentToOffer(
  db: Database,
  book: string,
  id: string,
  state: "given" | "refused",
  entering: Entering,
): Promise<void> {
  await changeOne(db, book, id, entering, async (last) => {
    const { consent } = last.body;
    if (consent.state === "none") throw new MainstayError("consent_not_asked", JSON.stringify(id), { field: "id" });
    return { last, offer: normalOffer({ ...last.body, consent: { ...consent, state } }), state: "offered" };
  });
}

/**
 * Withdraws an offer, with a reason: all of it goes out of the ledger.
 * @throws MainstayError unknown_book, unknown_offer, withdrawn_already, change_without_reason, offer_placed_already, version_out_of_order
 */
export async function withdrawOffer(db: Database, book: string, id: string, entering: Entering): Promise<void> {
  requireReason(entering.reason);
  await changeBook(db, book, async (trx, bookNo) => {
    const last = await requireOffer(trx, bookNo, id);
    if (last.state === "withdrawn") throw new MainstayError("withdrawn_already", JSON.stringify(id), { field: "id" });
    const change: OfferChange = { last, offer: normalOffer(last.body), state: "withdrawn" };
    return { postings: await putOffers(trx, bookNo, [change], entering), done: undefined };
  });
}

async function changeOne(
  db: Database,
  book: string,
  id: string,
  entering: Entering,
  changeOf: (last: StoredOffer, trx: Queries, bookNo: number) => Promise<OfferChange>,
): Promise<void> {
  await changeBook(db, book, async (trx, bookNo) => {
    const last = await requireOffer(trx, bookNo, id);
    if (last.state === "withdrawn") throw new MainstayError("offer_withdrawn", JSON.stringify(id), { field: "id" });
    const change = await changeOf(last, trx, bookNo);
    if (saysTheSame(normalOffer(last.body), change.offer))
      throw new MainstayError("change_changes_nothing", JSON.stringify(id), { field: "id" });
    return { postings: await putOffers(trx, bookNo, [change], entering), done: undefined };
  });
}

/** Works in one transaction at a book's offers, alone; afterwards what was posted is taken into the kept sums. */
async function changeBook<T>(
  db: Database,
  book: string,
  work: (trx: Queries, bookNo: number) => Promise<{ postings: number; done: T }>,
): Promise<T> {
  const { no: bookNo } = await requireBook(db, book);
  const { postings, done } = await inTransaction(db, async (trx) => {
    await lockPlanning(trx, bookNo);
    return work(trx, bookNo);
  });
  if (postings > 0 && !db.isTransaction) await settle(db, postings);
  return done;
}

async function lastOffers(
  trx: Queries,
  bookNo: number,
  offers: readonly Offer[],
): Promise<ReadonlyMap<string, StoredOffer>> {
  const ids = offers.map((offer) => offer.id);
  return new Map((await offersOf(trx, bookNo, null, ids)).map((stored) => [stored.id, stored]));
}

/** @throws MainstayError unknown_offer */
export async function requireOffer(
  db: Queries,
  bookNo: number,
  id: string,
  knownBefore: string | null = null,
): Promise<StoredOffer> {
  const [found] = await offersOf(db, bookNo, knownBefore, [id]);
  if (found === undefined) throw new MainstayError("unknown_offer", JSON.stringify(id), { field: "id" });
  return found;
}
