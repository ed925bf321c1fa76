import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { creditorReference, isCreditorReference, normalReference, referencesIn } from "#core/funds/reference.ts";

/** The remainder by 97 of what ISO 11649 writes out as one long number: the first four characters behind the others, letters as 10 to 35. */
function remainderOf(reference: string): bigint {
  const turned = reference.slice(4) + reference.slice(0, 4);
  return BigInt([...turned].map((letter) => Number.parseInt(letter, 36)).join("")) % 97n;
}

const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"];
const body = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 21 });

describe("making and checking", () => {
  test.each([
    ["539007547034", "RF18539007547034"],
    ["000000000539007547034", "RF18000000000539007547034"],
    ["A", "RF25A"],
    ["fund2025call1pol", creditorReference("FUND2025CALL1POL")],
  ])("%s becomes %s", (given, reference) => {
    expect(creditorReference(given)).toBe(reference);
    expect(remainderOf(reference)).toBe(1n);
  });

  test.each(["", "A".repeat(22), "A B", "A-1", "Ä1", "ſ", "RF18\n"])("%j is no body", (given) => {
    expect(() => creditorReference(given)).toThrow(
      `A creditor reference cannot be made of that. Found: ${JSON.stringify(given)}. Where: field body. Give 1 to 21 letters from A to Z and digits, without blanks.`,
    );
    expect(() => creditorReference(given)).toThrow(expect.objectContaining({ code: "creditor_reference_invalid" }));
  });

  test.each([
    ["RF18539007547034", true],
    ["rf18 5390 0754 7034", true],
    ["RF18539007547043", false], // two digits changed places
    ["RF17539007547034", false],
    ["RF18", false],
    ["RF185390-07547034", false],
    ["ＲＦ18539007547034", false], // full-width letters
    ["RF18 5390 0754 7034 5390 0754 7034", false], // too long
    ["", false],
  ])("%s: %s", (text, expected) => {
    expect(isCreditorReference(text)).toBe(expected);
  });

  test("only 02 to 98 are check digits, although 00, 01 and 99 leave the same remainder as 97, 98 and 02", () => {
    const whole = Array.from({ length: 2000 }, (_, index) => creditorReference(String(index)));
    const twin = (digits: string, other: string) => {
      const found = whole.find((reference) => reference.slice(2, 4) === digits) ?? "";
      return `RF${other}${found.slice(4)}`;
    };
    for (const [digits, other] of [
      ["97", "00"],
      ["98", "01"],
      ["02", "99"],
    ] as const) {
      expect(remainderOf(twin(digits, other))).toBe(1n);
      expect(isCreditorReference(twin(digits, other))).toBe(false);
    }
  });

  test("whatever is made is one, leaves a remainder of one, and is none with a letter or a digit changed for another", () => {
    fc.assert(
      fc.property(body, fc.nat(), fc.constantFrom(...letters), (given, at, letter) => {
        const reference = creditorReference(given);
        expect(isCreditorReference(reference)).toBe(true);
        expect(remainderOf(reference)).toBe(1n);
        const place = 4 + (at % given.length);
        const isDigit = (character: string) => /\d/.test(character);
        fc.pre(isDigit(letter) === isDigit(reference.charAt(place)));
        const changed = reference.slice(0, place) + letter + reference.slice(place + 1);
        expect(isCreditorReference(changed)).toBe(changed === reference);
      }),
    );
  });

  test.each([
    [" rf18\u00a05390\t0754\n7034 ", "RF18539007547034"],
    ["ı", "ı"], // would be I, were every letter raised
    ["", ""],
  ])("%j is compared as %s", (text, normal) => {
    expect(normalReference(text)).toBe(normal);
  });
});

describe("finding them in free text", () => {
  const one = "RF18539007547034";
  const two = creditorReference("CALL2");
  test.each([
    ["nothing at all", []],
    ["", []],
    ["RF, RF18, RF1 and RF00000", []],
    [`Contribution ${one}, second instalment`, [one]],
    [`/RFB/${one}/END`, [one]],
    ["SVWZ+rf18 5390 0754 7034", [one]],
    ["our ref RF18 5390 0754 7034 of 2 May", [one]],
    ["RF18 5390 07\n54 7034", [one]], // groups of four, and the line's end inside one of them
    ["RF185390\r\n07547034", [one]],
    ["RF1853900 7547034", [one]],
    ["R\nF18539007547034", [one]],
    ["RF18 53 90 0754 7034", [one]],
    ["RF1 853 900 754 703 4", []], // in threes it is not written
    ["RF18-5390-0754-7034", []],
    [`PAYMENT${one}`, [one]], // as where a line was filled up to its end
    [`${one}PAYMENT`, []],
    [`${two} and ${one} and ${two}`, [two, one]],
    [`RFRF18539007547034`, [one]],
    [`RF18${one} and`, [one]], // a start within another's reach
    ["RF18000000000539007547034", ["RF18000000000539007547034"]], // the longest there is
    ["RF25A", ["RF25A"]], // and the shortest
    ["RF17 5390 0754 7034", []],
  ])("%j: %j", (text, expected) => {
    expect(referencesIn(text)).toEqual(expected);
  });

  const written = fc.oneof(
    body.map((given) => creditorReference(given)),
    body.map((given) => creditorReference(given).replaceAll(/(.{4})(?=.)/g, "$1 ")),
    fc.tuple(body, fc.nat(), fc.constantFrom("\n", "\r\n", " ", "\u00a0", "  \n ")).map(([given, at, end]) => {
      const reference = creditorReference(given);
      const place = 1 + (at % (reference.length - 1));
      return reference.slice(0, place) + end + reference.slice(place);
    }),
  );

  test("one that is there is found, however it is written and whatever stands around it", () => {
    const around = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(around, written, fc.constantFrom(" ", "\n", "/", ", ", "+"), around, (before, text, mark, after) => {
        expect(referencesIn(before + mark + text + mark + after)).toContain(normalReference(text));
      }),
      { numRuns: 500 },
    );
  });

  test("whatever is found is one, and its characters stand in the text in that order without anything but blanks between", () => {
    const pieces = fc.oneof(fc.constantFrom("RF", "RF1", "RF18", " ", "\n", "/", "7"), written, fc.string());
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join("");
        for (const reference of referencesIn(text)) {
          expect(isCreditorReference(reference)).toBe(true);
          expect(normalReference(text)).toContain(reference);
        }
      }),
      { numRuns: 500 },
    );
  });

  test("a text of starts without end takes no long time", () => {
    const started = performance.now();
    expect(referencesIn("RF11".repeat(50_000))).toEqual([]);
    expect(referencesIn("RF11 ".repeat(20_000)).length).toBeLessThan(10);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
