import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FastifyInstance } from "fastify";
import type { MilestoneView } from "#core/views-milestones.ts";
import type { Database } from "#store/database.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import type { Environment } from "../../src/cli/session.ts";
import { buildServer } from "../../src/http/server.ts";
import { openSeeded } from "../support/seeded.ts";

let opened: { db: Database; close: () => Promise<void> };
let app: FastifyInstance;
let folder: string;
let now = "2024-03-01T09:00:00Z";
beforeAll(async () => {
  opened = await openSeeded();
  app = await buildServer({ db: opened.db, pagesFolder: "/nowhere", version: "0", clock: () => now });
  folder = mkdtempSync(join(tmpdir(), "mainstay-milestones-"));
});
afterAll(async () => {
  await app.close();
  await opened.close();
  rmSync(folder, { recursive: true });
});

type Ran = Readonly<{ code: number; out: string; err: string }>;

/** Runs a command as a person types it, on the test's own record; `@` stands for the test's folder. */
async function run(words: string): Promise<Ran> {
  let [out, err] = ["", ""];
  const environment: Environment = {
    terminal: {
      out: (text) => void (out += text),
      err: (text) => void (err += text),
      errIsTerminal: false,
      signal: new AbortController().signal,
    },
    now: () => 0,
    actor: "tester",
    version: "0.0.0",
    openSession: async () => ({ db: opened.db, close: async () => {} }),
    fileExists: async (path) => (await stat(path).catch(() => undefined))?.isFile() === true,
    readFile: (path) => readFile(path),
    clock: () => now,
    checkOutput: async () => {},
    writeFile: (path, text) => writeFile(path, text),
    readMapping: async () => Promise.reject(new Error("none")),
    serve: async () => {},
  };
  const split = words.replaceAll("@", folder).match(/"[^"]*"|\S+/g) ?? [];
  const code = await runProgram(
    buildProgram(environment),
    ["milestone", ...split.map((word) => word.replaceAll('"', ""))],
    environment,
  );
  return { code, out, err };
}
const done = async (words: string): Promise<string> => {
  const ran = await run(words);
  expect([ran.code, ran.err]).toEqual([0, ""]);
  return ran.out;
};

describe("milestones by command", () => {
  test("one is stated, shifted, met, reopened and cancelled, and the API shows the same", async () => {
    await done(
      'add talks --title "Talks with the pact" --on 2024-05 --kind meeting --owner aaa --party bbb --group pact --evidence source:made-up --book test',
    );
    now = "2024-04-01T09:00:00Z";
    const shifted = await done('shift talks 2024-06-15 --reason "The hall" --book test');
    expect(shifted).toContain("Expected 15 June 2024; expected.");
    expect(shifted).toContain("+15 d");
    await done(
      'change talks --owner "The chair" --party none --depends-on none --condition "amount said EUR 2.00" --reason "A new chair" --version-seen 2 --book test',
    );
    now = "2024-06-20T09:00:00Z";
    expect(await done("list --book test")).toMatch(
      /1 past their day without word.*15 June 2024 +day passed 5 days ago, no word yet/s,
    );
    await done("meet talks --on 2024-06-18 --evidence source:made-up --book test");
    const json = JSON.parse(await done("show talks --json --book test")) as MilestoneView;
    expect(json).toMatchObject({ state: "met", daysLate: 3, owner: { party: null, name: "The chair" }, parties: [] });
    expect((await app.inject({ url: "/api/v1/foresight/milestones/talks?book=test" })).json()).toEqual(json);
    await done('reopen talks --reason "They go on" --book test');
    await done('miss talks --reason "They broke up" --book test');
    await done('reopen talks --reason "They came back" --book test');
    expect(await done('cancel talks --reason "Nobody wants them" --book test')).toContain("cancelled (2024-06-20)");
    const list = await done("list --json --book test");
    expect((await app.inject({ url: "/api/v1/foresight/milestones?book=test&limit=10000" })).json()).toEqual(
      JSON.parse(list),
    );
    const changes = await done("changes 2024-03-31 --known-at 2024-06-20 --book test");
    for (const kind of ["shifted", "changed", "met", "reopened", "missed", "cancelled"])
      expect(changes).toContain(`milestone-${kind}`);
    expect(await done("changes 2024-06-20 --book test")).toContain("Nothing moved");
    expect(await done("changes 2024-03-31 --json --limit 1 --book test")).toContain('"total": 7');
  });

  test.each([
    ["milestone_over", 'shift talks 2024-07-01 --reason "r" --book test'],
    ["change_without_reason", "cancel talks --book test"],
    ["unknown_milestone", "show nothing --book test"],
    ["milestone_of_the_record", 'shift call:x 2024-07-01 --reason "r" --book test'],
    ["parameter_invalid", "add x --title X --on 2024-07-01 --condition hope --book test"],
    ["milestone_invalid", "add x --title X --on soon --book test"],
    ["parameter_invalid", "export @/milestones.txt --book test"],
    ["parameter_invalid", "feed @/feed.txt --book test"],
    ["unknown_party", "list --nation zzz --book test"],
    ["invalid_date", "changes soon --book test"],
  ])("refuses with %s: exit code 1, a sentence, and JSON when asked", async (code, words) => {
    const ran = await run(words);
    expect(ran).toMatchObject({ code: 1, out: "" });
    expect(ran.err).toMatch(/^mainstay: .+\./);
    expect(JSON.parse((await run(`${words} --json`)).err)).toMatchObject({ error: { code } });
  });

  test.each(["add x --book test", "list --state lost", "shift talks", "list --kind party"])(
    "%s is wrong usage: exit code 2",
    async (words) => {
      expect((await run(words)).code).toBe(2);
    },
  );

  test("a file goes out and in; one with bad rows is refused with what is wrong in each", async () => {
    expect(await done("export @/out.csv --book test")).toContain("Written:");
    const text = readFileSync(join(folder, "out.csv"), "utf8");
    expect(await done("import @/out.csv --book test")).toContain("0 milestones entered, 0 changed, 1 unchanged");
    writeFileSync(
      join(folder, "bad.csv"),
      `${text}x y,Bad,review,2024-12-01,,,,,,,,,,\r\nfine,Fine,review,2024-12-01,,,,,,,,,,\r\n`,
    );
    const ran = await run("import @/bad.csv --book test");
    expect(ran.code).toBe(1);
    expect(ran.out).toContain("bad.csv: nothing was entered.");
    expect(ran.out).toContain("row 3, column id");
    expect(ran.err).toContain("1 thing wrong");
    expect(await done("import @/bad.csv --skip-bad --known 2024-06-20 --book test")).toContain(
      "1 milestone entered, 0 changed, 1 unchanged, 1 row left out",
    );
    expect(await done("show fine --known-at 2024-06-20 --book test")).toContain("Fine (fine), review");
  });

  test("the feeds are those of the server", async () => {
    for (const ending of ["atom", "ics"]) {
      await done(`feed @/feed.${ending} --nation aaa --site http://pact.example:4870/ --book test`);
      const served = await app.inject({
        url: `/api/v1/foresight/milestones.${ending}?book=test&nation=aaa`,
        headers: { host: "pact.example:4870" },
      });
      expect(readFileSync(join(folder, `feed.${ending}`), "utf8")).toBe(served.body);
    }
  });
});
