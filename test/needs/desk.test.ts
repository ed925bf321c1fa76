import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enterNeeds } from "#app/planning/needs.ts";
import type { ImportOutcome, NeedList, NeedView, OfferList, OfferView } from "#core/views-planning.ts";
import type { Database } from "#store/database.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import type { Environment } from "../../src/cli/session.ts";
import { buildServer } from "../../src/http/server.ts";
import { need, offer, openPlanning, said } from "./support.ts";

let db: Database;
let close: () => Promise<void>;
let app: FastifyInstance;
let folder: string;
let hours = 0;
const clock = () => new Date(Date.UTC(2026, 0, 5) + 3_600_000 * (hours += 1)).toISOString();

beforeAll(async () => {
  ({ db, close } = await openPlanning());
  app = await buildServer({ db, pagesFolder: "/nowhere", version: "0.1.0", clock });
  folder = mkdtempSync(join(tmpdir(), "mainstay-needs-"));
});
afterAll(async () => {
  await app.close();
  await close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs a command as a person types it; `FILE:name` is a file of the test's folder. */
async function run(words: string): Promise<Readonly<{ code: number; out: string; err: string }>> {
  let out = "";
  let err = "";
  const environment: Environment = {
    terminal: {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      errIsTerminal: false,
      signal: new AbortController().signal,
    },
    now: () => 0,
    actor: "planner",
    version: "0.0.0",
    openSession: async () => ({ db, close: async () => {} }),
    fileExists: async () => true,
    readFile: async (path) => readFileSync(path),
    clock,
    checkOutput: async () => {},
    writeFile: async (path, content) => writeFileSync(path, content),
    readMapping: async () => ({ name: "", text: "" }),
    serve: async () => {},
  };
  const split = (words.match(/"[^"]*"|\S+/g) ?? []).map((word) =>
    word.replaceAll('"', "").replace(/^FILE:/, `${folder}/`),
  );
  const code = await runProgram(buildProgram(environment), split, environment);
  return { code, out, err };
}

const get = async (url: string) => app.inject({ method: "GET", url: `/api/v1/planning${url}` });
const post = async (url: string, body: object) =>
  app.inject({ method: "POST", url: `/api/v1/planning${url}`, payload: body, headers: { host: "localhost" } });
const send = async (url: string, bytes: string | Buffer) =>
  app.inject({
    method: "POST",
    url: `/api/v1/planning${url}`,
    payload: bytes,
    headers: { host: "localhost", "content-type": "application/octet-stream" },
  });

describe("over the API", () => {
  test("a need is stated, changed and withdrawn; its id is taken once", async () => {
    const stated = await post("/test/needs", { ...need({ id: "A-1" }), source: "A speech", actor: "delegate" });
    expect(stated.statusCode).toBe(200);
    expect(stated.json<NeedView>()).toMatchObject({
      id: "A-1",
      quantity: 10,
      source: { title: "Made up: A speech", publisher: "delegate" },
    });
    expect((await post("/test/needs", need({ id: "A-1" }))).json()).toMatchObject({
      status: 409,
      code: "record_named_twice",
    });
    const changed = await post("/test/needs/A-1/changes", { quantity: 12, reason: "two more brigades" });
    expect(changed.json<NeedView>().history[0]).toMatchObject({
      seq: 2,
      reason: "two more brigades",
      changes: [{ field: "quantity", before: "10", after: "12" }],
    });
    expect((await post("/test/needs/A-1/changes", { quantity: 13, reason: "" })).json()).toMatchObject({
      code: "change_without_reason",
    });
    expect((await post("/test/needs/A-1/changes", { colour: "red", reason: "x" })).json()).toMatchObject({
      status: 400,
      code: "parameter_invalid",
    });
    expect((await post("/test/needs/A-9/withdrawal", { reason: "x" })).json()).toMatchObject({
      status: 404,
      code: "unknown_need",
    });
    expect((await post("/test/needs/A-1/withdrawal", { reason: "met" })).json()).toMatchObject({ state: "withdrawn" });
    expect((await get("/test/needs")).json<NeedList>().total).toBe(0);
    expect((await get("/test/needs?state=all")).json<NeedList>().total).toBe(1);
  });

  test("an offer is made, changed, consented to and withdrawn", async () => {
    const made = await post("/test/offers", offer({ id: "B-1", consent: { state: "pending", of: "Borduria" } }));
    expect(made.json<OfferView>()).toMatchObject({ id: "B-1", left: "6", unused: { code: "consent-pending" } });
    expect((await post("/test/offers/B-1/consent", { state: "given" })).json<OfferView>().unused).toBeNull();
    expect(
      (await post("/test/offers/B-1/changes", { quantity: 4, reason: "two are kept" })).json<OfferView>(),
    ).toMatchObject({ quantity: "4", left: "4" });
    expect((await get("/test/offers?giver=aaa&state=open")).json<OfferList>()).toMatchObject({ total: 1, open: 1 });
    expect((await post("/test/offers/B-1/withdrawal", { reason: "needed at home" })).json<OfferView>()).toMatchObject({
      state: "withdrawn",
      left: "0",
    });
    expect((await post("/test/offers/B-1/withdrawal", { reason: "again" })).json()).toMatchObject({
      status: 409,
      code: "withdrawn_already",
    });
    expect((await post("/test/offers", { ...offer({ id: "B-2" }), quantity: "six" })).json()).toMatchObject({
      status: 400,
    });
    expect((await post("/test/offers", offer({ id: "B-2", years: [{ year: 2026, amount: 5 }] }))).json()).toMatchObject(
      { status: 422, code: "offer_invalid" },
    );
  });

  test("kinds, coalitions, what plans are made with, and pages of lists", async () => {
    await enterNeeds(
      db,
      "test",
      [1, 2, 3, 4, 5].map((n) => need({ id: `P-${n}`, priority: n, coalition: n === 1 ? "guns" : null })),
      said("2026-01-20T00:00:00Z"),
    );
    const items = (await get("/items")).json<{ kinds: { id: string; unit: string }[] }>();
    expect(items.kinds.find((kind) => kind.id === "howitzer-155")).toMatchObject({
      unit: "item:howitzer-155",
      capabilityTitle: "Artillery",
    });
    expect((await get("/test/coalitions")).json()).toMatchObject({
      coalitions: [{ slug: "guns", leads: [{ name: "Aland" }], members: 2, needs: 1, offers: 0 }],
    });
    expect((await get("/test/coalitions/guns")).json()).toMatchObject({
      name: "Guns Coalition",
      needs: [{ id: "P-1" }],
      all: { needs: 1, none: 1 },
      roadmap: [],
    });
    expect((await get("/test/coalitions/pact")).json()).toMatchObject({ status: 404, code: "unknown_coalition" });
    expect((await get("/test/frame")).json()).toMatchObject({ version: 0, frame: { hubs: [{ id: "any" }] } });
    const first = (await get("/test/needs?limit=3")).json<NeedList>();
    const rest = (await get(`/test/needs?limit=3&cursor=${first.next}`)).json<NeedList>();
    expect([...first.items, ...rest.items].map((row) => row.id)).toEqual(["P-1", "P-2", "P-3", "P-4", "P-5"]);
    expect(first.byPriority).toHaveLength(5);
    expect((await get("/nowhere/needs")).statusCode).toBe(404);
  });

  test("files go out and come in", async () => {
    const csv = await get("/test/needs.csv");
    expect(csv.headers["content-disposition"]).toContain("test_needs_synthetic.csv");
    expect((await send("/test/needs/import?file_name=needs.csv", csv.rawPayload)).json<ImportOutcome>()).toMatchObject({
      entered: 0,
      changed: 0,
      unchanged: 5,
      problems: [],
    });
    const xlsx = await get("/test/needs.xlsx");
    expect(
      (await send("/test/needs/import?file_name=needs.xlsx", xlsx.rawPayload)).json<ImportOutcome>(),
    ).toMatchObject({ unchanged: 5 });
    expect((await get("/templates/offers.xlsx")).rawPayload.subarray(0, 2).toString()).toBe("PK");
    const bad =
      "id,title,accepts,quantity,priority,from,until\nQ-1,Guns,howitzer-155,2,1,2026-01-01,2026-02-01\nQ-2,Guns,catapult,2,9,2026-01-01,2025-02-01\n";
    const refused = (await send("/test/needs/import?file_name=bad.csv", bad)).json<ImportOutcome>();
    expect(refused).toMatchObject({ entered: 0, skipped: 0 });
    expect(refused.problems.map(({ code, row, column }) => [code, row, column])).toEqual([
      ["need_invalid", 3, "until"],
      ["need_invalid", 3, "priority"],
      ["unknown_item_kind", 3, "accepts"],
    ]);
    expect((await send("/test/needs/import?file_name=bad.csv&skip_bad=true", bad)).json<ImportOutcome>()).toMatchObject(
      { entered: 1, skipped: 1 },
    );
    expect((await send("/test/needs/import?file_name=none.csv", "")).json()).toMatchObject({ code: "empty_file" });
    expect((await send("/test/needs/import", Buffer.from([0x50, 0x4b, 3, 4, 0]))).json()).toMatchObject({
      status: 400,
    });
  });
});

describe("on the command line", () => {
  const offers =
    'id,giver,title,item,years,quantity,from,until\nF-1,Aland,Guns,"Howitzer, 155 mm",,3,2026-01-01,2026-12-31\nF-2,BBB,Money,EUR,2026 100; 2027 50,,2026-01-01,2027-12-31\n';

  test("offers are imported, listed, changed and exported", async () => {
    writeFileSync(join(folder, "offers.csv"), offers);
    const imported = await run('offer import FILE:offers.csv --book test --source "A conference"');
    expect(imported).toMatchObject({ code: 0, out: "offers.csv: 2 offers entered, 0 changed, 0 unchanged.\n" });
    const listed = await run("offer list --book test --capability artillery --state open");
    expect(listed.out).toMatch(/F-1 +Aland +Howitzer, 155 mm +3 +0 +3 +pieces/);
    const changed = await run('offer change F-1 --book test --quantity 5 --hubs "hub-1; hub-2" --reason "two more"');
    expect(changed.out).toContain("5 left");
    expect(changed.out).toContain("quantity: 3 -> 5; hubs: nothing -> hub-1; hub-2");
    expect((await run("offer show F-2 --book test")).out).toContain("From 2027: 50.00 EUR.");
    expect((await run("offer export FILE:out.xlsx --book test")).code).toBe(0);
    const again = await run("offer import FILE:out.xlsx --book test --json");
    expect(JSON.parse(again.out)).toMatchObject({ entered: 0, changed: 0, unchanged: 2 });
    expect((await run("offer consent F-1 --book test --state given")).err).toContain(
      "does not depend on a third party",
    );
    expect((await run('offer withdraw F-1 --book test --reason "lost"')).out).toContain("Withdrawn: lost.");
  });

  test("a file with something wrong is refused whole, each row with its place", async () => {
    writeFileSync(join(folder, "bad.csv"), offers.replace("Aland", "Nowhere").replace("F-2,BBB", "F-1,BBB"));
    const refused = await run("offer import FILE:bad.csv --book test");
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("Something in the file cannot be entered") });
    expect(refused.out).toContain("bad.csv: nothing was entered.");
    expect(refused.out).toContain("row 2, column giver");
    expect(refused.out).toContain("The same id is given twice. Found: F-1, as in row 2.");
    const report = await run("offer import FILE:bad.csv --book test --json");
    expect(JSON.parse(report.err)).toMatchObject({ error: { code: "records_refused" } });
    expect((await run("offer import FILE:bad.csv --book test --skip-bad")).code).toBe(0);
    writeFileSync(join(folder, "row.csv"), `${offers}F-3,Aland,Guns\n`);
    expect((await run("offer import FILE:row.csv --book test")).out).toContain("row 4, column item");
    expect((await run("offer export FILE:out.pdf --book test")).err).toContain("not a name that ends in .xlsx or .csv");
  });

  test("needs are imported from a template filled in, shown, changed and withdrawn", async () => {
    await run("need template FILE:needs.csv");
    const template = readFileSync(join(folder, "needs.csv"), "utf8");
    writeFileSync(
      join(folder, "needs.csv"),
      `${template}G-1,Guns,howitzer-155; howitzer-105 0.5,9,2,2026-01-01,2026-06-30,,course-artillery 8/1 before 60,guns,\n`,
    );
    expect((await run("need import FILE:needs.csv --book test")).out).toBe(
      "needs.csv: 1 need entered, 0 changed, 0 unchanged.\n",
    );
    const shown = await run("need show G-1 --book test");
    expect(shown.out).toContain("Taken instead: Howitzer, 105 mm (howitzer-105), one counts 0.5.");
    expect(shown.out).toMatch(/Training place, artillery crew +8 for 1 +60 days before +72 +0 +0/);
    expect((await run("need list --book test --coalition guns --uncovered")).out).toContain("G-1");
    expect((await run('need change G-1 --book test --package "crews" --reason "x"')).err).toContain(
      "not written as course-artillery",
    );
    expect((await run('need change G-1 --book test --priority 1 --place any --reason "sooner"')).out).toContain(
      "priority: 2 -> 1",
    );
    expect((await run('need withdraw G-1 --book test --reason "met"')).out).toContain("withdrawn: met");
    expect((await run("need list --book test --q nothing-like-it")).out).toContain("No such need is on record");
    expect((await run("need list --book test --known-at 2026-01-01")).out).toContain("No such need is on record");
  });
});
