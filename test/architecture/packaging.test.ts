import { describe, expect, test } from "vitest";
import { filesBelow, importsOf, isSource, packageOf, read } from "./sources.ts";

type Package = Readonly<{
  optionalDependencies?: Readonly<Record<string, string>>;
  license?: string;
  dev?: boolean;
  devOptional?: boolean;
  dependencies?: Readonly<Record<string, string>>;
  peerDependencies?: Readonly<Record<string, string>>;
}>;

const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, Package> };

const permissive = new Set([
  "MIT",
  "ISC",
  "0BSD",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "CC0-1.0",
  "Unlicense",
  "Python-2.0",
  "OFL-1.1", // of fonts: free to use, embed and pass on
]);

/** Packages that say their licence in a file alone, which was read. */
const readInFile: Readonly<Record<string, string>> = { "node_modules/png-js": "MIT" };

const isPermissive = (licence: string | undefined): boolean =>
  (licence ?? "none")
    .replace(/[()]/g, "")
    .split(" OR ")
    .some((choice) => choice.split(" AND ").every((part) => permissive.has(part)));

/** What the built pages carry: the packages that they import, and theirs in turn. */
function bundled(): Set<string> {
  const found = new Set<string>();
  const pages = filesBelow("web/src").filter(isSource);
  const waiting = pages.flatMap((path) =>
    importsOf(read(path))
      .filter((word) => /^[@a-z]/.test(word))
      .map(packageOf),
  );
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const path = `node_modules/${name}`;
    const entry = lock.packages[path];
    if (entry === undefined || found.has(path)) continue;
    found.add(path);
    waiting.push(...Object.keys(entry.dependencies ?? {}));
  }
  return found;
}

describe("what is shipped", () => {
  const inPages = bundled();
  const shipped = Object.entries(lock.packages).filter(
    ([path, entry]) => path !== "" && ((!entry.dev && !entry.devOptional) || inPages.has(path)),
  );

  test("is under licences that let anyone use it", () => {
    expect(shipped.length).toBeGreaterThan(50);
    const others = shipped.filter(([path, entry]) => !isPermissive(entry.license ?? readInFile[path]));
    expect(others.map(([path, entry]) => `${path}: ${entry.license ?? "no licence"}`)).toEqual([]);
  });

  test.each([
    ["GPL-3.0", false],
    ["(MIT OR GPL-3.0)", true],
    ["MIT AND GPL-3.0", false],
    [undefined, false],
  ])("the licence %s is permissive: %s", (licence, expected) => {
    expect(isPermissive(licence)).toBe(expected);
  });
});

test.each(["package-lock.json", "runtime/package-lock.json"])(
  "%s names no download address, so any registry will do",
  (path) => {
    expect(read(path)).not.toMatch(/"resolved":/);
  },
);

/** Where Node would look for a package from inside another one, innermost first. */
function placesOf(name: string, from: string): string[] {
  const inner = from
    .split("/node_modules/")
    .map((_, index, parts) => parts.slice(0, parts.length - index).join("/node_modules/"));
  return [...inner.map((path) => `${path}/node_modules/${name}`), `node_modules/${name}`];
}

/** The optional packages that a lock file's packages ask for and that it does not list. */
const unlisted = (packages: Readonly<Record<string, Package>>): string[] =>
  Object.entries(packages).flatMap(([path, entry]) =>
    Object.keys(entry.optionalDependencies ?? {})
      .filter((name) => !placesOf(name, path).some((place) => place in packages))
      .map((name) => `${path} asks for ${name}`),
  );

test("the packages for other systems are in the lock file, without which a clean installation is refused everywhere", () => {
  expect(unlisted(lock.packages)).toEqual([]);
  expect(unlisted({ "node_modules/a": { optionalDependencies: { b: "1.0.0" } } })).toEqual([
    "node_modules/a asks for b",
  ]);
});

test("every version in package.json is exact", () => {
  const manifest = JSON.parse(read("package.json")) as Record<string, Record<string, string>>;
  const versions = ["dependencies", "devDependencies", "optionalDependencies"].flatMap((kind) =>
    Object.entries(manifest[kind] ?? {}),
  );
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
});

describe("no path of one machine is in the project", () => {
  // Spelled in two parts, so that this file does not find itself.
  const machinePath = new RegExp(`(^|[\\s"'\`(=:,])/(${["home", "work", "tmp", "root", "Users"].join("|")})/\\w`, "m");
  const text = /\.(ts|tsx|mjs|js|json|md|css|html|sql|csv|yml|yaml|sh|toml)$|\/run$/;

  test("in any text file", () => {
    const offenders = filesBelow(".").filter((path) => text.test(path) && machinePath.test(read(path)));
    expect(offenders).toEqual([]);
  });

  test.each(["home", "work", "tmp"])("a path below /%s would be found", (name) => {
    expect(machinePath.test(`const folder = "/${name}/someone";`)).toBe(true);
  });
});
