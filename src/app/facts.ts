import { present } from "#core/present.ts";
import type { BookFacts, StatedNeed } from "#core/views.ts";
import type { Database } from "#store/database.ts";
import { milestones, statedNeeds, statements, type NeedLine } from "#store/facts.ts";
import { requireBook } from "./books.ts";

const counted = { committed: "committed", delivered: "delivered", outstanding: "to be delivered" } as const;

/**
 * Stated needs, statements and milestones of a book.
 * @throws MainstayError unknown_book
 */
export async function bookFacts(db: Database, slug: string): Promise<BookFacts> {
  const book = await requireBook(db, slug);
  const [needs, said, events] = await Promise.all([
    statedNeeds(db, book.no),
    statements(db, book.no),
    milestones(db, book.no),
  ]);
  return { needs: foldNeeds(needs), statements: said, milestones: events };
}

/** One line an item and day: what was said to be needed, with committed and delivered beside it. */
function foldNeeds(lines: readonly NeedLine[]): StatedNeed[] {
  const keys = [...new Set(lines.map((line) => JSON.stringify([line.item, line.asOf])))];
  return keys.map((key) => {
    const [item, asOf] = JSON.parse(key) as [string, string];
    const mine = lines.filter((line) => line.item === item && line.asOf === asOf);
    const measured = (measure: string) => mine.find((line) => line.measure === measure)?.quantity ?? null;
    const beside: readonly string[] = Object.values(counted);
    return {
      item,
      asOf,
      needs: mine
        .filter((line) => !beside.includes(line.measure))
        .map((line) => ({ label: line.measure, quantity: line.quantity, statedBy: line.statedBy, note: line.note })),
      committed: measured(counted.committed),
      delivered: measured(counted.delivered),
      source: present(mine[0], "a need").source,
    };
  });
}
