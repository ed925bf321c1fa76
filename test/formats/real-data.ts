import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ReleaseContent } from "../../src/core/entries.ts";
import { classEffect, type BindingClass } from "../../src/core/bindingness.ts";

/** Public data beside the checkout; tests that need it skip, saying so, where it is absent. */
const folder = join(dirname(fileURLToPath(import.meta.url)), "../../../shared/data");

export function hasReal(path: string): boolean {
  const present = existsSync(join(folder, path));
  if (!present) process.stderr.write(`skipped: ../shared/data/${path} is not here\n`);
  return present;
}

export function realBytes(path: string): Uint8Array {
  return readFileSync(join(folder, path));
}

/** Reported amounts of a class by donor and category, in millionths, keyed "donor | category". Entries without a valuation add nothing. */
export function reportedTotals(content: ReleaseContent, bindingClass: BindingClass): Map<string, bigint> {
  const totals = new Map<string, bigint>();
  for (const entry of content.entries) {
    const effect = classEffect(entry.from, entry.to);
    const reading = content.readings[entry.promise];
    if (
      effect?.class !== bindingClass ||
      reading === undefined ||
      reading.unit.kind !== "currency" ||
      entry.reported === null
    )
      continue;
    const key = `${reading.donor} | ${reading.category}`;
    totals.set(key, (totals.get(key) ?? 0n) + BigInt(effect.sign) * entry.reported);
  }
  return totals;
}

export function sum(values: Iterable<bigint>): bigint {
  return [...values].reduce((left, right) => left + right, 0n);
}
