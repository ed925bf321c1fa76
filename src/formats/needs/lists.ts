import type { Accepted, Need, Offer, PackagePart } from "#core/planning/record.ts";

/**
 * Lists as they are written in one cell: entries parted by semicolons or line ends. Readers return undefined where an entry is not written so.
 */

const million = 1_000_000;

function entriesOf(cell: string): string[] {
  return cell
    .split(/[;\n]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

/** `hub-1; hub-2`. */
export function readIds(cell: string): string[] {
  return entriesOf(cell);
}

export function writeIds(ids: readonly string[]): string {
  return ids.join("; ");
}

/** `howitzer-155; howitzer-105 0.6`: kinds with what one counts for; the first counts 1. */
export function readAccepts(cell: string): Accepted[] | undefined {
  const read = entriesOf(cell).map((entry): Accepted | undefined => {
    const [, item = "", worth = "1"] = /^(.*?)(?:\s+(\d{1,3}(?:\.\d{1,6})?))?$/.exec(entry) ?? [];
    return { item, worthPpm: Math.round(Number(worth) * million) };
  });
  return whole(read);
}

export function writeAccepts(accepts: readonly Accepted[]): string {
  return accepts
    .map(({ item, worthPpm }) => (worthPpm === million ? item : `${item} ${worthText(worthPpm)}`))
    .join("; ");
}

/** Millionths as a decimal without needless zeros: 600000 is 0.6. */
export function worthText(worthPpm: number): string {
  const rest = String(worthPpm % million)
    .padStart(6, "0")
    .replace(/0+$/, "");
  return `${Math.floor(worthPpm / million)}${rest === "" ? "" : `.${rest}`}`;
}

const partForm = /^(.+?)\s+(\d{1,10})\/(\d{1,10})\s+(?:before\s+(\d{1,5})|(with)|monthly\s+(\d{1,4}))$/i;

/** `course-artillery 8/1 before 60; shell-155 100/1 with; spares 1/4 monthly 24`: pieces for so many systems; days ahead, or months. */
export function readPackage(cell: string): PackagePart[] | undefined {
  const read = entriesOf(cell).map((entry): PackagePart | undefined => {
    const [, item, pieces, systems, lead, together, months] = partForm.exec(entry) ?? [];
    if (item === undefined) return undefined;
    return {
      item,
      pieces: Number(pieces),
      systems: Number(systems),
      when: together !== undefined ? "with" : lead !== undefined ? "before" : "monthly",
      leadDays: Number(lead ?? 0),
      months: Number(months ?? 0),
    };
  });
  return whole(read);
}

export function writePackage(parts: Need["package"]): string {
  return parts
    .map(({ item, pieces, systems, when, leadDays, months }) => {
      const timing = { before: ` ${leadDays}`, with: "", monthly: ` ${months}` }[when];
      return `${item} ${pieces}/${systems} ${when}${timing}`;
    })
    .join("; ");
}

/** `2026 1000000; 2027 2500000`: whole units of the currency, usable from that year on. */
export function readYears(cell: string): Offer["years"] | undefined {
  const read = entriesOf(cell).map((entry) => {
    const [, year, amount] = /^(\d{4})\s+(\d{1,13})$/.exec(entry) ?? [];
    return year === undefined ? undefined : { year: Number(year), amount: Number(amount) };
  });
  return whole(read);
}

export function writeYears(years: Offer["years"]): string {
  return years.map(({ year, amount }) => `${year} ${amount}`).join("; ");
}

function whole<T>(list: readonly (T | undefined)[]): T[] | undefined {
  return list.includes(undefined) ? undefined : (list as T[]);
}
