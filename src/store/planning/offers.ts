import type { Offer } from "#core/planning/record.ts";
import type { Stream } from "#core/bindingness.ts";
import { onlyRow, rowsOf, sql, type Queries } from "../database.ts";
import { isShown } from "../parties.ts";
import { lastVersions, type Stored } from "./versions.ts";

export type StoredOffer = Stored<Offer, "offered" | "withdrawn">;

/** A book's offers as known before an instant, withdrawn ones too, in the order of their ids; all of them, or those named. */
export async function offersOf(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
  ids?: readonly string[],
): Promise<StoredOffer[]> {
  return lastVersions<Offer, StoredOffer["state"]>(db, "offer", bookNo, { knownBefore, ids });
}

export type NewOffer = Readonly<{ id: string; giver: string; stream: Stream; category: string; unitNo: number }>;

/**
 * Enters offers with the promises that they stand as in the ledger, the recipient being the book's, and returns their row numbers by id. One
 * whose promise is there already, from a release, is left out.
 */
export async function insertOffers(
  trx: Queries,
  bookNo: number,
  offers: readonly NewOffer[],
): Promise<Map<string, number>> {
  const rows = await rowsOf<{ id: string; no: number }>(
    trx,
    sql`with made as (
          insert into promise (id, book_no, code, donor_no, recipient_no, stream, category, unit_no)
          select regexp_replace(lower(l.id), '[^a-z0-9]+', '-', 'g') || '-' || left(md5(concat_ws('|', b.slug, 'offer', l.id, l.giver)), 10),
                 b.no, l.id, d.no, b.recipient_no, l.stream, l.category, l.unit_no
          from unnest(${offers.map((o) => o.id)}::text[], ${offers.map((o) => o.giver)}::text[], ${offers.map((o) => o.stream)}::text[],
                      ${offers.map((o) => o.category)}::text[], ${offers.map((o) => o.unitNo)}::int[])
            with ordinality as l(id, giver, stream, category, unit_no, position)
          join book b on b.no = ${bookNo} join party d on d.id = l.giver
          order by l.position on conflict do nothing returning no, code
        )
        insert into offer (book_no, id, promise_no) select ${bookNo}, code, no from made order by no returning id, no`,
  );
  return new Map(rows.map((row) => [row.id, row.no]));
}

/** What stands in the ledger of an offer's promise, in smallest parts of its unit: announced and not placed; placed or further, and how far. */
export type OfferStanding = Readonly<{
  no: number; // of the offer
  promise: string;
  unit: string;
  scale: number;
  stream: Stream;
  said: string; // the promise's stage that is led by the class said
  free: bigint;
  placed: bigint;
  moved: bigint;
  confirmed: bigint;
}>;

/** Of the offers of those numbers (all of the book without them), as known before an instant, by their numbers. */
export async function standingOf(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
  nos?: readonly number[],
): Promise<Map<number, OfferStanding>> {
  const known = knownBefore === null ? sql`` : sql`and p.known_at < ${knownBefore}::timestamptz`;
  const named = nos === undefined ? sql`true` : sql`o.no = any (${nos}::int[])`;
  const rows = await rowsOf<Omit<OfferStanding, Amount> & Record<Amount, string>>(
    db,
    sql`with side as (
          select p.promise_no, a.class, sum(case when p.debit_account = a.no then p.quantity else -p.quantity end) as balance
          from offer o join posting p on p.promise_no = o.promise_no ${known}
          join account a on a.promise_no = o.promise_no and a.no in (p.debit_account, p.credit_account)
          where o.book_no = ${bookNo} and ${named} group by p.promise_no, a.class
        ), stands as (
          select promise_no, coalesce(sum(balance) filter (where class <= 2), 0) as free, coalesce(sum(balance) filter (where class >= 3), 0) as placed,
                 coalesce(sum(balance) filter (where class >= 4), 0) as moved, coalesce(sum(balance) filter (where class = 5), 0) as confirmed
          from side group by promise_no
        )
        select o.no, q.id as promise, u.code as unit, u.scale, q.stream, g.id as said, coalesce(s.free, 0)::text as free,
               coalesce(s.placed, 0)::text as placed, coalesce(s.moved, 0)::text as moved, coalesce(s.confirmed, 0)::text as confirmed
        from offer o join promise q on q.no = o.promise_no join unit u on u.no = q.unit_no
        join stage g on g.stream = q.stream and g.class = 1 and g.leads_class left join stands s on s.promise_no = q.no
        where o.book_no = ${bookNo} and ${named}`,
  );
  return new Map(
    rows.map((row) => [
      row.no,
      {
        ...row,
        free: BigInt(row.free),
        placed: BigInt(row.placed),
        moved: BigInt(row.moved),
        confirmed: BigInt(row.confirmed),
      },
    ]),
  );
}
type Amount = "free" | "placed" | "moved" | "confirmed";

/** The slugs of coalitions and ids of funds that needs and offers of a book may name. */
export async function coalitionsAndFunds(
  db: Queries,
  bookNo: number,
): Promise<Readonly<{ coalitions: readonly string[]; funds: readonly string[] }>> {
  return onlyRow(
    db,
    sql`select array(select g.slug from party_group g where g.kind = 'coalition' and ${isShown("g", bookNo)}) as coalitions,
               array(select id from fund where book_no = ${bookNo}) as funds`,
  );
}

/** The ids of the parties that a book lists by every spelling on record, in lower case. */
export async function partyIds(db: Queries, bookNo: number): Promise<Map<string, string>> {
  const rows = await rowsOf<{ spelling: string; id: string }>(
    db,
    sql`select s.spelling, p.id from party p
        join (select lower(name) as spelling, no from party union select lower(id), no from party
              union select lower(iso2), no from party where iso2 is not null union select lower(iso3), no from party where iso3 is not null
              union select lower(name), party_no from party_name union select alias, party_no from party_alias) s on s.no = p.no
        where ${isShown("p", bookNo)}`,
  );
  return new Map(rows.map((row) => [row.spelling, row.id]));
}
