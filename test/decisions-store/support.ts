import { appendProposalEvent, openProposal, proposalView, type Opening } from "#app/decisions.ts";
import type { FiledProcedure } from "#app/procedures.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import type { PositionKind } from "#core/decisions/procedure.ts";
import { MainstayError } from "#core/errors.ts";
import type { ProposalView } from "#core/views-decisions.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import type { TestDatabase } from "../support/database.ts";
import { openSeeded } from "../support/seeded.ts";

/** A group called `ring` of six members with populations, the last of them a lead, and a recipient. The made-up register's own parties are beside it. */
async function seedRing(db: Database): Promise<void> {
  const statements = [
    sql`insert into party (id, name, kind) select 'n' || i, (array['Norland', 'Ostland', 'Pomeria', 'Quisland', 'Rhonia', 'Sudmark'])[i], 'nation'
        from generate_series(1, 6) i`,
    sql`insert into party_group (slug, name, kind, synthetic) values ('ring', 'The Ring', 'alliance', true)`,
    sql`insert into membership (group_no, party_no, role, valid) select g.no, p.no, 'member', daterange('2022-01-01', null)
        from party_group g, party p where g.slug = 'ring' and p.id like 'n_'`,
    sql`insert into membership (group_no, party_no, role, valid) select g.no, p.no, m.role, daterange('2022-01-01', null)
        from (values ('n6', 'lead'), ('rrr', 'recipient')) as m(party, role) join party p on p.id = m.party join party_group g on g.slug = 'ring'`,
    sql`insert into indicator_value (party_no, indicator, year, value, unit, source_no)
        select p.no, 'population', y, 1000 * (8 - right(p.id, 1)::int) + y - 2023, 'persons', s.no
        from party p, source s, generate_series(2022, 2026) y where p.id like 'n_' and s.id = 'made-up'`,
  ];
  for (const statement of statements) await rowsOf(db, statement);
}

/** Milliseconds after noon on 3 March 2025, as an instant. */
export const instant = (milliseconds: number): string =>
  new Date(Date.UTC(2025, 2, 3, 12) + milliseconds).toISOString().replace(".000Z", "Z");
export const minutes = (count: number): number => count * 60_000;

/** A record with the ring, a clock that is set by hand, and what a person does. */
export type Desk = Readonly<{
  db: Database;
  database: TestDatabase;
  clock: () => string;
  at: (milliseconds: number) => Desk; // sets the clock
  open: (opening?: Partial<Opening>, procedures?: readonly FiledProcedure[]) => Promise<ProposalView>;
  enter: (event: EventDraft, id?: string, actor?: string) => Promise<ProposalView>;
  view: (id?: string) => Promise<ProposalView>;
  close: () => Promise<void>;
}>;

export const usual: Opening = {
  id: "fund",
  book: "test",
  group: "ring",
  procedure: "consensus-silence",
  title: "A fund for the ring",
  object: "adopt-report",
};

export async function openDesk(): Promise<Desk> {
  const { db, database, close } = await openSeeded();
  await seedRing(db);
  let now = 0;
  const clock = () => instant(now);
  const desk: Desk = {
    db,
    database,
    clock,
    at: (milliseconds) => {
      now = milliseconds;
      return desk;
    },
    open: async (opening = {}, procedures) =>
      openProposal(db, clock, { ...usual, ...opening }, "secretariat", procedures),
    enter: async (event, id = usual.id, actor = "secretariat") => appendProposalEvent(db, clock, id, event, actor),
    view: async (id = usual.id) => proposalView(db, clock, id),
    close,
  };
  return desk;
}

export const text = (title = "The text"): EventDraft => ({
  type: "text-issued",
  title,
  reference: null,
  body: "Words.",
  terms: null,
});
export const silence = (expiry: number): EventDraft => ({ type: "silence-started", expiresAt: instant(expiry) });
export const stated = (participant: string, position: PositionKind, declaration: string | null = null): EventDraft => ({
  type: "position-stated",
  participant,
  position,
  reason: null,
  declaration,
});
export const objection = (participant: string, words = "Not so.", restricted?: string): EventDraft => ({
  type: "objection",
  participant,
  form: "objection",
  text: words,
  reason: restricted === undefined ? null : { text: restricted, restricted: true },
});
export const reissued = (expiry: number, title = "The text, amended"): EventDraft => ({
  type: "re-issued",
  title,
  reference: null,
  body: "Other words.",
  terms: null,
  expiresAt: instant(expiry),
});

/** The code a call is refused with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof MainstayError) return error.code;
    throw error;
  }
  return "accepted";
}

/** What a proposal ended in, as it is stored. */
export async function stored(
  db: Database,
  id = usual.id,
): Promise<readonly { result: string; at: string; effect: string; outcome: Record<string, unknown> }[]> {
  return rowsOf(
    db,
    sql`select d.result, d.at, d.effect, d.outcome from decision d join proposal p on p.no = d.proposal_no where p.id = ${id}`,
  );
}
