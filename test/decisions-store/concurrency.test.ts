import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { rowOf, sql } from "#store/database.ts";
import { eventually } from "../server/programs.ts";
import { minutes, objection, openDesk, refusal, silence, stated, text, type Desk } from "./support.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => desk.close());

let count = 0;
let id = "";
beforeEach(async () => {
  count += 1;
  id = `raced-${count}`;
  await desk.at(0).open({ id });
  await desk.at(1).enter(text(), id);
});

/** How many events of a kind and jobs there are for the proposal. */
const onRecord = async (kind: string) =>
  rowOf<{ events: number; jobs: number }>(
    desk.db,
    sql`select (select count(*)::int from proposal_event e join proposal p on p.no = e.proposal_no where p.id = ${id} and e.kind = ${kind}) as events,
               (select count(*)::int from mainstay_jobs.job where data #>> '{data,proposal}' = ${id}) as jobs`,
  );

test("six break the silence at once: one does, the others are told that it is broken", async () => {
  await desk.enter(silence(minutes(60)), id);
  const parties = ["n1", "n2", "n3", "n4", "n5", "n6"];
  const codes = await Promise.all(parties.map(async (party) => refusal(desk.enter(objection(party), id))));
  expect(codes.toSorted()).toEqual(["accepted", ...Array.from({ length: 5 }, () => "proposal_transition_not_allowed")]);
  expect(await onRecord("objection")).toMatchObject({ events: 1 });
});

test("positions of all at once are all on record, one after the other", async () => {
  const parties = ["n1", "n2", "n3", "n4", "n5", "n6"];
  await Promise.all(parties.map(async (party) => desk.enter(stated(party, "for"), id)));
  const { events } = await desk.view(id);
  expect(events.map((event) => event.seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect((await desk.view(id)).counts).toContainEqual({ standing: "for", weights: { members: "6" } });
});

test("two secretaries issue the second version at once: it is numbered once each", async () => {
  await Promise.all([desk.enter(text("One"), id), desk.enter(text("Other"), id)]);
  expect((await desk.view(id)).texts.map((one) => one.version)).toEqual([1, 2, 3]);
});

test("a program killed between an event and its deadline leaves neither", async () => {
  // What is needed to enter the deadline is held, so that the program stands there with its event entered and not committed.
  const holder = new pg.Client(desk.database.owner);
  await holder.connect();
  await holder.query(
    "begin; lock table mainstay_jobs.job in access exclusive mode; lock table mainstay_jobs.queue in access exclusive mode",
  );
  const script = fileURLToPath(new URL("silence-program.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(desk.database.program), id], { stdio: "inherit" });
  const exited = once(child, "exit");
  const locks = async (which: string) =>
    (
      await holder.query(
        `select from pg_locks where database = (select oid from pg_database where datname = current_database()) and ${which}`,
      )
    ).rowCount;
  await eventually("the program to wait", async () => (await locks("not granted")) === 1);
  child.kill("SIGKILL");
  await exited;
  await holder.query("commit");
  const entering = "relation = 'proposal_event'::regclass and pid <> pg_backend_pid()";
  await eventually("the killed program's transaction to end", async () => (await locks(entering)) === 0);
  await holder.end();
  expect(await onRecord("silence-started")).toEqual({ events: 0, jobs: 0 });
  expect(await desk.view(id)).toMatchObject({ step: "prepared" });
  await desk.enter(silence(minutes(60)), id);
  expect(await onRecord("silence-started")).toEqual({ events: 1, jobs: 1 });
});
