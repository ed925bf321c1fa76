import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { buildServer } from "../../../src/http/server.ts";
import type { Database } from "#store/database.ts";
import { openRecord } from "../../support/record.ts";
import { serveStub } from "./serve.ts";

type Pages = Readonly<{ url: string; close: () => Promise<void> }>;

/** Builds the pages into a folder of this test's own. */
async function builtFolder(): Promise<Readonly<{ folder: string; remove: () => void }>> {
  const folder = mkdtempSync(join(tmpdir(), "mainstay-pages-"));
  // The test runner says "test", with which React would be built as for development: other code than people get.
  process.env["NODE_ENV"] = "production";
  await build({
    configFile: fileURLToPath(new URL("../../../web/vite.config.ts", import.meta.url)),
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: true },
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The built pages, served with the made-up data. */
export async function builtPages(): Promise<Pages> {
  const { folder, remove } = await builtFolder();
  const { url, close } = await serveStub(0, folder);
  return {
    url,
    close: async () => {
      await close();
      remove();
    },
  };
}

/** The built pages as the program itself serves them, on the worked case and what `enter` puts on record beside it. */
export async function servedPages(enter: (db: Database) => Promise<void> = async () => {}): Promise<Pages> {
  const [{ folder, remove }, record] = await Promise.all([builtFolder(), openRecord()]);
  await enter(record.db);
  const app = await buildServer({ db: record.db, pagesFolder: folder, version: "0.0.0-test" });
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  return {
    url,
    close: async () => {
      await app.close();
      await record.close();
      remove();
    },
  };
}
