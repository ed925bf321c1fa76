import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = new URL("../../../shared/data/", import.meta.url);

/** Real published files lie beside the checkout, never in it. Where they are absent the tests that need them are skipped, saying so. */
export const hasData = existsSync(folder);
if (!hasData)
  process.stderr.write(`No published data at ${fileURLToPath(folder)}: the tests on real files are skipped.\n`);

export function dataPath(name: string): string {
  return fileURLToPath(new URL(name, folder));
}

export function readData(name: string): Uint8Array {
  return readFileSync(dataPath(name));
}
