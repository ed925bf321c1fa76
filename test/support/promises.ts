import { rowsOf, sql, type Database } from "#store/database.ts";
import type { Step } from "#app/post.ts";

export type PromiseSeed = Readonly<{
  id: string;
  donor: string;
  recipient?: string;
  stream?: string;
  category?: string;
  unit?: string;
  book?: string;
}>;

/** Enters promises straight into the register, without a release. */
export async function seedPromises(db: Database, promises: readonly PromiseSeed[]): Promise<void> {
  await rowsOf(
    db,
    sql`insert into promise (id, book_no, code, donor_no, recipient_no, stream, category, unit_no)
        select l.id, b.no, l.id, d.no, r.no, l.stream, l.category, u.no
        from unnest(${promises.map((p) => p.id)}::text[], ${promises.map((p) => p.book ?? "test")}::text[], ${promises.map((p) => p.donor)}::text[],
          ${promises.map((p) => p.recipient ?? "rrr")}::text[], ${promises.map((p) => p.stream ?? "finance")}::text[],
          ${promises.map((p) => p.category ?? "Financial")}::text[], ${promises.map((p) => p.unit ?? "EUR")}::text[])
          as l(id, book, donor, recipient, stream, category, unit)
        join book b on b.slug = l.book join party d on d.id = l.donor join party r on r.id = l.recipient join unit u on u.code = l.unit`,
  );
}

/** A step with everything usual filled in. */
export function stepOf(step: Partial<Step> & Pick<Step, "promise">): Step {
  return {
    unit: "EUR",
    from: null,
    to: "finance.committed",
    quantity: 100n,
    reported: null,
    effective: { on: "2023-03-01", precision: "day" },
    knownAt: "2023-03-02T00:00:00Z",
    source: "made-up",
    reason: null,
    ...step,
  };
}
