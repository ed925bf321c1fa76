import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeList } from "#app/foresight/milestones/changes.ts";
import { milestoneList, milestoneView } from "#app/foresight/milestones/list.ts";
import { actOnMilestone, changeMilestone, enteringMilestones } from "#app/foresight/milestones/write.ts";
import type { MilestoneAct, WrittenMilestone } from "#core/foresight/milestones/edit.ts";
import { rowsOf, sql, connect, type Database } from "#store/database.ts";
import type { TestDatabase } from "../support/database.ts";
import { openSeeded } from "../support/seeded.ts";
import { by, stated } from "./support.ts";

let opened: { database: TestDatabase; db: Database; close: () => Promise<void> };
let db: Database;
beforeAll(async () => {
  opened = await openSeeded();
  ({ db } = opened);
});
afterAll(() => opened.close());

const clock = () => "2024-12-31T12:00:00Z";
const show = async (id: string, knownAt?: string) => milestoneView(db, clock, { book: "test", id, knownAt });
const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { code?: string }) => error.code ?? "another fault",
  );
const change = async (
  id: string,
  now: string,
  written: WrittenMilestone & Readonly<{ version?: number }>,
  { reason = "because", known }: Readonly<{ reason?: string; known?: string }> = {},
) => changeMilestone(db, "test", id, written, await enteringMilestones(db, "test", by(now, reason), known));
const act = async (
  id: string,
  what: MilestoneAct,
  now: string,
  said: Readonly<{ on?: string; evidence?: readonly string[]; version?: number }> = {},
  reason?: string,
) => actOnMilestone(db, "test", id, what, said, await enteringMilestones(db, "test", by(now, reason)));

describe("a milestone on record", () => {
  test("keeps every day it was expected on, and stands on any day as it was known then", async () => {
    await stated(db, "summit", "2024-01-05T09:00:00Z", {
      kind: "summit",
      owner: "aaa",
      group: "pact",
      condition: "amount received EUR 1000.00",
      evidence: ["source:made-up"],
    });
    await change("summit", "2024-03-01T09:00:00Z", { on: "2024-08-10" }, { reason: "The hall is not free" });
    await change("summit", "2024-07-20T09:00:00Z", { on: "2024-07-31" }, { reason: "Another hall" });
    await act("summit", "meet", "2024-08-05T09:00:00Z", { on: "2024-08-02" });
    expect(await show("summit")).toMatchObject({
      state: "met",
      on: "2024-07-31",
      firstOn: "2024-07-10",
      shifts: 2,
      shiftedDays: 21,
      happenedOn: "2024-08-02",
      daysLate: 2,
      version: 4,
      owner: { party: "aaa", name: "Aland" },
      groupName: "The Pact",
      condition: { kind: "amount", says: "At least EUR 1,000.00 is received or further." },
      evidence: [{ kind: "source", id: "made-up", address: "/sources/made-up" }],
      days: [
        { on: "2024-07-10", movedDays: null },
        { on: "2024-08-10", movedDays: 31, reason: "The hall is not free" },
        { on: "2024-07-31", movedDays: -10, reason: "Another hall", actor: "tester" },
      ],
    });
    expect((await show("summit")).history.map((one) => [one.seq, one.state])).toEqual([
      [4, "met"],
      [3, "expected"],
      [2, "expected"],
      [1, "expected"],
    ]);
    expect(await show("summit", "2024-02-29")).toMatchObject({ state: "expected", on: "2024-07-10", shifts: 0 });
    expect(await show("summit", "2024-07-15")).toMatchObject({
      state: "late",
      on: "2024-08-10",
      shifts: 1,
      daysLate: 5,
    });
    expect(await show("summit", "2024-08-04")).toMatchObject({ state: "no-word", daysLate: 4, happenedOn: null });
    expect(await codeOf(show("summit", "2024-01-04"))).toBe("unknown_milestone");
  });

  test("is missed, cancelled and reopened with reasons; what is over moves no more", async () => {
    const now = "2024-05-01T09:00:00Z";
    await stated(db, "talks", "2024-04-01T09:00:00Z");
    expect(await codeOf(act("talks", "miss", now))).toBe("change_without_reason");
    await act("talks", "miss", now, {}, "They did not come");
    expect(await show("talks")).toMatchObject({ state: "missed", happenedOn: "2024-05-01", says: "They did not come" });
    expect(await codeOf(change("talks", now, { on: "2024-09-01" }))).toBe("milestone_over");
    expect(await codeOf(act("talks", "meet", now))).toBe("milestone_over");
    await act("talks", "reopen", now, {}, "They came after all");
    expect(await show("talks", "2024-05-01")).toMatchObject({ state: "expected", happenedOn: null });
    expect(await codeOf(act("talks", "reopen", now, {}, "again"))).toBe("milestone_not_over");
    await act("talks", "cancel", now, {}, "Nobody wants it");
    expect(await show("talks")).toMatchObject({ state: "cancelled" });
  });

  test.each<[string, () => Promise<unknown>, string]>([
    ["a taken id", async () => stated(db, "taken", "2024-04-02T09:00:00Z"), "record_named_twice"],
    [
      "a day that is none",
      async () => stated(db, "x", "2024-04-02T09:00:00Z", { on: "2024-02-30" }),
      "milestone_invalid",
    ],
    ["an unknown book", async () => milestoneList(db, clock, { book: "nowhere" }), "unknown_book"],
    ["a nation that is none", async () => milestoneList(db, clock, { book: "test", nation: "zzz" }), "unknown_party"],
    ["a fund that is none", async () => milestoneList(db, clock, { book: "test", fund: "zzz" }), "unknown_fund"],
    [
      "evidence not on record",
      async () => change("taken", "2024-04-02T09:00:00Z", { evidence: ["posting:99"] }),
      "milestone_invalid",
    ],
    [
      "what depends on nothing known",
      async () => change("taken", "2024-04-02T09:00:00Z", { dependsOn: ["zzz"] }),
      "unknown_milestone",
    ],
    [
      "a change without a reason",
      async () => change("taken", "2024-04-02T09:00:00Z", { note: "n" }, { reason: " " }),
      "change_without_reason",
    ],
    [
      "a change of nothing",
      async () => change("taken", "2024-04-02T09:00:00Z", { on: "2024-07-10" }),
      "change_changes_nothing",
    ],
    [
      "what was known before the last version",
      async () => change("taken", "2024-04-02T09:00:00Z", { on: "2024-08-01" }, { known: "2024-03-31" }),
      "version_out_of_order",
    ],
    [
      "what is to be known tomorrow",
      async () => change("taken", "2024-04-02T09:00:00Z", { on: "2024-08-01" }, { known: "2024-04-03" }),
      "parameter_invalid",
    ],
    [
      "known at no instant",
      async () => change("taken", "2024-04-02T09:00:00Z", { on: "2024-08-01" }, { known: "Tomorrow" }),
      "parameter_invalid",
    ],
    [
      "met in the future",
      async () => act("taken", "meet", "2024-04-02T09:00:00Z", { on: "2024-04-03" }),
      "milestone_invalid",
    ],
    [
      "a version that was not seen",
      async () => change("taken", "2024-04-02T09:00:00Z", { on: "2024-08-01", version: 7 }),
      "milestone_changed_meanwhile",
    ],
    [
      "what follows from the record",
      async () => change("decision:x", "2024-04-02T09:00:00Z", { on: "2024-08-01" }),
      "milestone_of_the_record",
    ],
    [
      "what nobody stated",
      async () => change("nothing", "2024-04-02T09:00:00Z", { on: "2024-08-01" }),
      "unknown_milestone",
    ],
  ])("%s is refused", async (_, work, code) => {
    if ((await codeOf(show("taken"))) !== "done") await stated(db, "taken", "2024-04-01T09:00:00Z");
    expect(await codeOf(work())).toBe(code);
    expect(await show("taken")).toMatchObject({ version: 1, state: "no-word" });
  });

  test("depends on others, and is at risk when there is no word of them, but never in a circle", async () => {
    const now = "2024-02-02T09:00:00Z";
    await stated(db, "report", "2024-02-01T09:00:00Z", { on: "2024-05-01" });
    await stated(db, "review", "2024-02-01T09:00:00Z", { on: "2024-06-01", dependsOn: ["report"] });
    expect(await show("review", "2024-04-30")).toMatchObject({ state: "expected", needs: [{ id: "report" }] });
    expect(await show("review", "2024-05-03")).toMatchObject({
      state: "at-risk",
      why: ["It depends on “The report”, whose day passed 2 days ago with no word yet."],
      needs: [{ id: "report", state: "no-word", daysLate: 2 }],
    });
    expect((await show("report")).neededBy).toMatchObject([{ id: "review" }]);
    expect(await codeOf(change("report", now, { dependsOn: ["review"] }))).toBe("milestone_circle");
    expect(await codeOf(change("report", now, { dependsOn: ["report"] }))).toBe("milestone_invalid");
    await change("review", "2024-03-01T09:00:00Z", { dependsOn: [] });
    // By now there would be no circle, but there would have been one in February.
    expect(await codeOf(change("report", now, { dependsOn: ["review"] }, { known: "2024-02-10" }))).toBe(
      "parameter_invalid",
    );
    expect(
      await codeOf(change("report", "2024-03-02T09:00:00Z", { dependsOn: ["review"] }, { known: "2024-02-10" })),
    ).toBe("milestone_circle");
    expect(await codeOf(change("report", "2024-03-02T09:00:00Z", { dependsOn: ["review"] }))).toBe("done");
  });

  test("belongs to the nations it names, to who answers for it, and to the members of its group on its day", async () => {
    const known = "2022-01-01T09:00:00Z";
    const of = async (nation: string) =>
      (await milestoneList(db, clock, { book: "test", nation, q: "gathering" })).items.map((one) => one.id).toSorted();
    await stated(db, "gathering-1", known, { group: "pact", on: "2022-06-01" });
    await stated(db, "gathering-0", known, { group: "pact", on: "2022-05-31" });
    await stated(db, "gathering-2", known, { owner: "bbb", on: "2022-07-01" });
    await stated(db, "gathering-3", known, { parties: ["bbb", "aaa"], on: "2022-07-01" });
    expect(await of("aaa")).toEqual(["gathering-1", "gathering-3"]);
    expect(await of("bbb")).toEqual(["gathering-2", "gathering-3"]);
    expect(await of("rrr")).toEqual([]);
  });

  test("late ones come first, then those without word, the longest past before; then what is to come, then what is over", async () => {
    await stated(db, "order-1", "2023-01-01T09:00:00Z", { on: "2023-03-01" });
    await stated(db, "order-2", "2023-01-01T09:00:00Z", { on: "2023-02-01" });
    await stated(db, "order-3", "2023-01-01T09:00:00Z", { on: "2023-12-01" });
    await stated(db, "order-4", "2023-01-01T09:00:00Z", { on: "2023-11-01" });
    await stated(db, "order-5", "2023-01-01T09:00:00Z", { on: "2023-02-10" });
    await act("order-5", "meet", "2023-02-10T12:00:00Z");
    await stated(db, "order-6", "2023-01-01T09:00:00Z", { on: "2023-03-10" });
    await change("order-6", "2023-03-11T09:00:00Z", { on: "2023-12-31" });
    await stated(db, "order-7", "2023-01-01T09:00:00Z", { on: "2023-02-20" });
    await change("order-7", "2023-02-21T09:00:00Z", { on: "2024-12-31" });
    const ask = { book: "test", q: "order-", knownAt: "2023-04-01" };
    const whole = await milestoneList(db, clock, ask);
    expect(whole.items.map((one) => one.id)).toEqual([
      "order-7",
      "order-6",
      "order-2",
      "order-1",
      "order-4",
      "order-3",
      "order-5",
    ]);
    expect(whole).toMatchObject({ today: "2023-04-01", total: 7, next: null });
    expect(whole.states).toEqual({ late: 2, "no-word": 2, "at-risk": 0, expected: 2, met: 1, missed: 0, cancelled: 0 });
    expect(whole.months).toContainEqual({ month: "2023-02", late: 0, noWord: 1, open: 0, met: 1, over: 0 });
    expect(whole.months).toContainEqual({ month: "2023-12", late: 1, noWord: 0, open: 1, met: 0, over: 0 });
    const first = await milestoneList(db, clock, { ...ask, limit: 2 });
    const second = await milestoneList(db, clock, { ...ask, limit: 2, cursor: first.next ?? "" });
    expect([...first.items, ...second.items].map((one) => one.id)).toEqual([
      "order-7",
      "order-6",
      "order-2",
      "order-1",
    ]);
    for (const [state, many] of [
      ["open", 6],
      ["over", 1],
      ["late", 2],
      ["no-word", 2],
      ["met", 1],
      ["missed", 0],
      ["all", 7],
    ] as const)
      expect([state, (await milestoneList(db, clock, { ...ask, state })).total]).toEqual([state, many]);
    expect((await milestoneList(db, clock, { ...ask, from: "2023-02-10", until: "2023-11-01" })).total).toBe(3);
    for (const part of [{ from: "2023-02-30" }, { until: "soon" }])
      expect(await codeOf(milestoneList(db, clock, { ...ask, ...part }))).toBe("invalid_date");
    expect(await codeOf(milestoneList(db, clock, { ...ask, cursor: "nonsense" }))).toBe("parameter_invalid");
  });
});

describe("two at once", () => {
  test("of those that saw the same version one shifts it, and the others are told", async () => {
    await stated(db, "race", "2024-01-01T09:00:00Z");
    const days = Array.from({ length: 12 }, (_, index) => `2024-08-${String(index + 1).padStart(2, "0")}`);
    const codes = await Promise.all(
      days.map(async (on) => codeOf(change("race", "2024-01-02T09:00:00Z", { on, version: 1 }))),
    );
    expect(codes.filter((code) => code === "done")).toHaveLength(1);
    expect(codes.filter((code) => code === "milestone_changed_meanwhile")).toHaveLength(11);
    expect(await show("race")).toMatchObject({ version: 2, on: days[codes.indexOf("done")] });
  });

  test("those that say nothing of a version follow one another; none is lost, and none comes before what it follows", async () => {
    await stated(db, "race-2", "2024-01-01T09:00:00Z");
    const days = Array.from({ length: 12 }, (_, index) => `2024-08-${String(index + 1).padStart(2, "0")}`);
    // Clocks that go differently: the later of two may say an earlier instant.
    const codes = await Promise.all(
      days.map(async (on, index) =>
        codeOf(change("race-2", `2024-01-02T09:00:${String(30 - index).padStart(2, "0")}Z`, { on })),
      ),
    );
    expect(new Set(codes)).toEqual(new Set(["done"]));
    const { days: kept, history } = await show("race-2");
    expect(
      kept
        .slice(1)
        .map((one) => one.on)
        .toSorted(),
    ).toEqual(days);
    const known = history.toReversed().map((one) => Date.parse(one.knownAt));
    expect(known).toEqual(known.toSorted((one, other) => one - other));
  });

  test("two that together would make a circle: one of them is refused", async () => {
    await stated(db, "ring-1", "2024-01-01T09:00:00Z");
    await stated(db, "ring-2", "2024-01-01T09:00:00Z");
    const codes = await Promise.all([
      codeOf(change("ring-1", "2024-01-02T09:00:00Z", { dependsOn: ["ring-2"] })),
      codeOf(change("ring-2", "2024-01-02T09:00:00Z", { dependsOn: ["ring-1"] })),
    ]);
    expect(codes.toSorted()).toEqual(["done", "milestone_circle"]);
  });
});

describe("the database itself", () => {
  const insert = (seq: number, known: string, state = "expected", body = '{"on": "2024-07-10", "happenedOn": null}') =>
    rowsOf(
      db,
      sql`insert into dated_milestone_version (dated_milestone_no, seq, state, body, known_at, source_no, actor)
          select m.no, ${seq}, ${state}, ${body}::jsonb, ${known}::timestamptz, (select min(no) from source), 'hand'
          from dated_milestone m where m.id = 'held'`,
    );

  test("changes and removes nothing, and takes no version out of its turn", async () => {
    await stated(db, "held", "2024-01-05T09:00:00Z");
    await expect(insert(1, "2024-02-01T00:00:00Z")).rejects.toThrow(/does not follow/);
    await expect(insert(3, "2024-02-01T00:00:00Z")).rejects.toThrow(/does not follow/);
    await expect(insert(2, "2024-01-04T00:00:00Z")).rejects.toThrow(/was known before/);
    await expect(insert(2, "infinity")).rejects.toThrow(/check constraint/);
    await expect(insert(2, "2024-02-01T00:00:00Z", "met")).rejects.toThrow(/check constraint/);
    await expect(insert(2, "2024-02-01T00:00:00Z", "expected", "{}")).rejects.toThrow(/check constraint/);
    const owner = connect(opened.database.owner);
    for (const table of ["dated_milestone", "dated_milestone_version"]) {
      await expect(rowsOf(owner, sql`delete from ${sql.table(table)}`)).rejects.toThrow(/append_only/);
      await expect(rowsOf(db, sql`delete from ${sql.table(table)}`)).rejects.toThrow(/permission denied/);
    }
    await owner.destroy();
    expect((await show("held")).version).toBe(1);
  });
});

type Step = Readonly<{ kind: "add" | "shift" | MilestoneAct; id: number; day: number }>;
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("add", "shift", "shift", "meet", "miss", "cancel", "reopen" as const),
    id: fc.nat(3),
    day: fc.nat(300),
  }),
  { minLength: 3, maxLength: 14 },
);
const dayAfter = (base: string, days: number) =>
  new Date(Date.parse(`${base}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

describe("nothing added later changes what was known before", () => {
  test("the list, and what had changed, as known at the end of any day are the same whatever is entered after it", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (sequence) => {
        run += 1;
        const told = new Map<string, string>();
        const asKnown = async (knownAt: string) =>
          JSON.stringify([
            await milestoneList(db, clock, { book: "test", q: `run-${run}-`, knownAt }),
            (await changeList(db, clock, { book: "test", since: "2020-01-01", knownAt, limit: 1000 })).items.filter(
              (one) => one.milestone?.startsWith(`run-${run}-`),
            ),
          ]);
        for (const [index, { kind, id, day }] of sequence.entries()) {
          const known = dayAfter("2023-01-01", index);
          const name = `run-${run}-${id}`;
          const on = dayAfter("2023-01-01", day);
          const now = `${known}T12:00:00Z`;
          // What is not allowed is refused, and changes nothing either.
          await codeOf(
            kind === "add"
              ? stated(db, name, now, { on })
              : kind === "shift"
                ? change(name, now, { on })
                : act(name, kind, now, {}, "because"),
          );
          told.set(known, await asKnown(known));
        }
        for (const [known, list] of told) expect([known, await asKnown(known)]).toEqual([known, list]);
      }),
      { numRuns: 8 },
    );
  }, 120_000);
});
