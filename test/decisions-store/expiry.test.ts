import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { decisionCalendar, proposalExpiry, settleProposals } from "#app/decisions.ts";
import { handlersOf } from "#app/jobs.ts";
import { filedProcedures } from "#app/procedures.ts";
import { readProcedure } from "#formats/procedures/read.ts";
import { rowsOf, sql } from "#store/database.ts";
import { runJobs } from "#store/jobs/run.ts";
import { eventually } from "../server/programs.ts";
import {
  instant,
  minutes,
  objection,
  openDesk,
  refusal,
  silence,
  stated,
  stored,
  text,
  usual,
  type Desk,
} from "./support.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => desk.close());

const expiry = minutes(60);
let count = 0;
let id = "";

beforeEach(async () => {
  count += 1;
  id = `silent-${count}`;
  await desk.at(0).open({ id });
  await desk.at(1).enter(text(), id);
  await desk.at(2).enter(silence(expiry), id);
});

test.each([
  ["a millisecond before the expiry, an objection counts", expiry - 1, "accepted", []],
  ["at the expiry, it does not", expiry, "silence_already_expired", [{ result: "adopted" }]],
  ["a millisecond after, it does not", expiry + 1, "silence_already_expired", [{ result: "adopted" }]],
])("%s", async (_, at, code, decided) => {
  expect(await refusal(desk.at(at).enter(objection("n1"), id))).toBe(code);
  expect(await desk.at(minutes(600)).view(id)).toMatchObject({ step: code === "accepted" ? "broken" : "adopted" });
  expect(await stored(desk.db, id)).toMatchObject(decided);
});

describe("however late the program looks, the decision is of the right instant", () => {
  const decided = [{ result: "adopted", at: new Date(instant(expiry)).toISOString() }];

  test("when it is shown", async () => {
    expect(await desk.at(minutes(5000)).view(id)).toMatchObject({
      decidedAt: instant(expiry),
      lastAt: instant(expiry),
    });
    expect(await stored(desk.db, id)).toMatchObject(decided);
  });

  test("when it is listed", async () => {
    const { proposals, deadlines } = await decisionCalendar(desk.db, desk.at(minutes(5000)).clock, usual.book);
    expect(proposals.find((one) => one.id === id)).toMatchObject({ decidedAt: instant(expiry), expiresAt: null });
    expect(deadlines.filter((one) => one.address === `/decisions/${id}`)).toEqual([
      {
        at: instant(expiry),
        kind: "silence-expires",
        title: "Silence on “The text” expired",
        address: `/decisions/${id}`,
      },
    ]);
    expect(await stored(desk.db, id)).toMatchObject(decided);
  });

  test("when something more is put on its record, even if that is refused", async () => {
    expect(await refusal(desk.at(minutes(5000)).enter(stated("n1", "for"), id))).toBe("silence_already_expired");
    expect(await stored(desk.db, id)).toMatchObject(decided);
  });

  test("when the server starts", async () => {
    expect(await settleProposals(desk.db, desk.at(minutes(5000)).clock)).toContain(id);
    expect(await settleProposals(desk.db, desk.clock)).toEqual([]);
    expect(await stored(desk.db, id)).toMatchObject(decided);
  });

  test("when its job comes, after every program was gone", async () => {
    const faults: Error[] = [];
    const runner = await runJobs({
      connection: desk.database.program,
      handlers: handlersOf(desk.db, desk.at(minutes(5000)).clock),
      onFault: ({ error }) => faults.push(error),
    });
    await eventually("the decision", async () => (await stored(desk.db, id)).length > 0);
    await runner.stop();
    expect(faults).toEqual([]);
    expect(await stored(desk.db, id)).toMatchObject(decided);
  });
});

test("settled twice, by two programs at once, it is decided once", async () => {
  desk.at(minutes(61));
  await Promise.all([desk.view(id), desk.view(id), settleProposals(desk.db, desk.clock), desk.view(id)]);
  expect(await stored(desk.db, id)).toHaveLength(1);
});

test("extended, it runs to the later expiry, and its one job with it", async () => {
  await desk.at(minutes(50)).enter({ type: "silence-extended", expiresAt: instant(minutes(120)) }, id);
  expect(await desk.at(minutes(61)).view(id)).toMatchObject({ step: "silence", expiresAt: instant(minutes(120)) });
  const jobs = await rowsOf<{ at: string }>(
    desk.db,
    sql`select data ->> 'at' as at from mainstay_jobs.job where name = 'silence-expiry' and data #>> '{data,proposal}' = ${id} and state < 'active'`,
  );
  expect(jobs).toEqual([{ at: instant(minutes(120)) }]);
  expect(await desk.at(minutes(121)).view(id)).toMatchObject({ decidedAt: instant(minutes(120)) });
});

test("a program whose clock goes slower than that of who decided cannot get in before the decision", async () => {
  await desk.at(expiry).view(id);
  desk.at(expiry - 5);
  expect(await refusal(desk.enter(objection("n1"), id))).toBe("proposal_event_out_of_order");
  expect(await desk.view(id)).toMatchObject({ step: "adopted", now: new Date(instant(expiry)).toISOString() });
});

test("an event earlier than one on record is refused", async () => {
  expect(await refusal(desk.at(1).enter(stated("n1", "for"), id))).toBe("proposal_event_out_of_order");
});

test("broken at its end by too many abstainers, it is not decided and can be issued anew", async () => {
  const own = "thirds";
  await desk.at(0).open({ id: own, procedure: "consensus-silence-constructive" });
  await desk.at(1).enter(text(), own);
  await desk.at(2).enter(silence(expiry), own);
  for (const party of ["n1", "n2"]) await desk.enter(stated(party, "constructive-abstain", "We stay out."), own);
  expect(await desk.at(minutes(70)).view(own)).toMatchObject({ step: "broken", result: null });
  expect(await stored(desk.db, own)).toEqual([]);
});

describe("the expiry asked for", () => {
  const ask = (wanted: Parameters<typeof proposalExpiry>[3], own = id) =>
    proposalExpiry(desk.db, desk.at(250).clock, own, wanted);

  test.each([
    ["an instant as it is", { expires: "2025-04-01T10:00:00Z" }, "2025-04-01T10:00:00Z"],
    ["seconds from now, to the next whole one", { seconds: 90 }, "2025-03-03T12:01:31Z"],
    ["working days in Brussels, at five", { workingDays: 1 }, "2025-03-04T16:00:00Z"],
    ["over a weekend", { workingDays: 5 }, "2025-03-10T16:00:00Z"],
    ["the procedure's usual number without any", {}, "2025-03-05T16:00:00Z"],
  ])("%s", async (_, wanted, expected) => {
    expect(await ask(wanted)).toBe(expected);
  });

  test("needs an instant where the procedure has no usual deadline: silence_expiry_missing", async () => {
    await desk.at(0).open({ id: "usual-less", procedure: "simple-majority" });
    expect(await refusal(ask({}, "usual-less"))).toBe("silence_expiry_missing");
  });

  test("goes by a calendar that is there: unknown_calendar", async () => {
    const [silent] = (await filedProcedures()).filter((one) => one.procedure.id === "consensus-silence");
    const written = silent?.text.replace('"calendar": "brussels"', '"calendar": "atlantis"') ?? "";
    const filed = [{ text: written, procedure: readProcedure(written, "x.json") }];
    await desk.at(0).open({ id: "calendar-less" }, filed);
    expect(await refusal(ask({ workingDays: 1 }, "calendar-less"))).toBe("unknown_calendar");
  });
});
