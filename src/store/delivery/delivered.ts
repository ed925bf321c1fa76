import type { CountedEvent } from "#core/delivery/counted.ts";
import type { SourceRef } from "#core/views.ts";
import { sourceRef } from "../books.ts";
import { rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";

export type StoredPolicy = Readonly<{
  fund: string | null;
  from: string;
  counts: CountedEvent;
  knownAt: string;
  actor: string;
  source: SourceRef;
}>;

/** What was decided in a book to count as delivered, as known before an instant (null: all), newest first. */
export async function policiesOf(db: Queries, bookNo: number, knownBefore: string | null): Promise<StoredPolicy[]> {
  return rowsOf<StoredPolicy>(
    db,
    sql`select f.id as fund, d.valid_from as "from", d.counts, d.known_at as "knownAt", d.actor, ${sourceRef} as source
        from delivered_policy d left join fund f on f.no = d.fund_no join source s on s.no = d.source_no
        where d.book_no = ${bookNo} and ${cut(sql`d.known_at`, knownBefore)} order by d.valid_from desc, d.no desc`,
  );
}

/** What the terms of a book's funds name as delivered, for those that name it. */
export async function fundTermsDelivered(
  db: Queries,
  bookNo: number,
): Promise<readonly Readonly<{ fund: string; from: string; counts: CountedEvent; source: SourceRef | null }>[]> {
  return rowsOf(
    db,
    sql`select f.id as fund, lower(f.valid) as "from", f.terms ->> 'delivered' as counts,
               (select ${sourceRef} from source s where s.id = 'decision-' || p.id) as source
        from fund f join proposal p on p.no = f.proposal_no where f.book_no = ${bookNo} and f.terms ->> 'delivered' is not null order by f.no`,
  );
}

/** Enters what counts as delivered from a day on. */
export async function insertPolicy(
  trx: Queries,
  policy: Readonly<{
    bookNo: number;
    fund: string | null;
    from: string;
    counts: CountedEvent;
    knownAt: string;
    source: string;
    actor: string;
  }>,
): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into delivered_policy (book_no, fund_no, valid_from, counts, known_at, source_no, actor)
        select ${policy.bookNo}, (select no from fund where id = ${policy.fund}), ${policy.from}::date, ${policy.counts}, ${policy.knownAt}::timestamptz,
               s.no, ${policy.actor} from source s where s.id = ${policy.source}`,
  );
}
