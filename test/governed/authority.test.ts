import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { proposalView } from "#app/decisions.ts";
import { issueCall } from "#app/funds/call.ts";
import { addPledge } from "#app/funds/give.ts";
import { callView } from "#app/funds/call-view.ts";
import { importReceipts } from "#app/funds/receipts.ts";
import { reallocate, spend, takeBack } from "#app/funds/spend.ts";
import { fundView } from "#app/funds/view.ts";
import { postSteps } from "#app/post.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { fundTerms, grant, openDesk, type Desk } from "./desk.ts";

let db: Database;
let close: () => Promise<void>;
let desk: Desk;

/** A fund with 100 million called from all, of which everything has come. */
beforeAll(async () => {
  ({ db, close } = await openRecord());
  desk = await openDesk(db);
  await desk.decide("fund", fundTerms({}, [grant(), grant({ amount: "5.00", purpose: "The last euro" })]));
  await desk.decide("call-1", {
    kind: "call",
    fund: "north-fund",
    year: 2025,
    instalment: 1,
    instalments: 2,
    lines: [
      { line: "air-defence", amount: "70000000.01" },
      { line: "training", amount: "30000000.02" },
    ],
    dueOn: "2025-03-31",
  });
  await issueCall(db, "north-fund", { id: "north-2025-1", decision: "call-1" }, desk.doing());
  const call = await callView(db, desk.clock, { fund: "north-fund", call: "north-2025-1" });
  const rows = call.shares.map(
    (share, index) => `2025-02-0${index + 1},${share.amount},EUR,${share.reference},${share.name},Payment,B${index}`,
  );
  const csv = `statement,account,${"booked_on,amount,currency,reference,counterparty,remittance,bank_reference"}\n${rows.map((row) => `S1,DK5000400440116243,${row}`).join("\n")}\n`;
  desk.set("2025-03-01T12:00:00Z");
  await importReceipts(db, "north-fund", { bytes: Buffer.from(csv), fileName: "statement.csv" }, desk.doing());
});
afterAll(() => close());

const launchers = { line: "air-defence", authority: "fund.1", purpose: "Launchers" };

describe("money is called, comes and is spent", () => {
  test("what was called adds up by line and by member, to the cent, and so does what came", async () => {
    const call = await callView(db, desk.clock, { fund: "north-fund", call: "north-2025-1" });
    expect(call).toMatchObject({
      amount: "100000000.03",
      received: "100000000.03",
      outstanding: "0.00",
      arrears: "0.00",
    });
    const fund = await fundView(db, desk.clock, "north-fund");
    expect(fund.lines.map(({ id, called, available }) => [id, called, available])).toEqual([
      ["air-defence", "70000000.01", "70000000.01"],
      ["training", "30000000.02", "30000000.02"],
      ["budget", "0.00", "0.00"],
    ]);
    expect(fund.balance).toMatchObject({ received: "100000000.03", agrees: true });
    expect(fund.members).toHaveLength(8);
  });

  test("placing draws on the authority, paying pays of what is placed, taking back gives back", async () => {
    await spend(db, "north-fund", "place", { ...launchers, amount: "400000.00" }, desk.doing());
    await spend(db, "north-fund", "pay-placed", { ...launchers, amount: "150000.00" }, desk.doing());
    const authority = async () =>
      (await fundView(db, desk.clock, "north-fund")).authorities.find((one) => one.id === "fund.1");
    expect(await authority()).toMatchObject({ used: "400000.00", paid: "150000.00", left: "600000.00", live: true });
    const acts = (await fundView(db, desk.clock, "north-fund")).acts;
    await takeBack(db, "north-fund", Number(acts.at(-1)?.id), "Paid to the wrong account", desk.doing());
    await takeBack(db, "north-fund", Number(acts.at(-2)?.id), "Not needed", desk.doing());
    expect(await authority()).toMatchObject({ used: "0.00", paid: "0.00", left: "1000000.00" });
    await expect(takeBack(db, "north-fund", Number(acts.at(-2)?.id), "Again", desk.doing())).rejects.toMatchObject({
      code: "act_taken_back_already",
    });
    expect((await fundView(db, desk.clock, "north-fund")).balance.agrees).toBe(true);
  });
});

describe("the database refuses what no decision allows", () => {
  const pot = {
    promise: "north-fund.air-defence",
    unit: "EUR",
    quantity: 100n,
    reported: null,
    effective: { on: "2025-06-01", precision: "day" },
    knownAt: "2025-06-01T00:00:00Z",
    source: "decision-fund",
    reason: "test",
  } as const;
  const [committed, disbursed] = ["finance.committed", "finance.disbursed"];
  test.each([
    ["no authority is named", { ...pot, from: committed, to: disbursed }, "authority_missing"],
    [
      "the authority is for a call",
      { ...pot, from: committed, to: disbursed, authority: "call-1.1" },
      "authority_of_another_purpose",
    ],
    [
      "the authority is for another line",
      { ...pot, promise: "north-fund.training", from: committed, to: disbursed, authority: "fund.1" },
      "authority_of_another_purpose",
    ],
    [
      "more is asked than is left",
      { ...pot, quantity: 100_000_001n, from: committed, to: disbursed, authority: "fund.1" },
      "authority_exhausted",
    ],
    [
      "more is paid than is placed",
      { ...pot, from: "finance.allocated", to: disbursed, authority: "fund.1" },
      "stage_below_zero",
    ],
    [
      "the day is outside its period",
      {
        ...pot,
        effective: { on: "2028-01-01", precision: "day" },
        from: committed,
        to: disbursed,
        authority: "fund.1",
      },
      "authority_not_live",
    ],
    [
      "it is known before the decision",
      { ...pot, knownAt: "2025-01-01T00:00:00Z", from: committed, to: disbursed, authority: "fund.1" },
      "authority_not_live",
    ],
    [
      "money leaves to nowhere",
      { ...pot, from: committed, to: null, authority: "fund.1" },
      "authority_of_another_purpose",
    ],
    [
      "money comes in as if it were placed",
      { ...pot, from: null, to: "finance.allocated", authority: "fund.1" },
      "governed_step_not_allowed",
    ],
    [
      "a member is called without a decision",
      { ...pot, promise: "north-fund.north-2025-1.training.nor", from: null, to: committed },
      "authority_missing",
    ],
    [
      "the authority does not exist",
      { ...pot, from: committed, to: disbursed, authority: "nothing" },
      "unknown_authority",
    ],
  ] as const)("%s", async (_, step, code) => {
    const before = await rowsOf(db, sql`select count(*) from posting`);
    const attempt = postSteps(db, [step as unknown as Parameters<typeof postSteps>[1][number]], "somebody");
    await expect(attempt).rejects.toMatchObject({ code });
    expect(await rowsOf(db, sql`select count(*) from posting`)).toEqual(before);
  });

  test("an annulled decision stops further use and touches nothing already posted", async () => {
    await desk.decide("short", {
      kind: "spend",
      fund: "north-fund",
      grants: [grant({ line: "training", amount: "100.00" })],
    });
    const order = { line: "training", authority: "short.1", purpose: "Course", amount: "40.00" };
    await spend(db, "north-fund", "pay", order, desk.doing());
    await desk.happens("short", { type: "annulled", reason: "Superseded" } as Parameters<Desk["happens"]>[1]);
    await expect(spend(db, "north-fund", "pay", order, desk.doing())).rejects.toMatchObject({
      code: "authority_not_live",
    });
    const authority = (await fundView(db, desk.clock, "north-fund")).authorities.find((one) => one.id === "short.1");
    expect(authority).toMatchObject({ used: "40.00", live: false });
    expect((await proposalView(db, desk.clock, "short")).ending).toBe("annulled");
  });
});

describe("an authority is named only where it allows something", () => {
  test("not by the step of a promise that is no money of a fund", async () => {
    const instalments = [{ dueOn: "2025-12-31", amount: "1.00" }];
    const pledge = { id: "free-pledge", party: "nor", line: "training", title: "Courses", instalments };
    await addPledge(db, "north-fund", pledge, desk.doing());
    const step = {
      promise: "free-pledge",
      unit: "EUR",
      from: null,
      to: "finance.pledged",
      quantity: 1n,
      reported: null,
      effective: { on: "2025-06-01", precision: "day" },
      knownAt: "2025-06-01T00:00:00Z",
      source: "decision-fund",
      reason: "test",
      authority: "fund.1",
    } as const;
    await expect(postSteps(db, [step], "somebody")).rejects.toMatchObject({ code: "authority_of_another_purpose" });
  });

  test("and there is such an authority", async () => {
    const posted = rowsOf(
      db,
      sql`select post_batch(array[p.debit_account], array[p.credit_account], array[1], array[null::numeric], array[null::integer], array['2025-06-01'::date],
            array['day'], array[now()], array[null::integer], array[null::bigint], array['test'], array[p.source_no], array[gen_random_uuid()], array[1::smallint],
            'somebody', array[999999999::bigint])
          from posting p join fund_pledge g on g.promise_no = p.promise_no where g.id = 'free-pledge' limit 1`,
    );
    await expect(posted).rejects.toMatchObject({ code: "23503" });
  });
});

test("two hundred clients race for the last euro: exactly what was authorised is spent", async () => {
  const order = { line: "air-defence", authority: "fund.2", purpose: "The last euro", amount: "1.00" };
  const outcomes = await Promise.allSettled(
    Array.from({ length: 200 }, async () => spend(db, "north-fund", "pay", order, desk.doing())),
  );
  const refusals = outcomes.flatMap((one) =>
    one.status === "rejected" ? [(one.reason as { code: string }).code] : [],
  );
  expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(5);
  expect(new Set(refusals)).toEqual(new Set(["authority_exhausted"]));
  const authority = (await fundView(db, desk.clock, "north-fund")).authorities.find((one) => one.id === "fund.2");
  expect(authority).toMatchObject({ used: "5.00", paid: "5.00", left: "0.00" });
}, 120_000);

test("what was paid is confirmed under the authority that it was paid under, ended or not, and under none of another line", async () => {
  const confirmed = { line: "air-defence", purpose: "Received", amount: "1.00" };
  await expect(
    spend(db, "north-fund", "acknowledge", { ...confirmed, authority: "short.1" }, desk.doing()),
  ).rejects.toMatchObject({ code: "authority_of_another_purpose" });
  await spend(db, "north-fund", "acknowledge", { ...confirmed, authority: "fund.2" }, desk.doing());
  const authority = (await fundView(db, desk.clock, "north-fund")).authorities.find((one) => one.id === "fund.2");
  expect(authority).toMatchObject({ used: "5.00", paid: "5.00" });
});

describe("a reallocation", () => {
  test("moves free money under its own authority, and no more than that allows", async () => {
    const moved = { line: "air-defence", toLine: "budget", amount: "2000000.00", reason: "Winter" };
    await expect(reallocate(db, "north-fund", { ...moved, authority: "fund.1" }, desk.doing())).rejects.toMatchObject({
      code: "authority_of_another_purpose",
    });
    await desk.decide("move", {
      kind: "reallocate",
      from: { fund: "north-fund", line: "air-defence" },
      to: { fund: "north-fund", line: "budget" },
      amount: "2000000.00",
      until: "2025-12-31",
      reason: "Winter",
    });
    const before = await fundView(db, desk.clock, "north-fund");
    await reallocate(db, "north-fund", { ...moved, authority: "move.1" }, desk.doing());
    const after = await fundView(db, desk.clock, "north-fund");
    expect(after.lines.find((line) => line.id === "budget")).toMatchObject({
      movedIn: "2000000.00",
      available: "2000000.00",
      received: "0.00",
    });
    expect([after.available, after.balance.agrees]).toEqual([before.available, true]);
    await expect(
      reallocate(db, "north-fund", { ...moved, amount: "0.01", authority: "move.1" }, desk.doing()),
    ).rejects.toMatchObject({ code: "authority_exhausted" });
  });
});
