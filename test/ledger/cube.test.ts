import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { postSteps, type Step } from "#app/post.ts";
import { checkQuestion, totals } from "#app/totals.ts";
import { refreshCube, cubeCells } from "#store/cube.ts";
import { connect, rowsOf, sql, type Database } from "#store/database.ts";
import { sumPostings, type Cell } from "#store/figures.ts";
import type { Dimension } from "#core/views.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { seedPromises, stepOf } from "../support/promises.ts";
import { seedRegister } from "../support/seed.ts";

let database: TestDatabase;
let owner: Database;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = connect(database.owner);
  await seedRegister(owner);
  await rowsOf(owner, sql`insert into unit (code, kind, scale, name) values ('item:tent', 'item', 0, 'tent')`);
  db = connect(database.program);
});
afterAll(async () => {
  await db.destroy();
  await owner.destroy();
  await database.drop();
});

let books = 0;
/** Promises of every kind a figure tells apart: giver, recipient, unit. */
async function newBook(): Promise<string> {
  const book = `cube-${books++}`;
  await rowsOf(
    db,
    sql`insert into book (slug, title, recipient_no, synthetic) select ${book}, 'x', no, true from party where id = 'rrr'`,
  );
  await seedPromises(db, [
    { book, id: `${book}-a`, donor: "aaa" },
    { book, id: `${book}-b`, donor: "bbb", unit: "USD" },
    { book, id: `${book}-c`, donor: "ccc" },
    { book, id: `${book}-d`, donor: "aaa", recipient: "bbb" },
    { book, id: `${book}-e`, donor: "ccc", recipient: "aaa", unit: "USD" },
    { book, id: `${book}-f`, donor: "bbb", unit: "item:tent" },
  ]);
  return book;
}

const units: Readonly<Record<string, string>> = { b: "USD", e: "USD", f: "item:tent" };
const edges = [
  "2022-12-31",
  "2023-01-01",
  "2023-01-08",
  "2023-01-09",
  "2023-01-12",
  "2023-01-13",
  "2023-01-16",
  "2023-01-17",
  "2023-01-25",
  "2023-01-31",
  "2023-02-01",
  "2023-02-14",
  "2023-02-28",
  "2023-12-31",
  "2024-01-01",
  "2024-02-29",
];
const day = fc.constantFrom(...edges);

const step = fc.record({
  promise: fc.constantFrom("a", "b", "c", "d", "e", "f"),
  to: fc.constantFrom("finance.committed", "finance.sent"),
  quantity: fc.integer({ min: 1, max: 900 }),
  valued: fc.constantFrom("EUR", "EUR", "EUR", null),
  on: fc.option(day, { nil: null, freq: 4 }),
  known: day,
  at: fc.constantFrom("T00:00:00Z", "T00:00:01Z", "T23:59:59.999Z"),
});
type Drawn = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

function asStep(book: string, drawn: Drawn): Step {
  return stepOf({
    promise: `${book}-${drawn.promise}`,
    unit: units[drawn.promise] ?? "EUR",
    to: drawn.to,
    quantity: BigInt(drawn.quantity),
    reported: drawn.valued === null ? null : { amount: BigInt(drawn.quantity) * 7_000n, unit: drawn.valued },
    effective: { on: drawn.on, precision: drawn.on === null ? "none" : "day" },
    knownAt: drawn.known + drawn.at,
  });
}

/** Cells as the reader meets them: what is counted summed by dimensions, what is not by dimensions, unit and reason. */
function folded(cells: readonly Cell[]): Record<string, string> {
  const sums = new Map<string, [bigint, number]>();
  for (const cell of cells) {
    const key = JSON.stringify(cell.reason === null ? cell.dims : [cell.dims, cell.unit, cell.scale, cell.reason]);
    const [sum, postings] = sums.get(key) ?? [0n, 0];
    sums.set(key, [sum + BigInt((cell.reason === null ? cell.amount : cell.original) ?? 0), postings + cell.postings]);
  }
  return Object.fromEntries(
    [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, [sum, postings]]) => [key, `${sum} in ${postings}`]),
  );
}

const question = fc.record(
  {
    asOf: day,
    knownAt: day,
    class: fc.constantFrom("bound", "moved"),
    donor: fc.constantFrom("aaa", "bbb"),
    boundary: fc.constantFrom("all", "nations", "organisations"),
  },
  { requiredKeys: [] },
);
const by = fc.constantFrom<readonly Dimension[]>(
  ["donor", "year", "class"],
  ["donor", "month"],
  ["class"],
  [],
  ["month", "class"],
);

test("the cube says in every cell what the postings say one by one, whenever it was refreshed", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 12 }), { minLength: 2, maxLength: 5 }),
      fc.array(fc.tuple(question, by), { minLength: 12, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      async (batches, questions, refreshes) => {
        const book = await newBook();
        for (const [index, batch] of batches.entries()) {
          await postSteps(
            db,
            batch.map((drawn) => asStep(book, drawn)),
            "test",
          );
          if (index < refreshes) expect(await refreshCube(db)).toBeGreaterThan(0);
        }
        for (const [asked, dimensions] of questions) {
          const { query } = await checkQuestion(db, { book, ...asked });
          const fromCube = await cubeCells(db, query, dimensions);
          expect(fromCube, "the cube was asked").toBeDefined();
          const scanned = await sumPostings(db, query, dimensions);
          expect(folded(fromCube!)).toEqual(folded(scanned));
          const lumped = await cubeCells(db, query, dimensions, true);
          expect(folded(lumped!)).toEqual(
            folded(scanned.map((cell) => (cell.reason === null ? cell : { ...cell, dims: [] }))),
          );
          compared += 1;
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(compared).toBe(480);
});

test("where a source values in another currency than the one asked, the postings are asked one by one", async () => {
  const book = await newBook();
  await postSteps(
    db,
    [
      stepOf({ promise: `${book}-a`, reported: { amount: 5_000_000n, unit: "EUR" } }),
      stepOf({ promise: `${book}-b`, unit: "USD", quantity: 700n, reported: { amount: 6_000_000n, unit: "EUR" } }),
    ],
    "test",
  );
  await refreshCube(db);
  const { query } = await checkQuestion(db, { book, unit: "USD" });
  expect(await cubeCells(db, query, ["donor"])).toBeUndefined();
  const figure = await totals(db, { book, by: ["donor"], unit: "USD", class: "bound" });
  expect(figure.rows).toMatchObject([{ donorId: "bbb", amount: "7.00", unit: "USD", postings: 1 }]);
  expect(figure.notConverted).toEqual([
    { class: "bound", unit: "EUR", amount: "1.00", postings: 1, reason: "the source gives no valuation in USD" },
  ]);
});

test("a refresh waits for nobody: while someone is posting it is left to the next", async () => {
  const book = await newBook();
  await db.transaction().execute(async (trx) => {
    await postSteps(trx, [stepOf({ promise: `${book}-a` })], "test");
    expect(await refreshCube(db)).toBeNull();
  });
  expect(await refreshCube(db)).toBe(1);
  expect(await refreshCube(db)).toBe(0);
});

test("sources are counted the same from the cube and from the postings", async () => {
  const book = await newBook();
  await rowsOf(
    owner,
    sql`insert into source (id, title, publisher) values ('late', 'Late', 'Nobody'), ('other', 'Other', 'Nobody')`,
  );
  const steps = [
    stepOf({ promise: `${book}-a` }),
    stepOf({ promise: `${book}-a`, source: "other", to: "finance.sent" }),
    stepOf({ promise: `${book}-c`, source: "late", knownAt: "2024-05-01T00:00:00Z" }),
  ];
  const count = async (asked: Readonly<{ knownAt?: string; class?: string; donor?: string; boundary?: string }>) =>
    (await totals(db, { book, by: [], ...asked })).sources;
  for (const each of steps) {
    await postSteps(db, [each], "test");
    if (each.source === "made-up") await refreshCube(db);
  }
  const counts = async () => [
    await count({}),
    await count({ knownAt: "2024-04-30" }),
    await count({ knownAt: "2023-03-01" }),
    await count({ class: "bound" }),
    await count({ donor: "ccc" }),
    await count({ boundary: "nations" }),
  ];
  expect(await counts()).toEqual([3, 2, 0, 2, 1, 2]);
  await refreshCube(db);
  expect(await counts()).toEqual([3, 2, 0, 2, 1, 2]);
});
