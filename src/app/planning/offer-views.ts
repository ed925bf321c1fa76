import { MainstayError } from "#core/errors.ts";
import { formatDecimal } from "#core/money.ts";
import { present } from "#core/present.ts";
import type { OfferList, OfferRow, OfferView } from "#core/views-planning.ts";
import type { Database, Queries } from "#store/database.ts";
import { placedLines } from "#store/planning/coverage.ts";
import { coalitionNames } from "#store/planning/head.ts";
import { offersOf, standingOf, type OfferStanding, type StoredOffer } from "#store/planning/offers.ts";
import { versionsOf } from "#store/planning/versions.ts";
import { partyNames } from "#store/register.ts";
import { dayOf, type Clock } from "../clock.ts";
import { decodeCursor, encodeCursor } from "../pages.ts";
import { cutOf, type Cut } from "./cut.ts";
import { findOffers, stateOf, type OfferFound, type OfferQuestion } from "./offer-search.ts";
import { hubNamer } from "./hubs.ts";
import { requireOffer } from "./offers.ts";
import { historyOf, kindWords, placedView, unitCode } from "./said.ts";

const usualPage = 100;

/**
 * The offers of a book in the order of their ids, each with what is left of it and, where it can't be planned with, why.
 * @throws MainstayError unknown_book, invalid_date, parameter_invalid
 */
export async function offerList(db: Database, clock: Clock, question: OfferQuestion): Promise<OfferList> {
  const cut = await cutOf(db, question.book, question.knownAt);
  const found = await findOffers(db, clock, cut, question);
  const offset = decodeCursor(question.cursor);
  const page = found.slice(offset, offset + (question.limit ?? usualPage));
  const count = (state: OfferFound["state"]) => found.filter((one) => one.state === state).length;
  return {
    head: cut.head,
    open: count("open"),
    waiting: count("consent-pending"),
    withdrawn: count("withdrawn"),
    items: await offerRows(db, clock, cut, page),
    total: found.length,
    next: encodeCursor(offset + page.length, found.length),
  };
}

/** The offers found, as known at an instant, in the order of their ids. */
export async function offerRows(
  db: Queries,
  clock: Clock,
  { bookNo, knownBefore, head }: Cut,
  found: readonly OfferFound[],
): Promise<OfferRow[]> {
  if (found.length === 0) return [];
  const ids = found.map(({ line }) => line.id);
  const offers = await offersOf(db, bookNo, knownBefore, ids);
  const nos = found.map(({ line }) => line.no);
  const standing = await standingOf(db, bookNo, knownBefore, nos);
  const names = { coalitions: await coalitionNames(db), parties: await partyNames(db) };
  const today = head.knownAt ?? dayOf(clock());
  return offers.map((offer) => offerRow(offer, present(standing.get(offer.no), offer.id), names, today));
}

type Names = Readonly<{ coalitions: ReadonlyMap<string, string>; parties: ReadonlyMap<string, string> }>;

function offerRow(stored: StoredOffer, standing: OfferStanding, names: Names, today: string): OfferRow {
  const { body: offer, state } = stored;
  const text = (parts: bigint) => formatDecimal(parts, standing.scale);
  return {
    id: offer.id,
    title: offer.title,
    state,
    giver: offer.giver,
    giverName: names.parties.get(offer.giver) ?? offer.giver,
    item: offer.item,
    ...kindWords(offer.item),
    unit: unitCode(offer.item),
    quantity: text(BigInt(offer.quantity) * 10n ** BigInt(standing.scale)),
    placed: text(standing.placed),
    moved: text(standing.moved),
    confirmed: text(standing.confirmed),
    left: text(standing.free),
    from: offer.from,
    until: offer.until,
    condition: offer.condition,
    repairDays: offer.repairDays,
    consent: offer.consent,
    allOrNothing: offer.allOrNothing,
    restricted: offer.earmark !== null || offer.caveat !== "" || offer.excludes.length > 0 || offer.hubs !== null,
    coalition: offer.coalition,
    coalitionName: offer.coalition === null ? null : (names.coalitions.get(offer.coalition) ?? offer.coalition),
    fund: offer.fund,
    promise: standing.promise,
    unused: unusedOf(stored, standing, today),
    knownAt: stored.knownAt,
  };
}

/** Why nothing of an offer can be planned with, in words; null where something can. */
function unusedOf({ body, state, reason }: StoredOffer, { free }: OfferStanding, today: string): OfferRow["unused"] {
  const { consent, until } = body;
  const code = stateOf({ state, consent: consent.state, until, hasFree: free > 0n }, today);
  if (code === "open") return null;
  const of = consent.of ?? "a third party";
  const says = {
    withdrawn: `Withdrawn: ${reason}`,
    "consent-refused": `${of} refused its consent`,
    "consent-pending": `Waits for the consent of ${of}`,
    "all-placed": "All of it is placed",
    "window-over": `It could leave until ${until}`,
  }[code];
  return { code, says };
}

/**
 * One offer whole: its conditions, what of it is placed and every version known by then.
 * @throws MainstayError unknown_book, unknown_offer (also when not yet known on the day), invalid_date
 */
export async function offerView(
  db: Database,
  clock: Clock,
  question: Readonly<{ book: string; id: string; knownAt?: string | undefined }>,
): Promise<OfferView> {
  const { bookNo, knownBefore, head } = await cutOf(db, question.book, question.knownAt);
  const offer = await requireOffer(db, bookNo, question.id, knownBefore);
  const [standing, coalitions, parties, hubName, placed, versions] = await Promise.all([
    standingOf(db, bookNo, knownBefore, [offer.no]),
    coalitionNames(db),
    partyNames(db),
    hubNamer(db, { bookNo, knownBefore }),
    placedLines(db, { offerNo: offer.no }, knownBefore),
    versionsOf<StoredOffer["body"]>(db, "offer", offer.no, knownBefore),
  ]);
  const [last] = versions;
  const own = standing.get(offer.no);
  if (last === undefined || own === undefined)
    throw new MainstayError("unknown_offer", JSON.stringify(question.id), { field: "id" });
  const { body } = offer;
  return {
    ...offerRow(offer, own, { coalitions, parties }, head.knownAt ?? dayOf(clock())),
    head,
    years: body.years.map(({ year, amount }) => ({
      year,
      amount: formatDecimal(BigInt(amount) * 10n ** BigInt(own.scale), own.scale),
    })),
    earmark: body.earmark,
    caveat: body.caveat,
    excludes: body.excludes,
    hubs: body.hubs,
    hubNames: body.hubs?.map(hubName) ?? null,
    valuation: body.valuation,
    note: body.note,
    reason: offer.reason,
    source: last.source,
    placements: placed.map((line) => placedView(line, hubName)),
    history: historyOf("offer", versions),
  };
}
