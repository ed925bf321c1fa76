import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import type { Environment } from "../../src/cli/session.ts";
import { MainstayError } from "#core/errors.ts";
import { connect, type Database } from "#store/database.ts";
import { dataPath, hasData } from "../support/data.ts";
import { mappingText, openRecord } from "../support/record.ts";

let record: { db: Database; close: () => Promise<void> };
let folder: string;

beforeAll(async () => {
  record = await openRecord();
  folder = mkdtempSync(join(tmpdir(), "mainstay-cli-"));
});
afterAll(async () => {
  await record.close();
  rmSync(folder, { recursive: true, force: true });
});

type Ran = Readonly<{ code: number; out: string; err: string }>;

/** Runs a command as a person types it, on the test's own record. */
async function run(words: string, signal = new AbortController().signal): Promise<Ran> {
  let out = "";
  let err = "";
  const environment: Environment = {
    terminal: { out: (text) => void (out += text), err: (text) => void (err += text), errIsTerminal: false, signal },
    now: () => 0,
    actor: "tester",
    version: "0.0.0",
    openSession: async () => ({ db: record.db, close: async () => {} }),
    fileExists: async (path) => (await stat(path).catch(() => undefined))?.isFile() === true,
    readFile: (path) => readFile(path),
    clock: () => "2026-01-01T12:00:00Z",
    checkOutput: async () => {},
    writeFile: (path, text) => writeFile(path, text),
    readMapping: async (name) => ({ name, text: mappingText(name) }),
    serve: async () => {},
  };
  const split = words.match(/"[^"]*"|\S+/g)?.map((word) => word.replaceAll('"', "")) ?? [];
  const code = await runProgram(buildProgram(environment), split, environment);
  return { code, out, err };
}

describe("the command line", () => {
  const leaves = [
    "serve",
    "books",
    "releases",
    "totals",
    "import kiel",
    "import csv",
    "import ecb",
    "diff",
    "parties",
    "groups",
    "power",
    "key list",
    "key show",
    "key check",
    "key apply",
    "whatif",
  ];

  test.each(leaves)("%s explains itself", async (command) => {
    const ran = await run(`${command} --help`);
    expect(ran.code).toBe(0);
    expect(ran.out).toContain("Usage: mainstay");
    expect(ran.out).toContain("--data <folder>");
  });

  test.each(leaves.filter((command) => command !== "serve"))("%s has --json", async (command) => {
    expect((await run(`${command} --help`)).out).toContain("--json");
  });

  test.each([
    ["an unknown command", "nonsense"],
    ["an unknown option", "totals --nonsense"],
    ["a missing argument", "diff only-one"],
    ["a missing option", "import kiel file.xlsx"],
    ["a port that is none", "serve --port many"],
  ])("%s is wrong usage: exit code 2", async (_, words) => {
    const ran = await run(words);
    expect(ran.code).toBe(2);
    expect(ran.err).not.toBe("");
    expect(ran.out).toBe("");
  });

  test.each([
    ["unknown_book", "totals --book nowhere --class bound"],
    ["invalid_date", "totals --class bound --known-at 2022-02-30"],
    ["unknown_dimension", "totals --class bound --by colour"],
    ["unknown_basis", "totals --class bound --basis guess"],
    ["unknown_boundary", "totals --class bound --boundary everyone"],
    ["unknown_group", "totals --class bound --boundary group:nowhere"],
    ["unknown_class", "totals --class hoped"],
    ["unknown_unit", "totals --class bound --unit XYZ"],
    ["unknown_party", "totals --class bound --donor Atlantis"],
    ["unknown_release", "diff A B --book worked-case"],
  ])("refuses with %s: exit code 1, a sentence, and JSON when asked", async (code, words) => {
    const ran = await run(words);
    expect(ran).toMatchObject({ code: 1, out: "" });
    expect(ran.err).toMatch(/^mainstay: .+\. Found: .+/);
    const json = await run(`${words} --json`);
    expect(JSON.parse(json.err)).toMatchObject({ error: { code } });
  });

  test("totals prints the figure in text, JSON and CSV, the same to the cent", async () => {
    const words = "totals --by donor,category --class bound --known-at 2022-10-31";
    const json = JSON.parse((await run(`${words} --json`)).out);
    const poland = json.rows.find(
      (row: Record<string, string>) => row["donor"] === "Poland" && row["category"] === "Military",
    );
    expect(poland).toMatchObject({ amount: "1822718419.34", unit: "EUR" });
    expect(json).toMatchObject({ total: "93942559020.24", class: "bound", notConverted: [] });
    expect(json.boundary).toContain("Given to Ukraine");
    expect(json.basis).toContain("In EUR");
    expect((await run(`${words} --csv`)).out).toContain("Poland,Military,1822718419.34,EUR,1\r\n");
    expect((await run(words)).out).toMatch(/Poland +Military +1,822,718,419\.34/);
  });

  test("classes are never added up: without one asked for, every row names its own and there is no total", async () => {
    const json = JSON.parse((await run("totals --by stream --json")).out);
    expect(json.total).toBeNull();
    expect(json.rows.every((row: Record<string, string>) => row["class"] !== undefined)).toBe(true);
  });

  test("books and releases say what there is", async () => {
    expect((await run("books")).out).toContain("worked-case");
    expect((await run("releases --book worked-case")).out).toContain("Ukraine Support Tracker release 28");
  });

  test("diff names the worked case's releases and adds up", async () => {
    const ran = await run(
      'diff "Ukraine Support Tracker release 7" "Ukraine Support Tracker release 28" --book worked-case --json',
    );
    const found = JSON.parse(ran.out);
    const cents = (text: string) => BigInt(text.replace(".", ""));
    const change = ["added", "dropped", "newMoney", "reconverted", "recoded"].reduce(
      (sum, kind) => sum + cents(found.summary[kind].amount),
      0n,
    );
    expect(Number(change - (cents("545510433917.34") - cents("93942559020.24")))).toBeLessThanOrEqual(5);
  });
});

describe.skipIf(!hasData)("importing on the command line", () => {
  const release7 = dataPath("kiel/ust-release-07.xlsx");

  test("takes a workbook in, reports its rows, and does nothing the second time", async () => {
    const report = join(folder, "report.json");
    const first = await run(`import kiel ${release7} --release 7 --published 2022-10-11 --report ${report}`);
    expect(first).toMatchObject({ code: 0 });
    expect(first.out).toContain("7 is on record in the book ukraine-support-tracker");
    expect(JSON.parse(readFileSync(report, "utf8")).remarks.length).toBeGreaterThan(0);
    const again = await run(`import kiel ${release7} --release 7 --published 2022-10-11`);
    expect(again.out).toContain("nothing changed");
    const other = await run(
      `import kiel ${dataPath("kiel/ust-main-2023-01-09.utf16.csv")} --release 7 --published 2022-10-11`,
    );
    expect(other).toMatchObject({ code: 1 });
    expect(other.err).toContain("already on record with other content");
  });

  test("the built-in book takes no imports: book_is_built_in", async () => {
    const ran = await run(`import kiel ${release7} --release 7 --published 2022-10-11 --book worked-case --json`);
    expect(ran).toMatchObject({ code: 1, out: "" });
    expect(JSON.parse(ran.err)).toMatchObject({ error: { code: "book_is_built_in" } });
  });

  test("Ctrl-C leaves nothing behind and says so", async () => {
    const stop = new AbortController();
    stop.abort();
    const ran = await run(`import kiel ${release7} --release 7 --published 2022-10-11 --book stopped`, stop.signal);
    expect(ran).toMatchObject({ code: 1 });
    expect(ran.err).toContain("cancelled");
    expect((await run("books")).out).not.toContain("stopped");
  });

  test("--strict refuses a file with a row that cannot be read, and the database stays as it was", async () => {
    const csv = join(folder, "strict.csv");
    const text = new TextDecoder("utf-16le").decode(readFileSync(dataPath("kiel/ust-main-2023-01-09.utf16.csv")));
    writeFileSync(csv, text.replace(",Australia,", ",Atlantis,"));
    const strict = await run(`import kiel ${csv} --release S --published 2023-02-01 --strict`);
    expect(strict).toMatchObject({ code: 1 });
    expect(strict.err).toContain("Atlantis");
    expect((await run("releases --book ukraine-support-tracker")).out).not.toContain(" S ");
    const lenient = JSON.parse((await run(`import kiel ${csv} --release S --published 2023-02-01 --json`)).out);
    expect(lenient.rowsRefused).toBe(1);
    expect(lenient.remarks.find((remark: { code: string }) => remark.code === "unknown_party")).toMatchObject({
      found: "Atlantis",
      column: "donor",
    });
  });

  test("rates come in once, and then convert what the sources left in dollars", async () => {
    const first = JSON.parse((await run(`import ecb ${dataPath("fx/ecb-eurofxref-hist.csv")} --json`)).out);
    expect(first.added).toBeGreaterThan(200_000);
    const again = JSON.parse((await run(`import ecb ${dataPath("fx/ecb-eurofxref-hist.csv")} --json`)).out);
    expect(again.added).toBe(0);
    const reported = JSON.parse((await run("totals --by donor --class said --json")).out);
    expect(reported.notConverted).toMatchObject([{ unit: "USD" }]);
    const converted = JSON.parse((await run("totals --by donor --class said --basis at-event --json")).out);
    expect(converted.notConverted).toEqual([]);
  });
});

test("a fault of the program is told and is no success", async () => {
  const broken = connect({ host: folder, user: "nobody", database: "none" });
  const whole = record.db;
  record = { ...record, db: broken };
  const ran = await run("books");
  record = { ...record, db: whole };
  await broken.destroy();
  expect(ran.code).toBe(1);
  expect(ran.err).toContain("unexpected fault");
  expect(new MainstayError("unknown_book").message).not.toContain("undefined");
});
