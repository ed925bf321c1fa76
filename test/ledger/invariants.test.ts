import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postSteps, reversePostings, type Reversal, type Step } from "#app/post.ts";
import { recordRelease } from "#app/record-release.ts";
import { connect, rowOf, rowsOf, sql, type Database } from "#store/database.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { seedPromises, stepOf } from "../support/promises.ts";
import { contentOf, seedRegister } from "../support/seed.ts";

let database: TestDatabase;
let owner: Database;
let program: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = connect(database.owner);
  program = connect(database.program);
  await seedRegister(owner);
  await seedPromises(owner, [
    { id: "tanks", donor: "aaa", stream: "materiel", unit: "EUR" },
    { id: "loan", donor: "bbb", unit: "USD" },
    { id: "grant", donor: "aaa" },
  ]);
  await postSteps(program, [stepOf({ promise: "grant", quantity: 500n })], "test");
  await recordRelease(program, contentOf([{ code: "R", bound: 10 }]), {
    book: "test",
    release: "R1",
    publishedOn: "2022-10-11",
    fileName: "r1.csv",
    sha256: "1",
    source: { id: "r1", title: "t", publisher: "p", publishedOn: null, retrievedOn: null, url: null, note: "" },
    actor: "test",
    strict: false,
  });
});
afterAll(async () => {
  await Promise.all([owner.destroy(), program.destroy()]);
  await database.drop();
});

/** Everything a refused call must leave as it was. */
const record = () =>
  rowOf(
    owner,
    sql`select (select count(*) from posting) as postings, (select count(*) from account) as accounts,
               (select md5(string_agg(b::text, ',' order by account_no)) from account_balance b) as balances`,
  );

describe("what was posted is never changed", () => {
  const commands = [
    "update posting set quantity = quantity + 1",
    "update posting set reason = 'x' where no = 1",
    "delete from posting",
    "delete from posting where no = 1",
    "truncate posting cascade",
    "merge into posting p using (select 1) s on p.no = 1 when matched then delete",
    "update release set published_on = '2020-01-01'",
    "delete from release",
    "update reading set title = 'x'",
    "delete from reading",
  ];
  test.each(commands)("the owner of the tables: %s", async (command) => {
    await expect(rowsOf(owner, sql.raw(command))).rejects.toMatchObject({ message: "postings_are_append_only" });
  });

  const closed = [
    ...commands,
    "insert into posting (book_no) values (1)",
    "update account_balance set balance = 0",
    "delete from account_balance",
    "truncate account_balance",
    "insert into account_balance select account_no + 1000, 5, true from account_balance",
    "update account set unit_no = 1",
    "update account set contra = true",
    "delete from account",
    "update party set name = 'x'",
    "update party_alias set party_no = 1",
    "delete from party",
    "update promise set category = 'x'",
    "update membership set valid = '[2020-01-01,)'",
    "delete from membership",
    "update rate set rate = 1",
    "delete from rate",
    "update indicator_value set value = 1",
    "update release_coverage set state = 'stated'",
    "delete from release_coverage",
    "update published_total set amount = 0",
    "delete from published_total",
    "update source set title = 'x'",
    "update stage set class = 5",
    "update unit set scale = 0",
    "update book set recipient_no = 1",
    "delete from promise",
    "alter table posting disable trigger all",
    "drop trigger posting_append_only on posting",
    "set session_replication_role = replica",
    "drop table posting cascade",
    "create or replace function refuse_change() returns trigger language plpgsql as 'begin return null; end'",
    "update cube_state set through = 0",
    "insert into cube_cell select * from cube_cell",
  ];
  test.each(closed)("the program's role: %s", async (command) => {
    await expect(rowsOf(program, sql.raw(command))).rejects.toThrow(/permission denied|must be owner|append_only/);
  });

  test.each([
    ["of another class than its stage's", "promise_no, stage, true, donor_no, 5"],
    ["of no class", "promise_no, stage, true, donor_no, null"],
    ["of no giver", "promise_no, stage, true, null, class"],
    ["that lets the outside stand below zero", "null, null, true, null, null"],
  ])("the program's role opens no account %s", async (_, values) => {
    const call = rowsOf(
      program,
      sql.raw(`insert into account (book_no, unit_no, promise_no, stage, contra, donor_no, class)
        select book_no, unit_no, ${values} from account where stage = 'finance.committed' and not contra limit 1`),
    );
    await expect(call).rejects.toMatchObject({ code: expect.stringMatching(/^23(503|514)$/) });
  });

  test("a temporary table of the caller's does not stand in for the balances", async () => {
    await program.connection().execute(async (one) => {
      await rowsOf(
        one,
        sql`create temporary table account_balance as select account_no, 1e9 as balance, true as contra from public.account_balance`,
      );
      await expect(
        postSteps(one, [stepOf({ promise: "grant", from: "finance.committed", to: null, quantity: 501n })], "test"),
      ).rejects.toMatchObject({
        code: "stage_below_zero",
      });
      await rowsOf(one, sql`drop table pg_temp.account_balance`);
    });
  });
});

describe("a step is refused whole", () => {
  type Refused = readonly [string, Partial<Step> & Pick<Step, "promise">, string, RegExp];
  const cases: readonly Refused[] = [
    ["of no quantity", { promise: "grant", quantity: 0n }, "posting_quantity_not_positive", /quantity/],
    ["of a negative quantity", { promise: "grant", quantity: -5n }, "posting_quantity_not_positive", /quantity/],
    [
      "in another unit",
      { promise: "loan", unit: "EUR" },
      "posting_unit_mismatch",
      /promise loan is counted in USD, the posting in EUR/,
    ],
    ["of a promise not on record", { promise: "moon" }, "unknown_promise", /moon/],
    [
      "into a stage of another stream",
      { promise: "tanks", to: "finance.committed" },
      "unknown_stage",
      /finance\.committed, promise tanks/,
    ],
    ["into no stage at all", { promise: "grant", to: "finance.nowhere" }, "unknown_stage", /finance\.nowhere/],
    [
      "from a stage to itself",
      { promise: "grant", from: "finance.committed" },
      "unknown_stage",
      /from finance\.committed to finance\.committed/,
    ],
    ["from outside to outside", { promise: "grant", to: null }, "unknown_stage", /outside/],
    ["without its source", { promise: "grant", source: "hearsay" }, "unknown_source", /hearsay/],
    [
      "valued in a currency unknown",
      { promise: "grant", reported: { amount: 1n, unit: "XYZ" } },
      "unknown_unit",
      /XYZ/,
    ],
    [
      "of more than stands there",
      { promise: "grant", from: "finance.committed", to: "finance.sent", quantity: 503n },
      "stage_below_zero",
      /promise grant, stage finance\.committed: 500 smallest parts of EUR stand there, 1 too few/,
    ],
    [
      "out of a stage nothing came to",
      { promise: "loan", unit: "USD", from: "finance.sent", to: null },
      "stage_below_zero",
      /promise loan, stage finance\.sent/,
    ],
  ];
  test.each(cases)("%s", async (_, step, code, words) => {
    const before = await record();
    const good = stepOf({ promise: "grant", quantity: 1n });
    await expect(postSteps(program, [good, stepOf(step), good], "test")).rejects.toMatchObject({
      code,
      message: expect.stringMatching(words),
    });
    expect(await record()).toEqual(before);
  });

  test("a fraction of a smallest part, a date without its precision, a valuation without its currency", async () => {
    const call = (quantity: string, precision: string, reported: string | null) =>
      rowsOf(
        program,
        sql`select post_steps(array['grant'], array['EUR'], array[null]::text[], array['finance.committed'], array[${quantity}]::numeric[],
          array[${reported}]::numeric[], array[null]::text[], array['2024-01-01']::date[], array[${precision}], array[now()], array['made-up'],
          array[null]::text[], 'test')`,
      );
    await expect(call("1.5", "day", null)).rejects.toMatchObject({ constraint: "posting_quantity_check" });
    for (const none of ["NaN", "Infinity"])
      await expect(call(none, "day", null)).rejects.toMatchObject({ constraint: "posting_quantity_finite" });
    await expect(call("1", "none", null)).rejects.toThrow(/check constraint/);
    await expect(call("1", "sometime", null)).rejects.toThrow(/date_precision/);
    await expect(call("1", "day", "5")).rejects.toMatchObject({ message: "unknown_unit" });
    await expect(call("1", "day", null)).resolves.toHaveLength(1);
  });

  test("accounts of two promises are never joined, whether of one unit, of two or of two books", async () => {
    await rowsOf(
      owner,
      sql`insert into book (slug, title, recipient_no) select 'second', 'x', no from party where id = 'rrr'`,
    );
    await seedPromises(owner, [
      { id: "elsewhere", donor: "aaa", book: "second" },
      { id: "twin", donor: "aaa" },
    ]);
    await postSteps(
      program,
      [
        stepOf({ promise: "elsewhere" }),
        stepOf({ promise: "twin" }),
        stepOf({ promise: "loan", unit: "USD", quantity: 3n }),
      ],
      "test",
    );
    const account = async (promise: string) =>
      (await rowOf<{ no: number }>(
        owner,
        sql`select a.no from account a join promise p on p.no = a.promise_no where p.id = ${promise}`,
      ))!.no;
    for (const other of ["twin", "loan", "elsewhere"]) {
      const call = rowsOf(
        program,
        sql`select post_batch(array[${await account("grant")}]::bigint[], array[${await account(other)}]::bigint[], array[1]::numeric[], array[null]::numeric[],
          array[null]::int[], array['2024-01-01']::date[], array['day'], array[now()], array[null]::int[], array[null]::bigint[], array[null]::text[],
          array[1], array[gen_random_uuid()], array[1::smallint], 'test')`,
      );
      await expect(call).rejects.toMatchObject({ code: "MS002", message: "posting_account_unknown" });
    }
  });
});

describe("a correction is a reversal", () => {
  const reversal = (postings: readonly number[], more: Partial<Reversal> = {}): Reversal => ({
    postings,
    knownAt: "2023-05-01T00:00:00Z",
    source: "made-up",
    reason: "the source was misread",
    ...more,
  });

  test("with a reason, once, of a posting that no release states and that was known before", async () => {
    const [no, spent] = await postSteps(
      program,
      [
        stepOf({ promise: "tanks", to: "materiel.committed" }),
        stepOf({ promise: "tanks", from: "materiel.committed", to: "materiel.sent" }),
      ],
      "test",
    );
    const [stated] = await rowsOf<{ no: number }>(owner, sql`select no from posting where release_no is not null`);
    const before = await record();
    const refused: readonly (readonly [Reversal, string])[] = [
      [reversal([no!], { reason: " " }), "reversal_without_reason"],
      [reversal([no!], { source: "hearsay" }), "unknown_source"],
      [reversal([no!], { knownAt: "2023-03-01T23:59:59Z" }), "reversal_before_posting"],
      [reversal([999_999]), "unknown_posting"],
      [reversal([stated!.no]), "posting_of_a_release"],
      [reversal([no!]), "stage_below_zero"],
      [reversal([spent!, spent!]), "posting_taken_back_already"],
    ];
    for (const [given, code] of refused)
      await expect(reversePostings(program, given, "test"), code).rejects.toMatchObject({ code });
    expect(await record()).toEqual(before);

    const [back] = await reversePostings(program, reversal([spent!]), "test");
    await expect(reversePostings(program, reversal([spent!]), "test")).rejects.toMatchObject({
      code: "posting_taken_back_already",
    });
    expect(
      await rowOf(owner, sql`select reverses, reason, polarity, sign, actor from posting where no = ${back!}`),
    ).toEqual({
      reverses: spent,
      reason: "the source was misread",
      polarity: -1,
      sign: -1,
      actor: "test",
    });
    await reversePostings(program, reversal([no!]), "test");
    const standing = await rowsOf<{ balance: string }>(
      owner,
      sql`select balance from account_balance b join account a on a.no = b.account_no join promise p on p.no = a.promise_no where p.id = 'tanks'`,
    );
    expect(standing.map((row) => row.balance)).toEqual(["0", "0"]);
  });

  test("thousands of steps are one call, and so is taking them back", async () => {
    const steps = Array.from({ length: 3000 }, (_, index) =>
      stepOf({
        promise: "grant",
        quantity: BigInt(index + 1),
        to: index % 2 === 0 ? "finance.committed" : "finance.pledged",
      }),
    );
    const before = await record();
    const numbers = await postSteps(program, steps, "test");
    expect(new Set(numbers).size).toBe(3000);
    const stored = await rowsOf<{ quantity: string }>(
      owner,
      sql`select quantity from posting where no = any(${numbers}::bigint[]) order by no`,
    );
    expect(stored.map((row) => BigInt(row.quantity))).toEqual(steps.map((step) => step.quantity));
    await reversePostings(program, reversal(numbers), "test");
    const after = await record();
    expect(after).toMatchObject({ postings: Number((before as { postings: number }).postings) + 6000 });
  });
});
