import { afterAll, beforeAll, expect, test } from "vitest";
import { openProposal, proposalView } from "#app/decisions.ts";
import { fundList, fundView } from "#app/funds/view.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import type { Terms } from "#core/decisions/terms.ts";
import { connect, rowsOf, sql, type Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { fundTerms, grant, openDesk, type Desk } from "./desk.ts";

// What the database itself refuses of a decision is why that one has no effect. A fault that passes is none: it is tried again.

let db: Database;
let owner: Database;
let close: () => Promise<void>;
let desk: Desk;
beforeAll(async () => {
  const record = await openRecord();
  ({ db, close } = record);
  owner = connect(record.owner);
  desk = await openDesk(db);
  await desk.decide("fund", fundTerms({ decides: {} }));
  await rowsOf(
    owner,
    sql`create function fault_of_a_test() returns trigger language plpgsql as $$
        begin
          if new.purpose like 'SQLSTATE %' then
            raise exception using errcode = substr(new.purpose, 10), message = 'a fault of a test';
          end if;
          return new;
        end $$`,
  );
  await rowsOf(
    owner,
    sql`create trigger fault_of_a_test before insert on authority for each row execute function fault_of_a_test()`,
  );
});
afterAll(async () => {
  await owner.destroy();
  await close();
});

/** A decision to spend that is adopted at an instant, and meets a fault of the database then, if any. */
async function underway(id: string, state: string | null, expiresAt: string): Promise<void> {
  const purpose = state === null ? "Launchers" : `SQLSTATE ${state}`;
  const terms: Terms = { kind: "spend", fund: "north-fund", grants: [grant({ purpose })] };
  const opening = { id, book: desk.book, group: "nordic-baltic-eight", procedure: "consensus-silence", title: id };
  await openProposal(db, desk.clock, { ...opening, object: terms.kind }, "secretariat");
  await desk.happens(id, { type: "text-issued", title: id, reference: null, body: "", terms } as EventDraft);
  await desk.happens(id, { type: "silence-started", expiresAt });
}

test("what the data of a decision break is kept with it as the reason, and holds up nothing else", async () => {
  for (const state of ["23514", "22003", "22P05"])
    await underway(`of-${state.toLowerCase()}`, state, "2025-01-07T09:00:00Z");
  await underway("sound", null, "2025-01-07T09:00:01Z");
  desk.set("2025-01-07T10:00:00Z");
  await fundList(db, desk.clock, desk.book);
  for (const state of ["23514", "22003", "22P05"]) {
    const { outcome } = await proposalView(db, desk.clock, `of-${state.toLowerCase()}`);
    expect(outcome).toMatchObject({ result: "adopted", at: "2025-01-07T09:00:00Z" });
    expect(outcome?.effect).toBe(`The record does not take what it decides: a fault of a test (${state}).`);
  }
  expect((await proposalView(db, desk.clock, "sound")).authorities).toHaveLength(1);
});

test.each([
  ["40001", "2025-01-08"],
  ["40P01", "2025-01-09"],
  ["08006", "2025-01-10"],
  ["57014", "2025-01-11"],
])(
  "a fault that passes, %s, is not kept: the decision comes into force when it is looked at again",
  async (state, day) => {
    const id = `passing-${state.toLowerCase()}`;
    await underway(id, state, `${day}T09:00:00Z`);
    desk.set(`${day}T10:00:00Z`);
    await expect(fundList(db, desk.clock, desk.book)).rejects.toMatchObject({ code: state });
    await rowsOf(owner, sql`alter table authority disable trigger fault_of_a_test`);
    await fundList(db, desk.clock, desk.book);
    await rowsOf(owner, sql`alter table authority enable trigger fault_of_a_test`);
    const { outcome } = await proposalView(db, desk.clock, id);
    expect(outcome).toMatchObject({ result: "adopted", at: `${day}T09:00:00Z`, effect: "" });
    const { authorities } = await fundView(db, desk.clock, "north-fund");
    expect(authorities.some((one) => one.id === `${id}.1`)).toBe(true);
  },
);
