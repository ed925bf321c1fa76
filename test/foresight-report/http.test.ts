import { readFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FastifyInstance } from "fastify";
import { reportFile } from "#app/foresight/report-file.ts";
import type { PledgeReport } from "#core/views-report.ts";
import type { Database } from "#store/database.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import { buildServer } from "../../src/http/server.ts";
import { collecting } from "../docs/console.ts";
import { clock, harbour, openReported, reportOf } from "./support.ts";

let db: Database;
let app: FastifyInstance;
let close: () => Promise<void>;
let report: PledgeReport;
let folder: string;
beforeAll(async () => {
  ({ db, close } = await openReported());
  app = await buildServer({ db, pagesFolder: "/nowhere", version: "0.0.0-test", clock });
  report = await reportOf(db, harbour);
  folder = await mkdtemp(join(tmpdir(), "report-"));
});
afterAll(async () => {
  await app.close();
  await close();
  await rm(folder, { recursive: true });
});

const address = "/api/v1/foresight/pledge-report?fund=harbour-fund&period=2025H2&known_at=2026-01-31&forecast=no";
const get = async (url: string) => app.inject({ method: "GET", url });

/** What the command line prints and the exit code. Files go to the test's own folder. */
async function run(...words: string[]): Promise<Readonly<{ code: number; printed: string }>> {
  let printed = "";
  const environment = {
    ...collecting(
      async () => ({ db, close: async () => {} }),
      (text) => {
        printed += text;
      },
      clock,
    ),
    writeFile: async (path: string, content: string | Uint8Array) => writeFile(join(folder, path), content),
  };
  const code = await runProgram(buildProgram(environment), ["report", "pledge", ...words], environment);
  return { code, printed };
}
const asked = ["--fund", "harbour-fund", "--period", "2025H2", "--known-at", "2026-01-31", "--no-forecast"];

describe("the API", () => {
  test("gives the report that the program makes", async () => {
    const { statusCode, payload } = await get(address);
    expect(statusCode).toBe(200);
    expect(JSON.parse(payload)).toEqual(report);
  });

  test.each([
    ["pdf", /^application\/pdf/, /^inline; filename="rehearsal_pledge-report_harbour-fund_2025H2_.*synthetic\.pdf"$/],
    ["xlsx", /spreadsheetml/, /^attachment/],
    ["csv", /^text\/csv/, /^attachment/],
    ["html", /^text\/html/, /^inline/],
  ] as const)("gives the same file as the program: %s", async (format, type, disposition) => {
    const { statusCode, headers, rawPayload } = await get(`${address}&format=${format}`);
    expect([statusCode, headers["content-type"], headers["content-disposition"]]).toEqual([
      200,
      expect.stringMatching(type),
      expect.stringMatching(disposition),
    ]);
    const file = await reportFile(report, format);
    expect(Buffer.compare(rawPayload, Buffer.from(file.bytes))).toBe(0);
  });

  test("lets the HTML use its own styles and nothing else", async () => {
    const { headers } = await get(`${address}&format=html`);
    expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'unsafe-inline'/);
  });

  test.each([
    ["/api/v1/foresight/pledge-report", 400],
    ["/api/v1/foresight/pledge-report?period=2025H2&format=docx", 400],
    ["/api/v1/foresight/pledge-report?period=2025H9&forecast=no", 400],
    ["/api/v1/foresight/pledge-report?period=2025&fund=nothing&forecast=no", 404],
    ["/api/v1/foresight/pledge-report?period=2025&nothing=1", 400],
  ])("refuses %s", async (url, status) => {
    const { statusCode, headers } = await get(url);
    expect([statusCode, headers["content-type"]]).toEqual([status, expect.stringContaining("problem+json")]);
  });
});

describe("the command", () => {
  test("prints the same object as the API", async () => {
    const { code, printed } = await run(...asked, "--json");
    expect(code).toBe(0);
    expect(JSON.parse(printed)).toEqual(report);
  });

  test("prints the two front pages as text, with what is made up said first", async () => {
    const { printed } = await run(...asked);
    expect(printed).toMatch(/^Pledge report\. Harbour Fund: .*SYNTHETIC/);
    for (const finding of report.findings) expect(printed).toContain(finding.replaceAll("\u00a0", " "));
  });

  test("writes the file, by the format or by its ending", async () => {
    await run(...asked, "--out", "a.pdf");
    await run(...asked, "--format", "pdf", "--out", "b");
    const pdf = (await reportFile(report, "pdf")).bytes;
    for (const name of ["a.pdf", "b"])
      expect(Buffer.compare(await readFile(join(folder, name)), Buffer.from(pdf))).toBe(0);
    const { printed } = await run(...asked, "--format", "xlsx");
    expect(printed).toBe(`The pledge report is in ${report.file}.xlsx.\n`);
    expect((await run(...asked, "--format", "csv")).printed).toBe(
      new TextDecoder().decode((await reportFile(report, "csv")).bytes),
    );
  });

  test("refuses another ending before anything is read", async () => {
    const { code, printed } = await run(...asked, "--out", "a.docx");
    expect([code, printed]).toEqual([1, expect.stringContaining("not written in that format")]);
  });
});
