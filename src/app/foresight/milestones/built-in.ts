import { createHash } from "node:crypto";
import { present } from "#core/present.ts";
import { readForesight, type SaidOnDay } from "#formats/reference/foresight.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { milestoneVersions } from "#store/foresight/milestones.ts";
import { markReferenceLoaded, referenceIsLoaded } from "#store/reference.ts";
import { ensureSource, sourcesById, type NewSource } from "#store/register.ts";
import { requireBook } from "../../books.ts";
import { enterMilestones } from "./write.ts";

const book = "worked-case";
const actor = "reference";

/**
 * Puts the milestones of the worked case on record, all or nothing, each version from the day on that it was known; the worked case must be
 * there. A milestone of which anything is on record stays as it is.
 * @returns whether anything was loaded now
 * @throws MainstayError reference_invalid; those of enterMilestones
 */
export async function loadMilestones(db: Database, files: ReadonlyMap<string, string>): Promise<boolean> {
  const hash = createHash("sha256").update("foresight\n");
  for (const name of [...files.keys()].sort()) hash.update(`${name}\n${files.get(name)}\n`);
  const sha256 = hash.digest("hex");
  if (await referenceIsLoaded(db, sha256)) return false;
  const { said, sources } = readForesight(files);
  return inTransaction(db, async (trx) => {
    await markReferenceLoaded(trx, sha256);
    const { no } = await requireBook(trx, book);
    const there = new Set((await milestoneVersions(trx, no, null)).map((one) => one.id));
    const fresh = said.filter(({ milestone }) => !there.has(milestone.id));
    const own = sources.map((one): NewSource => ({ ...one, retrievedOn: null }));
    const known = new Map([
      ...(await sourcesById(
        trx,
        fresh.map((one) => one.source),
      )),
      ...own.map((one) => [one.id, one] as const),
    ]);
    for (const one of fresh) await enter(trx, one, present(known.get(one.source), `the source ${one.source}`), own);
    return fresh.length > 0;
  });
}

async function enter(
  trx: Database,
  { milestone, state, known, reason }: SaidOnDay,
  source: NewSource,
  own: readonly NewSource[],
): Promise<void> {
  const borneOut = milestone.evidence.filter((one) => one.kind === "source").map((one) => one.id);
  for (const one of own) if (borneOut.includes(one.id)) await ensureSource(trx, one);
  await enterMilestones(trx, book, [{ milestone, state }], {
    source,
    knownAt: `${known}T00:00:00.000Z`,
    actor,
    reason,
  });
}
