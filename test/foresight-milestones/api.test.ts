import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MilestoneList, MilestoneView } from "#core/views-milestones.ts";
import type { ImportOutcome } from "#core/views-planning.ts";
import type { Database } from "#store/database.ts";
import { buildServer } from "../../src/http/server.ts";
import { openSeeded } from "../support/seeded.ts";

let opened: { db: Database; close: () => Promise<void> };
let app: FastifyInstance;
let now = "2024-03-01T09:00:00Z";
beforeAll(async () => {
  opened = await openSeeded();
  app = await buildServer({
    db: opened.db,
    pagesFolder: "/nowhere",
    version: "0",
    clock: () => now,
    actor: "the user",
  });
});
afterAll(async () => {
  await app.close();
  await opened.close();
});

const root = "/api/v1/foresight";
const post = async (address: string, payload: object) =>
  app.inject({ method: "POST", url: `${root}/milestones${address}`, payload: { book: "test", ...payload } });
const get = async (address: string) => app.inject({ url: `${root}${address}` });
const view = async (id: string, query = "") => (await get(`/milestones/${id}?book=test${query}`)).json<MilestoneView>();
const bring = async (text: string, query = "") =>
  app.inject({
    method: "POST",
    url: `${root}/milestones/import?book=test${query}`,
    headers: { "content-type": "text/csv" },
    payload: text,
  });

describe("milestones over the API", () => {
  test("one is stated, shifted, borne out and met; every answer is the milestone as it then stands", async () => {
    const made = await post("", {
      id: "review",
      title: "Half-yearly review",
      on: "2024-06",
      kind: "review",
      owner: "aaa",
      group: "pact",
      condition: "amount received EUR 1000.50 donor=bbb stream=finance",
      source: "Minutes of the pact",
      actor: "Secretariat",
    });
    expect([made.statusCode, made.headers["cache-control"]]).toEqual([200, "no-store"]);
    expect(made.json<MilestoneView>()).toMatchObject({
      id: "review",
      state: "expected",
      on: "2024-06-30",
      precision: "month",
      version: 1,
      condition: { kind: "amount", text: "amount received EUR 1000.50 donor=bbb stream=finance" },
      probability: null,
      source: { title: "Made up: Minutes of the pact" },
      history: [{ actor: "Secretariat", knownAt: "2024-03-01T09:00:00.000Z" }],
    });
    now = "2024-04-01T09:00:00Z";
    const moved = await post("/review/changes", { on: "2024-09-15", version: 1, reason: "The reports are late" });
    expect(moved.json<MilestoneView>()).toMatchObject({ version: 2, shifts: 1, shiftedDays: 77, on: "2024-09-15" });
    now = "2024-09-20T09:00:00Z";
    expect(await view("review")).toMatchObject({ state: "no-word", daysLate: 5 });
    const met = await post("/review/acts", { act: "meet", on: "2024-09-18", evidence: ["source:made-up"] });
    expect(met.json<MilestoneView>()).toMatchObject({
      state: "met",
      daysLate: 3,
      evidence: [{ kind: "source", id: "made-up" }],
      history: [{ actor: "the user" }, {}, {}],
    });
    expect(await view("review", "&known_at=2024-03-15")).toMatchObject({ state: "expected", version: 1 });
    const list = (await get("/milestones?book=test&kind=review&known_at=2024-04-01")).json<MilestoneList>();
    expect(list).toMatchObject({ total: 1, today: "2024-04-01", items: [{ id: "review", on: "2024-09-15" }] });
    // It was known earlier than it was entered.
    const early = await post("", { id: "early", title: "Early", on: "2024-12-01", known: "2024-01-02" });
    expect(early.json<MilestoneView>().knownAt).toBe("2024-01-02T00:00:00.000Z");
    expect((await view("early", "&known_at=2024-01-02")).id).toBe("early");
  });

  test.each<[string, string, object, number, string]>([
    [
      "a field that it does not know",
      "",
      { id: "x", title: "X", on: "2024-12-01", colour: "red" },
      400,
      "parameter_invalid",
    ],
    ["no title", "", { id: "x", on: "2024-12-01" }, 400, "parameter_invalid"],
    ["a day that is none", "", { id: "x", title: "X", on: "soon" }, 422, "milestone_invalid"],
    [
      "a condition that is none",
      "",
      { id: "x", title: "X", on: "2024-12-01", condition: "hope" },
      400,
      "parameter_invalid",
    ],
    ["a party that is none", "", { id: "x", title: "X", on: "2024-12-01", parties: ["zzz"] }, 404, "unknown_party"],
    ["a group that is none", "", { id: "x", title: "X", on: "2024-12-01", group: "zzz" }, 404, "unknown_group"],
    ["a fund that is none", "", { id: "x", title: "X", on: "2024-12-01", fund: "zzz" }, 404, "unknown_fund"],
    ["a taken id", "", { id: "review", title: "X", on: "2024-12-01" }, 409, "record_named_twice"],
    [
      "too many parties",
      "",
      { id: "x", title: "X", on: "2024-12-01", parties: Array.from({ length: 51 }, () => "aaa") },
      400,
      "parameter_invalid",
    ],
    ["a NUL", "", { id: "x", title: "X\u0000", on: "2024-12-01" }, 400, "parameter_invalid"],
    ["a change without a reason", "/review/changes", { on: "2024-12-01" }, 400, "parameter_invalid"],
    ["a change of what is over", "/review/changes", { on: "2024-12-01", reason: "r" }, 409, "milestone_over"],
    [
      "a change of a version not seen",
      "/early/changes",
      { on: "2025-01-01", reason: "r", version: 9 },
      409,
      "milestone_changed_meanwhile",
    ],
    ["a circle of one's own", "/early/changes", { dependsOn: ["early"], reason: "r" }, 422, "milestone_invalid"],
    [
      "what follows from the record",
      "/decision:x/changes",
      { on: "2024-12-01", reason: "r" },
      422,
      "milestone_of_the_record",
    ],
    ["what is not there", "/nothing/acts", { act: "meet" }, 404, "unknown_milestone"],
    ["an act that is none", "/early/acts", { act: "praise" }, 400, "parameter_invalid"],
    ["a reopening of what is open", "/early/acts", { act: "reopen", reason: "r" }, 409, "milestone_not_over"],
    ["another book", "", { book: "nowhere", id: "x", title: "X", on: "2024-12-01" }, 404, "unknown_book"],
  ])("%s is refused, and nothing is entered", async (_, address, payload, status, code) => {
    const before = (await get("/milestones?book=test")).body;
    const answer = await post(address, payload);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
    expect(answer.headers["content-type"]).toContain("application/problem+json");
    expect((await get("/milestones?book=test")).body).toBe(before);
  });

  test.each([
    ["/milestones?book=test&state=lost", 400, "parameter_invalid"],
    ["/milestones?book=test&limit=100000", 400, "parameter_invalid"],
    ["/milestones?book=test&nation=zzz", 404, "unknown_party"],
    ["/milestones?book=test&known_at=never", 400, "invalid_date"],
    ["/milestones/nothing?book=test", 404, "unknown_milestone"],
    ["/milestones/review?book=test&known_at=2024-01-01", 404, "unknown_milestone"],
    ["/changes?book=test", 400, "parameter_invalid"],
    ["/changes?book=test&since=long-ago", 400, "invalid_date"],
    ["/changes?book=test&since=2024-01-01T25:00:00Z", 400, "parameter_invalid"],
    ["/changes?book=test&since=2024-01-01&clock=mine", 400, "parameter_invalid"],
    ["/changes?book=test&since=2024-01-01&limit=0", 400, "parameter_invalid"],
    ["/milestones.csv?book=nowhere", 404, "unknown_book"],
  ])("%s is refused", async (address, status, code) => {
    const answer = await get(address);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });

  test("another site may not write", async () => {
    const answer = await app.inject({
      method: "POST",
      url: `${root}/milestones`,
      headers: { origin: "http://elsewhere.example" },
      payload: { book: "test", id: "y", title: "Y", on: "2024-12-01" },
    });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([403, "writing_refused"]);
  });

  test("what changed is told page by page, newest first, by either clock", async () => {
    const ask = async (query: string) =>
      (await get(`/changes?book=test&${query}`)).json<{
        items: { kind: string; milestone: string; at: string }[];
        total: number;
        next: string | null;
        now: string;
      }>();
    const known = await ask("since=2024-03-31&known_at=2024-09-20");
    expect(known.items.map((one) => [one.kind, one.milestone])).toEqual([
      ["milestone-met", "review"],
      ["milestone-shifted", "review"],
    ]);
    expect(known.now).toBe(now);
    const first = await ask("since=2020-01-01&limit=1");
    const second = await ask(`since=2020-01-01&limit=1&cursor=${first.next}`);
    expect([first.items[0]?.kind, second.items[0]?.kind]).toEqual(["milestone-met", "milestone-shifted"]);
    const recorded = await ask(`since=${new Date(Date.now() + 60_000).toISOString()}&clock=recorded`);
    expect(recorded.total).toBe(0);
    expect((await ask("since=2020-01-01&clock=recorded&nation=aaa")).items.length).toBeGreaterThan(2);
    expect((await ask("since=2020-01-01&nation=rrr")).total).toBe(0);
  });
});

const header = "id,title,kind,expected,state,happened,owner,parties,group,fund,depends on,condition,evidence,note";

describe("a file of milestones", () => {
  test("goes in, comes out and goes in again unchanged", async () => {
    const text = [
      header,
      'first,"The first, of two",meeting,by 2024-11-30,,,aaa,bbb; aaa,pact,,,amount said EUR 5.00,source:made-up,"=not a formula"',
      "second,The second,review,2024-12,met,2024-09-19,Somebody,,,,first,,,",
    ].join("\r\n");
    const outcome = (await bring(text, "&file_name=two.csv&reason=New")).json<ImportOutcome>();
    expect(outcome).toMatchObject({ file: "two.csv", entered: 2, changed: 0, problems: [] });
    expect(await view("second")).toMatchObject({
      state: "met",
      needs: [{ id: "first" }],
      source: { title: "Made up: two.csv" },
    });
    const out = await get("/milestones.csv?book=test");
    expect(out.headers["content-disposition"]).toBe('attachment; filename="test_milestones_synthetic.csv"');
    expect(out.body.split("\r\n")[0]).toBe(header);
    expect(out.body).toContain("'=not a formula");
    const again = (await bring(out.body)).json<ImportOutcome>();
    expect(again).toMatchObject({ entered: 0, changed: 0, unchanged: 4, problems: [] });
    const changed = (await bring(out.body.replace("2024-11-30", "2024-12-15"), "&reason=Later")).json<ImportOutcome>();
    expect(changed).toMatchObject({ entered: 0, changed: 1, unchanged: 3 });
    expect(await view("first")).toMatchObject({ shifts: 1, on: "2024-12-15" });
  });

  test("with something wrong nothing goes in, and every row is told of; or the bad rows stay out", async () => {
    const text = [
      header,
      "good,Good,review,2024-12-01,,,,,,,,,,",
      "a b,Bad id,review,2024-12-01,,,,,,,,,,",
      "day,Bad day,review,soon,,,,,,,,,,",
      "kind,Bad kind,party,2024-12-01,,,,,,,,,,",
      "good,Twice,review,2024-12-01,,,,,,,,,,",
      "met,Met some day,review,2024-12-01,met,,,,,,,,,",
      "open,Open and happened,review,2024-12-01,,2024-09-01,,,,,,,,",
      "future,Met tomorrow,review,2024-12-01,met,2024-12-24,,,,,,,,",
      "leans,Depends on a bad one,review,2024-12-01,,,,,,,a b,,,",
      "more,Depends on that,review,2024-12-01,,,,,,,leans,,,",
      "hope,Bad condition,review,2024-12-01,,,,,,,,hope,,",
      "borne,Nothing bears it out,review,2024-12-01,,,,,,,,,posting:1,",
      "ring-a,Circle,review,2024-12-01,,,,,,,ring-b,,,",
      "ring-b,Circle,review,2024-12-01,,,,,,,ring-a,,,",
      ",No id,review,2024-12-01,,,,,,,,,,",
    ].join("\n");
    const outcome = (await bring(text)).json<ImportOutcome>();
    expect([outcome.entered, outcome.changed, outcome.skipped]).toEqual([0, 0, 0]);
    const found = outcome.problems.map(({ row, column, code }) => [row, column, code]);
    expect(found).toEqual([
      [3, "id", "milestone_invalid"],
      [4, "expected", "cell_unreadable"],
      [5, "kind", "cell_unreadable"],
      [6, "id", "record_named_twice"],
      [7, "happened", "milestone_invalid"],
      [8, "happened", "milestone_invalid"],
      [9, "happened", "milestone_invalid"],
      [10, "depends on", "unknown_milestone"],
      [11, "depends on", "unknown_milestone"],
      [12, "condition", "cell_unreadable"],
      [13, "evidence", "milestone_invalid"],
      [14, "depends on", "milestone_circle"],
      [15, "depends on", "milestone_circle"],
      [16, "id", "cell_unreadable"],
    ]);
    expect((await get("/milestones/good?book=test")).statusCode).toBe(404);
    const skipped = (await bring(text, "&skip_bad=true")).json<ImportOutcome>();
    expect(skipped).toMatchObject({ entered: 1, skipped: 14 });
    expect((await get("/milestones/good?book=test")).statusCode).toBe(200);
  });

  test.each([
    ["", 400, "empty_file"],
    [header, 400, "header_only"],
    [`${header}\nx,X,review,2025-01-01,,,,,,,,,,`, 404, "unknown_book", "&book=nowhere"],
    [`${header}\nx,X,review,2025-01-01,,,,,,,,,,`, 400, "parameter_invalid", "&known=2099-01-01"],
  ])("row %# of what cannot be read at all is refused", async (text, status, code, query = "") => {
    const answer = await app.inject({
      method: "POST",
      url: `${root}/milestones/import?${query === "&book=nowhere" ? "book=nowhere" : `book=test${query}`}`,
      headers: { "content-type": "text/csv" },
      payload: text,
    });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([status, code]);
  });

  test("columns it does not know, or lacks, are told at once", async () => {
    const outcome = (await bring("id,title,colour\nx,X,red")).json<ImportOutcome>();
    expect(outcome.entered).toBe(0);
    expect(outcome.problems.map(({ row, code }) => [row, code])).toEqual([
      [1, "cell_unreadable"],
      [1, "missing_columns"],
    ]);
  });
});
