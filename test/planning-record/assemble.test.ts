import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assembleInstance, isPlacedAlready, type Recorded } from "#core/planning/assemble.ts";
import { emptyFrame } from "#core/planning/frame.ts";
import { restOfNeed, type Placed } from "#core/planning/placed.ts";
import type { ItemKind, Need, Offer } from "#core/planning/record.ts";
import { needOf, offerOf } from "../support/placements.ts";

const kind = (id: string, more: Partial<ItemKind> = {}): ItemKind => ({
  id,
  name: id,
  stream: "materiel",
  capability: "guns",
  counted: "pieces",
  massKg: null,
  volumeM3: null,
  courseDays: null,
  source: "",
  ...more,
});
const kinds = [
  kind("gun"),
  kind("small-gun"),
  kind("shell"),
  kind("spares"),
  kind("crew", { stream: "training", counted: "places" }),
  kind("EUR", { stream: "finance", counted: "currency", capability: "money" }),
  kind("budget-support", { stream: "finance", capability: "budget" }),
];

function recorded(more: Partial<Recorded>): Recorded {
  return {
    book: "made-up",
    from: "2026-01-01",
    until: "2026-12-31",
    kinds,
    frame: emptyFrame,
    scale: 2,
    givers: [],
    needs: [],
    offers: [],
    placed: [],
    pins: [],
    standing: [],
    toMinor: (amount, currency) => (currency === "EUR" ? Number(amount) * 100 : null),
    ...more,
  };
}
const guns = (more: Partial<Need> = {}): Need =>
  needOf({
    id: "N",
    quantity: 10,
    accepts: [
      {
        item: "gun",
        worthPpm: 1e6,
      },
      {
        item: "small-gun",
        worthPpm: 5e5,
      },
    ],
    package: [
      {
        item: "crew",
        pieces: 2,
        systems: 1,
        when: "before",
        leadDays: 14,
        months: 0,
      },
      {
        item: "shell",
        pieces: 100,
        systems: 1,
        when: "with",
        leadDays: 0,
        months: 0,
      },
      {
        item: "spares",
        pieces: 1,
        systems: 2,
        when: "monthly",
        leadDays: 0,
        months: 6,
      },
    ],
    ...more,
  });
const gun = (more: Partial<Offer> = {}): Offer => offerOf({ id: "O", item: "gun", quantity: 8, ...more });
const placed = (item: string, pieces: number, more: Partial<Placed> = {}): Placed => ({
  offer: `of-${item}`,
  need: "N",
  item,
  dueUntil: "2026-02-28",
  pieces,
  taken: pieces,
  costMinor: 0,
  ...more,
});

test.each([
  ["0001-01-01", "9999-12-31"],
  ["2026-01-01", "9999-12-31"],
  ["2026-01-01", "2077-01-01"],
])("%s to %s are too many years to plan: parameter_invalid", (from, until) => {
  expect(() => assembleInstance(recorded({ from, until }))).toThrow(
    expect.objectContaining({ code: "parameter_invalid", place: { field: "until" } }),
  );
});

describe("what is placed of a need", () => {
  test.each<[string, Placed[], number, string[]]>([
    ["nothing", [], 0, []],
    ["guns alone complete nothing", [placed("gun", 3)], 0, ["gun 3"]],
    [
      "three with all that belongs to them",
      [placed("gun", 3), placed("crew", 6), placed("shell", 300), placed("spares", 9)],
      3,
      [],
    ],
    [
      "crews for two only",
      [placed("gun", 3), placed("crew", 5), placed("shell", 300), placed("spares", 9)],
      2,
      ["gun 1", "crew 1", "shell 100", "spares 3"],
    ],
    [
      "two small ones are worth one",
      [placed("small-gun", 4), placed("crew", 4), placed("shell", 200), placed("spares", 6)],
      2,
      [],
    ],
    [
      "the first month of spares is enough",
      [placed("gun", 2), placed("crew", 4), placed("shell", 200), placed("spares", 1)],
      2,
      [],
    ],
    ["parts without a system", [placed("shell", 50)], 0, ["shell 50"]],
  ])("%s", (_, list, complete, over) => {
    const rest = restOfNeed(guns(), list);
    expect(rest.complete).toBe(complete);
    expect(rest.over.map((one) => `${one.item} ${one.pieces}`)).toEqual(over);
  });

  test("never completes more than is asked for, nor has more over than was placed", () => {
    const piece = fc.tuple(
      fc.constantFrom("gun", "small-gun", "crew", "shell", "spares"),
      fc.integer({ min: 1, max: 2_000 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const list = pieces.map(([item, count], index) => placed(item, count, { offer: `O${index}` }));
        const { complete, over } = restOfNeed(guns(), list);
        expect(complete).toBeGreaterThanOrEqual(0);
        expect(complete).toBeLessThanOrEqual(10);
        for (const one of over) {
          const before = list.find(({ offer }) => offer === one.offer)?.pieces ?? 0;
          expect(one.pieces).toBeGreaterThan(0);
          expect(one.pieces).toBeLessThanOrEqual(before);
        }
      }),
    );
  });
});

describe("an instance from the record", () => {
  const instance = (more: Partial<Recorded>) => assembleInstance(recorded(more));

  test("what is placed counts: the need asks for the rest, the offer has the rest, what lacks a part stays for that need alone", () => {
    const list = [
      placed("gun", 3, { offer: "O" }),
      placed("crew", 4, { offer: "C" }),
      placed("shell", 200, { offer: "S" }),
      placed("spares", 6, { offer: "P" }),
    ];
    const made = instance({ needs: [guns()], offers: [gun({ allOrNothing: true })], placed: list });
    expect(made.needs[0]).toMatchObject({ id: "N", quantity: 8 });
    const [left, there] = made.offers;
    expect(left).toMatchObject({ id: "O", quantity: 5, allOrNothing: false });
    expect(there).toMatchObject({ id: expect.stringMatching(/^O:N:gun:\d/), quantity: 1, needs: ["N"], giver: "pol" });
    expect(made.offers.map((offer) => isPlacedAlready(offer.id))).toEqual([false, true]);
  });

  test("what was lost on the way is gone for the offer and still asked for", () => {
    const need = guns({ package: [] });
    const made = instance({ needs: [need], offers: [gun()], placed: [placed("gun", 2, { offer: "O", taken: 5 })] });
    expect(made.needs[0]?.quantity).toBe(8);
    expect(made.offers[0]?.quantity).toBe(3);
  });

  test("a need that is met and an offer that is used up are left out", () => {
    const need = guns({ quantity: 2, package: [] });
    const made = instance({
      needs: [need],
      offers: [gun({ quantity: 2 })],
      placed: [placed("gun", 2, { offer: "O" })],
    });
    expect([made.needs, made.offers]).toEqual([[], []]);
  });

  test.each([
    ["leaves as it is offered", gun({ from: "2026-01-05", until: "2026-01-10" }), 0, 1],
    [
      "later where it is repaired",
      gun({ from: "2026-01-05", until: "2026-01-10", condition: "repair", repairDays: 14 }),
      2,
      3,
    ],
    ["before the first day", gun({ from: "2025-01-01", until: "2026-01-08" }), 0, 1],
    ["to the last day", gun({ from: "2026-01-01", until: "2030-01-01" }), 0, 21],
  ])("the window of an offer: %s", (_, offer, from, until) => {
    const [found] = instance({ needs: [guns()], offers: [offer] }).offers;
    expect([found?.from, found?.until]).toEqual([from, until]);
  });

  test.each([
    ["over before", gun({ from: "2025-01-01", until: "2025-12-31" })],
    ["begins after", gun({ from: "2027-01-01", until: "2027-12-31" })],
    ["waits for a consent", gun({ consent: { state: "pending", of: "xyz" } })],
    ["a consent was refused", gun({ consent: { state: "refused", of: "xyz" } })],
  ])("an offer that is not planned with: %s", (_, offer) => {
    expect(instance({ needs: [guns()], offers: [offer] }).offers).toEqual([]);
  });

  test("the way takes its days, but not for places", () => {
    const frame = { ...emptyFrame, wayDays: 10 };
    const days = { from: "2026-01-01", until: "2026-01-01" };
    const offers = [gun(days), gun({ ...days, id: "P", item: "crew" })];
    expect(instance({ needs: [guns()], offers, frame }).offers.map((offer) => offer.from)).toEqual([1, 0]);
  });

  test("a value counts in the plan's currency, or not at all", () => {
    const valued = (currency: string) =>
      gun({ id: currency, valuation: { amount: "2.50", currency, method: "m", source: "s" } });
    const made = instance({ needs: [guns()], offers: [valued("EUR"), valued("USD"), gun()] });
    expect(made.offers.map((offer) => [offer.id, offer.pieceMinor])).toEqual([
      ["EUR", 250],
      ["O", 0],
      ["USD", 0],
    ]);
  });

  test("money is usable from its years on, less what is spent; a year that is past counts from the first one", () => {
    const money = (more: Partial<Offer>): Offer => gun({ id: "M", item: "EUR", ...more });
    const years = [
      { year: 2025, amount: 10 },
      { year: 2026, amount: 20 },
      { year: 2027, amount: 30 },
    ];
    const made = (spent: number) =>
      instance({
        offers: [money({ quantity: 60, years })],
        placed: [placed("gun", 1, { offer: "M", costMinor: spent })],
      }).money;
    expect(made(0)[0]?.years).toEqual([{ year: 2026, minor: 3_000 }]);
    expect(made(1_500)[0]?.years).toEqual([{ year: 2026, minor: 1_500 }]);
    expect(made(3_000)).toEqual([]);
  });

  test("budget support is bought with money at what it is", () => {
    const need = needOf({ id: "B", accepts: [{ item: "budget-support", worthPpm: 1_000_000 }] });
    expect(instance({ needs: [need] }).market).toEqual([
      { item: "budget-support", priceMinor: 100_000_000, leadDays: 0, perMonth: 1_000_000_000 },
    ]);
    expect(instance({ needs: [guns()] }).market).toEqual([]);
  });

  test("planners' assumptions stand in for what no source states", () => {
    const assumptions = [{ item: "gun", massKg: 900, courseDays: null, source: "s" }];
    const made = instance({ needs: [guns()], frame: { ...emptyFrame, assumptions } });
    expect(made.items.find((item) => item.id === "gun")?.kg).toBe(900);
    expect(made.items.find((item) => item.id === "shell")?.kg).toBe(0);
  });

  test("the order of the record does not matter", () => {
    const offers = [gun({ id: "A" }), gun({ id: "B" }), gun({ id: "C" })];
    const needs = [guns({ id: "X" }), guns({ id: "Y" })];
    const one = instance({ needs, offers });
    expect(instance({ needs: needs.toReversed(), offers: offers.toReversed(), kinds: kinds.toReversed() })).toEqual(
      one,
    );
  });
});
