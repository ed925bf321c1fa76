import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enterEvent } from "#app/delivery/event.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { splitConsignment } from "#app/delivery/parts.ts";
import { answerQuery, settleQuery, type SettleOrder } from "#app/delivery/queries.ts";
import { queryList } from "#app/delivery/query-view.ts";
import { receiveAt } from "#app/delivery/receive.ts";
import { consignmentView } from "#app/delivery/view.ts";
import { needView } from "#app/planning/need-views.ts";
import type { Coverage } from "#core/views-planning.ts";
import type { ConsignmentLine, QueryView } from "#core/views-delivery.ts";
import type { Database } from "#store/database.ts";
import { needOf, offerOf, openPlaced, placedBook, placingOf } from "../support/placements.ts";
import { doingOn, ledger, stands } from "./support.ts";

let db: Database;
let close: () => Promise<void>;
let cases = 0;
const names = Array.from({ length: 14 }, (_, index) => `case-${index + 1}`);
beforeAll(async () => {
  ({ db, close } = await openPlaced({
    needs: [needOf({ id: "ambulances" })],
    offers: names.map((id) => offerOf({ id })),
    placements: names.map((id) => placingOf({ id: `P-${id}`, offer: id, need: "ambulances", pieces: 10 })),
  }));
});
afterAll(() => close());

/** A consignment of ten, handed over as far as it is said. */
async function handedOver(pieces: number): Promise<string> {
  cases += 1;
  const id = `case-${cases}`;
  const lines = [{ placement: `P-${id}`, pieces: 10 }];
  await newConsignment(db, placedBook, { id, title: id, on: "2026-03-01", lines }, doingOn("2026-03-01"));
  await enterEvent(db, placedBook, id, { event: "dispatch", on: "2026-03-02" }, doingOn("2026-03-02"));
  if (pieces > 0) {
    const order = { event: "hand-over", on: "2026-03-05", lines: [{ line: 1, pieces }] };
    await enterEvent(db, placedBook, id, order, doingOn("2026-03-05"));
  }
  return id;
}
const received = async (id: string, pieces: number, on?: string) =>
  receiveAt(db, placedBook, id, { lines: [{ line: 1, pieces }], on }, doingOn("2026-03-10", "recipient"));
const settled = async (query: string, order: Omit<SettleOrder, "reason">) =>
  settleQuery(db, placedBook, query, { reason: "Counted together", ...order }, doingOn("2026-03-12"));
const queriesOf = async (consignment: string): Promise<readonly QueryView[]> =>
  (await queryList(db, { book: placedBook, state: "all", consignment })).items;
const figures = async (id: string): Promise<ConsignmentLine | undefined> =>
  (await consignmentView(db, () => "2026-03-20T00:00:00Z", { book: placedBook, id })).linesCarried[0];

describe("what is signed for, where the donor side says 8 of 10 are handed over", () => {
  test.each([
    ["all of it", 8, undefined, "8 confirmed, 2 dispatched", []],
    ["fewer", 5, undefined, "5 confirmed, 2 dispatched, 3 handed-over", ["quantity: 8 and 5"]],
    ["nothing", 0, undefined, "2 dispatched, 8 handed-over", ["quantity: 8 and 0"]],
    ["more, which was on its way", 9, undefined, "9 confirmed, 1 dispatched", ["quantity: 8 and 9"]],
    ["more than there was", 12, undefined, "10 confirmed", ["quantity: 8 and 12"]],
    ["on another day", 8, "2026-03-07", "8 confirmed, 2 dispatched", ["day: 2026-03-05 and 2026-03-07"]],
  ] as const)("%s", async (_, pieces, on, after, differences) => {
    const id = await handedOver(8);
    await received(id, pieces, on);
    expect(await stands(db, id)).toBe(after);
    const words = (await queriesOf(id)).map(({ about, donor, recipient }) =>
      about === "day" ? `day: ${donor.on} and ${recipient.on}` : `quantity: ${donor.pieces} and ${recipient.pieces}`,
    );
    expect(words).toEqual(differences);
  });
});

test("where the donor side has reported nothing, nobody is contradicted by what was on its way", async () => {
  const id = await handedOver(0);
  await received(id, 4);
  expect([await stands(db, id), await queriesOf(id)]).toEqual(["4 confirmed, 6 dispatched", []]);
  expect(await figures(id)).toMatchObject({ donorReported: null, recipientConfirmed: 4, delivered: 4 });
});

describe("a query about fewer pieces", () => {
  test("is answered, and settled by the recipient's figure: the rest is on its way again", async () => {
    const id = await handedOver(8);
    await received(id, 5);
    const [query] = await queriesOf(id);
    expect(query).toMatchObject({
      state: "open",
      says: "The recipient signed for 5 where the donor side reports 8: 3 fewer.",
    });
    expect(await figures(id)).toMatchObject({ donorReported: 8, recipientConfirmed: 5, openQueries: 1 });
    const says = { side: "donor", says: "Three stayed at the border." } as const;
    await answerQuery(db, placedBook, query?.id ?? "", says, doingOn("2026-03-11"));
    expect((await queriesOf(id))[0]?.state).toBe("answered");
    await settled(query?.id ?? "", { outcome: "recipient" });
    expect(await stands(db, id)).toBe("5 confirmed, 5 dispatched");
    expect(await ledger(db, id)).toBe("90 announced, 5 dispatched, 5 confirmed");
    expect(await figures(id)).toMatchObject({ donorReported: 5, recipientConfirmed: 5, openQueries: 0 });
    expect((await queriesOf(id))[0]).toMatchObject({ state: "settled", settled: { outcome: "recipient", pieces: 5 } });
    await expect(settled(query?.id ?? "", { outcome: "donor" })).rejects.toMatchObject({
      code: "query_settled_already",
    });
    await expect(answerQuery(db, placedBook, query?.id ?? "", says, doingOn("2026-03-12"))).rejects.toMatchObject({
      code: "query_settled_already",
    });
  });

  test.each([
    [{ outcome: "donor" }, "8 confirmed, 2 dispatched", "2 dispatched, 8 confirmed"],
    [{ outcome: "split", pieces: 6, rest: "lost" }, "6 confirmed, 2 dispatched, 2 lost", "2 dispatched, 6 confirmed"],
  ] as const)("is settled by %o", async (order, after, stages) => {
    const id = await handedOver(8);
    await received(id, 5);
    const [query] = await queriesOf(id);
    for (const wrong of [
      { outcome: "split" },
      { outcome: "split", pieces: 9 },
      { outcome: "donor", pieces: 7 },
    ] as const)
      await expect(settled(query?.id ?? "", wrong)).rejects.toMatchObject({ code: "settlement_does_not_fit" });
    await settled(query?.id ?? "", order);
    expect(await stands(db, id)).toBe(after);
    expect(await ledger(db, id)).toBe(`90 announced, ${stages}`);
  });

  test("settles itself when the rest is signed for, and until then holds its pieces together", async () => {
    const id = await handedOver(10);
    await received(id, 4);
    const order = { into: `${id}-part`, lines: [{ line: 1, pieces: 1 }] };
    await expect(splitConsignment(db, placedBook, id, order, doingOn("2026-03-10"))).rejects.toMatchObject({
      code: "more_than_stands_there",
    });
    await received(id, 2);
    expect((await queriesOf(id)).map((query) => query.state)).toEqual(["open"]);
    await received(id, 4);
    expect((await queriesOf(id)).map((query) => query.settled?.outcome)).toEqual(["agreed"]);
  });
});

test("a query about more pieces is settled by the donor's figure: what was signed for too much is on its way", async () => {
  const id = await handedOver(6);
  await received(id, 9);
  const [query] = await queriesOf(id);
  const order = { into: `${id}-part`, lines: [{ line: 1, pieces: 1 }] };
  await expect(splitConsignment(db, placedBook, id, order, doingOn("2026-03-10"))).rejects.toMatchObject({
    code: "query_still_open",
  });
  await settled(query?.id ?? "", { outcome: "donor" });
  expect(await stands(db, id)).toBe("6 confirmed, 4 dispatched");
  expect(await ledger(db, id)).toBe("90 announced, 4 dispatched, 6 confirmed");
});

test("a query about a day is settled by the day that stands, which the postings then bear", async () => {
  const id = await handedOver(10);
  await received(id, 10, "2026-03-08");
  const [query] = await queriesOf(id);
  await expect(settled(query?.id ?? "", { outcome: "split", on: "2026-03-09" })).rejects.toMatchObject({
    code: "settlement_does_not_fit",
  });
  await settled(query?.id ?? "", { outcome: "split", on: "2026-03-06" });
  expect(await stands(db, id)).toBe("10 confirmed");
  const { events } = await consignmentView(db, () => "2026-03-20T00:00:00Z", { book: placedBook, id });
  expect(events.slice(-2).map(({ event, on, postings }) => `${event} ${on} ${postings.length}`)).toEqual([
    "correct 2026-03-08 1",
    "correct 2026-03-06 1",
  ]);
});

test("the need shows exactly what the recipient has signed for, as known on any day", async () => {
  const at = async (knownAt: string | undefined): Promise<Coverage> =>
    (await needView(db, { book: placedBook, id: "ambulances", knownAt })).coverage;
  const now = await at(undefined);
  const sums = await Promise.all(names.slice(0, cases).map(figures));
  expect(now.confirmed).toBe(sums.reduce((sum, line) => sum + (line?.recipientConfirmed ?? 0), 0));
  expect(now.placed).toBe(138); // two were lost
  expect(await at("2026-03-09")).toMatchObject({ placed: 140, confirmed: 0 });
  expect((await at("2026-03-05")).handedOver).toBeGreaterThan(0);
});

test.each([
  [{ lines: [{ line: 2, pieces: 1 }] }, "unknown_consignment_line"],
  [{ lines: [{ line: 1, pieces: -1 }] }, "consignment_lines_invalid"],
  [{ lines: [{ line: 1, pieces: 0.5 }] }, "consignment_lines_invalid"],
  [{ lines: [] }, "consignment_lines_invalid"],
  [{ lines: null }, "event_out_of_order"],
  [{ lines: [{ line: 1, pieces: 1 }], on: "2027-01-01" }, "event_in_the_future"],
  [{ lines: [{ line: 1, pieces: 1 }], seen: "0" }, "consignment_changed"],
  [{ lines: [{ line: 1, pieces: 1 }] }, "event_out_of_order"],
] as const)("%o is refused: %s", async (order, code) => {
  await expect(receiveAt(db, placedBook, "case-5", order, doingOn("2026-04-01"))).rejects.toMatchObject({ code });
});

test("a query that is not there", async () => {
  await expect(settled("999", { outcome: "donor" })).rejects.toMatchObject({ code: "unknown_delivery_query" });
  await expect(
    settleQuery(db, placedBook, "1", { outcome: "donor", reason: " " }, doingOn("2026-04-01")),
  ).rejects.toMatchObject({ code: "event_without_reason" });
});
