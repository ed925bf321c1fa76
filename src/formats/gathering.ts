import type { ImportRemark, LedgerEntry, PromiseReading, UnitRef } from "#core/entries.ts";
import { roundHalfAway } from "#core/money.ts";

/** What identifies a promise in a book. */
export type PromiseKey = Readonly<{ code: string; donor: string; category: string; unit: UnitRef }>;

/** Readings, entries and remarks as they are met, row by row; one reading for each promise however many rows name it. */
export type Gathering = Readonly<{
  readings: PromiseReading[];
  entries: LedgerEntry[];
  remarks: ImportRemark[];
  /** The index of the promise's reading, made at its first row. A later row that states a quantity makes the promise a stated one. */
  promise: (key: PromiseKey, rest: Omit<PromiseReading, keyof PromiseKey>) => number;
}>;

export function startGathering(): Gathering {
  const readings: PromiseReading[] = [];
  const indexes = new Map<string, number>();
  return {
    readings,
    entries: [],
    remarks: [],
    promise: (key, rest) => {
      const identity = JSON.stringify([key.code, key.donor, key.category, key.unit.code]);
      const known = indexes.get(identity);
      if (known === undefined) {
        indexes.set(identity, readings.length);
        readings.push({ ...rest, ...key });
        return readings.length - 1;
      }
      const before = readings[known];
      if (before !== undefined) readings[known] = merged(before, rest);
      return known;
    },
  };
}

const linksKept = 40;

function merged(before: PromiseReading, next: Omit<PromiseReading, keyof PromiseKey>): PromiseReading {
  return {
    ...before,
    title: before.title === "" ? next.title : before.title,
    explanation: before.explanation === "" ? next.explanation : before.explanation,
    sourceLinks:
      before.sourceLinks.length < linksKept
        ? [...new Set([...before.sourceLinks, ...next.sourceLinks])]
        : before.sourceLinks,
    quantityStated: before.quantityStated || next.quantityStated,
  };
}

/** The part of a quantity that a part of its valuation stands for, to the nearest whole part and at least one. */
export function partOf(quantity: bigint, valued: bigint, whole: bigint): bigint {
  if (valued === whole) return quantity;
  const part = roundHalfAway(quantity * valued, whole);
  return part < 1n ? 1n : part;
}

export function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
