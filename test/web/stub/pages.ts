import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { serveStub } from "./serve.ts";

/** Builds the pages into a folder of this test's own and serves them with the made-up data. */
export async function builtPages(): Promise<Readonly<{ url: string; close: () => Promise<void> }>> {
  const folder = mkdtempSync(join(tmpdir(), "mainstay-pages-"));
  await build({
    configFile: fileURLToPath(new URL("../../../web/vite.config.ts", import.meta.url)),
    logLevel: "error",
    build: { outDir: folder, emptyOutDir: true },
  });
  const { url, close } = await serveStub(0, folder);
  return {
    url,
    close: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
