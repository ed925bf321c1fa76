import type { SourceRef } from "#core/views.ts";
import { sourceRef } from "../books.ts";
import { rowsOf, sql, type Queries } from "../database.ts";
import { cut } from "../known.ts";

/** What is kept by versions: each the whole of what was said, the last known by an instant being the one that counts. */
type Kind = "need" | "offer" | "dated_milestone";

export type Stored<Body, State extends string = string> = Readonly<{
  no: number; // of the need, offer or milestone
  id: string;
  seq: number; // of the version
  state: State;
  body: Body;
  knownAt: string;
  reason: string;
}>;

export type NewVersion = Readonly<{ no: number; seq: number; state: string; body: unknown }>;

/** Enters versions, all with the same source, actor, reason and instant. */
export async function insertVersions(
  trx: Queries,
  kind: Kind,
  versions: readonly NewVersion[],
  by: Readonly<{ knownAt: string; sourceNo: number; actor: string; reason: string }>,
): Promise<void> {
  await rowsOf(
    trx,
    sql`insert into ${sql.table(`${kind}_version`)} (${sql.ref(`${kind}_no`)}, seq, state, body, known_at, source_no, actor, reason)
        select l.no, l.seq, l.state, l.body, ${by.knownAt}::timestamptz, ${by.sourceNo}, ${by.actor}, ${by.reason}
        from unnest(${versions.map((v) => v.no)}::int[], ${versions.map((v) => v.seq)}::int[], ${versions.map((v) => v.state)}::text[],
                    ${versions.map((v) => JSON.stringify(v.body))}::jsonb[]) as l(no, seq, state, body)`,
  );
}

/** The versions that count in a book as known before an instant (null: all), of all ids or of those named, in the order of their ids. */
export async function lastVersions<Body, State extends string>(
  db: Queries,
  kind: Kind,
  bookNo: number,
  { knownBefore, ids }: Readonly<{ knownBefore: string | null; ids?: readonly string[] | undefined }>,
): Promise<Stored<Body, State>[]> {
  const known = cut(sql`v.known_at`, knownBefore);
  const named = ids === undefined ? sql`true` : sql`k.id = any (${ids}::text[])`;
  return rowsOf<Stored<Body, State>>(
    db,
    sql`select * from (
          select distinct on (k.no) k.no, k.id, v.seq, v.state, v.body, v.known_at as "knownAt", v.reason
          from ${sql.table(kind)} k join ${sql.table(`${kind}_version`)} v on ${sql.ref(`v.${kind}_no`)} = k.no
          where k.book_no = ${bookNo} and ${known} and ${named} order by k.no, v.seq desc) last
        order by id collate "C"`,
  );
}

export type StoredVersion<Body> = Readonly<{
  seq: number;
  state: string;
  body: Body;
  reason: string;
  actor: string;
  knownAt: string;
  recordedAt: string;
  source: SourceRef;
}>;

/** Every version of one need, offer or milestone known before an instant, newest first. */
export async function versionsOf<Body>(
  db: Queries,
  kind: Kind,
  no: number,
  knownBefore: string | null,
): Promise<StoredVersion<Body>[]> {
  const known = cut(sql`v.known_at`, knownBefore);
  return rowsOf<StoredVersion<Body>>(
    db,
    sql`select v.seq, v.state, v.body, v.reason, v.actor, v.known_at as "knownAt", v.recorded_at as "recordedAt", ${sourceRef} as source
        from ${sql.table(`${kind}_version`)} v join source s on s.no = v.source_no
        where ${sql.ref(`v.${kind}_no`)} = ${no} and ${known} order by v.seq desc`,
  );
}

/** The ids of a book's needs, also of those withdrawn. */
export async function needIds(db: Queries, bookNo: number): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(db, sql`select id from need where book_no = ${bookNo}`);
  return rows.map((row) => row.id);
}
