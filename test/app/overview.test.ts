import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { overview } from "#app/overview.ts";
import { totals } from "#app/totals.ts";
import type { Database } from "#store/database.ts";
import { record, serve, type Served } from "../http/support.ts";

let served: Served;
let db: Database;
beforeAll(async () => {
  served = await serve();
  db = served.db;
  await record(db, "R1", "2023-01-09", [
    { code: "A", bound: 10, on: null },
    { code: "B", donor: "Borduria", unit: "USD", bound: 7, moved: 2, on: "2022-06-01" },
  ]);
});
afterAll(() => served.close());

const ofClass = (view: Awaited<ReturnType<typeof overview>>, name: string) =>
  view.classes.find((one) => one.class === name);

describe("what cannot be converted", () => {
  test("leaves a class unknown where nothing of it could be, with the reason, and never zero", async () => {
    const view = await overview(db, { book: "test", class: "bound", basis: "at-event" });
    expect(ofClass(view, "moved")).toMatchObject({
      amount: null,
      reason: expect.stringMatching(/USD 2\.00, no reference rate of USD/),
      partial: null,
    });
    const asOf = await overview(db, { book: "test", class: "bound", donor: "aaa", asOf: "2023-12-31" });
    expect(ofClass(asOf, "bound")?.amount).toBeNull();
    expect(asOf.streams.map((one) => one.amount)).toEqual([null, null, null, null]);
    expect(asOf.categories.map((one) => one.amount)).toEqual([null]);
    expect(asOf.vintages.map((one) => one.amount)).toEqual([null]);
  });

  test("is named beside a class that counts the rest", async () => {
    const view = await overview(db, { book: "test", class: "bound", basis: "at-event" });
    expect(ofClass(view, "bound")).toMatchObject({
      amount: "10.00",
      reason: null,
      partial: expect.stringMatching(/^not counted: USD 7\.00, no reference rate of USD/),
    });
    const whole = await overview(db, { book: "test", class: "bound" });
    expect(ofClass(whole, "bound")).toMatchObject({ amount: "17.00", partial: null });
  });
});

describe("a question of what is not there", () => {
  test.each([
    [{ category: "Militray" }, "unknown_category"],
    [{ stream: "money" }, "unknown_stream"],
  ] as const)("%j is refused, not answered with zero", async (asked, code) => {
    await expect(totals(db, { book: "test", by: [], class: "bound", ...asked })).rejects.toMatchObject({ code });
  });
});
