import { MainstayError } from "../errors.ts";

// ISO 11649: "RF", two check digits (ISO 7064, mod 97-10), and a body of 1 to 21 letters and digits.

const shortest = 5;
const longest = 25;
const group = 4; // characters between the blanks of the printed form

/**
 * The creditor reference of a body, in its electronic form: capitals, without blanks.
 * @throws MainstayError creditor_reference_invalid
 */
export function creditorReference(body: string): string {
  if (!/^[A-Za-z0-9]{1,21}$/.test(body))
    throw new MainstayError("creditor_reference_invalid", JSON.stringify(body.slice(0, 60)), { field: "body" });
  const capitals = normalReference(body);
  return `RF${String(98 - remainder(`${capitals}RF00`)).padStart(2, "0")}${capitals}`;
}

/** Whether a text is a creditor reference with the right check digits; small letters and blanks don't matter. */
export function isCreditorReference(text: string): boolean {
  const normal = normalReference(text);
  // Made anew rather than tested for a remainder of one, which 00, 01 and 99 would pass as well.
  return /^RF\d\d[A-Z0-9]{1,21}$/.test(normal) && creditorReference(normal.slice(4)) === normal;
}

/** A reference as it is compared: capitals, blanks of every kind out. Only the letters a to z are raised, so that no other becomes one of them. */
export function normalReference(text: string): string {
  return text.replaceAll(/\s+/g, "").replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase());
}

/**
 * Every creditor reference in a free text, in the order it stands there, each once, in its electronic form. It may be written in one piece, in
 * groups of four, and be broken at one more place, as by the end of a statement's line. Where a text can be read in several ways whose check
 * digits all hold, all are given, longest first: who knows the references tells which was meant.
 */
export function referencesIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const run of text.split(/[^A-Za-z0-9\s]+/)) {
    const words = run.split(/\s+/).filter((word) => word !== "");
    const joined = normalReference(words.join(""));
    const ends = new Set<number>();
    let length = 0;
    for (const word of words) ends.add((length += word.length));
    for (const { index } of joined.matchAll(/RF\d\d/g))
      for (const reading of readingsAt(joined, index, ends)) found.add(reading);
  }
  return [...found];
}

/** The references that start at a place of words written without their blanks and finish at the end of a word, longest first. */
function readingsAt(joined: string, start: number, ends: ReadonlySet<number>): string[] {
  const readings: string[] = [];
  let breaks = 0; // blanks passed that don't stand between groups of four
  for (let length = 1; length <= longest && breaks <= 1; length += 1) {
    if (!ends.has(start + length)) continue;
    const reading = joined.slice(start, start + length);
    if (length >= shortest && isCreditorReference(reading)) readings.unshift(reading);
    if (length % group !== 0) breaks += 1;
  }
  return readings;
}

/** The remainder by 97 of a text's number, its letters standing for two digits each: A is 10, Z is 35. */
function remainder(text: string): number {
  let rest = 0;
  for (const letter of text) {
    const value = Number.parseInt(letter, 36);
    rest = (rest * (value < 10 ? 10 : 100) + value) % 97;
  }
  return rest;
}
