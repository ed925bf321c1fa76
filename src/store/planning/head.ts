import { rowOf, rowsOf, sql, type Queries } from "../database.ts";

export type BookHead = Readonly<{
  no: number;
  book: string;
  title: string;
  synthetic: boolean;
  recipient: string;
  recipientName: string;
}>;

/** A book as the lists of needs and offers name it. */
export async function bookHead(db: Queries, slug: string): Promise<BookHead | undefined> {
  return rowOf<BookHead>(
    db,
    sql`select b.no, b.slug as book, b.title, b.synthetic, p.id as recipient, p.name as "recipientName"
        from book b join party p on p.no = b.recipient_no where b.slug = ${slug}`,
  );
}

/** The names of coalitions by their slugs. */
export async function coalitionNames(db: Queries): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsOf<{ slug: string; name: string }>(
    db,
    sql`select slug, name from party_group where kind = 'coalition'`,
  );
  return new Map(rows.map((row) => [row.slug, row.name]));
}
