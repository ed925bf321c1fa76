import { MainstayError } from "#core/errors.ts";
import { practiceSet, type PracticeSize } from "#core/planning/practice.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { bookIsThere, insertPracticeRegister } from "#store/planning/practice.ts";
import { enterFrame } from "./frame.ts";
import { enterNeeds } from "./needs.ts";
import { enterOffers } from "./offers.ts";

export type PracticeOrder = Readonly<{
  size: PracticeSize;
  seed: number;
  book?: string | undefined; // practice-s and the like without it
  from?: string | undefined; // the first day of the set; its usual one without it
}>;

/** A practice set that is on record: where, and the days to plan it for. */
export type PracticeLoaded = Readonly<{
  book: string;
  size: PracticeSize;
  seed: number;
  needs: number;
  offers: number;
  givers: number;
  from: string;
  until: string;
}>;

const madeUp = {
  id: "made-up-for-practice",
  title: "Made up for practice",
  publisher: "Mainstay",
  publishedOn: null,
  retrievedOn: null,
  url: null,
  note: "Nothing in it is a fact.",
};

/** The made-up group of all givers, which decides on plans. */
export const practiceGroup = {
  slug: "practice-group",
  name: "Practice group of givers",
  kind: "contact-group",
} as const;

const sizeWords = {
  S: "20 needs, 100 offers, 12 months",
  M: "200 needs, 1,000 offers, 24 months",
  L: "2,000 needs, 10,000 offers, 60 months",
} as const;

/**
 * Puts a practice set on record in a synthetic book of its own: needs, offers with their promises, capacities, prices and shares; all or nothing.
 * @throws MainstayError parameter_invalid, book_exists_already
 */
export async function loadPractice(
  db: Database,
  order: PracticeOrder,
  doing: Readonly<{ now: string; actor: string }>,
): Promise<PracticeLoaded> {
  const { size, seed } = order;
  const book = order.book ?? `practice-${size.toLowerCase()}`;
  await refuseOrder(db, book, seed);
  const set = practiceSet(size, seed, order.from);
  const usual = book === `practice-${size.toLowerCase()}`;
  const title = `Practice set ${size}${seed === 1 ? "" : `, seed ${seed}`}${usual ? "" : `: ${book}`}`;
  const entering = {
    source: madeUp,
    knownAt: doing.now,
    actor: doing.actor,
  };
  await inTransaction(db, async (trx) => {
    await insertPracticeRegister(trx, {
      book: {
        slug: book,
        title,
        description: `Synthetic: ${sizeWords[size]}, made up to practise planning on (seed ${seed}). Nothing in it is a fact.`,
      },
      recipient: { id: "practice-recipient", name: "Practice recipient" },
      givers: set.givers.map(({ id, name }) => ({ id, name })),
      groups: [
        ...set.coalitions.flatMap(({ slug, name, leads, members }) =>
          members.map((party) => ({
            slug,
            name,
            kind: "coalition",
            party,
            role: leads.includes(party) ? "lead" : "member",
          })),
        ),
        ...set.givers.map(({ id }) => ({ ...practiceGroup, party: id, role: "member" })),
      ],
    });
    await enterFrame(trx, book, set.frame, entering);
    await enterNeeds(trx, book, set.needs, entering);
    await enterOffers(trx, book, set.offers, entering);
  });
  const { from, until, needs, offers, givers } = set;
  return { book, size, seed, needs: needs.length, offers: offers.length, givers: givers.length, from, until };
}

async function refuseOrder(db: Database, book: string, seed: number): Promise<void> {
  if (!/^[a-z0-9][a-z0-9-]{0,59}$/.test(book))
    throw new MainstayError("parameter_invalid", JSON.stringify(book), { field: "book" });
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new MainstayError("parameter_invalid", `${seed}, not a whole number`, { field: "seed" });
  if (await bookIsThere(db, book))
    throw new MainstayError("book_exists_already", JSON.stringify(book), { field: "book" });
}
