import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { callView } from "#app/funds/call-view.ts";
import { issueCall } from "#app/funds/call.ts";
import { addPledge, creditInKind } from "#app/funds/give.ts";
import { importReceipts } from "#app/funds/receipts.ts";
import { reallocate, spend, takeBack, type Spending } from "#app/funds/spend.ts";
import { fundView } from "#app/funds/view.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import { MainstayError } from "#core/errors.ts";
import { refreshCube } from "#store/cube.ts";
import { connect, inTransaction, onlyRow, rowsOf, sql, type Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { fundTerms, grant, openDesk, type Desk } from "./desk.ts";

// Everything at once, over eighty connections in four pools, as from four programs.

let db: Database;
let close: () => Promise<void>;
let desk: Desk;
let pools: Database[];

const call = async (id: string, lines: Readonly<Record<string, string>>, instalment: number, at = db) =>
  issueCall(
    at,
    "north-fund",
    {
      id,
      authority: "fund.1",
      year: 2025,
      instalment,
      instalments: 40,
      lines: Object.entries(lines).map(([line, amount]) => ({ line, amount })),
      dueOn: "2025-12-31",
    },
    desk.doing(),
  );

type Row = Readonly<{ amount: string; reference: string }>;
const statement = (id: string, rows: readonly Row[]) => {
  const lines = rows.map(
    ({ amount, reference }, index) =>
      `${id},XX1,2025-01-06,${amount},EUR,${reference},A payer,Payment,${id}-${index}\n`,
  );
  const header = "statement,account,booked_on,amount,currency,reference,counterparty,remittance,bank_reference\n";
  return { bytes: Buffer.from(`${header}${lines.join("")}`), fileName: `${id}.csv` };
};
const owed = async (id: string) =>
  (await callView(db, desk.clock, { fund: "north-fund", call: id })).shares.filter(
    (share) => share.outstanding !== "0.00",
  );
const allOf = (shares: readonly Readonly<{ reference: string; outstanding: string }>[]): Row[] =>
  shares.map(({ reference, outstanding }) => ({ reference, amount: outstanding }));

beforeAll(async () => {
  const record = await openRecord();
  ({ db } = record);
  pools = Array.from({ length: 4 }, () => connect(record.program, 20));
  close = async () => {
    await Promise.all(pools.map(async (pool) => pool.destroy()));
    await record.close();
  };
  desk = await openDesk(db);
  await desk.decide(
    "fund",
    fundTerms({}, [
      grant({ kind: "call", line: null, amount: "900000.00" }),
      grant({ line: null, amount: "5.00", purpose: "The last euro" }),
      grant({ line: "budget", amount: "50.00", purpose: "One pot" }),
      grant({ line: "budget", amount: "50.00", purpose: "The same pot" }),
      grant({ line: null, amount: "9000.00", purpose: "Mixed" }),
    ]),
  );
  await call("first", { "air-defence": "20000.00", training: "20000.00", budget: "3.00" }, 1);
  await importReceipts(db, "north-fund", statement("OPENING", allOf(await owed("first"))), desk.doing());
  for (const line of ["air-defence", "training"]) {
    const pledge = {
      id: `pledge-${line}`,
      party: "nor",
      line,
      earmark: "no-budget",
      title: "Gift",
      instalments: [{ dueOn: "2025-06-30", amount: "2000.00" }],
    };
    await addPledge(db, "north-fund", pledge, desk.doing());
  }
  const { pledges } = await fundView(db, desk.clock, "north-fund");
  const gifts = pledges.flatMap(({ instalments }) =>
    instalments.map(({ reference }) => ({ reference, amount: "2000.00" })),
  );
  await importReceipts(db, "north-fund", statement("GIFTS", gifts), desk.doing());
});
afterAll(() => close());

const pool = (index: number): Database => pools[index % pools.length] ?? db;
/** What became of each: null when it was done, else the code of its refusal. Anything that is no refusal, such as a deadlock, fails the test. */
async function outcomes(work: readonly (() => Promise<unknown>)[]): Promise<(string | null)[]> {
  const ended = await Promise.allSettled(work.map(async (one) => one()));
  return ended.map((one) => {
    if (one.status === "fulfilled") return null;
    if (one.reason instanceof MainstayError) return one.reason.code;
    throw one.reason;
  });
}
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const counted = (codes: readonly (string | null)[]): Record<string, number> =>
  Object.fromEntries(
    Object.entries(Object.groupBy(codes, (code) => code ?? "done")).map(([code, of]) => [code, of?.length ?? 0]),
  );
const authority = async (id: string) =>
  (await fundView(db, desk.clock, "north-fund")).authorities.find((one) => one.id === id);

const pots = [
  { line: "air-defence" },
  { line: "training" },
  { line: "air-defence", earmark: "no-budget" },
  { line: "training", earmark: "no-budget" },
  { line: "budget" },
] as const;

describe("two hundred clients", () => {
  test("race for the last euro of an authority through different pots: exactly what was authorised is spent", async () => {
    const order = { authority: "fund.2", purpose: "The last euro", amount: "1.00" };
    const way = (index: number): Spending => (index % 2 === 0 ? "pay" : "place");
    const codes = await outcomes(
      times(
        200,
        (index) => async () =>
          spend(pool(index), "north-fund", way(index), { ...order, ...(pots[index % 4] ?? pots[0]) }, desk.doing()),
      ),
    );
    expect(counted(codes)).toEqual({ done: 5, authority_exhausted: 195 });
    expect(await authority("fund.2")).toMatchObject({ used: "5.00", left: "0.00" });
  });

  test("race for the last euro of a pot under two authorities: exactly what was there is spent", async () => {
    const order = { line: "budget", purpose: "The last euro", amount: "1.00" };
    const codes = await outcomes(
      times(
        200,
        (index) => async () =>
          spend(pool(index), "north-fund", "pay", { ...order, authority: `fund.${3 + (index % 2)}` }, desk.doing()),
      ),
    );
    expect(counted(codes)).toEqual({ done: 3, stage_below_zero: 197 });
    const used = [await authority("fund.3"), await authority("fund.4")].map((one) => Number(one?.used));
    expect(used.reduce((sum, one) => sum + one, 0)).toBe(3);
  });
});

describe("a decision that is annulled while it is drawn on", () => {
  const order = (id: string) => ({ line: "training", authority: `${id}.1`, purpose: "Course", amount: "1.00" });
  const granted = async (id: string) =>
    desk.decide(id, { kind: "spend", fund: "north-fund", grants: [grant({ line: "training", amount: "1000.00" })] });
  const annul = async (at: Database, id: string) => {
    const { no } = await onlyRow<{ no: number }>(at, sql`select no from proposal where id = ${id}`);
    await rowsOf(at, sql`select end_decision(${no}, 'annulled', ${desk.clock()}::timestamptz, 'Superseded')`);
  };
  const waiting = async () =>
    (
      await onlyRow<{ count: number }>(
        db,
        sql`select count(*) as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).count;
  const untilWaiting = async (count: number) => {
    while ((await waiting()) < count) await new Promise((resolve) => setTimeout(resolve, 10));
  };

  test("what is under way when it ends waits, and is refused", async () => {
    await granted("ends-first");
    let spending: Promise<(string | null)[]> | undefined;
    await inTransaction(pool(0), async (trx) => {
      await annul(trx, "ends-first");
      spending = outcomes(
        times(
          8,
          (index) => async () => spend(pool(1 + (index % 3)), "north-fund", "pay", order("ends-first"), desk.doing()),
        ),
      );
      await untilWaiting(8);
    });
    expect(counted((await spending) ?? [])).toEqual({ authority_not_live: 8 });
    expect(await authority("ends-first.1")).toMatchObject({ used: "0.00", live: false });
  });

  test("it does not end before what is under way is done", async () => {
    await granted("ends-last");
    let ending: Promise<void> | undefined;
    await inTransaction(pool(0), async (trx) => {
      await spend(trx, "north-fund", "pay", order("ends-last"), desk.doing());
      ending = annul(pool(1), "ends-last");
      await untilWaiting(1);
    });
    await ending;
    expect(await authority("ends-last.1")).toMatchObject({ used: "1.00", live: false });
  });

  test("of two hundred that draw on it some are in time; of those that come after, none", async () => {
    await granted("in-the-midst");
    const attempt = async (index: number) =>
      (await outcomes([async () => spend(pool(index), "north-fund", "pay", order("in-the-midst"), desk.doing())]))[0] ??
      null;
    const annulled = (async () => {
      while ((await authority("in-the-midst.1"))?.used === "0.00") await untilWaiting(1);
      await desk.happens("in-the-midst", { type: "annulled", reason: "Superseded" } as EventDraft);
    })();
    const codes = (await Promise.all(times(200, attempt))).flat();
    await annulled;
    const late = await Promise.all(times(80, attempt));
    expect(new Set(codes)).toEqual(new Set([null, "authority_not_live"]));
    expect(counted(late)).toEqual({ authority_not_live: 80 });
    const done = codes.filter((code) => code === null).length;
    expect(await authority("in-the-midst.1")).toMatchObject({ used: `${done}.00` });
  });
});

describe("the same thing twice at once", () => {
  test("a statement is entered by one, and found on record by the others", async () => {
    await call("second", { "air-defence": "800.01" }, 2);
    const rows = allOf(await owed("second"));
    const reports = await Promise.all(
      times(12, async (index) => importReceipts(pool(index), "north-fund", statement("ONCE", rows), desk.doing())),
    );
    expect(reports.filter((report) => !report.statements[0]?.already)).toHaveLength(1);
    expect(reports.map((report) => report.matched.length).toSorted((one, other) => one - other)).toEqual([
      ...times(11, () => 0),
      8,
    ]);
    expect((await callView(db, desk.clock, { fund: "north-fund", call: "second" })).received).toBe("800.01");
  });

  test("an instalment is called once, under whichever id comes first", async () => {
    const codes = await outcomes(
      times(12, (index) => async () => call(`third-${index}`, { training: "100.00" }, 3, pool(index))),
    );
    expect(counted(codes)).toEqual({ done: 1, call_exists_already: 11 });
  });

  test("an act is taken back once", async () => {
    await spend(
      db,
      "north-fund",
      "place",
      { line: "training", authority: "fund.5", purpose: "Course", amount: "7.00" },
      desk.doing(),
    );
    const act = Number((await fundView(db, desk.clock, "north-fund")).acts.at(-1)?.id);
    const codes = await outcomes(
      times(12, (index) => async () => takeBack(pool(index), "north-fund", act, "A mistake", desk.doing())),
    );
    expect(counted(codes)).toEqual({ done: 1, act_taken_back_already: 11 });
    expect(await authority("fund.5")).toMatchObject({ used: "0.00" });
  });

  test("a pledge's id is taken once, in whichever fund", async () => {
    await desk.decide("south", fundTerms({ id: "south-fund" }));
    const pledge = {
      id: "only-once",
      party: "swe",
      line: "training",
      title: "Gift",
      instalments: [{ dueOn: "2025-06-30", amount: "1.00" }],
    };
    const codes = await outcomes(
      times(
        12,
        (index) => async () =>
          addPledge(pool(index), index % 2 === 0 ? "north-fund" : "south-fund", pledge, desk.doing()),
      ),
    );
    expect(counted(codes)).toEqual({ done: 1, pledge_exists_already: 11 });
  });
});

test("in mixed load nothing waits for ever on another, and in the end it all adds up", async () => {
  const [there, back] = ["there", "back"] as const;
  for (const [id, from, to] of [
    [there, "air-defence", "training"],
    [back, "training", "air-defence"],
  ] as const)
    await desk.decide(id, {
      kind: "reallocate",
      from: { fund: "north-fund", line: from },
      to: { fund: "north-fund", line: to },
      amount: "9000.00",
      until: "2025-12-31",
      reason: "To and fro",
    });
  for (const place of times(16, (index) => index))
    await call(`many-${place}`, place % 2 === 0 ? { "air-defence": "80.00" } : { training: "80.00" }, 10 + place);
  const claims = (await Promise.all(times(16, async (place) => owed(`many-${place}`)))).map(allOf);
  // Of every statement the payments come in another order, so that lines are met in every order.
  const statements = times(8, (index) => {
    const rows = [0, 1, 2, 3].flatMap(
      (place) =>
        claims[(index % 2 === 0 ? place : 3 - place) + (index % 4) * 4]?.slice(
          (index >> 2) * 4,
          (index >> 2) * 4 + 4,
        ) ?? [],
    );
    return statement(`MIXED-${index}`, rows);
  });
  const moves = times(60, (index) => async () => {
    const [line, toLine, by] =
      index % 2 === 0 ? (["air-defence", "training", there] as const) : (["training", "air-defence", back] as const);
    const earmark = index % 3 === 0 ? { earmark: "no-budget" } : {};
    await reallocate(
      pool(index),
      "north-fund",
      { line, toLine, ...earmark, amount: "3.00", authority: `${by}.1`, reason: "To and fro" },
      desk.doing(),
    );
  });
  const ways: readonly Spending[] = ["place", "place", "pay", "pay-placed", "release"];
  const spends = times(
    160,
    (index) => async () =>
      spend(
        pool(index),
        "north-fund",
        ways[index % 5] ?? "pay",
        { ...(pots[index % 4] ?? pots[0]), authority: "fund.5", purpose: "Mixed", amount: "2.00" },
        desk.doing(),
      ),
  );
  const undoing = times(40, (index) => async () => {
    const { acts } = await fundView(pool(index), desk.clock, "north-fund");
    const act = acts.filter((one) => ["place", "pay", "reallocate", "receipt"].includes(one.kind)).at(-1 - (index % 9));
    await takeBack(pool(index), "north-fund", Number(act?.id), "A mistake", desk.doing());
  });
  const credits = times(
    16,
    (index) => async () =>
      creditInKind(
        pool(index),
        "north-fund",
        { reference: claims[index]?.[7]?.reference ?? "", value: "4.00", method: "Valued" },
        desk.doing(),
      ),
  );
  const imports = statements.map(
    (file, index) => async () => importReceipts(pool(index), "north-fund", file, desk.doing()),
  );
  const refreshes = times(6, (index) => async () => refreshCube(pool(index)));
  const all: readonly (readonly (() => Promise<unknown>)[])[] = [moves, spends, undoing, credits, imports, refreshes];
  const shuffled = times(160, (index) => all.flatMap((some) => some.slice(index, index + 1))).flat();
  const codes = await outcomes(shuffled);
  const allowed = new Set([
    null,
    "stage_below_zero",
    "authority_exhausted",
    "act_taken_back_already",
    "in_kind_not_allowed",
  ]);
  expect(codes.filter((code) => !allowed.has(code))).toEqual([]);
  expect(codes.filter((code) => code === null).length).toBeGreaterThan(200);

  const fund = await fundView(db, desk.clock, "north-fund");
  expect(fund.balance.agrees).toBe(true);
  // By the accounts themselves: what the contributors paid in is what stands in the pots, paid out or not.
  const sums = await onlyRow<Record<"came" | "stands" | "drawn" | "used" | "wrong", string>>(
    db,
    sql`select (select sum(b.balance) from account_balance b join account a on a.no = b.account_no left join pot on pot.promise_no = a.promise_no
                where a.class = 5 and pot.promise_no is null)::text as came,
               (select sum(b.balance) from account_balance b join account a on a.no = b.account_no join pot on pot.promise_no = a.promise_no)::text as stands,
               (select sum(drawn) from governed_step where authority_no is not null)::text as drawn, (select sum(used) from authority_balance)::text as used,
               (select count(*) from authority_balance where used > amount or paid > used) + (select count(*) from account_balance where balance < 0) as wrong`,
  );
  expect(sums).toEqual({ came: sums.came, stands: sums.came, drawn: sums.drawn, used: sums.drawn, wrong: 0 });
  const cents = (text: string) => BigInt(text.replace(".", ""));
  expect(cents(fund.received)).toBe(cents(fund.placed) + cents(fund.paid) + cents(fund.available));
}, 120_000);
