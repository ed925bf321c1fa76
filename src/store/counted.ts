import { classRank, type BindingClass } from "#core/bindingness.ts";
import type { Frame } from "#core/frame.ts";
import type { Dimension } from "#core/views.ts";
import { sql } from "./database.ts";
import { membersUnder } from "./takeovers.ts";
import type { RawBuilder } from "kysely";

/** What a figure is drawn from: one book, a frame, and filters that narrow it. */
export type FigureQuery = Readonly<{
  bookNo: number;
  frame: Frame;
  classes: readonly BindingClass[]; // empty: all
  donor?: string | undefined; // party id
  category?: string | undefined;
  stream?: string | undefined;
  unit?: string | undefined; // what is counted; undefined: all currencies
  promise?: string | undefined; // promise id
}>;

/** One cell: its dimensions in the order asked, an amount in millionths of the frame's unit or why there is none. */
export type Cell = Readonly<{
  dims: readonly (string | null)[];
  unit: string;
  scale: number;
  amount: string | null;
  original: string;
  postings: number;
  reason: string | null;
}>;

/** Each dimension as a column over the aliases of `countedPostings`. */
export const dimensionColumns: Readonly<Record<Dimension, RawBuilder<unknown>>> = {
  donor: sql`d.id`,
  category: sql`pr.category`,
  stream: sql`pr.stream`,
  group: sql`grp.slug`,
  year: sql`coalesce(to_char(p.effective_on, 'YYYY'), 'undated')`,
  month: sql`coalesce(to_char(p.effective_on, 'YYYY-MM'), 'undated')`,
  class: sql`(array['said', 'bound', 'placed', 'moved', 'received'])[p.class]`,
  unit: sql`u.code`,
};

/** The postings a figure counts, as joins and a condition over the aliases p (posting), pr (promise), d (donor), u (unit). */
export function countedPostings(query: FigureQuery): { from: RawBuilder<unknown>; where: RawBuilder<unknown> } {
  const { frame } = query;
  const conditions = [sql`p.book_no = ${query.bookNo}`, sql`p.class is not null`];
  if (query.classes.length > 0) conditions.push(sql`p.class = any(${query.classes.map(classRank)}::smallint[])`);
  if (frame.knownBefore !== null) conditions.push(sql`p.known_at < ${frame.knownBefore}::timestamptz`);
  if (query.donor !== undefined) conditions.push(sql`d.id = ${query.donor}`);
  if (query.category !== undefined) conditions.push(sql`pr.category = ${query.category}`);
  if (query.stream !== undefined) conditions.push(sql`pr.stream = ${query.stream}`);
  if (query.promise !== undefined) conditions.push(sql`pr.id = ${query.promise}`);
  conditions.push(query.unit === undefined ? sql`u.kind = 'currency'` : sql`u.code = ${query.unit}`);
  conditions.push(...boundaryConditions(query));
  return {
    from: sql`posting p join promise pr on pr.no = p.promise_no join party d on d.no = p.donor_no join unit u on u.no = p.unit_no ${boundaryJoins(query)}`,
    where: sql.join(conditions, sql` and `),
  };
}

/**
 * The day on which a posting's giver counts as a member: that of the step or, where it has no date, the day the figure is known at. A
 * posting and the one that takes it back always fall on the same day.
 */
export function membershipDay({ frame }: FigureQuery): RawBuilder<unknown> {
  return sql`coalesce(p.effective_on, ${frame.knownAt ?? "9999-12-31"}::date)`;
}

/** Who stands under a group, once for all postings: each has at most one row, so a giver in several of the groups is counted once. */
function boundaryJoins(query: FigureQuery): RawBuilder<unknown> {
  const { boundary } = query.frame;
  if (boundary.kind !== "under") return sql``;
  const members = membersUnder(boundary.slug, query);
  return sql`join ${members} giver on giver.party_no = p.donor_no left join ${members} receiver on receiver.party_no = p.recipient_no`;
}

/** A giver inside, to someone outside: so transfers between givers net out, and the book's own recipient is always outside. */
function boundaryConditions(query: FigureQuery): RawBuilder<unknown>[] {
  const { boundary } = query.frame;
  const toRecipient = sql`p.recipient_no = (select recipient_no from book where no = ${query.bookNo})`;
  if (boundary.kind === "all") return [toRecipient];
  if (boundary.kind === "under") {
    const belongs = (side: RawBuilder<unknown>) => sql`coalesce(${side} @> ${membershipDay(query)}, false)`;
    return [belongs(sql`giver.valid`), sql`(${toRecipient} or not ${belongs(sql`receiver.valid`)})`];
  }
  if (boundary.kind !== "group") {
    const kind = boundary.kind === "nations" ? "nation" : "organisation";
    return [
      sql`d.kind = ${kind}`,
      sql`(${toRecipient} or exists (select from party r where r.no = p.recipient_no and r.kind <> ${kind}))`,
    ];
  }
  const { slug } = boundary;
  const inside = (party: RawBuilder<unknown>) => sql`exists (
    select from membership m join party_group g on g.no = m.group_no
    where g.slug = ${slug} and m.party_no = ${party} and m.valid @> ${membershipDay(query)})`;
  return [inside(sql`p.donor_no`), sql`(${toRecipient} or not ${inside(sql`p.recipient_no`)})`];
}
