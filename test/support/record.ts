import { readFileSync } from "node:fs";
import { loadReference } from "#app/reference.ts";
import { foresightFiles } from "#formats/reference/foresight.ts";
import { planningFiles } from "#formats/reference/planning.ts";
import { referenceFiles } from "#formats/reference/read.ts";
import { connect, type Database } from "#store/database.ts";
import type { Connection } from "#store/server/open-server.ts";
import { createTestDatabase } from "./database.ts";

const root = new URL("../../", import.meta.url);

/** A database of the test file's own with the built-in facts loaded, and how to connect to it once more, as the program or its owner. Close it in afterAll. */
export async function openRecord(): Promise<{
  db: Database;
  program: Connection;
  owner: Connection;
  close: () => Promise<void>;
}> {
  const database = await createTestDatabase();
  const db = connect(database.program);
  await loadReference(db, {
    files: new Map(referenceFiles.map((name) => [name, readFileSync(new URL(`reference/${name}`, root), "utf8")])),
    streams: readFileSync(new URL("policies/streams.json", root), "utf8"),
  });
  const close = async () => {
    await db.destroy();
    await database.drop();
  };
  return { db, program: database.program, owner: database.owner, close };
}

/** The built-in needs and commitments of 2022, for loadStated. */
export function statedText(): ReadonlyMap<string, string> {
  return new Map(
    planningFiles.map((name) => [name, readFileSync(new URL(`reference/planning/${name}`, root), "utf8")]),
  );
}

/** The built-in milestones of the worked case, for loadMilestones. */
export function foresightText(): ReadonlyMap<string, string> {
  return new Map(
    foresightFiles.map((name) => [name, readFileSync(new URL(`reference/foresight/${name}`, root), "utf8")]),
  );
}

/** The text of a shipped mapping. */
export function mappingText(name: string): string {
  return readFileSync(new URL(`policies/mappings/${name}.json`, root), "utf8");
}
