import { afterAll, beforeAll, expect, test } from "vitest";
import { issueCall } from "#app/funds/call.ts";
import { addPledge } from "#app/funds/give.ts";
import { fundView } from "#app/funds/view.ts";
import { recordRelease } from "#app/record-release.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { contentOf, type Line } from "../support/seed.ts";
import { fundTerms, grant, openDesk, type Desk } from "./desk.ts";

// A fund's money comes by what was called and pledged, and by the bank: no table that is imported adds to it.

let db: Database;
let close: () => Promise<void>;
let desk: Desk;
beforeAll(async () => {
  ({ db, close } = await openRecord());
  desk = await openDesk(db);
  await desk.decide("fund", fundTerms({}, [grant({ kind: "call", line: null, amount: "1000.00" })]));
  const lines = [{ line: "training", amount: "100.00" }];
  const order = { id: "c-1", authority: "fund.1", year: 2025, instalment: 1, instalments: 1, lines };
  await issueCall(db, "north-fund", { ...order, dueOn: "2025-12-31" }, desk.doing());
  const instalments = [{ dueOn: "2025-12-31", amount: "5.00" }];
  const pledge = { id: "gift", party: "nor", line: "training", title: "Gift", instalments };
  await addPledge(db, "north-fund", pledge, desk.doing());
});
afterAll(() => close());

/** A release whose rows are of promises on record: their code, giver, recipient, category. */
async function release(name: string, promises: readonly string[], strict = false) {
  const own = await rowsOf<Line & { recipient: string }>(
    db,
    sql`select m.code, d.name as donor, r.name as recipient, m.category, 10 as bound
        from promise m join party d on d.no = m.donor_no join party r on r.no = m.recipient_no where m.id = any(${promises}) order by m.id`,
  );
  const free = { code: "free", donor: "Norway", recipient: "Ukraine", bound: 10 };
  const lines = [...own, free];
  const content = contentOf(lines, "fund-rows");
  const readings = content.readings.map((reading, index) => ({
    ...reading,
    recipient: lines[index]?.recipient ?? "",
  }));
  const source = { id: name, title: "t", publisher: "p", publishedOn: null, retrievedOn: null, url: null, note: "" };
  const file = {
    release: name,
    publishedOn: strict ? "2025-01-08" : "2025-01-07",
    fileName: "rows.csv",
    sha256: name,
    actor: "test",
  };
  return recordRelease(db, { ...content, readings }, { ...file, book: desk.book, source, strict });
}

const own = ["gift", "north-fund.c-1.training.dnk", "north-fund.training"];

test("rows of a pledge, of a part of a call and of a line's money stay out, each named; the others go in", async () => {
  const before = await fundView(db, desk.clock, "north-fund");
  const { remarks, promises } = await release("R1", own);
  expect(promises).toBe(1);
  expect(remarks.map(({ severity, code, row, column, found }) => [severity, code, row, column, found])).toEqual(
    own.map((id, index) => ["refused", "promise_of_a_fund", index + 2, "code", id]),
  );
  expect(remarks[0]?.reason).toContain("money of the fund north-fund");
  expect(await fundView(db, desk.clock, "north-fund")).toEqual(before);
});

test("a strict import of such rows is refused whole, with the row", async () => {
  await expect(release("R2", own, true)).rejects.toMatchObject({
    code: "rows_refused",
    place: { file: "rows.csv", row: 2, column: "code" },
    message: expect.stringMatching(/3 rows, the first: gift .*north-fund/),
  });
});
