import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { filesBelow, importsOf, isSource, packageOf, read, resolveImport, root } from "./sources.ts";

// Who may import whom. The tree is the order of dependency.
const walls: Readonly<Record<string, readonly string[]>> = {
  "src/core": ["src/core"],
  "src/formats": ["src/formats", "src/core"],
  "src/store": ["src/store", "src/core"],
  // Rules of voting are data without any code: the use case takes them in as they are.
  "src/app": ["src/app", "src/store", "src/formats", "src/core", "policies/rules"],
  "src/http": ["src/http", "src/app", "src/core"],
  "src/cli": ["src/cli", "src/app", "src/core"],
  web: ["web", "src/core"],
};

// Which packages the pure layers may use; the others are free.
const packages: Readonly<Record<string, readonly string[]>> = {
  "src/core": ["temporal-polyfill"],
  "src/formats": [
    "temporal-polyfill",
    "papaparse",
    "fflate",
    "fontkit",
    "pdfkit",
    "read-excel-file",
    "saxes",
    "write-excel-file",
    "zod",
  ],
};

const within = (path: string, layers: readonly string[]): boolean =>
  layers.some((layer) => path.startsWith(`${layer}/`));

/** The imports of a layer's file that its wall forbids. */
function trespasses(layer: string, path: string, text: string): string[] {
  return importsOf(text)
    .filter((word) => {
      const target = resolveImport(path, word);
      if (target !== undefined) return !within(target, walls[layer] ?? []);
      return packages[layer] !== undefined && !packages[layer].includes(packageOf(word));
    })
    .map((word) => `${path} imports ${word}`);
}

const sources = filesBelow("src").concat(filesBelow("web")).filter(isSource);

describe("the walls", () => {
  // Settings and scripts of the pages run in Node, before there is a page.
  const outside = (path: string): boolean => path === "web/vite.config.ts" || path.startsWith("web/scripts/");

  test.each(Object.keys(walls))("%s imports only what it may", (layer) => {
    const files = sources.filter((path) => within(path, [layer]) && !outside(path));
    expect(files.flatMap((path) => trespasses(layer, path, read(path)))).toEqual([]);
  });

  test.each([
    ["src/core", 'import { readFile } from "node:fs";'],
    ["src/core", 'import type { Row } from "#store/rows.ts";'],
    ["src/formats", 'import { rows } from "../store/rows.ts";'],
    ["src/store", 'const app = await import("#app/totals.ts");'],
    ["src/http", 'export { rows } from "#store/rows.ts";'],
    ["web", 'import { totals } from "../src/app/totals.ts";'],
  ])("%s would be caught at %s", (layer, line) => {
    expect(trespasses(layer, `${layer}/file.ts`, line)).toHaveLength(1);
  });

  test("nothing imports main", () => {
    const importers = sources.filter((path) =>
      importsOf(read(path)).some((word) => resolveImport(path, word) === "src/main.ts"),
    );
    expect(importers).toEqual([]);
  });
});

/** The first cycle found in a graph of imports, as a path that ends where it began. */
function cycleIn(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] | undefined => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return undefined;
    for (const next of graph.get(path) ?? []) {
      const cycle = visit(next, [...trail, path]);
      if (cycle !== undefined) return cycle;
    }
    done.add(path);
    return undefined;
  };
  for (const path of graph.keys()) {
    const cycle = visit(path, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

test("no file imports itself by way of others, not even for a type", () => {
  const graph = new Map(
    sources.map((path) => [path, importsOf(read(path)).flatMap((word) => resolveImport(path, word) ?? [])]),
  );
  expect(cycleIn(graph)).toBeUndefined();
  expect(
    cycleIn(
      new Map([
        ["a", ["b"]],
        ["b", ["c"]],
        ["c", ["b"]],
      ]),
    ),
  ).toEqual(["b", "c", "b"]);
});

describe("the core is pure", () => {
  const impure = {
    process: "export const value = process.pid;",
    console: "console.log(1);",
    fetch: 'export const value = fetch("x");',
    timer: "setTimeout(() => undefined, 1);",
    window: "export const value = window;",
    node: 'import { readFileSync } from "node:fs";\nexport const value = readFileSync;',
    outward: 'export { openDatabase } from "../../../src/store/server/open-database.ts";',
  };
  let said = "";
  let folder = "";

  beforeAll(() => {
    mkdirSync(join(root, "node_modules/.cache"), { recursive: true });
    folder = mkdtempSync(join(root, "node_modules/.cache/core-"));
    const settings = {
      extends: join(root, "src/core/tsconfig.json"),
      compilerOptions: { rootDir: "." },
      include: ["."],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
    for (const [name, text] of Object.entries(impure)) writeFileSync(join(folder, `${name}.ts`), text);
    writeFileSync(join(folder, "pure.ts"), "export const value = [1, 2].toReversed();");
    said = spawnSync(join(root, "node_modules/.bin/tsc"), ["-p", folder], { cwd: root, encoding: "utf8" }).stdout;
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(Object.keys(impure))("its types refuse: %s", (name) => {
    const lines = said.split("\n").filter((line) => line.includes(`/${name}.ts(`) || line.includes("open-database.ts"));
    expect(lines).not.toEqual([]);
  });

  test("its types take what is pure", () => {
    expect(said).not.toContain("/pure.ts(");
  });

  test("it reads no clock and draws no random numbers", () => {
    const impurity = /Date\.now\(|new Date\(\)|Temporal\.Now|Math\.random\(|crypto\./;
    expect(filesBelow("src/core").filter((path) => isSource(path) && impurity.test(read(path)))).toEqual([]);
  });
});
