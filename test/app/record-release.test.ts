import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordRelease } from "#app/record-release.ts";
import { totals } from "#app/totals.ts";
import { connect, rowsOf, sql, type Database } from "#store/database.ts";
import type { TestDatabase } from "../support/database.ts";
import { contentOf, type Line } from "../support/seed.ts";
import { openSeeded } from "../support/seeded.ts";

const days = ["2022-10-11", "2023-01-09", "2023-09-21", "2026-04-22"];
let database: TestDatabase;
let db: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ database, db, close } = await openSeeded());
});
afterAll(() => close());

async function record(book: string, index: number, lines: readonly Line[]) {
  return recordRelease(db, contentOf(lines), {
    book,
    release: `R${index}`,
    publishedOn: days[index]!,
    fileName: `r${index}.csv`,
    sha256: `${book}-${index}`,
    source: {
      id: `${book}-${index}`,
      title: "t",
      publisher: "p",
      publishedOn: null,
      retrievedOn: null,
      url: null,
      note: "",
    },
    actor: "test",
    strict: false,
  });
}

let booksOpened = 0;
async function newBook(): Promise<string> {
  const slug = `book-${booksOpened++}`;
  await rowsOf(
    db,
    sql`insert into book (slug, title, recipient_no, synthetic) select ${slug}, 'x', no, true from party where id = 'rrr'`,
  );
  return slug;
}

const figure = (book: string, knownAt: string | undefined, theClass: "bound" | "moved") =>
  totals(db, { book, by: ["donor", "category", "year"], class: theClass, knownAt });

const line = fc.record({
  code: fc.constantFrom("A1", "A2", "B1", "B2"),
  donor: fc.constantFrom("Aland", "Borduria"),
  bound: fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
  moved: fc.constantFrom(undefined, 1),
  on: fc.constantFrom("2022-03-01", "2023-05-01", null),
});
const release = fc
  .uniqueArray(line, { selector: (l) => `${l.code}${l.donor}`, maxLength: 4 })
  .map((lines) =>
    lines.map((l): Line =>
      l.bound === undefined
        ? { code: l.code, donor: l.donor }
        : ({ ...l, bound: l.bound, ...(l.moved === undefined ? {} : { moved: l.moved }) } as Line),
    ),
  );

describe("a release in the record", () => {
  test("is a total as known from its publication on, and gives way to the next without being erased", async () => {
    const book = await newBook();
    await record(book, 0, [{ code: "A1", bound: 10, moved: 4 }]);
    await record(book, 1, [
      { code: "A1", bound: 12, moved: 4 },
      { code: "B1", donor: "Borduria", bound: 5 },
    ]);
    expect((await figure(book, "2022-10-10", "bound")).total).toBeNull();
    expect((await figure(book, "2022-10-11", "bound")).total).toBe("10.00");
    expect((await figure(book, undefined, "bound")).total).toBe("17.00");
    expect((await figure(book, undefined, "moved")).total).toBe("4.00");
    expect((await figure(book, "2023-01-08", "bound")).total).toBe("10.00");
  });

  test("imported twice changes nothing; with other content it is refused", async () => {
    const book = await newBook();
    await record(book, 0, [{ code: "A1", bound: 10 }]);
    expect(await record(book, 0, [{ code: "A1", bound: 10 }])).toMatchObject({ unchanged: true, postings: 0 });
    await expect(
      recordRelease(db, contentOf([]), {
        book,
        release: "R0",
        publishedOn: days[0]!,
        fileName: "x",
        sha256: "other",
        actor: "t",
        strict: false,
        source: { id: "x", title: "t", publisher: "p", publishedOn: null, retrievedOn: null, url: null, note: "" },
      }),
    ).rejects.toMatchObject({ code: "release_already_imported_with_other_content" });
  });

  test("gives the same record in whatever order releases come in", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(release, { minLength: 3, maxLength: 3 }),
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        async (releases, order) => {
          const inOrder = await newBook();
          const shuffled = await newBook();
          for (const index of [0, 1, 2]) await record(inOrder, index, releases[index]!);
          for (const index of order) await record(shuffled, index, releases[index]!);
          for (const day of [...days, undefined]) {
            for (const theClass of ["bound", "moved"] as const) {
              const [left, right] = await Promise.all([
                figure(inOrder, day, theClass),
                figure(shuffled, day, theClass),
              ]);
              expect(right.rows.filter((row) => row.amount !== "0.00")).toEqual(
                left.rows
                  .filter((row) => row.amount !== "0.00")
                  .map((row) => ({ ...row, postings: expect.any(Number) })),
              );
              expect(right.total).toBe(left.total);
            }
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  test("an undated promise that is taken back is gone for a group too, though its giver has left in between", async () => {
    await rowsOf(
      db,
      sql`insert into membership (group_no, party_no, role, valid)
      select g.no, p.no, 'guest', daterange('2022-01-01', '2023-01-05') from party_group g, party p where g.slug = 'pact' and p.id = 'bbb'`,
    );
    const book = await newBook();
    await record(book, 0, [{ code: "B1", donor: "Borduria", bound: 10, on: null }]);
    await record(book, 1, [{ code: "A1", donor: "Aland", bound: 5 }]);
    const pact = (knownAt?: string) => totals(db, { book, by: [], class: "bound", boundary: "group:pact", knownAt });
    expect((await pact("2022-10-11")).total).toBe("10.00");
    expect((await pact("2023-01-09")).total).toBe("0.00");
    expect((await pact()).total).toBe("0.00");
  });

  test("what cannot be dated is unknown as of a day, not zero", async () => {
    const book = await newBook();
    await record(book, 0, [{ code: "A1", bound: 10, on: null }]);
    const asOf = await totals(db, { book, by: [], class: "bound", asOf: "2023-01-01" });
    expect(asOf).toMatchObject({ total: null, rows: [], notConverted: [{ amount: "10.00", unit: "EUR" }] });
    expect((await totals(db, { book, by: [], class: "bound" })).total).toBe("10.00");
  });

  test("reads a giver spelt in two ways as one", async () => {
    const book = await newBook();
    await record(book, 0, [
      { code: "A1", bound: 10 },
      { code: "A1", donor: "AAA", bound: 5 },
    ]);
    expect((await figure(book, undefined, "bound")).rows).toMatchObject([{ donor: "Aland", amount: "15.00" }]);
  });

  test("that counts pieces without a value tells the pieces, and of money nothing", async () => {
    const book = await newBook();
    const content = contentOf([{ code: "T1", bound: 3 }]);
    const tank = { code: "item:tank", kind: "item", scale: 0, name: "tank" } as const;
    await recordRelease(
      db,
      {
        ...content,
        readings: content.readings.map((reading) => ({ ...reading, unit: tank })),
        entries: content.entries.map((entry) => ({ ...entry, quantity: 3n, reported: null })),
        coverage: [{ class: "bound", state: "unvalued", reason: "counted in pieces" }],
      },
      {
        book,
        release: "R0",
        publishedOn: days[0]!,
        fileName: "x",
        sha256: "x",
        actor: "t",
        strict: true,
        source: { id: "tanks", title: "t", publisher: "p", publishedOn: null, retrievedOn: null, url: null, note: "" },
      },
    );
    expect(await figure(book, undefined, "bound")).toMatchObject({
      total: null,
      unknown: [{ class: "bound", reason: "counted in pieces" }],
    });
    expect((await totals(db, { book, by: [], class: "bound", unit: "item:tank" })).total).toBe("3");
  });

  test("lets nobody change what was posted", async () => {
    await expect(rowsOf(db, sql`update posting set quantity = 1`)).rejects.toThrow();
    const owner = connect(database.owner);
    await expect(rowsOf(owner, sql`delete from posting`)).rejects.toThrow("postings_are_append_only");
    await owner.destroy();
  });
});
