import { MainstayError } from "#core/errors.ts";
import { formatDecimal } from "#core/money.ts";
import type { ItemKind, Offer } from "#core/planning/record.ts";
import type { UnitRef } from "#core/entries.ts";
import { present } from "#core/present.ts";
import { currencyUnit } from "#formats/units.ts";
import type { Queries } from "#store/database.ts";
import { insertOffers, standingOf, type OfferStanding, type StoredOffer } from "#store/planning/offers.ts";
import { insertVersions } from "#store/planning/versions.ts";
import { ensureSource, ensureUnits } from "#store/register.ts";
import { dayOf } from "../clock.ts";
import { postSteps, type Step } from "../post.ts";
import { refuseEarlier } from "./nameable.ts";
import type { Entering } from "./needs.ts";
import { kindOf } from "./taxonomy.ts";

/** What becomes of an offer: the version that counts now, if there is one, and the one that comes after it. */
export type OfferChange = Readonly<{
  last: StoredOffer | undefined;
  offer: Offer; // normal
  state: StoredOffer["state"];
}>;

/** The unit in the ledger that a kind is counted in. */
function unitOf(kind: ItemKind): UnitRef {
  if (kind.counted === "currency") return present(currencyUnit(kind.id) ?? undefined, `the currency ${kind.id}`);
  const time = kind.counted === "post-months";
  return { code: `item:${kind.id}`, kind: time ? "time" : "item", scale: 0, name: kind.name };
}

/**
 * Puts versions of offers on record and posts what each offers more or less than before, in one call; returns how many postings that made.
 * The caller holds the lock of the book's planning.
 * @throws MainstayError offer_is_anothers, offer_placed_already, offer_invalid, version_out_of_order
 */
export async function putOffers(
  trx: Queries,
  bookNo: number,
  changes: readonly OfferChange[],
  entering: Entering,
): Promise<number> {
  if (changes.length === 0) return 0;
  const { knownAt, actor, reason = "" } = entering;
  for (const { last, offer } of changes) if (last !== undefined) refuseOther(last, offer, knownAt);
  const numbers = await enterNew(trx, bookNo, changes);
  const sourceNo = await ensureSource(trx, entering.source);
  const numberOf = ({ last, offer }: OfferChange): number => last?.no ?? present(numbers.get(offer.id), offer.id);
  await insertVersions(
    trx,
    "offer",
    changes.map((change) => ({
      no: numberOf(change),
      seq: (change.last?.seq ?? 0) + 1,
      state: change.state,
      body: change.offer,
    })),
    { knownAt, sourceNo, actor, reason },
  );
  const standing = await standingOf(trx, bookNo, null, changes.map(numberOf));
  const steps = changes.flatMap((change) => {
    const no = numberOf(change);
    return stepOf(change, present(standing.get(no), change.offer.id), entering);
  });
  return (await postSteps(trx, steps, actor)).length;
}

function refuseOther({ id, body, knownAt: lastKnownAt }: StoredOffer, offer: Offer, knownAt: string): void {
  for (const field of ["giver", "item"] as const)
    if (body[field] !== offer[field])
      throw new MainstayError("offer_is_anothers", `${id}: ${offer[field]}, and ${body[field]} before`, { field });
  refuseEarlier(id, lastKnownAt, knownAt);
}

async function enterNew(
  trx: Queries,
  bookNo: number,
  changes: readonly OfferChange[],
): Promise<ReadonlyMap<string, number>> {
  const fresh = changes.filter((change) => change.last === undefined).map(({ offer }) => offer);
  if (fresh.length === 0) return new Map();
  const kinds = fresh.map((offer) => kindOf(offer.item));
  const units = await ensureUnits(trx, kinds.map(unitOf));
  const numbers = await insertOffers(
    trx,
    bookNo,
    fresh.map(({ id, giver }, index) => {
      const kind = present(kinds[index], id);
      const unitNo = present(units.get(unitOf(kind).code), kind.id);
      return { id, giver, stream: kind.stream, category: kind.capability, unitNo };
    }),
  );
  const taken = fresh.find((offer) => !numbers.has(offer.id));
  if (taken !== undefined)
    throw new MainstayError("offer_invalid", `${taken.id}, by which a release has a promise of the same giver`, {
      field: "id",
    });
  return numbers;
}

/** What a change posts: nothing where as much is offered as before. */
function stepOf({ last, offer, state }: OfferChange, standing: OfferStanding, entering: Entering): Step[] {
  const { scale, said, free } = standing;
  const parts = (quantity: number): bigint => BigInt(quantity) * 10n ** BigInt(scale);
  const before = last?.state === "offered" ? parts(last.body.quantity) : 0n;
  const after = state === "offered" ? parts(offer.quantity) : 0n;
  const change = after - before;
  if (change === 0n) return [];
  if (-change > free) {
    const [taken, left] = [before - free, after].map((one) => formatDecimal(one, scale));
    throw new MainstayError(
      "offer_placed_already",
      `${offer.id}: ${taken} of ${formatDecimal(before, scale)} are placed, and ${left} would be offered`,
      { field: "quantity" },
    );
  }
  const { knownAt, source, reason } = entering;
  return [
    {
      promise: standing.promise,
      unit: standing.unit,
      from: change > 0n ? null : said,
      to: change > 0n ? said : null,
      quantity: change > 0n ? change : -change,
      reported: null,
      effective: { on: dayOf(knownAt), precision: "day" },
      knownAt,
      source: source.id,
      reason: reason === undefined || reason === "" ? null : reason,
    },
  ];
}
