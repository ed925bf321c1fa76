import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { takeMutex } from "#store/server/mutex.ts";

const script = fileURLToPath(new URL("contender.ts", import.meta.url));
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mainstay-mutex-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("of four processes that take it a hundred times each, no two ever hold it at once", async () => {
  const left = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const child = spawn(process.execPath, [script, folder, "100"], { stdio: ["ignore", "ignore", "inherit"] });
      const [code] = (await once(child, "exit")) as [number | null];
      return code;
    }),
  );
  expect(left).toEqual([0, 0, 0, 0]);
  expect(readdirSync(folder)).toEqual([]);
});

test("a live holder is waited for, and named when patience ends", async () => {
  const held = await takeMutex(folder, "lock", 1000);
  await expect(takeMutex(folder, "lock", 100)).rejects.toMatchObject({ code: "database_busy" });
  held.release();
  (await takeMutex(folder, "lock", 1000)).release();
});

test("the lock of a process whose number another has now is taken over", async () => {
  mkdirSync(join(folder, "lock"));
  writeFileSync(join(folder, "lock", "holder"), `${process.pid} of-an-earlier-life`);
  (await takeMutex(folder, "lock", 1000)).release();
  expect(readdirSync(folder)).toEqual([]);
});
