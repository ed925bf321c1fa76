import type { RawBuilder } from "kysely";
import { sql } from "./database.ts";

/** By decisions of which book, known before which instant: null is the latest. */
export type Knowledge = Readonly<{ bookNo: number; frame: Readonly<{ knownBefore: string | null }> }>;

/** A derived table of the groups under others: format_no, by_no, valid (empty where the decision ended before it began), proposal_no. */
export function takeovers({ bookNo, frame }: Knowledge): RawBuilder<unknown> {
  return sql`takeovers_of(${bookNo}, ${frame.knownBefore}::timestamptz)`;
}

/**
 * A derived table of who belonged to a group or to one under it, and when: party_no and `valid`, all the days together, one row a party. A
 * member of a group that is under another counts on the days on which both hold. Groups and spans met before are not followed again, so
 * that groups under each other come to an end.
 */
export function membersUnder(slug: string, knowledge: Knowledge): RawBuilder<unknown> {
  return sql`(
    with recursive beneath as (
      select no as group_no, daterange(null, null) as valid from party_group where slug = ${slug}
      union
      select t.format_no, b.valid * t.valid from beneath b join ${takeovers(knowledge)} t on t.by_no = b.group_no and t.valid && b.valid
    )
    select m.party_no, range_agg(m.valid * b.valid) as valid
    from beneath b join membership m on m.group_no = b.group_no and m.valid && b.valid group by m.party_no)`;
}
