import fc from "fast-check";

// What is drawn: places in lists that are only known when a command comes to be played.

const one = fc.constant;
const small = fc.integer({ min: 1, max: 3 });
const cents = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 400 }) }, { weight: 1, arbitrary: small });
const inCents = fc.record({ of: one("cents"), cents, off: one(0) });
const atTheEdge = fc.record({ of: fc.constantFrom("limit", "pot"), cents, off: fc.constantFrom(0, 0, 1, -1) });
/** How much: so many cents, or just as much as there is, one more or one less. */
export type Much = Readonly<{ of: "cents" | "limit" | "pot"; cents: number; off: number }>;
const much: fc.Arbitrary<Much> = fc.oneof({ weight: 5, arbitrary: inCents }, { weight: 3, arbitrary: atTheEdge });

const place = fc.nat(200);
const rarely = fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0);
/** Drawn from what fits, and otherwise from everything there is. */
const fitting = fc.integer({ min: 0, max: 5 }).map((drawn) => drawn > 0);
const line = fc.constantFrom(0, 0, 1, 1, 2);
const marked = fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0);
const fund = fc.constantFrom(0, 0, 1);
const upTo = (max: number) => fc.integer({ min: 0, max });
const entry = fc.record({ claim: place, wrong: rarely, debit: rarely, much, before: fc.nat(12) });
const ways = ["place", "place", "pay", "pay-placed", "pay-placed", "release", "acknowledge"] as const;

const drawn = [
  { weight: 3, arbitrary: fc.record({ do: one("wait"), days: fc.nat(9) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: one("call"),
      fund,
      id: fc.nat(5),
      instalment: fc.integer({ min: 1, max: 4 }),
      due: fc.nat(20),
      authority: place,
      fitting,
      amounts: fc.tuple(upTo(900), upTo(600), upTo(300)),
      much,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: one("pledge"),
      fund,
      id: fc.nat(4),
      party: place,
      line,
      marked,
      amounts: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: one("statement"),
      fund,
      again: fc.constantFrom("no", "no", "no", "no", "same", "other"),
      entries: fc.array(entry, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ do: one("match"), fund, entry: place, claim: place, fitting, much: fc.option(much) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: one("credit"), fund, claim: place, fitting, value: fc.integer({ min: 1, max: 300 }) }),
  },
  {
    weight: 26,
    arbitrary: fc.record({
      do: one("spend"),
      how: fc.constantFrom(...ways),
      fund,
      line,
      marked,
      authority: place,
      fitting,
      much,
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: one("reallocate"),
      from: fund,
      line,
      to: fund,
      toLine: line,
      marked,
      authority: place,
      fitting,
      much,
    }),
  },
  { weight: 12, arbitrary: fc.record({ do: one("take-back"), fund, act: fc.nat(25), own: fitting, reason: fitting }) },
  { weight: 2, arbitrary: fc.record({ do: one("annul"), decision: place }) },
] as const;

export const command = fc.oneof(...drawn);
export type Command = typeof command extends fc.Arbitrary<infer Value> ? Readonly<Value> : never;
export type Of<Name extends Command["do"]> = Extract<Command, { do: Name }>;

const exactly = { of: "limit", cents: 1, off: 0 } as const;
const pays = (claim: number) => ({ claim, wrong: false, debit: false, much: exactly, before: 2 });
const called = {
  do: "call",
  instalment: 1,
  due: 9,
  authority: 0,
  fitting: true,
  much: { ...exactly, of: "cents" },
} as const;

/** How every walk begins, so that there is money to walk with: both funds call, a pledge is made under an earmark, most pay. */
export const beginning: readonly Command[] = [
  { ...called, fund: 0, id: 0, amounts: [1500, 801, 102] },
  { ...called, fund: 1, id: 0, amounts: [700, 500, 0] },
  { do: "pledge", fund: 0, id: 0, party: 6, line: 0, marked: true, amounts: [400, 300] },
  { do: "statement", fund: 0, again: "no", entries: [0, 1, 2, 3, 5, 6, 7, 16, 17].map(pays) },
  { do: "statement", fund: 1, again: "no", entries: [8, 9, 10, 12, 13, 15].map(pays) },
];
