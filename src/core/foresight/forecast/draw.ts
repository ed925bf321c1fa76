import { normalOfWord } from "./normal-table.ts";
import { drivers, type Driver, type Running } from "./model.ts";
import { threefry2x32 } from "./threefry.ts";

const words = new Uint32Array(2);
const perWord = 1 / 4294967296;

/** The key's second word for a driver. */
export function driverNumber(driver: Driver): number {
  return drivers.indexOf(driver) + 1;
}

/** The seed under which a driver is drawn in a running. */
export function seedOf({ seed, otherSeed }: Running, driver: Driver): number {
  return otherSeed === undefined || otherSeed.except === driver ? seed : otherSeed.seed;
}

/**
 * Uniform numbers between 0 and 1, both excluded, of one driver and subject for so many paths from an even first one. The counter is the pair of paths and
 * the subject.
 */
export function fillUniforms(seed: number, key: number, subject: number, first: number, out: Float64Array): void {
  const count = out.length;
  for (let at = 0; at < count; at += 2) {
    threefry2x32(seed, key, (first + at) >>> 1, subject, words);
    out[at] = ((words[0] as number) + 0.5) * perWord;
    if (at + 1 < count) out[at + 1] = ((words[1] as number) + 0.5) * perWord;
  }
}

/** Standard normal numbers of one driver and subject for so many paths from an even first one. */
export function fillNormals(seed: number, key: number, subject: number, first: number, out: Float64Array): void {
  const count = out.length;
  for (let at = 0; at < count; at += 2) {
    threefry2x32(seed, key, (first + at) >>> 1, subject, words);
    out[at] = normalOfWord(words[0] as number);
    if (at + 1 < count) out[at + 1] = normalOfWord(words[1] as number);
  }
}

const currencySpan = 4096; // months of a currency's walk that have counters of their own

/**
 * What a currency is worth at the end of each month against today, path by path: a walk of independent monthly changes with mean 0, so that the expected value
 * stays 1. Row by path, `months` wide.
 */
export function fillWalks(
  seed: number,
  key: number,
  currency: number,
  volatility: number,
  months: number,
  first: number,
  paths: number,
  out: Float64Array,
): void {
  for (let path = 0; path < paths; path += 1) {
    let value = 1;
    const row = path * months;
    for (let month = 0; month < months; month += 2) {
      threefry2x32(seed, key, first + path, currency * currencySpan + (month >>> 1), words);
      value *= 1 + volatility * normalOfWord(words[0] as number);
      out[row + month] = value;
      if (month + 1 < months) {
        value *= 1 + volatility * normalOfWord(words[1] as number);
        out[row + month + 1] = value;
      }
    }
  }
}
