import { present } from "#core/present.ts";
import { createHash } from "node:crypto";
import { MainstayError } from "#core/errors.ts";
import { formatDecimal } from "#core/money.ts";
import { readReference } from "#formats/reference/read.ts";
import type { ReferenceData, ReferenceRelease } from "#formats/reference/records.ts";
import { readStreams } from "#formats/reference/streams.ts";
import type { Database, Queries } from "#store/database.ts";
import { insertRates } from "#store/rate-history.ts";
import {
  insertAliases,
  insertBookFacts,
  insertGroups,
  insertIndicators,
  insertMemberships,
  insertNames,
  insertParties,
  insertPassages,
  insertSources,
  insertStages,
  markReferenceLoaded,
  referenceIsLoaded,
} from "#store/reference.ts";
import { ensureBook, ensureSource, partyNumbers } from "#store/register.ts";
import { recordRelease } from "./record-release.ts";

/** The built-in facts as text: the CSV files of `reference/` by name, and the policies they are read with. */
export type ReferenceText = Readonly<{ files: ReadonlyMap<string, string>; streams: string }>;

export const workedCase = {
  slug: "worked-case",
  title: "Support to Ukraine: the worked case",
  description:
    "Public facts with their sources: what about fifty nations and the EU institutions promised and gave since 2022.",
  recipient: "ukr",
} as const;

/**
 * Loads the built-in facts unless this very set is loaded already; what an earlier set entered stays. Tells `onProgress` steps done and all,
 * and `onKept` each release that reads otherwise now than on record.
 * @returns whether anything was loaded now
 */
export async function loadReference(
  db: Database,
  text: ReferenceText,
  onProgress: (label: string, done: number, total: number) => void = () => undefined,
  onKept: (release: string) => void = () => undefined,
): Promise<boolean> {
  const sha256 = hashOf(text);
  if (await referenceIsLoaded(db, sha256)) return false;
  const data = readReference(text.files);
  const steps = data.releases.length + 2;
  const label = "Loading the worked case";
  onProgress(label, 0, steps);
  const bookNo = await db.transaction().execute((trx) => loadRegister(trx, data, text));
  onProgress(label, 1, steps);
  for (const [index, release] of data.releases.entries()) {
    if (!(await recordReferenceRelease(db, release, data))) onKept(release.name);
    onProgress(label, index + 2, steps);
  }
  await db.transaction().execute(async (trx) => {
    await loadFacts(trx, bookNo, data);
    await markReferenceLoaded(trx, sha256);
  });
  onProgress(label, steps, steps);
  return true;
}

function hashOf(text: ReferenceText): string {
  const hash = createHash("sha256");
  for (const name of [...text.files.keys()].sort()) hash.update(`${name}\n${text.files.get(name)}\n`);
  return hash.update(text.streams).digest("hex");
}

async function loadRegister(trx: Queries, data: ReferenceData, text: ReferenceText): Promise<number> {
  const { streams } = readStreams(text.streams);
  await insertStages(
    trx,
    streams,
    streams.flatMap((stream) =>
      stream.stages.map((stage, index) => ({ ...stage, stream: stream.id, ordinal: index + 1 })),
    ),
  );
  await insertSources(trx, data.sources);
  await insertPassages(
    trx,
    data.sources.flatMap((source) => source.passages.map((passage) => ({ ...passage, source: source.id }))),
  );
  await insertParties(trx, data.parties);
  await insertNames(
    trx,
    data.parties.flatMap((party) => party.names.map((name) => ({ ...name, party: party.id }))),
  );
  await insertAliases(
    trx,
    data.parties.flatMap((party) => party.aliases.map(({ alias }) => ({ alias, party: party.id }))),
  );
  await insertGroups(trx, data.groups);
  await insertMemberships(
    trx,
    data.groups.flatMap((group) => group.members),
  );
  await insertIndicators(
    trx,
    data.indicators.map((value) => ({ ...value, value: value.value.toString() })),
  );
  for (const source of new Set(data.rates.map((rate) => rate.source))) {
    const sourceNo = await ensureSource(trx, sourceOf(data, source));
    await insertRates(
      trx,
      data.rates.filter((rate) => rate.source === source),
      sourceNo,
    );
  }
  const parties = await partyNumbers(trx);
  const book = await ensureBook(trx, {
    ...workedCase,
    recipientNo: present(parties.get(workedCase.recipient), "the recipient"),
    synthetic: false,
  });
  return book.no;
}

function sourceOf(data: ReferenceData, id: string): ReferenceData["sources"][number] {
  return present(
    data.sources.find((record) => record.id === id),
    `the source ${id}`,
  );
}

/** Returns false where a release of that name is on record with other content: what is on record stays. */
async function recordReferenceRelease(db: Database, release: ReferenceRelease, data: ReferenceData): Promise<boolean> {
  const source = sourceOf(data, release.source);
  try {
    await recordRelease(db, release.content, {
      book: workedCase.slug,
      release: release.name,
      publishedOn: release.publishedOn,
      fileName: release.file,
      sha256: createHash("sha256").update(JSON.stringify(release.content, bigintText)).digest("hex"),
      source,
      actor: "reference",
      strict: true,
    });
    return true;
  } catch (error) {
    if (error instanceof MainstayError && error.code === "release_already_imported_with_other_content") return false;
    throw error;
  }
}

function bigintText(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? value.toString() : value;
}

async function loadFacts(trx: Queries, bookNo: number, data: ReferenceData): Promise<void> {
  await insertBookFacts(trx, bookNo, {
    needs: data.needs.map((need) => ({ ...need, quantity: need.quantity.toString() })),
    statements: data.statements.map((said) => ({
      ...said,
      amount: said.amount === null ? null : formatDecimal(said.amount, 2),
    })),
    milestones: data.milestones,
  });
}
