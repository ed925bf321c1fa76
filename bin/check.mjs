// `npm run check`: everything that is checked without running the product. `--fix` repairs what can be repaired.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { environmentWith, root } from "./bootstrap.mjs";

const bin = (name) => join(root, "node_modules", ".bin", name);

const steps = (fix) => [
  { name: "types", program: "tsc", args: ["-p", "."] },
  { name: "types of the core, which knows no Node and no browser", program: "tsc", args: ["-p", "src/core"] },
  ...(existsSync(join(root, "web", "index.html"))
    ? [{ name: "types of the pages", program: "tsc", args: ["-p", "web"] }]
    : []),
  { name: "lint", program: "oxlint", args: ["--type-aware", "--deny-warnings", ...(fix ? ["--fix"] : [])] },
  { name: "format", program: "oxfmt", args: fix ? ["."] : ["--check", "."] },
  { name: "unused code", program: "knip", args: [] },
  { name: "walls", program: "vitest", args: ["run", "test/architecture", "--reporter=dot"] },
];

/** Runs every step, also after one has failed, and returns the exit code. */
export function check(node, words) {
  const failed = [];
  for (const { name, program, args } of steps(words.includes("--fix"))) {
    const started = Date.now();
    const result = spawnSync(bin(program), args, { cwd: root, env: environmentWith(node), encoding: "utf8" });
    const passed = result.status === 0;
    process.stdout.write(`${passed ? "ok    " : "FAILED"} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
    if (passed) continue;
    failed.push(name);
    process.stdout.write(`${result.stdout}${result.stderr}${String(result.error ?? "")}\n`);
  }
  if (failed.length > 0) process.stdout.write(`\nFailed: ${failed.join("; ")}.\n`);
  return failed.length === 0 ? 0 : 1;
}
