import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "./programs.ts";

// The launcher in a project of its own, with a product that says what it was given.
const root = fileURLToPath(new URL("../../", import.meta.url));
let project: string;

const product = `
const words = process.argv.slice(2);
console.log(JSON.stringify(words));
if (words.includes("refuse")) process.exit(Number(words.at(-1)));
if (words[0] === "serve") {
  const waiting = setInterval(() => {}, 1000);
  process.on("SIGTERM", () => {
    console.log("closing");
    clearInterval(waiting);
  });
}
`;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "mainstay-launch-"));
  for (const name of ["bin", "package.json", "package-lock.json"])
    cpSync(join(root, name), join(project, name), { recursive: true });
  // Installed, as far as npm's note says: a real installation is not touched, whatever the launcher decides.
  mkdirSync(join(project, "node_modules"));
  cpSync(join(root, "package-lock.json"), join(project, "node_modules", ".package-lock.json"));
  symlinkSync(join(root, "node_modules", "vite"), join(project, "node_modules", "vite"));
  mkdirSync(join(project, "src"));
  writeFileSync(join(project, "src", "main.ts"), product);
});

afterEach(() => rmSync(project, { recursive: true, force: true }));

type Ended = Readonly<{
  child: ChildProcess;
  said: () => string;
  complained: () => string;
  code: Promise<number | null>;
}>;

function run(script: string, ...words: string[]): Ended {
  const child = spawn(process.execPath, [join(project, "bin", script), ...words], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [said, complained] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (complained += chunk.toString()));
  const code = once(child, "close").then(([left]) => left as number | null);
  return { child, said: () => said, complained: () => complained, code };
}

describe("the command line", () => {
  test("gets its words as they are, and standard output is its own", async () => {
    const { code, said, complained } = run("mainstay.mjs", "totals", "--by", "donor,year", "a b");
    expect(await code).toBe(0);
    expect(said()).toBe('["totals","--by","donor,year","a b"]\n');
    expect(complained()).toBe("");
  });

  test.each([0, 1, 2])("its exit code %i comes through", async (wanted) => {
    expect(await run("mainstay.mjs", "refuse", String(wanted)).code).toBe(wanted);
  });
});

describe("npm start", () => {
  test("serves with the words after --, and closes cleanly on a signal", async () => {
    const { child, code, said } = run("launch.mjs", "start", "--port", "5000");
    await eventually("the product runs", () => said() === '["serve","--port","5000"]\n');
    child.kill("SIGTERM");
    expect(await code).toBe(0);
    expect(said()).toContain("closing");
  });

  test("clears the lock of a launcher that died", async () => {
    mkdirSync(join(project, "dist", "launch.lock"), { recursive: true });
    // A number beyond what any system gives out.
    writeFileSync(join(project, "dist", "launch.lock", "pid"), "999999999");
    mkdirSync(join(project, "web"));
    writeFileSync(join(project, "web", "index.html"), "<p>one</p>");
    writeFileSync(join(project, "web", "vite.config.ts"), "export default {};");
    const { child, code, said } = run("launch.mjs", "start");
    await eventually("the product runs", () => said() !== "");
    child.kill("SIGTERM");
    expect(await code).toBe(0);
    expect(existsSync(join(project, "dist", "launch.lock"))).toBe(false);
  });

  test("builds the pages the first time and when they changed, and not otherwise", async () => {
    mkdirSync(join(project, "web"));
    writeFileSync(join(project, "web", "vite.config.ts"), "export default {};");
    const built = join(project, "dist", "web", "index.html");
    const startAndStop = async (page: string): Promise<string> => {
      writeFileSync(join(project, "web", "index.html"), page);
      const { child, code, said, complained } = run("launch.mjs", "start");
      await eventually("the product runs", () => said() !== "");
      child.kill("SIGTERM");
      await code;
      return complained();
    };
    expect(await startAndStop("<p>one</p>")).toContain("building the pages");
    const first = statSync(built).mtimeMs;
    expect(await startAndStop("<p>one</p>")).toBe("");
    expect(statSync(built).mtimeMs).toBe(first);
    expect(await startAndStop("<p>two</p>")).toContain("building the pages");
    expect(readFileSync(built, "utf8")).toContain("two");
  });

  test("names its commands when there is none of that name", async () => {
    const { code, complained } = run("launch.mjs", "begin");
    expect(await code).toBe(1);
    expect(complained()).toContain("start, test, check, bench, dev");
  });
});
