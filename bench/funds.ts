import { readFileSync } from "node:fs";
import { openBook } from "#app/books.ts";
import { appendProposalEvent, decisionCalendar, openProposal, proposalView } from "#app/decisions.ts";
import { callView } from "#app/funds/call-view.ts";
import { issueCall } from "#app/funds/call.ts";
import { importReceipts } from "#app/funds/receipts.ts";
import { fundList, fundView } from "#app/funds/view.ts";
import { whyPosting } from "#app/funds/why.ts";
import { loadReference } from "#app/reference.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import type { Terms } from "#core/decisions/terms.ts";
import { referenceFiles } from "#formats/reference/read.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { openBenchDatabase } from "./database.ts";
import { quantile, rounded, timed, type BenchFigure, type Benchmark, type BenchOptions } from "./report.ts";

export const funds: Benchmark = {
  description:
    "time to answer the pages of funds and decisions, in a book of 10 funds with 60 members and 20 calls each",
  async measure(options) {
    const database = await openBenchDatabase(options.data);
    try {
      return await measure(database.setup, database.program, options);
    } finally {
      await database.close();
    }
  },
};

const book = "bench";
const group = "the-sixty";
const lines = ["materiel", "training", "budget"];
const root = new URL("../", import.meta.url);
let now = "2025-01-06T09:00:00Z";
const clock = (): string => now;
const later = (seconds: number): string =>
  new Date(Date.parse(now) + seconds * 1000).toISOString().replace(".000Z", "Z");

async function measure(db: Database, program: Database, { quick, say }: BenchOptions) {
  const [count, calls, members] = quick ? [1, 2, 6] : [10, 20, 60];
  const [made] = await rowsOf(db, sql`select 1 from book where slug = ${book}`);
  if (made === undefined) {
    await openRegister(db, members);
    for (let fund = 1; fund <= count; fund += 1) {
      say(`Fund ${fund} of ${count}`);
      await playFund(program, `fund-${fund}`, calls, members);
    }
    await rowsOf(db, sql`vacuum (analyze)`);
  }
  now = "2027-12-01T09:00:00Z";
  const [posting] = (await fundView(program, clock, "fund-1")).acts.at(-1)?.postings ?? [];
  const pages: readonly (readonly [name: string, work: () => Promise<unknown>])[] = [
    ["a fund", async () => fundView(program, clock, "fund-1")],
    ["the list of funds", async () => fundList(program, clock, book)],
    ["a call", async () => callView(program, clock, { fund: "fund-1", call: "fund-1-1" })],
    ["the decision that opened a fund", async () => proposalView(program, clock, "fund-1")],
    ["decisions and deadlines of the book", async () => decisionCalendar(program, clock, book)],
    ["why a posting could be made", async () => whyPosting(program, clock, posting ?? "")],
  ];
  const runs = quick ? 2 : 30;
  const figures: BenchFigure[] = [];
  for (const [name, work] of pages) {
    say(name);
    const times: number[] = [];
    for (let run = 0; run < runs + 3; run += 1) {
      const [ms] = await timed(work);
      if (run >= 3) times.push(ms);
    }
    for (const [word, share] of [
      ["p50", 0.5],
      ["p99", 0.99],
    ] as const)
      figures.push({ name: `${name}, ${word}`, value: rounded(quantile(times, share)), unit: "ms" });
  }
  return {
    runs,
    figures,
    notes: [
      "From the question to the answer as it leaves the use case, warm, one at a time. Nothing is kept between questions.",
    ],
  };
}

async function openRegister(db: Database, members: number): Promise<void> {
  await loadReference(db, {
    files: new Map(referenceFiles.map((name) => [name, readFileSync(new URL(`reference/${name}`, root), "utf8")])),
    streams: readFileSync(new URL("policies/streams.json", root), "utf8"),
  });
  await openBook(db, { slug: book, title: "The benchmark", recipient: "ukr", synthetic: true });
  await rowsOf(
    db,
    sql`with made as (
          insert into party (id, name, kind, synthetic) select 'x-m' || lpad(i::text, 2, '0'), 'Member ' || i, 'nation', true from generate_series(1, ${members}::int) i returning no
        ), circle as (
          insert into party_group (slug, name, kind, synthetic) values (${group}, 'The sixty', 'alliance', true) returning no
        )
        insert into membership (group_no, party_no, valid) select circle.no, made.no, daterange('2020-01-01', null) from made, circle`,
  );
}

/** The table in which every member bears as much. */
const key = (members: number): string =>
  JSON.stringify({
    id: "equal",
    title: "Equal shares",
    description: "Made up.",
    modelled: "Made up.",
    validFrom: "2020-01-01",
    validUntil: null,
    source: { title: "Made up", publisher: "The benchmark", publishedOn: null, url: null, note: "" },
    shares: Object.fromEntries(
      Array.from({ length: members }, (_, index) => [`x-m${String(index + 1).padStart(2, "0")}`, `1/${members}`]),
    ),
  });

async function decide(db: Database, id: string, terms: Terms): Promise<void> {
  const opening = { id, book, group, procedure: "consensus-silence", title: id, object: terms.kind };
  const event = async (draft: unknown) => appendProposalEvent(db, clock, id, draft as EventDraft, "benchmark");
  await openProposal(db, clock, opening, "benchmark");
  await event({ type: "text-issued", title: id, reference: null, body: "As in the terms.", terms });
  await event({ type: "silence-started", expiresAt: later(60) });
  now = later(60);
  await proposalView(db, clock, id);
}

/** A fund whose every call is decided, issued and paid by all but one, a statement a call. */
async function playFund(db: Database, id: string, calls: number, members: number): Promise<void> {
  await decide(db, id, {
    kind: "open-fund",
    fund: {
      id,
      title: id,
      currency: "EUR",
      members: group,
      from: "2025-01-01",
      until: "2027-12-31",
      years: [2025, 2026, 2027].map((year) => ({ year, amount: "4000000000.00" })),
      lines: lines.map((line) => ({ id: line, title: line, stream: "finance", purpose: "" })),
      earmarks: [{ id: "training-only", title: "For training only", lines: ["training"] }],
      key: key(members),
      decides: {},
      gap: "others",
      inKind: null,
      account: null,
      modelled: null,
    },
    grants: [
      {
        kind: "spend",
        line: "materiel",
        amount: "1000000000.00",
        from: "2025-01-01",
        until: "2027-12-31",
        purpose: "Purchases",
      },
    ],
  });
  for (let place = 1; place <= calls; place += 1) {
    const year = 2025 + Math.floor((place * 3) / (calls + 1));
    const call = `${id}-${place}`;
    const amounts = lines.map((line, index) => ({ line, amount: `${(index + 1) * 1_000_000}.00` }));
    await decide(db, call, {
      kind: "call",
      fund: id,
      year,
      instalment: place,
      instalments: calls,
      lines: amounts,
      dueOn: `${year}-12-31`,
    });
    await issueCall(db, id, { id: call, decision: call }, { now, actor: "benchmark" });
    const { shares } = await callView(db, clock, { fund: id, call });
    const rows = shares
      .slice(0, -1)
      .map(
        (share, index) =>
          `${call},XX-${id},${now.slice(0, 10)},${share.amount},EUR,${share.reference},${share.name},Payment,${call}-${index}\n`,
      );
    const header = "statement,account,booked_on,amount,currency,reference,counterparty,remittance,bank_reference\n";
    const file = { bytes: Buffer.from(`${header}${rows.join("")}`), fileName: `${call}.csv` };
    await importReceipts(db, id, file, { now, actor: "benchmark" });
  }
}
