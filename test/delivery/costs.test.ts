import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { enterEvent } from "#app/delivery/event.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { consignmentView } from "#app/delivery/view.ts";
import { lineCosts } from "#core/delivery/costs.ts";
import { needOf, offerOf, openPlaced, placedBook, placingOf } from "../support/placements.ts";
import { doingOn } from "./support.ts";

let record: Awaited<ReturnType<typeof openPlaced>>;
beforeAll(async () => {
  record = await openPlaced({
    needs: [needOf({ id: "ambulances" })],
    offers: [offerOf({ id: "money", item: "EUR", quantity: 3_000, years: [{ year: 2026, amount: 3_000 }] })],
    placements: [placingOf({ id: "P-1", offer: "money", need: "ambulances", pieces: 7, costMinor: 10_000 })],
  });
});
afterAll(async () => record.close());

test("what lines cost adds up with what none carries, whatever they carry", () => {
  const pieces = fc.array(fc.bigInt({ min: 0n, max: 50n }), { maxLength: 8 });
  fc.assert(
    fc.property(
      pieces,
      fc.bigInt({ min: 1n, max: 10n ** 12n }),
      fc.bigInt({ min: 0n, max: 50n }),
      (carried, quantity, rest) => {
        const all = carried.reduce((sum, one) => sum + one, 0n) + rest;
        fc.pre(all > 0n);
        const lines = [...carried, rest].map((one) => ({ carried: one, returned: 0n }));
        const costs = lineCosts({ pieces: all, quantity }, lines);
        expect(costs.reduce((sum, cost) => sum + cost, 0n)).toBe(quantity);
        costs.forEach((cost, index) => {
          const exact = (quantity * (lines[index]?.carried ?? 0n) * 1000n) / all;
          expect(cost * 1000n - exact).toBeLessThanOrEqual(1000n);
          expect(exact - cost * 1000n).toBeLessThanOrEqual(1000n);
        });
      },
    ),
  );
});

test("three consignments of what cost 100.00 show 100.00 together, and one that came back its own share", async () => {
  const { db } = record;
  const carry = async (id: string, pieces: number) =>
    newConsignment(db, placedBook, { id, title: id, lines: [{ placement: "P-1", pieces }] }, doingOn("2026-02-01"));
  for (const [id, pieces] of [
    ["C-1", 3],
    ["C-2", 3],
    ["C-3", 1],
  ] as const)
    await carry(id, pieces);
  const costs = async () => {
    const shown = ["C-1", "C-2", "C-3"].map(async (id) => {
      const view = await consignmentView(db, () => "2026-03-01T12:00:00Z", { book: placedBook, id });
      return view.linesCarried.map((line) => line.cost);
    });
    return (await Promise.all(shown)).flat();
  };
  expect(await costs()).toEqual(["42.86", "42.86", "14.28"]);
  await enterEvent(db, placedBook, "C-3", { event: "return", reason: "Sent by mistake" }, doingOn("2026-02-02"));
  expect(await costs()).toEqual(["42.86", "42.86", "14.29"]);
});
