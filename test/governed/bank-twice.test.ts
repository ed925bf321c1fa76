import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importReceipts, matchReceipt, unmatchedReceipts } from "#app/funds/receipts.ts";
import { takeBack } from "#app/funds/spend.ts";
import { addPledge } from "#app/funds/give.ts";
import { fundView } from "#app/funds/view.ts";
import type { Database } from "#store/database.ts";
import { present } from "#core/present.ts";
import { openRecord } from "../support/record.ts";
import { fundTerms, openDesk, type Desk } from "./desk.ts";

// One payment is one payment, in however many statements it is listed and however many funds they are imported into.

let db: Database;
let close: () => Promise<void>;
let desk: Desk;
const funds = ["north-fund", "south-fund"] as const;
beforeAll(async () => {
  ({ db, close } = await openRecord());
  desk = await openDesk(db);
  for (const id of funds) await desk.decide(`open-${id}`, fundTerms({ id }));
});
afterAll(() => close());

const header = "statement,account,booked_on,amount,currency,reference,counterparty,remittance,bank_reference\n";
const row = (cells: Readonly<Record<string, string>>): string => {
  const { statement = "s", account = "DK1", amount = "100.00", currency = "EUR", reference = "", bank = "" } = cells;
  return `${statement},${account},2025-01-05,${amount},${currency},${reference},Norway,,${bank}\n`;
};
const take = async (fund: string, ...rows: readonly string[]) =>
  importReceipts(db, fund, { bytes: Buffer.from(header + rows.join("")), fileName: "s.csv" }, desk.doing());
const pledge = async (fund: string, id: string): Promise<string> => {
  const instalments = [{ dueOn: "2025-06-30", amount: "1000.00" }];
  await addPledge(db, fund, { id, party: "nor", line: "training", title: id, instalments }, desk.doing());
  const found = (await fundView(db, desk.clock, fund)).pledges.find((one) => one.id === id);
  return present(found?.instalments[0], "its instalment").reference;
};
const received = async (fund: string) => (await fundView(db, desk.clock, fund)).received;

describe("a payment that two statements list", () => {
  test("is received once, by reference and by hand", async () => {
    const reference = await pledge("north-fund", "twice-north");
    const before = Number(await received("north-fund"));
    await take("north-fund", row({ statement: "day", reference, bank: "B1", amount: "60.00" }));
    const report = await take("north-fund", row({ statement: "month", reference, bank: "B1", amount: "60.00" }));
    expect(report.matched).toEqual([]);
    expect(report.unmatched.map((one) => one.statement)).not.toContain("month");
    const match = { statement: "month", entry: "B1", reference };
    await expect(matchReceipt(db, "north-fund", match, desk.doing())).rejects.toMatchObject({
      code: "receipt_exceeds_what_is_left",
    });
    expect(Number(await received("north-fund"))).toBe(before + 60);
  });

  test("is received by one of two funds, and by the other when the first gives it up", async () => {
    const references = [await pledge("north-fund", "both-north"), await pledge("south-fund", "both-south")];
    const rows = row({ statement: "joint", bank: "J1" });
    for (const fund of funds) await take(fund, rows);
    const [north, south] = references.map((reference) => ({ statement: "joint", entry: "J1", reference }));
    const report = await matchReceipt(db, "north-fund", present(north, "north"), desk.doing());
    const there = matchReceipt(db, "south-fund", present(south, "south"), desk.doing());
    await expect(there).rejects.toMatchObject({ code: "receipt_exceeds_what_is_left" });
    await takeBack(db, "north-fund", Number(report.matched[0]?.act), "It was for the south", desk.doing());
    await matchReceipt(db, "south-fund", present(south, "south"), desk.doing());
    await expect(matchReceipt(db, "north-fund", present(north, "north"), desk.doing())).rejects.toMatchObject({
      code: "receipt_exceeds_what_is_left",
    });
  });

  test("names references of two funds: whoever imports it first receives it", async () => {
    const reference = `${await pledge("north-fund", "named-north")} ${await pledge("south-fund", "named-south")}`;
    const rows = row({ statement: "named", bank: "N1" }).replace("Norway,,", `Norway,${reference},`);
    expect((await take("north-fund", rows)).matched).toHaveLength(1);
    expect((await take("south-fund", rows)).matched).toEqual([]);
  });

  test("two payments alike in one statement are two", async () => {
    const reference = await pledge("north-fund", "alike");
    const report = await take(
      "north-fund",
      row({ statement: "alike", reference }),
      row({ statement: "alike", reference }),
    );
    expect(report.matched.map((one) => one.amount)).toEqual(["100.00", "100.00"]);
  });
});

test("an amount in another currency is written with that currency's decimals", async () => {
  const report = await take("north-fund", row({ statement: "yen", account: "JP1", currency: "JPY", amount: "1000" }));
  const entry = report.unmatched.find((one) => one.statement === "yen");
  expect(entry).toMatchObject({ amount: "1000", left: "1000", currency: "JPY" });
  const statement = (await fundView(db, desk.clock, "north-fund")).statements.find((one) => one.id === "yen");
  expect(statement).toMatchObject({ matched: "0", unmatched: "1000" });
});

test("of two accounts' statements of one number, either entry is matched by its account, and none without it", async () => {
  const reference = await pledge("north-fund", "accounts");
  await take("north-fund", row({ statement: "1", account: "A1" }), row({ statement: "1", account: "A2" }));
  const match = { statement: "1", entry: "1/1", reference };
  const matched = async (account?: string) =>
    (await matchReceipt(db, "north-fund", { ...match, account }, desk.doing())).matched.map((one) => one.amount);
  const asks = { code: "bank_entry_of_several_accounts", message: expect.stringContaining("1, 1/1, of A1 and of A2") };
  await expect(matched()).rejects.toMatchObject(asks);
  await expect(matched("A3")).rejects.toMatchObject({ code: "unknown_bank_entry" });
  expect(await matched("A2")).toEqual(["100.00"]);
  const left = (await unmatchedReceipts(db, "north-fund")).filter((one) => one.statement === "1");
  expect(left.map((one) => one.account)).toEqual(["A1"]);
  // That one of them is settled makes the other no more likely to be meant.
  await expect(matched()).rejects.toMatchObject(asks);
  await expect(matched("A2")).rejects.toMatchObject({ code: "receipt_exceeds_what_is_left" });
  expect(await matched("a1")).toEqual(["100.00"]);
});

test("a statement of another account than the fund's is noted as such, however the number is spaced", async () => {
  const own = "DK5000400440116243";
  for (const [account, statement, otherThan] of [
    ["DK50 0040 0440 1162 43", "own", null],
    ["DK99", "strange", own],
  ] as const) {
    const { statements } = await take("north-fund", row({ statement, account }));
    expect(statements).toMatchObject([{ id: statement, otherThan }]);
    const shown = (await fundView(db, desk.clock, "north-fund")).statements.find((one) => one.id === statement);
    expect(shown).toMatchObject({ otherThan });
  }
  await desk.decide("no-account", fundTerms({ id: "no-account", account: null }));
  expect((await take("no-account", row({ statement: "any" }))).statements).toMatchObject([{ otherThan: null }]);
});
