import { readFileSync, readdirSync } from "node:fs";
import type { Facts } from "#core/burden/indicators.ts";
import type { Formula, Key, KeyIndicator } from "#core/burden/key.ts";
import { readKey } from "#formats/keys/read.ts";
import { root } from "../architecture/sources.ts";

const folder = `${root}/policies/keys`;

/** The keys that come with the program, by name. */
export const shippedKeys: ReadonlyMap<string, Key> = new Map(
  readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .map((file) => [file.slice(0, -5), readKey(readFileSync(`${folder}/${file}`, "utf8"), file)]),
);

export const shipped = (name: string): Key => {
  const key = shippedKeys.get(name);
  if (key === undefined) throw new Error(`no key ${name}`);
  return key;
};

const one = { top: 1n, bottom: 1n };
const none = { top: 0n, bottom: 1n };

/** A formula by GDP with what the test is about. */
export function keyWith(change: Partial<Formula> = {}): Key {
  const rule: Formula = {
    kind: "formula",
    weights: [{ indicator: "gdp", weight: one }],
    years: 1,
    unknown: "refuse",
    discount: null,
    equalPart: none,
    floor: none,
    ceiling: one,
    redistribute: "in-proportion",
    ...change,
  };
  const source = { title: "a test", publisher: "a test", publishedOn: null, url: null, note: "" };
  return {
    id: "test-key",
    title: "",
    description: "",
    modelled: null,
    validFrom: "2000-01-01",
    validUntil: null,
    members: "all",
    source,
    rule,
  };
}

/** Indicators of one year. */
export function factsOf(year: number, tables: Partial<Record<KeyIndicator, Readonly<Record<string, bigint>>>>): Facts {
  return Object.fromEntries(
    Object.entries(tables).map(([name, table]) => [
      name,
      new Map(Object.entries(table).map(([party, value]) => [party, new Map([[year, value]])])),
    ]),
  );
}
