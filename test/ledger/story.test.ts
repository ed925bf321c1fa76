import { afterAll, beforeAll, expect, test } from "vitest";
import { postSteps, reversePostings } from "#app/post.ts";
import { totals } from "#app/totals.ts";
import { connect, rowsOf, sql, type Database } from "#store/database.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { seedPromises, stepOf } from "../support/promises.ts";
import { seedRegister } from "../support/seed.ts";

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  const owner = connect(database.owner);
  await seedRegister(owner);
  await seedPromises(owner, [{ id: "loan", donor: "aaa" }]);
  await owner.destroy();
  db = connect(database.program);
});
afterAll(async () => {
  await db.destroy();
  await database.drop();
});

/** The postings of a promise as one reads a ledger: a line each, in the order in which they were recorded. */
async function ledgerOf(promise: string): Promise<string> {
  const rows = await rowsOf<{ line: string }>(
    db,
    sql`select concat_ws(' | ', rpad(to_char(p.known_at at time zone 'UTC', 'YYYY-MM-DD'), 10), rpad(coalesce(c.stage, 'outside'), 18), rpad(coalesce(d.stage, 'outside'), 18),
               lpad(to_char(p.quantity / 100, 'FM9990.00'), 7), rpad(coalesce(p.effective_on::text, 'undated'), 10), rpad(case p.sign when 1 then '+' when -1 then '-' else ' ' end
                 || coalesce((array['said', 'bound', 'placed', 'moved', 'received'])[p.class], ''), 9), coalesce(p.reason, '')) as line
        from posting p join promise pr on pr.no = p.promise_no join account d on d.no = p.debit_account join account c on c.no = p.credit_account
        where pr.id = ${promise} order by p.no`,
  );
  return rows.map((row) => row.line.trimEnd()).join("\n");
}

test("a loan is announced, signed, paid in two parts, one of them by mistake", async () => {
  const step = (from: string | null, to: string | null, quantity: number, on: string | null, knownAt: string) =>
    stepOf({
      promise: "loan",
      from: from === null ? null : `finance.${from}`,
      to: to === null ? null : `finance.${to}`,
      quantity: BigInt(quantity * 100),
      effective: { on, precision: on === null ? "none" : "day" },
      knownAt: `${knownAt}T12:00:00Z`,
    });
  const [, , , , wrong] = await postSteps(
    db,
    [
      step(null, "pledged", 100, "2023-01-10", "2023-01-10"),
      step("pledged", "committed", 80, "2023-03-01", "2023-03-02"),
      step("committed", "allocated", 80, "2023-03-05", "2023-03-06"),
      step("allocated", "contracted", 50, "2023-04-01", "2023-04-02"),
      step("contracted", "sent", 45, "2023-05-01", "2023-05-02"),
    ],
    "desk",
  );
  await reversePostings(
    db,
    { postings: [wrong!], knownAt: "2023-06-01T12:00:00Z", source: "made-up", reason: "40 was paid, not 45" },
    "desk",
  );
  await postSteps(
    db,
    [step("contracted", "sent", 40, "2023-05-01", "2023-06-01"), step("pledged", null, 20, null, "2023-07-01")],
    "desk",
  );

  expect(`\n${await ledgerOf("loan")}\n`).toBe(`
2023-01-10 | outside            | finance.pledged    |  100.00 | 2023-01-10 | +said     |
2023-03-02 | finance.pledged    | finance.committed  |   80.00 | 2023-03-01 | +bound    |
2023-03-06 | finance.committed  | finance.allocated  |   80.00 | 2023-03-05 | +placed   |
2023-04-02 | finance.allocated  | finance.contracted |   50.00 | 2023-04-01 | +moved    |
2023-05-02 | finance.contracted | finance.sent       |   45.00 | 2023-05-01 |           |
2023-06-01 | finance.sent       | finance.contracted |   45.00 | 2023-05-01 |           | 40 was paid, not 45
2023-06-01 | finance.contracted | finance.sent       |   40.00 | 2023-05-01 |           |
2023-07-01 | finance.pledged    | outside            |   20.00 | undated    | -said     |
`);

  const figures: readonly (readonly [string, string | undefined, string | undefined, string | null])[] = [
    // class, as of, known at, total
    ["said", undefined, undefined, "80.00"],
    ["said", "2023-12-31", undefined, "100.00"], // the withdrawal bears no date
    ["said", undefined, "2023-06-30", "100.00"],
    ["bound", undefined, undefined, "80.00"],
    ["bound", undefined, "2023-03-01", null], // signed on the 1st, known on the 2nd
    ["bound", "2023-03-01", "2023-03-02", "80.00"],
    ["placed", "2023-03-04", undefined, null],
    ["moved", undefined, undefined, "50.00"],
    ["received", undefined, undefined, null],
  ];
  for (const [theClass, asOf, knownAt, total] of figures) {
    const figure = await totals(db, { book: "test", by: ["donor"], class: theClass, asOf, knownAt });
    expect(figure.total, [theClass, "as of", asOf, "known at", knownAt].join(" ")).toBe(total);
  }
});
