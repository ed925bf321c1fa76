import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, posix, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

const leftOut = new Set(["node_modules", "dist", ".git", ".data", "coverage", "test-results"]);

/** Every file of the project below a folder, as paths from the root with `/`. */
export function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (leftOut.has(entry.name)) return [];
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

export const read = (path: string): string => readFileSync(join(root, path), "utf8");

export const isSource = (path: string): boolean => /\.(ts|tsx|mjs)$/.test(path);

const importing = /(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)["']([^"'\n]+)["']/g;

/** What a file imports, for its values or its types: words as written. */
export const importsOf = (text: string): string[] => [...text.matchAll(importing)].map((match) => match[1] ?? "");

/** An import as a path from the root, for files of the project; undefined for a package. */
export function resolveImport(from: string, word: string): string | undefined {
  const clean = word.replace(/\?.*$/, "");
  if (clean.startsWith("#")) return `src/${clean.slice(1)}`;
  if (!clean.startsWith(".")) return undefined;
  return relative(root, join(root, dirname(from), clean)).replaceAll("\\", "/");
}

/** The name of the package that an import reaches into. */
export const packageOf = (word: string): string =>
  word
    .split("/")
    .slice(0, word.startsWith("@") ? 2 : 1)
    .join("/");
