import { MainstayError, type ErrorCode } from "#core/errors.ts";
import { formatDecimal } from "#core/money.ts";
import { present } from "#core/present.ts";
import type { Queries } from "#store/database.ts";
import {
  insertPlacements,
  lockPlanning,
  needsToPlace,
  offersToPlace,
  type OfferStanding,
} from "#store/planning/placements.ts";
import { dayOf } from "../clock.ts";
import { postSteps } from "../post.ts";

/** So many pieces of an offer, or bought with an offer of money, for a need. */
export type ToPlace = Readonly<{
  id: string; // the placement's
  offer: string;
  need: string;
  item: string;
  hub: string;
  dueFrom: string;
  dueUntil: string;
  pieces: number;
  costMinor: number | null; // in minor units, of what is bought; null for what is given
}>;

export type Placing = Readonly<{
  bookNo: number;
  planNo: number | null;
  assignments: readonly ToPlace[];
  proposalNo: number | null; // null where the givers place it themselves
  source: string; // a source's id
  knownAt: string;
  actor: string;
}>;

/**
 * Places assignments: each posts what it takes from what its offer says to what is placed, and is on record with that posting. All or none, in a
 * transaction under way, in which nobody else changes the book's needs, offers and placements from here on. Returns the postings' numbers, in order.
 * @throws MainstayError unknown_offer, unknown_need, offer_withdrawn, need_withdrawn, offer_consent_missing, offer_exhausted; those of postSteps
 */
export async function placeAssignments(trx: Queries, placing: Placing): Promise<readonly number[]> {
  const { bookNo, assignments, knownAt, source, actor } = placing;
  if (assignments.length === 0) return [];
  await lockPlanning(trx, bookNo);
  const offers = await liveOffers(trx, bookNo, assignments);
  const needs = await liveNeeds(trx, bookNo, assignments);
  const takes = assignments.map((one) => quantityOf(one, present(offers.get(one.offer), one.offer)));
  refuseExhausted(assignments, takes, offers);
  const postings = await postSteps(
    trx,
    assignments.map((one, index) => {
      const { promise, unit, said, placed } = present(offers.get(one.offer), one.offer);
      return {
        promise,
        unit,
        from: said,
        to: placed,
        quantity: present(takes[index], one.id),
        reported: null,
        effective: { on: dayOf(knownAt), precision: "day" },
        knownAt,
        source,
        reason: `Placed with ${one.need}`,
      };
    }),
    actor,
  );
  await insertPlacements(
    trx,
    placing,
    assignments.map((one, index) => ({
      ...one,
      offerNo: present(offers.get(one.offer), one.offer).no,
      needNo: present(needs.get(one.need), one.need),
      quantity: present(takes[index], one.id),
      posting: present(postings[index], one.id),
    })),
  );
  return postings;
}

/** Smallest parts of the offer's unit: what is bought takes its cost, what is given its pieces, of a currency its whole units. */
function quantityOf({ pieces, costMinor }: ToPlace, { scale }: OfferStanding): bigint {
  return costMinor === null ? BigInt(pieces) * 10n ** BigInt(scale) : BigInt(costMinor);
}

async function liveOffers(
  trx: Queries,
  bookNo: number,
  assignments: readonly ToPlace[],
): Promise<ReadonlyMap<string, OfferStanding>> {
  const ids = [...new Set(assignments.map((one) => one.offer))];
  const found = new Map((await offersToPlace(trx, bookNo, ids)).map((one) => [one.id, one]));
  refuseAll(
    "unknown_offer",
    ids.filter((id) => !found.has(id)),
    "offer",
  );
  const those = (refused: (offer: OfferStanding) => boolean) =>
    [...found.values()].filter(refused).map((offer) => offer.id);
  refuseAll(
    "offer_withdrawn",
    those((offer) => offer.withdrawn),
    "offer",
  );
  refuseAll(
    "offer_consent_missing",
    those((offer) => offer.consent === "pending" || offer.consent === "refused"),
    "offer",
  );
  return found;
}

async function liveNeeds(
  trx: Queries,
  bookNo: number,
  assignments: readonly ToPlace[],
): Promise<ReadonlyMap<string, number>> {
  const ids = [...new Set(assignments.map((one) => one.need))];
  const found = await needsToPlace(trx, bookNo, ids);
  const numbers = new Map(found.map((one) => [one.id, one.no]));
  refuseAll(
    "unknown_need",
    ids.filter((id) => !numbers.has(id)),
    "need",
  );
  refuseAll(
    "need_withdrawn",
    found.filter((one) => one.withdrawn).map((one) => one.id),
    "need",
  );
  return numbers;
}

const named = 5;

/** Names the first few of what is refused. */
function refuseAll(code: ErrorCode, ids: readonly string[], field: string): void {
  if (ids.length === 0) return;
  const more = ids.length > named ? ` and ${ids.length - named} more` : "";
  throw new MainstayError(code, `${ids.toSorted().slice(0, named).join(", ")}${more}`, { field });
}

function refuseExhausted(
  assignments: readonly ToPlace[],
  takes: readonly bigint[],
  offers: ReadonlyMap<string, OfferStanding>,
): void {
  const asked = new Map<string, bigint>();
  assignments.forEach((one, index) =>
    asked.set(one.offer, (asked.get(one.offer) ?? 0n) + present(takes[index], one.id)),
  );
  const short = [...asked].flatMap(([id, quantity]) => {
    const { left, scale } = present(offers.get(id), id);
    if (BigInt(left) >= quantity) return [];
    return [
      `${id} has ${formatDecimal(BigInt(left), scale)} left, and ${formatDecimal(quantity, scale)} are to be placed`,
    ];
  });
  refuseAll("offer_exhausted", short, "offer");
}
