import { readFileSync } from "node:fs";
import { readReference, referenceFiles } from "../../src/formats/reference/read.ts";

const folder = new URL("../../reference/", import.meta.url);

/** The text of every reference file by name, with one of them changed when asked to. */
export function referenceTexts(name?: string, change?: (text: string) => string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>(
    referenceFiles.map((file) => [file, readFileSync(new URL(file, folder), "utf8")]),
  );
  const text = texts.get(name ?? "");
  if (name !== undefined && text !== undefined && change !== undefined) {
    const changed = change(text);
    if (changed === text) throw new Error(`The change leaves ${name} as it is.`);
    texts.set(name, changed);
  }
  return texts;
}

export const reference = readReference(referenceTexts());
