import type { Offer } from "#core/planning/record.ts";
import type { Stream } from "#core/bindingness.ts";
import { onlyRow, rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";
import { isShown } from "../parties.ts";
import type { RawBuilder } from "kysely";
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

const many = 1000;

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
  // What follows joins by promise; taking thousands of new ones for a few, the planner would loop over them for each.
  if (offers.length >= many) await rowsOf(trx, sql`analyze promise`);
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

/**
 * Of the offers of those numbers (all of the book without them), as known before an instant, by their numbers. Heads and balances are asked for
 * one after the other: joined, they would be summed anew for each offer wherever the planner takes new offers for few.
 */
export async function standingOf(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
  nos?: readonly number[],
): Promise<Map<number, OfferStanding>> {
  const which = sql`o.book_no = ${bookNo} and ${nos === undefined ? sql`true` : sql`o.no = any (${nos}::int[])`}`;
  const heads = await rowsOf<Omit<OfferStanding, "free" | "placed" | "moved" | "confirmed">>(
    db,
    sql`select o.no, q.id as promise, u.code as unit, u.scale, q.stream, g.id as said
        from offer o join promise q on q.no = o.promise_no join unit u on u.no = q.unit_no
        join stage g on g.stream = q.stream and g.class = 1 and g.leads_class where ${which}`,
  );
  const balances = Map.groupBy(await balancesOf(db, which, knownBefore), (row) => row.no);
  return new Map(
    heads.map((head) => {
      const from = (least: number, most: number) =>
        (balances.get(head.no) ?? [])
          .filter((row) => row.class >= least && row.class <= most)
          .reduce((sum, row) => sum + BigInt(row.balance), 0n);
      return [head.no, { ...head, free: from(1, 2), placed: from(3, 5), moved: from(4, 5), confirmed: from(5, 5) }];
    }),
  );
}

/** What stands at each class of the offers' promises, in smallest parts, as known before an instant. */
async function balancesOf(
  db: Queries,
  which: RawBuilder<unknown>,
  knownBefore: string | null,
): Promise<{ no: number; class: number; balance: string }[]> {
  const known = cut(sql`p.known_at`, knownBefore);
  return rowsOf(
    db,
    sql`select step.no, a.class, sum(step.quantity)::text as balance
        from (select o.no, p.debit_account as account_no, p.quantity from offer o join posting p on p.promise_no = o.promise_no and ${known} where ${which}
              union all
              select o.no, p.credit_account, -p.quantity from offer o join posting p on p.promise_no = o.promise_no and ${known} where ${which}) step
        join account a on a.no = step.account_no where a.promise_no is not null group by step.no, a.class`,
  );
}

/** As much of an offer as lists are searched and counted by. */
export type OfferLine = Readonly<{
  no: number;
  id: string;
  state: StoredOffer["state"];
  title: string;
  giver: string;
  item: string;
  consent: Offer["consent"]["state"];
  until: string;
  coalition: string | null;
  note: string;
  hasFree: boolean; // something of it is neither placed nor withdrawn
}>;

/** Every offer of a book as known before an instant, withdrawn ones too, in the order of their ids. */
export async function offerLines(db: Queries, bookNo: number, knownBefore: string | null): Promise<OfferLine[]> {
  const known = cut(sql`v.known_at`, knownBefore);
  const lines = await rowsOf<OfferLine>(
    db,
    sql`select o.no, o.id, v.state, v.body ->> 'title' as title, v.body ->> 'giver' as giver, v.body ->> 'item' as item,
               v.body -> 'consent' ->> 'state' as consent, v.body ->> 'until' as until, v.body ->> 'coalition' as coalition,
               v.body ->> 'note' as note,
               ${knownBefore === null ? freeNow : sql`false`} as "hasFree"
        from offer o cross join lateral (select state, body from offer_version v where v.offer_no = o.no and ${known} order by seq desc limit 1) v
        where o.book_no = ${bookNo} order by o.id collate "C"`,
  );
  if (knownBefore === null) return lines;
  const standing = await balancesOf(db, sql`o.book_no = ${bookNo}`, knownBefore);
  const free = new Set(standing.filter((row) => row.class <= 2 && row.balance !== "0").map((row) => row.no));
  return lines.map((line) => ({ ...line, hasFree: free.has(line.no) }));
}

const freeNow = sql`exists (select from account a join account_balance b on b.account_no = a.no
  where a.promise_no = o.promise_no and a.class <= 2 and not a.contra and b.balance > 0)`;

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
