import type { Need, Offer } from "#core/planning/record.ts";
import { needColumns } from "#formats/needs/needs.ts";
import { offerColumns } from "#formats/needs/offers.ts";
import { writeCsv, writeXlsx } from "#formats/needs/write.ts";
import type { Database } from "#store/database.ts";
import { needsOf } from "#store/planning/needs.ts";
import { offersOf } from "#store/planning/offers.ts";
import { cutOf, type Cut } from "./cut.ts";
import { taxonomy } from "./taxonomy.ts";

export const fileFormats = ["xlsx", "csv"] as const;
export type FileFormat = (typeof fileFormats)[number];

const notes = {
  needs: [
    "One need a row on the sheet Needs. Days are written as YYYY-MM-DD, numbers without separators.",
    "A row whose id is on record already becomes a further version of it where it says something else.",
  ],
  offers: [
    "One offer a row on the sheet Offers. Days are written as YYYY-MM-DD, numbers without separators.",
    "A row whose id is on record already becomes a further version of it where it says something else; giver and item do not change.",
  ],
} as const;

/** A file to fill in: a header, and in a workbook the sheets Notes and Kinds. */
export async function templateFile(what: "needs" | "offers", format: FileFormat): Promise<Uint8Array> {
  return what === "needs" ? needsFile([], format) : offersFile([], format);
}

type ExportQuestion = Readonly<{ book: string; knownAt?: string | undefined }>;
/** `name`: what the file holds, without its ending; that of a book that is made up says so. */
export type ExportedFile = Readonly<{ bytes: Uint8Array; name: string }>;

/** The needs of a book that are stated, as they are imported again. @throws MainstayError unknown_book, invalid_date */
export async function exportNeeds(db: Database, question: ExportQuestion, format: FileFormat): Promise<ExportedFile> {
  const cut = await cutOf(db, question.book, question.knownAt);
  const stored = await needsOf(db, cut.bookNo, cut.knownBefore);
  const stated = stored.filter((one) => one.state === "stated").map((one) => one.body);
  return { bytes: await needsFile(stated, format, about(cut)), name: nameOf(cut, "needs") };
}

/** The offers of a book that stand, as they are imported again. @throws MainstayError unknown_book, invalid_date */
export async function exportOffers(db: Database, question: ExportQuestion, format: FileFormat): Promise<ExportedFile> {
  const cut = await cutOf(db, question.book, question.knownAt);
  const stored = await offersOf(db, cut.bookNo, cut.knownBefore);
  const standing = stored.filter((one) => one.state === "offered").map((one) => one.body);
  return { bytes: await offersFile(standing, format, about(cut)), name: nameOf(cut, "offers") };
}

function nameOf({ head }: Cut, what: string): string {
  const parts = [
    head.book,
    what,
    head.knownAt === null ? "" : `known-at-${head.knownAt}`,
    head.synthetic ? "synthetic" : "",
  ];
  return parts.filter((part) => part !== "").join("_");
}

function about({ head }: Cut): string {
  const known = head.knownAt === null ? "" : ` As known at the end of ${head.knownAt}.`;
  return `${head.title}.${head.synthetic ? " Synthetic: made up to try the program out." : ""}${known}`;
}

async function needsFile(needs: readonly Need[], format: FileFormat, said?: string): Promise<Uint8Array> {
  if (format === "csv") return new TextEncoder().encode(writeCsv(needColumns, needs));
  return writeXlsx({ sheet: "Needs", columns: needColumns }, needs, beside("needs", said));
}

async function offersFile(offers: readonly Offer[], format: FileFormat, said?: string): Promise<Uint8Array> {
  if (format === "csv") return new TextEncoder().encode(writeCsv(offerColumns, offers));
  return writeXlsx({ sheet: "Offers", columns: offerColumns }, offers, beside("offers", said));
}

function beside(what: "needs" | "offers", said: string | undefined) {
  return { kinds: taxonomy().kinds, notes: [...(said === undefined ? [] : [said]), ...notes[what]] };
}
