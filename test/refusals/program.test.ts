import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { limits } from "../../src/formats/limits.ts";
import { root } from "../architecture/sources.ts";

// What only the whole program refuses: files, ports. Run as a person runs it, on a data folder of its own.

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mainstay-refusals-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [join(root, "src/main.ts"), ...words, "--data", join(folder, "data")], {
    env: { ...process.env, DATABASE_URL: "", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, said };
}

const refused = (text: string, code: string): void => {
  const { error } = JSON.parse(text.slice(text.indexOf("{"))) as { error: { code: string } };
  expect(error.code).toBe(code);
};

test("a file that is not there: file_unreadable", async () => {
  const { code, said } = await run(["import", "ecb", join(folder, "nowhere.csv"), "--json"]);
  expect(code).toBe(1);
  refused(said, "file_unreadable");
});

test("a file beyond what is read, before it is read: file_too_large", async () => {
  const file = join(folder, "large.csv");
  writeFileSync(file, "");
  truncateSync(file, limits.fileBytes + 1);
  const { code, said } = await run(["import", "ecb", file, "--json"]);
  expect(code).toBe(1);
  refused(said, "file_too_large");
});

test("a report where none can be written: file_unwritable", async () => {
  const example = join(root, "docs/examples/fund-payments");
  const release = ["--release", "first", "--published", "2024-07-01", "--report", join(folder, "file", "report.json")];
  writeFileSync(join(folder, "file"), "");
  const words = ["import", "csv", `${example}.csv`, "--mapping", `${example}.json`, ...release, "--json"];
  const { code, said } = await run(words);
  expect(code).toBe(1);
  refused(said, "file_unwritable");
});

test("a port in the environment that is none: invalid_port", async () => {
  const { code, said } = await run(["serve"], { PORT: "many" });
  expect(code).toBe(1);
  expect(said).toContain('That is not a port. Found: "many". Where: field PORT.');
});

test("no port left above the one asked for: no_free_port", async () => {
  const last = 65_535;
  const holder = createServer().listen(last, "127.0.0.1");
  holder.on("error", () => {}); // another program holds it: as good
  const { code, said } = await run(["serve", "--port", String(last)]);
  holder.close();
  expect(code).toBe(1);
  expect(said).toContain("No port is free to listen on. Found: 65535 to 65535 are taken.");
});

test("a report in place of the file it is about: file_unwritable, and the file is as it was", async () => {
  const file = join(folder, "own.csv");
  const text = readFileSync(join(root, "docs/examples/fund-payments.csv"), "utf8");
  writeFileSync(file, text);
  const mapping = join(root, "docs/examples/fund-payments.json");
  const words = ["import", "csv", file, "--mapping", mapping, "--release", "first", "--published", "2024-07-01"];
  const { code, said } = await run([...words, "--report", file, "--json"]);
  expect(code).toBe(1);
  refused(said, "file_unwritable");
  expect(readFileSync(file, "utf8")).toBe(text);
});

test("an import that is refused leaves an earlier report alone", async () => {
  const report = join(folder, "earlier.json");
  writeFileSync(report, "earlier");
  writeFileSync(join(folder, "empty.csv"), "");
  const words = ["import", "kiel", join(folder, "empty.csv"), "--release", "r", "--published", "2024-07-01"];
  expect((await run([...words, "--report", report])).code).toBe(1);
  expect(readFileSync(report, "utf8")).toBe("earlier");
});

test("a device that never ends: file_too_large", async () => {
  const { code, said } = await run(["import", "ecb", "/dev/zero", "--json"]);
  expect(code).toBe(1);
  refused(said, "file_too_large");
});
