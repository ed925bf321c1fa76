import { onlyRow, rowOf, rowsOf, sql, type Queries } from "../database.ts";

/** A link by which a phone signs, without its secret. */
export type StoredLink = Readonly<{
  no: number;
  madeAt: string;
  expiresAt: string;
  withdrawnAt: string | null;
  actor: string;
}>;

const columns = sql`l.no, l.made_at as "madeAt", l.expires_at as "expiresAt", w.at as "withdrawnAt", l.actor`;

/** Keeps the hash of a link's secret, and returns its number. */
export async function insertLink(
  trx: Queries,
  link: Readonly<{ consignmentNo: number; hash: Uint8Array; madeAt: string; expiresAt: string; actor: string }>,
): Promise<number> {
  const { no } = await onlyRow<{ no: number }>(
    trx,
    sql`insert into sign_link (consignment_no, hash, made_at, expires_at, actor)
        values (${link.consignmentNo}, ${Buffer.from(link.hash)}, ${link.madeAt}::timestamptz, ${link.expiresAt}::timestamptz, ${link.actor}) returning no`,
  );
  return no;
}

/** The links of a consignment, oldest first. */
export async function linksOf(db: Queries, consignmentNo: number): Promise<StoredLink[]> {
  return rowsOf<StoredLink>(
    db,
    sql`select ${columns} from sign_link l left join sign_link_withdrawal w on w.link_no = l.no
        where l.consignment_no = ${consignmentNo} order by l.no`,
  );
}

/** Withdraws a link, once. */
export async function withdrawLink(trx: Queries, linkNo: number, at: string, actor: string): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into sign_link_withdrawal (link_no, at, actor) values (${linkNo}, ${at}::timestamptz, ${actor}) on conflict do nothing`,
  );
}

/** The link whose secret has such a hash, and what it signs for. */
export async function linkByHash(
  db: Queries,
  hash: Uint8Array,
): Promise<(StoredLink & Readonly<{ book: string; consignment: string }>) | undefined> {
  return rowOf(
    db,
    sql`select ${columns}, b.slug as book, c.id as consignment from sign_link l left join sign_link_withdrawal w on w.link_no = l.no
        join consignment c on c.no = l.consignment_no join book b on b.no = c.book_no where l.hash = ${Buffer.from(hash)}`,
  );
}
