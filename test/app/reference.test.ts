import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadReference, type ReferenceText } from "#app/reference.ts";
import { totals } from "#app/totals.ts";
import { referenceFiles } from "#formats/reference/read.ts";
import { connect, type Database } from "#store/database.ts";
import { root } from "../architecture/sources.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const text = (correct: (name: string, file: string) => string): ReferenceText => ({
  files: new Map(
    referenceFiles.map((name) => [name, correct(name, readFileSync(join(root, "reference", name), "utf8"))] as const),
  ),
  streams: readFileSync(join(root, "policies", "streams.json"), "utf8"),
});

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = connect(database.program);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

test("a version with a corrected fact opens an older record: what is on record stays, and that is told", async () => {
  expect(
    await loadReference(
      db,
      text((_, file) => file),
    ),
  ).toBe(true);
  const figure = () => totals(db, { book: "worked-case", by: ["donor"], class: "bound", knownAt: "2022-10-31" });
  const before = await figure();
  const corrected = text((name, file) =>
    name === "totals.csv" ? file.replace("246163125.795858", "246163125.80") : file,
  );
  const kept: string[] = [];
  expect(await loadReference(db, corrected, undefined, (release) => kept.push(release))).toBe(true);
  expect(kept).toEqual(["Ukraine Support Tracker release 7"]);
  expect(await figure()).toEqual(before);
  expect(await loadReference(db, corrected)).toBe(false);
});
