import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { postSteps, reversePostings } from "#app/post.ts";
import { recordRelease } from "#app/record-release.ts";
import { totals } from "#app/totals.ts";
import { bindingClasses, classEffect, type BindingClass } from "#core/bindingness.ts";
import { MainstayError } from "#core/errors.ts";
import {
  balances,
  classTotals,
  entered,
  openLedger,
  post,
  reverse,
  type Ledger,
  type LedgerStep,
} from "#core/ledger/ledger.ts";
import { formatDecimal } from "#core/money.ts";
import { refreshCube } from "#store/cube.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { seedPromises, stepOf } from "../support/promises.ts";
import { contentOf, type Line } from "../support/seed.ts";
import { openSeeded } from "../support/seeded.ts";

let db: Database;
let close: () => Promise<void>;

beforeAll(async () => {
  ({ db, close } = await openSeeded());
});
afterAll(() => close());

const stages = (["pledged", "committed", "allocated", "contracted", "sent", "confirmed"] as const).map(
  (name, index) => ({
    id: `finance.${name}`,
    stream: "finance",
    class: bindingClasses[[0, 1, 2, 3, 3, 4][index]!]!,
  }),
);
const days = ["2022-10-11", "2023-01-09", "2023-01-31", "2023-02-01", "2023-09-21"];
const publishedOn = days;

const stage = fc.constantFrom(null, ...stages.map((each) => each.id));
const step = fc.record({
  promise: fc.constantFrom("p", "q", "nowhere"),
  from: stage,
  to: stage,
  quantity: fc.integer({ min: 0, max: 40 }),
  on: fc.option(fc.constantFrom(...days), { nil: null, freq: 5 }),
  known: fc.constantFrom(...days),
  unit: fc.constantFrom("EUR", "EUR", "EUR", "EUR", "EUR", "EUR", "USD"),
});
// Steps into the promise first, so that there is something to move.
const opening = step.map((drawn) => ({
  ...drawn,
  promise: drawn.promise === "nowhere" ? "p" : drawn.promise,
  from: null,
  to: drawn.to ?? stages[1]!.id,
  quantity: drawn.quantity + 1,
  unit: "EUR",
}));
const line = fc.record({
  code: fc.constantFrom("A", "B", "C"),
  bound: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined, freq: 6 }),
  moved: fc.boolean(),
});
const command = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("post" as const), steps: fc.array(step, { minLength: 1, maxLength: 3 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("post" as const),
      steps: fc.array(opening, { minLength: 1, maxLength: 3 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("reverse" as const),
      picks: fc.array(fc.nat(4), { minLength: 1, maxLength: 2 }),
      known: fc.constantFrom(...days),
      reason: fc.constantFrom("mistaken", "mistaken", ""),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("release" as const),
      index: fc.nat(publishedOn.length - 1),
      lines: fc.uniqueArray(line, { selector: (each) => each.code, maxLength: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("refresh" as const) }) },
);
type Command = typeof command extends fc.Arbitrary<infer Value> ? Value : never;

/** The model of a book: steps and reversals in the core's ledger, and each release standing from its publication to the next one's. */
type Model = Readonly<{ ledger: Ledger; numbers: readonly number[]; releases: ReadonlyMap<number, readonly Line[]> }>;

const asLine = (drawn: Readonly<{ code: string; bound: number | undefined; moved: boolean }>): Line =>
  drawn.bound === undefined
    ? { code: drawn.code, on: null }
    : { code: drawn.code, bound: drawn.bound, on: null, ...(drawn.moved ? { moved: 1 } : {}) };

/** What a release states of a class, in cents. */
function stated(lines: readonly Line[], theClass: BindingClass): bigint {
  const amount = (each: Line) =>
    (theClass === "bound" ? each.bound : theClass === "moved" ? each.moved : undefined) ?? 0;
  return lines.reduce((sum, each) => sum + BigInt(amount(each)) * 100n, 0n);
}

const outcome = async <Value>(work: () => Value | Promise<Value>): Promise<Value | string> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MainstayError) return error.code;
    throw error;
  }
};

const moved = { promise: "p", to: stages[2]!.id, quantity: 41, on: null, known: days[0]!, unit: "EUR" } as const;
const opened = { ...moved, from: null, to: stages[1]!.id, quantity: 40 };
const taking = (...picks: number[]) =>
  ({ kind: "reverse", picks, known: days[1]!, reason: "mistaken" }) satisfies Command;
const stating = (bound: number) => ({
  kind: "release" as const,
  index: 0,
  lines: [{ code: "A" as const, bound, moved: false }],
});
/** Every way a command can end, once: drawn sequences meet some of them only now and then. */
const everyWay: Command[] = [
  { kind: "post", steps: [opened] },
  { kind: "post", steps: [{ ...moved, from: stages[1]!.id }] },
  { kind: "post", steps: [{ ...moved, from: null, promise: "nowhere" }] },
  { kind: "post", steps: [{ ...moved, from: null, to: null }] },
  taking(0),
  taking(0),
  { ...taking(1), reason: "" },
  stating(5),
  stating(6),
];

let books = 0;
const tally: Record<string, number> = {};

/** Runs one command on both; they must do the same, or refuse it with the same code. */
async function run(book: string, model: Model, given: Command): Promise<Model> {
  const count = (result: unknown) =>
    void (tally[`${given.kind}: ${typeof result === "string" ? result : "done"}`] =
      (tally[`${given.kind}: ${typeof result === "string" ? result : "done"}`] ?? 0) + 1);
  if (given.kind === "refresh") {
    await refreshCube(db);
    return model;
  }
  if (given.kind === "post") {
    const steps = given.steps.map((drawn): LedgerStep => ({
      promise: `${book}-${drawn.promise}`,
      unit: drawn.unit,
      from: drawn.from,
      to: drawn.to,
      quantity: BigInt(drawn.quantity),
      reported: null,
      effective: { on: drawn.on, precision: drawn.on === null ? "none" : "day" },
      knownAt: `${drawn.known}T00:00:00Z`,
    }));
    const ours = await outcome(() => post(model.ledger, steps));
    const theirs = await outcome(() =>
      postSteps(
        db,
        steps.map((each) => stepOf({ ...each, reported: null })),
        "test",
      ),
    );
    count(ours);
    if (typeof ours === "string" || typeof theirs === "string") {
      expect(
        typeof theirs,
        `${typeof ours === "string" ? ours : "posted"} against ${typeof theirs === "string" ? theirs : "posted"}`,
      ).toBe(typeof ours);
      // A call with several faults names one of them.
      if (steps.length === 1) expect(theirs).toBe(ours);
      return model;
    }
    return { ...model, ledger: ours, numbers: [...model.numbers, ...theirs] };
  }
  if (given.kind === "reverse") {
    const picks = given.picks.map((pick) => pick % (model.numbers.length + 1));
    const knownAt = `${given.known}T00:00:00Z`;
    const ours = await outcome(() =>
      reverse(model.ledger, { postings: picks.map((pick) => pick + 1), knownAt, reason: given.reason }),
    );
    const theirs = await outcome(() =>
      reversePostings(
        db,
        {
          postings: picks.map((pick) => model.numbers[pick] ?? 999_999_999),
          knownAt,
          reason: given.reason,
          source: "made-up",
        },
        "test",
      ),
    );
    count(ours);
    if (typeof ours === "string" || typeof theirs === "string") {
      expect(
        typeof theirs,
        `${typeof ours === "string" ? ours : "posted"} against ${typeof theirs === "string" ? theirs : "posted"}`,
      ).toBe(typeof ours);
      if (picks.length === 1) expect(theirs).toBe(ours);
      return model;
    }
    return { ...model, ledger: ours, numbers: [...model.numbers, ...theirs] };
  }
  const lines = given.lines.map(asLine);
  const known = model.releases.get(given.index);
  const theirs = await outcome(() =>
    recordRelease(db, contentOf(lines), {
      book,
      release: `R${given.index}`,
      publishedOn: publishedOn[given.index]!,
      fileName: "r.csv",
      sha256: JSON.stringify(lines),
      source: {
        id: `${book}-${given.index}`,
        title: "t",
        publisher: "p",
        publishedOn: null,
        retrievedOn: null,
        url: null,
        note: "",
      },
      actor: "test",
      strict: false,
    }),
  );
  count(theirs);
  if (known === undefined) return { ...model, releases: new Map([...model.releases, [given.index, lines]]) };
  if (JSON.stringify(known) === JSON.stringify(lines)) expect(theirs).toMatchObject({ unchanged: true });
  else expect(theirs).toBe("release_already_imported_with_other_content");
  return model;
}

async function compare(book: string, { ledger, releases }: Model): Promise<void> {
  const standing = await rowsOf<{ promise: string; stage: string; balance: string }>(
    db,
    sql`select p.id as promise, a.stage, b.balance from account_balance b join account a on a.no = b.account_no join promise p on p.no = a.promise_no
        join book k on k.no = p.book_no where k.slug = ${book} and p.id in (${`${book}-p`}, ${`${book}-q`})`,
  );
  const expected = [...balances(ledger)].flatMap(([promise, of]) =>
    [...of].map(([id, balance]) => `${promise} ${id} ${balance}`),
  );
  // An account opened by a call that was refused is gone with it, so both list the same.
  expect(standing.map((row) => `${row.promise} ${row.stage} ${row.balance}`).sort()).toEqual(expected.sort());

  // Conservation, in the record as a whole: what stands is what entered, and it is what the postings sum to.
  const sums = await rowsOf<{ promise: string; standing: string; entered: string; posted: string }>(
    db,
    sql`select p.id as promise, (select sum(balance) from account_balance b join account a on a.no = b.account_no where a.promise_no = p.no)::text as standing,
               sum(case when c.promise_no is null then t.quantity else 0 end - case when d.promise_no is null then t.quantity else 0 end)::text as entered,
               sum(case when d.promise_no is null then 0 else t.quantity end - case when c.promise_no is null then 0 else t.quantity end)::text as posted
        from posting t join promise p on p.no = t.promise_no join book k on k.no = p.book_no join account d on d.no = t.debit_account join account c on c.no = t.credit_account
        where k.slug = ${book} group by p.no, p.id`,
  );
  for (const row of sums) {
    expect(row.standing, row.promise).toBe(row.entered);
    expect(row.posted, row.promise).toBe(row.entered);
    const inModel = entered(ledger).get(row.promise);
    if (inModel !== undefined) expect(row.entered).toBe(inModel.toString());
  }

  for (const knownAt of [...days, undefined]) {
    const knownBefore = knownAt === undefined ? null : `${knownAt}T23:59:59Z`;
    const live =
      [...releases]
        .filter(([index]) => knownAt === undefined || publishedOn[index]! <= knownAt)
        .sort(([a], [b]) => b - a)[0]?.[1] ?? [];
    const inModel = [...classTotals(ledger, { asOf: null, knownBefore }).values()];
    for (const theClass of bindingClasses) {
      const posted = inModel.reduce((sum, classes) => sum + (classes.get(theClass) ?? 0n), 0n);
      const whole = formatDecimal(posted + stated(live, theClass), 2);
      for (const by of [["donor"], ["category", "year"]] as const) {
        const figure = await totals(db, { book, by, class: theClass, knownAt });
        const parts = figure.rows.reduce((sum, row) => sum + BigInt(row.amount.replace(".", "")), 0n);
        expect(formatDecimal(parts, 2), `${theClass} known at ${knownAt} by ${by.join()}`).toBe(whole);
        if (figure.total !== null) expect(figure.total).toBe(whole);
      }
    }
  }
}

test("the database does what the core's ledger does, and nothing gets lost, in any order of commands", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 4, maxLength: 14 }), async (commands) => {
      const book = `model-${books++}`;
      await rowsOf(
        db,
        sql`insert into book (slug, title, recipient_no, synthetic) select ${book}, 'x', no, true from party where id = 'rrr'`,
      );
      const promises = ["p", "q"].map((name) => ({ book, id: `${book}-${name}`, donor: name === "p" ? "aaa" : "ccc" }));
      await seedPromises(db, promises);
      let model: Model = {
        ledger: openLedger(
          stages,
          promises.map(({ id }) => ({ id, stream: "finance", unit: "EUR" })),
        ),
        numbers: [],
        releases: new Map(),
      };
      for (const each of commands) model = await run(book, model, each);
      await compare(book, model);
    }),
    { numRuns: 25, verbose: 1, examples: [[everyWay]] },
  );
  // The sequences meet every way a command can end, or the test says nothing of it.
  const met = Object.keys(tally);
  for (const way of [
    "post: done",
    "post: stage_below_zero",
    "post: unknown_promise",
    "post: unknown_stage",
    "reverse: done",
    "reverse: reversal_without_reason",
    "reverse: posting_taken_back_already",
    "release: done",
    "release: release_already_imported_with_other_content",
  ])
    expect(met).toContain(way);
}, 60_000);

test("the core's ledger counts a step once, at the class it enters or leaves", () => {
  for (const from of [null, ...stages]) {
    for (const to of [null, ...stages]) {
      if (from === to) continue;
      const start = from === null ? [] : [{ ...ledgerStep, from: null, to: from.id }];
      const before = post(openLedger(stages, [{ id: "p", stream: "finance", unit: "EUR" }]), start);
      const after = post(before, [{ ...ledgerStep, from: from?.id ?? null, to: to?.id ?? null }]);
      const effect = classEffect(from?.class ?? null, to?.class ?? null);
      const [last] = after.postings.slice(-1);
      expect([last!.class, last!.sign]).toEqual([effect?.class ?? null, effect?.sign ?? 0]);
    }
  }
});

const ledgerStep: LedgerStep = {
  promise: "p",
  unit: "EUR",
  from: null,
  to: null,
  quantity: 5n,
  reported: null,
  effective: { on: null, precision: "none" },
  knownAt: "2024-01-01T00:00:00Z",
};
