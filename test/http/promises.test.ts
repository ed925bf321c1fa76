import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page, PromiseRow, Totals } from "#core/views.ts";
import { get, rates, record, serve, type Served } from "./support.ts";

let served: Served;
beforeAll(async () => {
  served = await serve();
  const { db } = served;
  await rates(db, [
    ["USD", "2022-03-01", "1.1"],
    ["USD", "2023-05-02", "1.25"],
  ]);
  await record(db, "R0", "2022-10-11", [
    { code: "A1", bound: 100, moved: 40 },
    { code: "A2", bound: 33.33, unit: "USD", reported: 30 },
    { code: "B1", donor: "Borduria", category: "Military", bound: 7, on: "2023-05-02" },
    { code: "B2", donor: "Borduria", category: "Military" },
    { code: "C1", donor: "Common Fund", bound: 50, on: null },
  ]);
  await record(db, "R1", "2023-01-09", [
    { code: "A1", bound: 120, moved: 40 },
    { code: "A2", bound: 33.33, unit: "USD", reported: 31 },
    { code: "B2", donor: "Borduria", category: "Military", bound: 9 },
    { code: "C1", donor: "Common Fund", bound: 50, on: null },
    { code: "=D1", donor: "Aland", category: 'Quoted, "so"', bound: 1 },
  ]);
});
afterAll(async () => served.close());

const page = (query: string) => get<Page<PromiseRow>>(served.app, `/api/v1/promises?book=test&${query}`);
const codes = (rows: readonly PromiseRow[]) => rows.map((row) => row.code);

describe("the promises in a frame", () => {
  test("are those a live release reads, with amounts by class", async () => {
    const { status, body } = await page("");
    expect(status).toBe(200);
    expect(codes(body.items)).toEqual(["A1", "C1", "A2", "B2", "=D1"]);
    expect(body.items[0]).toMatchObject({
      donor: "aaa",
      byClass: { said: null, bound: "120.00", placed: null, moved: "40.00", received: null },
      furthest: "moved",
      original: "40.00",
      release: "R1",
      announcedOn: "2022-03-01",
      datePrecision: "day",
    });
    expect(body.items[2]).toMatchObject({ unit: "USD", original: "33.33", byClass: { bound: "31.00" } });
  });
  test("are those of the release before when known earlier, one without a quantity among them", async () => {
    const { body } = await page("known_at=2022-12-31");
    expect(codes(body.items)).toEqual(["A1", "C1", "A2", "B1", "B2"]);
    expect(body.items[4]).toMatchObject({
      byClass: { bound: null, moved: null },
      furthest: null,
      original: null,
      announcedOn: null,
    });
    expect((await page("known_at=2022-01-01")).body).toEqual({
      items: [],
      total: 0,
      next: null,
      frame: { book: "test", asOf: null, knownAt: "2022-01-01", boundary: "all", basis: "as-reported", unit: "EUR" },
    });
  });
  test("add up to the totals in every frame", async () => {
    const frames = [
      "",
      "known_at=2022-12-31",
      "as_of=2022-12-31",
      "basis=at-event",
      "basis=constant:2023-05-04",
      "boundary=nations",
      "boundary=organisations",
      "boundary=group:pact",
      "category=Military",
      "donor=aaa",
      "as_of=2023-06-01&known_at=2022-12-31&basis=at-event",
    ];
    for (const frame of frames) {
      for (const theClass of ["bound", "moved"] as const) {
        const { body } = await page(`${frame}&class=${theClass}&limit=1000`);
        const totals = await get<Totals>(served.app, `/api/v1/totals?book=test&by=&class=${theClass}&${frame}`);
        const sum = body.items.reduce(
          (left, row) => left + BigInt((row.byClass[theClass] ?? "0.00").replace(".", "")),
          0n,
        );
        expect(`${frame} ${theClass} ${sum}`).toBe(
          `${frame} ${theClass} ${BigInt((totals.body.total ?? "0.00").replace(".", ""))}`,
        );
      }
    }
  });
});
