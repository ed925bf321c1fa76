import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { creditorReference } from "#core/funds/reference.ts";
import {
  matchReceipts,
  paymentReferences,
  unmatchedReasons,
  type BankEntry,
  type Claim,
} from "#core/funds/statement.ts";

const [first, second, third] = ["CALL1POL", "CALL1EST", "CALL1NOR"].map(creditorReference) as [string, string, string];

const entry = (over: Partial<BankEntry> = {}): BankEntry => ({
  reference: "E1",
  bookedOn: "2025-05-02",
  valueOn: null,
  direction: "credit",
  reversal: false,
  amount: 100n,
  currency: "EUR",
  counterparty: null,
  counterpartyAccount: null,
  structured: [],
  endToEndId: null,
  remittance: "",
  row: 1,
  ...over,
});
const claim = (reference: string, outstanding: bigint, currency = "EUR"): Claim => ({
  reference,
  currency,
  outstanding,
});

describe("the references of a payment", () => {
  test("those given as such first, then those found in the text and in the end-to-end id, each once", () => {
    const grouped = `${third.slice(0, 4)} ${third.slice(4, 8)} ${third.slice(8)}`;
    expect(
      paymentReferences(
        entry({
          structured: ["2025 0042", second.toLowerCase()],
          remittance: `for ${first}`,
          endToEndId: `${grouped}/${second}`,
        }),
      ),
    ).toEqual(["20250042", second, first, third]);
  });

  test("one inside what is given as a reference is found too", () => {
    expect(paymentReferences(entry({ structured: [`INV 12/${first}`, " "] }))).toEqual([`INV12/${first}`, first]);
  });

  test("none", () => {
    expect(paymentReferences(entry({ remittance: "thank you", endToEndId: "2025-1" }))).toEqual([]);
  });
});

// What came in, and what became of it: reference:amount that was matched, then reason:amount (candidates) that was not.
const rules: readonly (readonly [string, Partial<BankEntry>, readonly Claim[], string])[] = [
  ["the whole claim", { structured: [first] }, [claim(first, 100n)], `${first}:100`],
  ["a part of it", { structured: [first] }, [claim(first, 250n)], `${first}:100`],
  ["more than it", { structured: [first] }, [claim(first, 60n)], `${first}:60 more-than-outstanding:40(${first})`],
  ["a claim that is paid", { structured: [first] }, [claim(first, 0n)], `more-than-outstanding:100(${first})`],
  ["a claim paid twice", { structured: [first] }, [claim(first, -5n)], `more-than-outstanding:100(${first})`],
  ["found in the text", { remittance: `call 1, ${first}` }, [claim(first, 100n)], `${first}:100`],
  [
    "the claim's reference in blanks",
    { structured: [first] },
    [claim(` ${first.toLowerCase()} `, 100n)],
    `${first}:100`,
  ],
  ["not a creditor reference, but known", { structured: ["2025-17"] }, [claim("2025-17", 100n)], "2025-17:100"],
  ["said twice", { structured: [first], remittance: first }, [claim(first, 100n)], `${first}:100`],
  ["one known beside one unknown", { structured: [third, first] }, [claim(first, 100n)], `${first}:100`],
  ["no reference", { remittance: "support" }, [claim(first, 100n)], "no-reference:100()"],
  ["one nobody knows", { structured: [third] }, [claim(first, 100n)], "no-reference:100()"],
  [
    "two known ones",
    { structured: [second], remittance: first },
    [claim(first, 50n), claim(second, 50n)],
    `several-references:100(${second},${first})`,
  ],
  ["another currency", { structured: [first], currency: "USD" }, [claim(first, 100n)], `other-currency:100(${first})`],
  [
    "one reference in two currencies",
    { structured: [first], currency: "USD" },
    [claim(first, 100n), claim(first, 70n, "USD")],
    `${first}:70 more-than-outstanding:30(${first})`,
  ],
  ["two claims of one reference", { structured: [first] }, [claim(first, 60n), claim(first, 60n)], `${first}:100`],
  ["a debit", { direction: "debit", structured: [first] }, [claim(first, 100n)], `debit:100(${first})`],
  ["a debit without reference", { direction: "debit" }, [claim(first, 100n)], "debit:100()"],
  ["a debit taken back", { reversal: true, structured: [first] }, [claim(first, 100n)], `reversal:100(${first})`],
  [
    "a receipt taken back",
    { direction: "debit", reversal: true, structured: [first] },
    [claim(first, 100n)],
    `reversal:100(${first})`,
  ],
  ["no claims", { structured: [first] }, [], "no-reference:100()"],
];

const told = ({ matched, unmatched }: ReturnType<typeof matchReceipts>): string =>
  [
    ...matched.map(({ reference, amount }) => `${reference}:${amount}`),
    ...unmatched.map(({ reason, amount, candidates }) => `${reason}:${amount}(${candidates.join(",")})`),
  ].join(" ");

describe("what settles what", () => {
  test.each(rules)("%s", (_, over, claims, expected) => {
    expect(told(matchReceipts([entry(over)], claims))).toBe(expected);
  });

  test("every reason has its case above", () => {
    const cases = rules.map(([, , , expected]) => expected).join(" ");
    for (const reason of Object.keys(unmatchedReasons)) expect(cases).toContain(`${reason}:`);
  });

  test("several entries for one claim settle it in their order", () => {
    const entries = [40n, 40n, 40n].map((amount, index) =>
      entry({ reference: `E${index}`, amount, structured: [first] }),
    );
    const { matched, unmatched } = matchReceipts(entries, [claim(first, 100n)]);
    expect(matched.map((one) => [one.entry.reference, one.amount])).toEqual([
      ["E0", 40n],
      ["E1", 40n],
      ["E2", 20n],
    ]);
    expect(unmatched.map((one) => [one.entry.reference, one.amount, one.reason])).toEqual([
      ["E2", 20n, "more-than-outstanding"],
    ]);
  });

  test("of every entry, what is matched and what is not add up to it; no claim gets more than is outstanding, nor waits while money is left", () => {
    const references = fc.subarray([first, second, third, "2025-17"]);
    const entries = fc.array(
      fc.record({
        structured: references,
        direction: fc.constantFrom("credit", "credit", "credit", "debit"),
        reversal: fc.constantFrom(false, false, false, true),
        amount: fc.bigInt(1n, 500n),
        currency: fc.constantFrom("EUR", "EUR", "USD"),
      }),
    );
    const claims = fc.array(
      fc.record({
        reference: fc.constantFrom(first, second, "2025-17"),
        currency: fc.constantFrom("EUR", "EUR", "USD"),
        outstanding: fc.bigInt(-10n, 1_000n),
      }),
    );
    fc.assert(
      fc.property(entries, claims, (overs, owed) => {
        const given = overs.map((over, index) => entry({ ...over, reference: `E${index}` }));
        const { matched, unmatched } = matchReceipts(given, owed);
        const sum = (parts: readonly { amount: bigint }[]) => parts.reduce((total, part) => total + part.amount, 0n);
        for (const one of given) {
          const parts = [...matched, ...unmatched].filter((part) => part.entry === one);
          expect(sum(parts)).toBe(one.amount);
          expect(parts.every((part) => part.amount > 0n)).toBe(true);
        }
        for (const { reference, currency } of owed) {
          const ours = owed.filter((other) => other.reference === reference && other.currency === currency);
          const due = ours.reduce((total, one) => total + (one.outstanding > 0n ? one.outstanding : 0n), 0n);
          const got = sum(matched.filter((part) => part.reference === reference && part.entry.currency === currency));
          expect(got <= due).toBe(true);
          const over = unmatched.some(
            (part) =>
              part.reason === "more-than-outstanding" &&
              part.candidates[0] === reference &&
              part.entry.currency === currency,
          );
          if (over) expect(got).toBe(due);
        }
      }),
    );
  });
});
