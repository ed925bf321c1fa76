import type { RawBuilder } from "kysely";
import { sql } from "../database.ts";

/** What a proposal, and the decision it ends in, is called: by its newest text, by its opening before there is one. `proposal` is the column of its row number. */
export const titleOf = (proposal: string): RawBuilder<string> => sql`(
  select titled.body ->> 'title' from proposal_event titled
  where titled.proposal_no = ${sql.ref(proposal)} and titled.kind in ('opened', 'text-issued', 're-issued') order by titled.seq desc limit 1)`;
