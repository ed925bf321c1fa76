import { expect, test } from "vitest";
import { errorCatalogue } from "#core/errors.ts";
import { filesBelow, read } from "../architecture/sources.ts";

// A sentence about an error is not a test of it: this folder, which speaks of all of them, does not count.
const tests = filesBelow("test")
  .filter((path) => path.endsWith(".test.ts") && !path.startsWith("test/docs/"))
  .map(read);
const program = filesBelow("src")
  .filter((path) => /\.(ts|sql)$/.test(path) && path !== "src/core/error-catalogue.ts")
  .map(read);

const raises = (text: string, code: string): boolean => text.includes(`"${code}"`) || text.includes(`'${code}'`);
const names = (text: string, code: string): boolean => new RegExp(`\\b${code}\\b`).test(text);

test.each(Object.keys(errorCatalogue))("%s is raised by the program and provoked by a test", (code) => {
  expect(program.some((text) => raises(text, code))).toBe(true);
  expect(tests.some((text) => names(text, code))).toBe(true);
});

test("every sentence of the catalogue ends as one, and none is said twice", () => {
  const entries = Object.values(errorCatalogue);
  for (const { title, advice } of entries) {
    expect(title).toMatch(/^[A-Z].*\.$/);
    expect(advice).toMatch(/^[A-Z].*\.$/);
  }
  expect(new Set(entries.map((entry) => entry.title)).size).toBe(entries.length);
});
