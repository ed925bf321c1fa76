import { postSteps, type Step } from "#app/post.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { openBenchDatabase, seedSynthetic } from "./database.ts";
import { besideLimit, median, timed, type Benchmark, type BenchOptions } from "./report.ts";

const batch = 1000;
const clients = 16;

export const authority: Benchmark = {
  description:
    "governed postings a second, each drawing on the authority it names, beside the same steps of promises that nothing governs",
  async measure(options) {
    const database = await openBenchDatabase(options.data);
    try {
      return await compare(database.setup, database.program, options);
    } finally {
      await database.close();
    }
  },
};

type Pot = Readonly<{ promise: string; authority: string | null }>;

/** Money placed from what is there: the same step of a line of the fund under its authority, and of a promise that is nobody's fund's. */
const placed = ({ promise, authority: by }: Pot): Step => ({
  promise,
  unit: "EUR",
  from: "stream1.2",
  to: "stream1.3",
  quantity: 1n,
  reported: null,
  effective: { on: "2025-06-01", precision: "day" },
  knownAt: "2025-06-01T00:00:00Z",
  source: "synthetic-1",
  reason: null,
  authority: by,
});

async function compare(db: Database, program: Database, { quick, say }: BenchOptions) {
  const runs = quick ? 1 : 7;
  const single = quick ? 50 : 1000;
  const calls = quick ? 2 : 10;
  await seedSynthetic(db, { donors: 100, lines: 20, streams: 1, currencies: 1 });
  const { governed, free } = await openFund(db, program);
  await rowsOf(
    db,
    sql`vacuum (analyze) posting, account, account_balance, promise, governed, pot, authority, authority_balance`,
  );

  const at = (pots: readonly Pot[], index: number, by?: string): Step => {
    const pot = pots[(index * 7919) % pots.length];
    if (pot === undefined) throw new Error("there is nothing to post to");
    return placed(by === undefined ? pot : { ...pot, authority: by });
  };
  let posted = 0;
  const post = async (pots: readonly Pot[], count: number, by?: (index: number) => string) => {
    posted += count;
    const steps = Array.from({ length: count }, (_, index) => at(pots, posted + index, by?.(index)));
    await postSteps(program, steps, "benchmark");
  };
  const oneByOne = async (pots: readonly Pot[], count: number, by?: () => string) => {
    for (let index = 0; index < count; index += 1) await post(pots, 1, by);
  };
  const together = async (pots: readonly Pot[], by?: () => string) =>
    Promise.all(Array.from({ length: clients }, async () => oneByOne(pots, Math.ceil((2 * single) / clients), by)));
  const hot = () => "bench.hot";
  const ways: readonly (readonly [
    name: string,
    count: number,
    work: (pots: readonly Pot[], isGoverned: boolean) => Promise<unknown>,
  ])[] = [
    ["one by one, 1 client", single, async (pots) => oneByOne(pots, single)],
    [
      "1,000 a call, under ten authorities",
      batch * calls,
      async (pots, isGoverned) => {
        for (let index = 0; index < calls; index += 1)
          await post(pots, batch, isGoverned ? (place) => `bench.general-${(place % 10) + 1}` : undefined);
      },
    ],
    [`one by one, ${clients} clients, each line under its own`, 2 * single, async (pots) => together(pots)],
    [
      `one by one, ${clients} clients, all under one`,
      2 * single,
      async (pots, isGoverned) => together(pots, isGoverned ? hot : undefined),
    ],
  ];
  say("Warming up");
  for (const pots of [free, governed]) for (const [, , work] of ways) await work(pots, pots === governed);

  const rates = new Map(ways.map(([name]) => [name, { governed: [] as number[], free: [] as number[] }]));
  for (let run = 1; run <= runs; run += 1) {
    say(`Run ${run} of ${runs}`);
    for (const [name, count, work] of ways)
      // In turn, and each first in every other run.
      for (const kind of run % 2 === 0 ? (["governed", "free"] as const) : (["free", "governed"] as const)) {
        await rowsOf(db, sql`checkpoint`);
        const [ms] = await timed(async () => work(kind === "governed" ? governed : free, kind === "governed"));
        rates.get(name)?.[kind].push((count / ms) * 1000);
      }
  }
  await refuseUnlessDrawn(db);
  return {
    runs,
    figures: [...rates].map(([name, rate]) =>
      besideLimit(name, median(rate.governed), "postings/s", { name: "ungoverned", value: median(rate.free) }),
    ),
    notes: [
      "Every call is a transaction on disk. Governed and ungoverned are the same step, from bound to placed, in the same record, in turn.",
      "Afterwards the authorities have been drawn by exactly what was posted under them.",
    ],
  };
}

/** A fund with a line, and so a pot, for half of the promises; every line with an authority of its own, ten for any line, and one that all want. */
async function openFund(db: Database, program: Database): Promise<Readonly<{ governed: Pot[]; free: Pot[] }>> {
  for (const statement of [
    sql`insert into party_group (slug, name, kind) values ('bench', 'The benchmark', 'alliance')`,
    sql`insert into proposal (id, book_no, group_no, procedure_id, procedure_from, procedure_text, object, actor)
        select 'bench', b.no, g.no, 'none', '2025-01-01', '{}', 'open-fund', 'benchmark' from book b, party_group g where g.slug = 'bench'`,
    sql`insert into decision (proposal_no, result, at, outcome) select no, 'adopted', '2025-01-01T00:00:00Z', '{}' from proposal`,
    sql`insert into fund (id, book_no, party_no, group_no, unit_no, title, valid, terms, opened_at, proposal_no)
        select 'bench', r.book_no, p.no, r.group_no, u.no, 'The benchmark', '[2025-01-01,2030-01-01)', '{}', '2025-01-01T00:00:00Z', r.no
        from proposal r, party p, unit u where p.id = 'receiver' and u.code = 'EUR'`,
    sql`insert into fund_line (fund_no, id, ordinal, title, stream) select f.no, 'line-' || i, i, 'Line ' || i, 'stream1' from fund f, generate_series(1, 1000) i`,
    sql`insert into pot (promise_no, fund_no, line_no)
        select m.no, l.fund_no, l.no from (select no, row_number() over (order by no) as place from promise) m join fund_line l on l.ordinal = m.place`,
    sql`insert into authority (id, kind, fund_no, line_no, amount, valid, purpose, granted_at, proposal_no)
        select a.id, 'spend', f.no, a.line_no, 1e15, '[2025-01-01,2030-01-01)', '', '2025-01-01T00:00:00Z', f.proposal_no
        from fund f, (select 'bench.' || id as id, no as line_no from fund_line
                      union all select 'bench.general-' || i, null from generate_series(1, 10) i union all select 'bench.hot', null) a`,
  ])
    await rowsOf(db, statement);
  const promises = await rowsOf<{ promise: string; line: string | null }>(
    db,
    sql`select m.id as promise, l.id as line from promise m left join pot on pot.promise_no = m.no left join fund_line l on l.no = pot.line_no order by md5(m.id)`,
  );
  const income = promises.map(({ promise }): Step => ({
    ...placed({ promise, authority: null }),
    from: null,
    to: "stream1.2",
    quantity: 10n ** 9n,
  }));
  for (let start = 0; start < income.length; start += batch)
    await postSteps(program, income.slice(start, start + batch), "benchmark");
  return {
    governed: promises.flatMap(({ promise, line }) => (line === null ? [] : [{ promise, authority: `bench.${line}` }])),
    free: promises.flatMap(({ promise, line }) => (line === null ? [{ promise, authority: null }] : [])),
  };
}

/** @throws Error when what was drawn is not what was posted: the figures would be of something else */
async function refuseUnlessDrawn(db: Database): Promise<void> {
  const wrong = await rowsOf(
    db,
    sql`select a.id from authority a join authority_balance b on b.authority_no = a.no left join posting p on p.authority_no = a.no
        group by a.no, a.id, b.used having b.used <> coalesce(sum(p.quantity), 0)`,
  );
  if (wrong.length > 0) throw new Error(`drawn otherwise than posted: ${JSON.stringify(wrong.slice(0, 3))}`);
}
