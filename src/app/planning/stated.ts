import { createHash } from "node:crypto";
import { present } from "#core/present.ts";
import { readStated, type StatedRecord } from "#formats/reference/planning.ts";
import { refreshCube } from "#store/cube.ts";
import { bookIsThere } from "#store/planning/practice.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import { markReferenceLoaded, referenceIsLoaded } from "#store/reference.ts";
import { ensureBook, partyNumbers, sourcesById, type NewSource } from "#store/register.ts";
import { changeNeed, enterNeeds } from "./needs.ts";
import { enterOffers } from "./offers.ts";

const statedBook = {
  slug: "needs-2022",
  title: "Stated needs of 2022 and published commitments",
  description:
    "What Ukraine was said to need to end the war, and what givers had committed in kind by 3 October 2022, item by item, as published.",
  recipient: "ukr",
} as const;
const actor = "reference";

/**
 * Puts the stated needs of 2022 and the published commitments on record in a book of their own, all or nothing; the register of the worked case
 * must be there. Where the book is, what is in it stays as it is.
 * @returns whether anything was loaded now
 * @throws MainstayError reference_invalid; those of enterNeeds and enterOffers
 */
export async function loadStated(db: Database, files: ReadonlyMap<string, string>): Promise<boolean> {
  const hash = createHash("sha256");
  for (const name of [...files.keys()].sort()) hash.update(`${name}\n${files.get(name)}\n`);
  const sha256 = hash.digest("hex");
  if (await referenceIsLoaded(db, sha256)) return false;
  const stated = readStated(files);
  const isFirst = await inTransaction(db, async (trx) => {
    await markReferenceLoaded(trx, sha256);
    if (await bookIsThere(trx, statedBook.slug)) return false;
    await enter(trx, stated);
    return true;
  });
  if (isFirst) await refreshCube(db);
  return isFirst;
}

async function enter(trx: Database, { published, source, needs, offers, coalitions }: StatedRecord): Promise<void> {
  await openStatedBook(trx);
  const sources = await sourcesById(trx, [source, ...coalitions.map((one) => one.source)]);
  const from = (id: string): NewSource => present(sources.get(id), `the source ${id}`);
  const entering = { source: from(source), knownAt: `${published}T00:00:00Z`, actor };
  await enterNeeds(trx, statedBook.slug, needs, entering);
  await enterOffers(trx, statedBook.slug, offers, entering);
  for (const { need, coalition, since, source: said } of coalitions) {
    await changeNeed(
      trx,
      statedBook.slug,
      need,
      { coalition },
      {
        source: from(said),
        knownAt: `${since}T00:00:00Z`,
        actor,
        reason: "A coalition for this capability was formed; what was stated in 2022 stays as it was stated.",
      },
    );
  }
}

async function openStatedBook(trx: Queries): Promise<void> {
  const { recipient, ...book } = statedBook;
  const recipientNo = present((await partyNumbers(trx)).get(recipient), "the recipient");
  await ensureBook(trx, { ...book, recipientNo, synthetic: false });
}
