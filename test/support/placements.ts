import { openBook } from "#app/books.ts";
import { enterNeeds } from "#app/planning/needs.ts";
import { enterOffers } from "#app/planning/offers.ts";
import { placeAssignments, type ToPlace } from "#app/planning/place.ts";
import { requireBook } from "#app/books.ts";
import type { Need, Offer } from "#core/planning/record.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { withoutConditions } from "./offers.ts";
import { openRecord } from "./record.ts";

export const placedBook = "made-up";

const source = {
  id: "made-up-planning",
  title: "Made up for the tests: needs and offers",
  publisher: "Nobody",
  publishedOn: null,
  retrievedOn: null,
  url: null,
  note: "",
};

export function needOf(need: Partial<Need> & Pick<Need, "id">): Need {
  return {
    title: `Need ${need.id}`,
    accepts: [{ item: "ambulance", worthPpm: 1_000_000 }],
    quantity: 100,
    priority: 1,
    from: "2026-01-01",
    until: "2026-12-31",
    place: null,
    package: [],
    coalition: null,
    note: "",
    ...need,
  };
}

export function offerOf(offer: Partial<Offer> & Pick<Offer, "id">): Offer {
  return {
    giver: "pol",
    title: `Offer ${offer.id}`,
    item: "ambulance",
    quantity: 100,
    from: "2026-01-01",
    until: "2026-12-31",
    ...withoutConditions,
    ...offer,
  };
}

export function placingOf(place: Partial<ToPlace> & Pick<ToPlace, "id" | "offer" | "need">): ToPlace {
  return {
    item: "ambulance",
    hub: "any",
    dueFrom: "2026-03-01",
    dueUntil: "2026-03-31",
    pieces: 10,
    costMinor: null,
    ...place,
  };
}

export type Placed = Readonly<{
  needs: readonly Need[];
  offers: readonly Offer[];
  placements: readonly ToPlace[];
  book?: string;
}>;

/** Enters needs, offers and what of them is placed into a synthetic book, which is opened where it is not there. */
export async function place(db: Database, { needs, offers, placements, book = placedBook }: Placed): Promise<void> {
  const entering = { source, knownAt: "2026-01-01T08:00:00Z", actor: "test" };
  await openBook(db, { slug: book, title: "Made up", recipient: "ukr", synthetic: true }).catch(() => undefined);
  await enterNeeds(db, book, needs, entering);
  await enterOffers(db, book, offers, entering);
  const { no: bookNo } = await requireBook(db, book);
  await inTransaction(db, async (trx) => {
    await placeAssignments(trx, {
      bookNo,
      planNo: null,
      assignments: placements,
      proposalNo: null,
      source: source.id,
      knownAt: "2026-01-02T08:00:00Z",
      actor: "test",
    });
  });
}

/** A record of the test file's own in which such things are placed. Close it in afterAll. */
export async function openPlaced(placed: Placed): Promise<Awaited<ReturnType<typeof openRecord>>> {
  const record = await openRecord();
  await place(record.db, placed);
  return record;
}
