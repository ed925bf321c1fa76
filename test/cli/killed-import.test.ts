import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataPath, hasData } from "../support/data.ts";

const main = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

describe.skipIf(!hasData)("an import that is killed", () => {
  let folder: string;
  const words = (...command: string[]) => [main, ...command, "--data", folder];
  const ask = (...command: string[]) =>
    JSON.parse(
      execFileSync(process.execPath, words(...command, "--json"), {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }),
    );
  const importWords = () =>
    words("import", "kiel", dataPath("kiel/ust-release-07.xlsx"), "--release", "7", "--published", "2022-10-11");

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "mainstay-killed-"));
    ask("books");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("leaves nothing behind, wherever it was, and can be run again", async () => {
    const outcomes = new Set<string>();
    for (const share of [0.3, 0.5, 0.65, 0.75, 0.85, 0.92]) {
      const before = ask("books").find((book: { slug: string }) => book.slug === "ukraine-support-tracker");
      if (before?.releases > 0) break;
      outcomes.add(await killedAfter(importWords(), share * 1800));
      const after = ask("books").find((book: { slug: string }) => book.slug === "ukraine-support-tracker");
      // All or nothing: no release, or the whole of it.
      if (after !== undefined && after.releases > 0) expect(totalOf(ask)).toBe("93942559020.24");
      else expect(after?.postings ?? 0).toBe(0);
    }
    expect(outcomes).toContain("killed");
    execFileSync(process.execPath, importWords(), { stdio: "ignore" });
    expect(totalOf(ask)).toBe("93942559020.24");
  }, 120_000);
});

function totalOf(ask: (...command: string[]) => { total: string }): string {
  return ask("totals", "--book", "ukraine-support-tracker", "--class", "bound").total;
}

function killedAfter(words: readonly string[], milliseconds: number): Promise<"killed" | "ended"> {
  const child = spawn(process.execPath, words, { stdio: "ignore" });
  const timer = setTimeout(() => child.kill("SIGKILL"), milliseconds);
  return new Promise((resolve) => {
    child.on("exit", (_, signal) => {
      clearTimeout(timer);
      resolve(signal === "SIGKILL" ? "killed" : "ended");
    });
  });
}
