import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deliveredPolicies, setDelivered } from "#app/delivery/delivered.ts";
import { enterEvent } from "#app/delivery/event.ts";
import { confirmFile, receiptsTemplate } from "#app/delivery/files.ts";
import { consignmentList } from "#app/delivery/list.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { consignmentView } from "#app/delivery/view.ts";
import { watchList } from "#app/delivery/watch.ts";
import { receiptColumns, readReceipts, receiptSheet, type ReceiptRow } from "#formats/delivery/receipts.ts";
import { readTable } from "#formats/needs/file.ts";
import { writeCsv, writeXlsx } from "#formats/needs/write.ts";
import type { Database } from "#store/database.ts";
import { needOf, offerOf, openPlaced, placedBook, placingOf } from "../support/placements.ts";
import { doingOn, stands } from "./support.ts";

let db: Database;
let close: () => Promise<void>;
const clock = () => "2026-04-20T12:00:00.000Z";
beforeAll(async () => {
  ({ db, close } = await openPlaced({
    needs: [needOf({ id: "ambulances" })],
    offers: [offerOf({ id: "gift" }), offerOf({ id: "=gift", giver: "deu", title: "Theirs" })].map((offer) => ({
      ...offer,
      id: offer.id.replace("=", "theirs-"),
    })),
    placements: [
      placingOf({ id: "A", offer: "gift", need: "ambulances" }),
      placingOf({ id: "B", offer: "theirs-gift", need: "ambulances" }),
      placingOf({ id: "C", offer: "gift", need: "ambulances", dueUntil: "2026-04-10" }),
      placingOf({ id: "D", offer: "gift", need: "ambulances", dueFrom: "2026-06-01", dueUntil: "2026-06-30" }),
    ],
  }));
  const made = async (id: string, carrier: string | undefined, placements: readonly string[]) =>
    newConsignment(
      db,
      placedBook,
      { id, title: id, carrier, on: "2026-03-01", lines: placements.map((placement) => ({ placement, pieces: null })) },
      doingOn("2026-03-01"),
    );
  await made("K-1", "Convoy Ltd", ["A", "B"]);
  await made("K-2", undefined, ["D"]);
  const happens = async (event: string, on: string, line: number, pieces: number) =>
    enterEvent(db, placedBook, "K-1", { event, on, lines: [{ line, pieces }] }, doingOn(on));
  await happens("dispatch", "2026-03-02", 1, 10);
  await happens("dispatch", "2026-03-02", 2, 4);
  await happens("hand-over", "2026-03-20", 1, 8);
});
afterAll(() => close());

const rowsIn = async (bytes: Uint8Array) =>
  readReceipts(await readTable(bytes, receiptSheet, { fileName: "receipts" }));
const confirmed = async (rows: readonly Partial<ReceiptRow>[], format: "csv" | "xlsx" = "csv") => {
  const whole = rows.map((row) => ({ ...usual, ...row }));
  const bytes =
    format === "csv"
      ? new TextEncoder().encode(writeCsv(receiptColumns, whole))
      : await writeXlsx({ sheet: receiptSheet, columns: receiptColumns }, whole, { kinds: [], notes: [] });
  return confirmFile(db, placedBook, { bytes, fileName: `r.${format}` }, {}, doingOn("2026-04-01", "recipient"));
};
const usual: ReceiptRow = {
  consignment: "K-1",
  line: 1,
  item: "",
  giver: "",
  carried: 0,
  handedOver: null,
  received: null,
  receivedOn: "",
  note: "",
};

test.each(["csv", "xlsx"] as const)(
  "a template as %s holds what can be signed for, and reads back as it was",
  async (format) => {
    const { rows, problems } = await rowsIn(await receiptsTemplate(db, placedBook, { format }));
    expect(problems).toEqual([]);
    expect(
      rows.map(({ record }) => [record.consignment, record.line, record.item, record.giver, record.received]),
    ).toEqual([
      ["K-1", 1, "Ambulance", "Poland", null],
      ["K-1", 2, "Ambulance", "Germany", null],
    ]);
    await expect(receiptsTemplate(db, placedBook, { format, consignments: ["K-9"] })).rejects.toMatchObject({
      code: "unknown_consignment",
    });
  },
);

describe("what is wrong in a file is told together, and nothing of it is entered", () => {
  test.each([
    [[{ received: 1 }, { consignment: "K-9", received: 1 }], /row 3, consignment: there is none called "K-9"/],
    [[{ line: 7, received: 1 }], /row 2, line: K-1 has no line 7/],
    [[{ received: 1 }, { received: 2 }], /row 3, line: line 1 of K-1, as in row 2/],
    [[{ consignment: "K-2", received: 1 }], /row 2, received: nothing of line 1 of K-2 is on its way/],
    [[{ received: 1, receivedOn: "2026-02-30" }], /row 2, received on: "2026-02-30" is no day/],
    [[{ received: 1, receivedOn: "2026-12-30" }], /row 2, received on: 2026-12-30, and today is 2026-04-01/],
    [[{ consignment: "=cmd|' /C calc'!A0", received: 1 }], /there is none called "=cmd\|' \/C calc'!A0"/],
    [Array.from({ length: 60 }, (_, line) => ({ line: line + 10, received: 1 })), /and 10 more/],
  ])("%#", async (rows, said) => {
    await expect(confirmed(rows)).rejects.toMatchObject({
      code: "confirmation_rows_refused",
      found: expect.stringMatching(said),
    });
    expect(await stands(db, "K-1")).toBe("6 dispatched, 8 handed-over, 6 planned");
  });

  test.each([
    ["consignment,line,received\r\nK-1,1,five\r\n", "confirmation_rows_refused"],
    ["consignment,line,received\r\nK-1,1,-3\r\n", "confirmation_rows_refused"],
    ["consignment,line,received\r\n,1,3\r\n", "confirmation_rows_refused"],
    ["line,received\r\n1,3\r\n", "confirmation_rows_refused"],
    ["consignment,line,received\r\n", "header_only"],
    ["", "empty_file"],
    ["PK\u0003\u0004nothing", "workbook_truncated"],
  ])("%j", async (text, code) => {
    const file = { bytes: new TextEncoder().encode(text), fileName: "r" };
    await expect(confirmFile(db, placedBook, file, {}, doingOn("2026-04-01"))).rejects.toMatchObject({ code });
  });
});

test("what counts as delivered is what was decided, from its day on, and is named", async () => {
  const shown = async (knownAt?: string) =>
    (await deliveredPolicies(db, clock, placedBook, knownAt)).now.map((one) => one.counts);
  const delivered = async () =>
    (await consignmentView(db, clock, { book: placedBook, id: "K-1" })).linesCarried.map((line) => line.delivered);
  expect([await shown(), await delivered()]).toEqual([["confirmed"], [0, 0]]);
  const set = async (counts: string, from: string) =>
    setDelivered(db, placedBook, { counts, from }, doingOn("2026-04-02"));
  await set("handed-over", "2026-01-01");
  expect([await shown(), await delivered()]).toEqual([["handed-over"], [8, 0]]);
  await set("dispatched", "2027-01-01");
  expect(await shown()).toEqual(["handed-over"]);
  expect(await shown("2026-04-01")).toEqual(["confirmed"]);
  await set("dispatched", "2026-02-01");
  expect([await shown(), await delivered()]).toEqual([["dispatched"], [10, 4]]);
  await expect(set("promised", "2026-01-01")).rejects.toMatchObject({ code: "parameter_invalid" });
  await expect(
    setDelivered(db, placedBook, { counts: "confirmed", fund: "none" }, doingOn("2026-04-02")),
  ).rejects.toMatchObject({
    code: "unknown_fund",
  });
});

test("what is late, stuck and unconfirmed is listed with whom to ask", async () => {
  const found = await watchList(db, clock, { book: placedBook });
  expect([found.late, found.stuck, found.unconfirmed]).toEqual([4, 3, 1]);
  const says = found.items.map(({ kind, consignment, placement, state, pieces, days, ask }) =>
    [kind, consignment ?? placement, state, pieces, days, ask.who, ask.name].join(" "),
  );
  expect(says).toEqual(
    expect.arrayContaining([
      "late K-1 Dispatched 2 20 carrier Convoy Ltd",
      "late K-1 Planned 6 20 giver Germany",
      "late C In no consignment 10 10 giver Poland",
      "stuck K-1 Dispatched 4 31 carrier Convoy Ltd",
      "unconfirmed K-1 Handed over 8 31 recipient Ukraine",
    ]),
  );
  expect((await watchList(db, () => "2026-03-25T00:00:00Z", { book: placedBook })).items).toEqual([]);
  expect((await consignmentList(db, clock, { book: placedBook, watch: "late" })).items.map((row) => row.id)).toEqual([
    "K-1",
  ]);
});

test("a file is signed for as a whole, and its differences open queries", async () => {
  const done = await confirmed(
    [
      { received: 7, note: "One without wheels" },
      { line: 2, received: 4, receivedOn: "2026-03-25" },
    ],
    "xlsx",
  );
  expect(done).toMatchObject({ rows: 2, consignments: ["K-1"], confirmed: 11 });
  expect(done.queries.map((query) => query.says)).toEqual([
    "The recipient signed for 7 where the donor side reports 8: 1 fewer.",
  ]);
  expect(await stands(db, "K-1")).toBe("11 confirmed, 2 dispatched, 1 handed-over, 6 planned");
  const list = await consignmentList(db, clock, {
    book: placedBook,
    disputed: true,
    q: "k-1",
    need: "ambulances",
    state: "planned",
  });
  expect(list.items).toMatchObject([{ id: "K-1", openQueries: 1, pieces: 20, state: "Planned" }]);
  expect(
    list.pipeline[0]?.states.map(({ state, pieces, consignments }) => `${state} ${pieces} ${consignments}`),
  ).toEqual(["planned 6 1", "dispatched 2 1", "handed-over 1 1", "confirmed 11 1"]);
});
