import type { StatedState } from "#core/foresight/milestones/milestone.ts";
import type { StoredMilestone } from "#core/foresight/milestones/normal.ts";
import type { SourceRef } from "#core/views.ts";
import { sourceRef } from "../books.ts";
import { rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";
import { isShown } from "../parties.ts";

/** A version of what somebody stated. */
export type MilestoneVersion = Readonly<{
  no: number; // of the milestone
  id: string;
  seq: number;
  state: StatedState;
  body: StoredMilestone;
  knownAt: string;
  recordedAt: string;
  reason: string;
  actor: string;
  source: SourceRef;
}>;

/** Lets one writer at a time at a book's milestones, to the end of the transaction: what they depend on is looked at together. */
export async function lockMilestones(trx: Queries, bookNo: number): Promise<void> {
  await rowsOf(trx, sql`select pg_advisory_xact_lock(hashtextextended('mainstay.milestones', ${bookNo}::int))`);
}

/** Every version of a book's milestones known before an instant (null: all), by id, each milestone's oldest first. */
export async function milestoneVersions(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
): Promise<MilestoneVersion[]> {
  return rowsOf<MilestoneVersion>(
    db,
    sql`select m.no, m.id, v.seq, v.state, v.body, v.known_at as "knownAt", v.recorded_at as "recordedAt", v.reason, v.actor, ${sourceRef} as source
        from dated_milestone m join dated_milestone_version v on v.dated_milestone_no = m.no join source s on s.no = v.source_no
        where m.book_no = ${bookNo} and ${cut(sql`v.known_at`, knownBefore)} order by m.id collate "C", v.seq`,
  );
}

/** Enters ids of milestones and returns their row numbers by id. None of them is there yet. */
export async function insertMilestones(
  trx: Queries,
  bookNo: number,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const rows = await rowsOf<{ id: string; no: number }>(
    trx,
    sql`insert into dated_milestone (book_no, id) select ${bookNo}, l.id from unnest(${ids}::text[]) with ordinality as l(id, position)
        order by l.position returning id, no`,
  );
  return new Map(rows.map((row) => [row.id, row.no]));
}

/** A dated fact of the past. `knownAt`: its source's day of publication, or its own day where nobody states that one. */
export type FactRow = Readonly<{
  on: string;
  precision: "day" | "by" | "month";
  kind: string;
  title: string;
  group: string | null;
  note: string;
  knownAt: string;
  source: string;
}>;

export async function milestoneFacts(db: Queries, bookNo: number, knownBefore: string | null): Promise<FactRow[]> {
  const known = sql`(greatest(coalesce(s.published_on, m.on_day), m.on_day)::timestamp at time zone 'UTC')`;
  return rowsOf<FactRow>(
    db,
    sql`select m.on_day as "on", m.date_precision as precision, m.kind, m.title, g.slug as "group", m.note, ${known} as "knownAt", s.id as source
        from milestone m join source s on s.no = m.source_no left join party_group g on g.no = m.group_no
        where m.book_no = ${bookNo} and m.date_precision <> 'none' and ${cut(known, knownBefore)} order by m.on_day, m.title`,
  );
}

/** The names by id of what milestones of a book may name: parties and groups it lists, its funds, needs and decisions. */
export async function milestoneNames(
  db: Queries,
  bookNo: number,
): Promise<Readonly<Record<"parties" | "groups" | "funds" | "needs" | "decisions", ReadonlyMap<string, string>>>> {
  const named = async (query: Parameters<typeof rowsOf<{ id: string; name: string }>>[1]) =>
    new Map((await rowsOf<{ id: string; name: string }>(db, query)).map(({ id, name }) => [id, name]));
  return {
    parties: await named(sql`select p.id, p.name from party p where ${isShown("p", bookNo)}`),
    groups: await named(sql`select g.slug as id, g.name from party_group g where ${isShown("g", bookNo)}`),
    funds: await named(sql`select id, title as name from fund where book_no = ${bookNo}`),
    needs: await named(sql`select id, id as name from need where book_no = ${bookNo}`),
    decisions: await named(sql`select id, id as name from proposal where book_no = ${bookNo}`),
  };
}

/** Who belonged to which group when; `until` is the last day. */
export type Membership = Readonly<{ group: string; party: string; from: string | null; until: string | null }>;

export async function memberships(db: Queries, groups: readonly string[]): Promise<Membership[]> {
  return rowsOf<Membership>(
    db,
    sql`select distinct g.slug as "group", p.id as party, lower(m.valid) as "from", upper(m.valid) - 1 as until
        from membership m join party_group g on g.no = m.group_no join party p on p.no = m.party_no
        where g.slug = any (${groups}::text[]) order by 1, 2, 3`,
  );
}

/** Which of the pieces of evidence are not on record in the book: sources and postings of any book are. */
export async function evidenceMissing(
  db: Queries,
  bookNo: number,
  evidence: readonly Readonly<{ kind: string; id: string }>[],
): Promise<readonly string[]> {
  const rows = await rowsOf<{ said: string }>(
    db,
    sql`select e.kind || ':' || e.id as said from unnest(${evidence.map((one) => one.kind)}::text[], ${evidence.map((one) => one.id)}::text[])
          with ordinality as e(kind, id, position)
        where not case e.kind
          when 'source' then exists (select from source where id = e.id)
          when 'posting' then e.id ~ '^[0-9]{1,15}$' and exists (select from posting where no::text = e.id and book_no = ${bookNo})
          when 'decision' then exists (select from proposal where id = e.id and book_no = ${bookNo})
          when 'consignment' then exists (select from consignment where id = e.id and book_no = ${bookNo})
          else false end
        order by e.position`,
  );
  return rows.map((row) => row.said);
}

/** Sources by id. */
export async function sourceRefs(db: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, SourceRef>> {
  const rows = await rowsOf<{ source: SourceRef }>(
    db,
    sql`select ${sourceRef} as source from source s where s.id = any (${ids}::text[])`,
  );
  return new Map(rows.map(({ source }) => [source.id, source]));
}
