import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ProposalView } from "#core/views-decisions.ts";
import type { CallView, FundView, ReceiptsReport, WhyView } from "#core/views-funds.ts";
import type { WhatIf } from "#core/views-governed.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { buildProgram } from "../../src/cli/program.ts";
import { runProgram } from "../../src/cli/run.ts";
import { wordsOf } from "../docs/console.ts";
import { balance, details, document, entry, party, statement } from "../formats/make-statement.ts";
import { openRecord } from "../support/record.ts";
import { fundTerms, grant } from "./desk.ts";

// A fund from the first word to the last euro, as it is typed, in a book in which nothing is on record yet. What is printed is kept in golden/story.txt.

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openRecord());
});
afterAll(() => close());

const files = new Map<string, Uint8Array>();
const written: string[] = [];
let now = "2026-01-05T09:00:00Z";
let transcript = "";

type Ran = Readonly<{ code: number; out: string; err: string }>;

/** Runs a command as a person types it, at the instant of the story. */
async function run(line: string): Promise<Ran> {
  const [out, err]: [string[], string[]] = [[], []];
  const environment: Parameters<typeof buildProgram>[0] = {
    terminal: {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      errIsTerminal: false,
      signal: new AbortController().signal,
    },
    now: () => 0,
    clock: () => now,
    actor: "secretariat",
    version: "0.0.0",
    openSession: async () => ({ db, close: async () => {} }),
    fileExists: async (path) => files.has(path),
    readFile: async (path) => files.get(path) ?? new Uint8Array(),
    checkOutput: async () => {},
    writeFile: async (path) => void written.push(path),
    readMapping: async (name) => ({ name, text: "" }),
    serve: async () => {},
  };
  const code = await runProgram(buildProgram(environment), wordsOf(line), environment);
  return { code, out: out.join(""), err: err.join("") };
}

/** Postings are counted over the whole record: here by their place in the story. */
const byPlace = (text: string, postings: readonly string[]): string =>
  postings.reduce(
    (told, posting, index) =>
      told.replaceAll(
        new RegExp(`(?<![\\d,.])${posting}(?![\\d,.]\\d|\\d)`, "g"),
        `P${String(index + 1).padStart(3, "0")}`,
      ),
    text,
  );

async function at(instant: string, line: string, expected = 0): Promise<string> {
  now = instant;
  const { code, out, err } = await run(line);
  expect([line, code, expected === 0 ? err : ""]).toEqual([line, expected, ""]);
  const printed = `${out}${err}`.replaceAll(/[ \t]+$/gm, "");
  transcript += `$ npx mainstay ${line}\n${printed}${printed.endsWith("\n") ? "" : "\n"}\n`;
  return `${out}${err}`;
}

async function json<Shape>(line: string): Promise<Shape> {
  const { code, out, err } = await run(`${line} --json`);
  expect([line, code, err]).toEqual([line, 0, ""]);
  return JSON.parse(out) as Shape;
}

const asFile = (name: string, content: unknown): void =>
  void files.set(name, Buffer.from(typeof content === "string" ? content : JSON.stringify(content)));
const onRecord = async () =>
  rowsOf(
    db,
    sql`select (select count(*) from posting) as postings, (select count(*) from fund_act) as acts, (select sum(used) from authority_balance) as used`,
  );

const yearly = [2026, 2027, 2028].map((year) => ({ year, amount: "8000000000.00" }));
const terms = (key: string) =>
  fundTerms(
    {
      from: "2026-01-01",
      until: "2028-12-31",
      years: yearly,
      key,
      decides: {
        "open-fund": "consensus-silence-constructive",
        call: "consensus-silence",
        spend: "consensus-silence",
        reallocate: "consensus-silence",
      },
    },
    [grant({ amount: "1000000000.00", from: "2026-01-01", until: "2028-12-31", purpose: "First batteries" })],
  );

/** The bank's statement of what came under the call's references: one pays a part, one forgets the reference. */
function bankStatement({ shares }: CallView): string {
  const paying = shares.filter((share) => share.amount !== "0.00");
  const entries = paying.map((share, index) => {
    const value = share.party === "ltu" ? "1000000.00" : share.amount;
    const reference =
      share.party === "swe"
        ? ""
        : `<RmtInf><Strd><CdtrRefInf><Ref>${share.reference}</Ref></CdtrRefInf></Strd></RmtInf>`;
    return entry({
      reference: `<AcctSvcrRef>E${index + 1}</AcctSvcrRef>`,
      value,
      booked: "<BookgDt><Dt>2026-03-20</Dt></BookgDt>",
      rest: details(`<RltdPties>${party("Dbtr", `Treasury of ${share.name}`)}</RltdPties>${reference}`),
    });
  });
  const cents = (text: string) => BigInt(text.replace(".", ""));
  const came = paying
    .reduce((sum, share) => sum + (share.party === "ltu" ? 100_000_000n : cents(share.amount)), 0n)
    .toString();
  const balances = `${balance("OPBD", "0.00")}${balance("CLBD", `${came.slice(0, -2)}.${came.slice(-2)}`)}`;
  return document(statement({ id: "<Id>2026-03</Id>", balances, entries: entries.join("") }));
}

test("a fund is proposed, argued over, decided, called, paid and spent on the command line", async () => {
  await at("2026-01-05T09:00:00Z", 'open-book north --title "The north, for practice" --synthetic');
  await at("2026-01-05T09:01:00Z", "fund list --book north");

  // The key is argued over.
  const sum = "amount-8000000000 year-2026 members-nordic-baltic-eight";
  const whatIfs = `whatif "nordic-baltic-table amount-8000000000 year-2026" "nato-by-gdp ${sum}" "nato-by-gdp ${sum} ceiling-30%" "nato-by-gdp ${sum} out-isl" --book north`;
  await at("2026-01-05T09:10:00Z", whatIfs);
  const argued = await json<WhatIf>(whatIfs);
  for (const index of argued.scenarios.keys()) {
    const bills = argued.rows.map((row) => BigInt(row.bills[index]?.amount.replace(".", "") ?? "0"));
    expect(bills.reduce((all, one) => all + one, 0n)).toBe(800_000_000_000n);
  }

  // It is proposed by the table, and broken; the amended text is by GDP, and adopted with one constructive abstention.
  asFile("table.json", terms("nordic-baltic-table"));
  asFile("by-gdp.json", terms("nato-by-gdp"));
  await at(
    "2026-01-05T10:00:00Z",
    'decision open north-fund --book north --group nordic-baltic-eight --procedure consensus-silence-constructive --object open-fund --title "A fund of the north"',
  );
  await at(
    "2026-01-05T10:05:00Z",
    'decision text north-fund --words "EUR 8 billion a year, by the table." --terms table.json --reference N/1',
  );
  await at("2026-01-05T10:10:00Z", "decision silence north-fund --expires 2026-01-07T16:00:00Z");
  await at("2026-01-06T09:00:00Z", 'decision position north-fund swe for --as "Delegation of Sweden"');
  await at(
    "2026-01-07T15:59:59Z",
    'decision break north-fund nor "Shares by what each can bear." --amendment --as "Delegation of Norway"',
  );
  await at("2026-01-07T16:30:00Z", "decision show north-fund");
  await at(
    "2026-01-08T09:00:00Z",
    'decision reissue north-fund --title "A fund of the north, by GDP" --words "EUR 8 billion a year, by GDP." --terms by-gdp.json --reference N/1/REV1 --expires 2026-01-12T16:00:00Z',
  );
  await at(
    "2026-01-09T09:00:00Z",
    'decision position north-fund isl constructive-abstain --declaration "Iceland accepts that the others go ahead, and will not pay." --as "Delegation of Iceland"',
  );
  await at("2026-01-12T16:00:00Z", 'decision position north-fund dnk against --as "Delegation of Denmark"', 1);
  await at("2026-01-12T16:00:01Z", "decision show north-fund");
  const opened = await json<ProposalView>("decision show north-fund");
  expect(opened).toMatchObject({
    result: "adopted",
    decidedAt: "2026-01-12T16:00:00Z",
    outcome: { textVersion: 2, effect: "" },
  });
  expect(opened.outcome?.constructiveAbstainers.map((one) => one.party)).toEqual(["isl"]);
  await at("2026-01-13T09:00:00Z", "decision issue north-fund N/D/2026/1");

  // Contributions are called by a decision of their own.
  const lines = [
    { line: "air-defence", amount: "5000000000.00" },
    { line: "training", amount: "2999999999.99" },
  ];
  asFile("call.json", {
    kind: "call",
    fund: "north-fund",
    year: 2026,
    instalment: 1,
    instalments: 1,
    lines,
    dueOn: "2026-03-31",
  });
  await at(
    "2026-02-02T09:00:00Z",
    'decision open call-2026 --book north --group nordic-baltic-eight --procedure consensus-silence --object call --title "Contributions of 2026"',
  );
  await at("2026-02-02T09:05:00Z", 'decision text call-2026 --words "All of it in one instalment." --terms call.json');
  await at("2026-02-02T09:10:00Z", "decision silence call-2026 --in 1d");
  await at("2026-02-02T10:00:00Z", "call issue north-fund north-2026-1 --decision call-2026", 1);
  await at("2026-02-03T09:10:00Z", "call issue north-fund north-2026-1 --decision call-2026");
  await at("2026-02-03T09:15:00Z", "call invoices north-fund north-2026-1 --csv");
  await at("2026-02-03T09:16:00Z", "call invoices north-fund north-2026-1 --pdf invoices");
  expect(written).toHaveLength(7); // who is exempt gets none
  const called = await json<CallView>("call show north-fund north-2026-1");
  const cents = (text: string) => BigInt(text.replace(".", ""));
  expect(called.shares.reduce((all, share) => all + cents(share.amount), 0n)).toBe(799_999_999_999n);
  expect(called.shares.find((share) => share.party === "isl")).toMatchObject({
    amount: "0.00",
    exempt: expect.stringContaining("constructively"),
  });

  // Money comes: what names a reference is matched, what does not is matched by hand, one ally is behind.
  asFile("march.xml", bankStatement(called));
  await at("2026-03-21T08:00:00Z", "receipts import north-fund march.xml");
  await at("2026-03-21T08:05:00Z", "receipts import north-fund march.xml");
  const { matched, statements } = await json<ReceiptsReport>("receipts import north-fund march.xml");
  expect([matched, statements.map((one) => one.already)]).toEqual([[], [true]]);
  const [lost] = await json<ReceiptsReport["unmatched"]>("receipts list north-fund");
  const sweden = called.shares.find((share) => share.party === "swe")?.reference ?? "";
  await at("2026-03-21T08:10:00Z", `receipts match north-fund 2026-03 ${lost?.entry} ${sweden}`);
  await at("2026-04-15T09:00:00Z", "fund show north-fund");
  const behind = (await json<FundView>("fund show north-fund")).members
    .filter((one) => one.arrears !== "0.00")
    .map((one) => one.party);
  expect(behind).toEqual(["ltu"]);

  // Nothing is spent or moved that no decision allows, and nothing changes on record.
  const before = await onRecord();
  await at(
    "2026-05-04T09:00:00Z",
    'spend pay north-fund training 1000000 --authority north-fund.1 --purpose "Courses"',
    1,
  );
  await at(
    "2026-05-04T09:01:00Z",
    'spend place north-fund air-defence 1000000000.01 --authority north-fund.1 --purpose "Batteries"',
    1,
  );
  await at(
    "2026-05-04T09:02:00Z",
    'reallocate north-fund training air-defence 2000000000 --authority north-fund.1 --reason "Courses start later"',
    1,
  );
  await at("2026-05-04T09:03:00Z", "reallocate north-fund training air-defence 2000000000 --preview");
  await at("2026-05-04T09:04:00Z", "reallocate north-fund air-defence training 99000000000 --preview");
  const refused = await run('spend pay north-fund training 1 --authority north-fund.1 --purpose "Courses" --json');
  expect(JSON.parse(refused.err)).toMatchObject({ error: { code: "authority_of_another_purpose" } });
  expect(await onRecord()).toEqual(before);

  // Two billion go from one line to another, by decision.
  asFile("move.json", {
    kind: "reallocate",
    from: { fund: "north-fund", line: "training" },
    to: { fund: "north-fund", line: "air-defence" },
    amount: "2000000000.00",
    until: "2026-12-31",
    reason: "Courses start later",
  });
  await at(
    "2026-05-05T09:00:00Z",
    'decision open move-2026 --book north --group nordic-baltic-eight --procedure consensus-silence --object reallocate --title "Two billion to air defence"',
  );
  await at("2026-05-05T09:05:00Z", 'decision text move-2026 --words "Courses start later." --terms move.json');
  await at("2026-05-05T09:10:00Z", "decision silence move-2026 --in 2d");
  await at("2026-05-07T09:10:00Z", "reallocate north-fund training air-defence 2000000000 --preview");
  await at(
    "2026-05-07T09:15:00Z",
    'reallocate north-fund training air-defence 2000000000 --authority move-2026.1 --reason "Courses start later"',
  );

  // And it is spent.
  await at(
    "2026-06-01T09:00:00Z",
    'spend place north-fund air-defence 600000000 --authority north-fund.1 --purpose "First battery"',
  );
  await at(
    "2026-06-02T09:00:00Z",
    'spend pay-placed north-fund air-defence 400000000 --authority north-fund.1 --purpose "First battery, first rate"',
  );
  await at(
    "2026-06-03T09:00:00Z",
    'spend release north-fund air-defence 100000000 --authority north-fund.1 --purpose "Cheaper than thought"',
  );
  await at(
    "2026-06-04T09:00:00Z",
    'spend acknowledge north-fund air-defence 400000000 --authority north-fund.1 --purpose "Received in Odesa"',
  );
  await at("2026-06-30T09:00:00Z", "fund show north-fund --acts");
  await at("2026-06-30T09:05:00Z", "decision show north-fund");
  await at("2026-06-30T09:10:00Z", "decision list --book north");
  const { acts } = await json<FundView>("fund show north-fund");
  const postings = acts.flatMap((act) => act.postings);
  await expect(byPlace(transcript, postings)).toMatchFileSnapshot("golden/story.txt");
}, 120_000);

test("an observer follows every euro that was called, spent or moved to the decision that allowed it", async () => {
  now = "2026-07-01T09:00:00Z";
  const fund = await json<FundView>("fund show north-fund --acts");
  expect(fund.balance.agrees).toBe(true);
  const followed = new Map<string, number>();
  for (const act of fund.acts)
    for (const posting of act.postings) {
      const why = await json<WhyView>(`why ${posting}`);
      expect([posting, why.act?.id, why.decision === null]).toEqual([posting, act.id, false]);
      const governed = ["call", "place", "pay", "release", "acknowledge", "reallocate"].includes(act.kind);
      expect([posting, why.authority === null]).toEqual([posting, !governed]);
      if (governed) expect(why.decision).toMatchObject({ result: "adopted", id: why.authority?.decision });
      followed.set(`${act.kind}: ${why.decision?.id}`, (followed.get(`${act.kind}: ${why.decision?.id}`) ?? 0) + 1);
    }
  // Seven pay for two lines each; six of them came by statement and one by hand.
  expect(Object.fromEntries(followed)).toEqual({
    "call: call-2026": 14,
    "receipt: north-fund": 28,
    "reallocate: move-2026": 2,
    "place: north-fund": 1,
    "pay: north-fund": 1,
    "release: north-fund": 1,
    "acknowledge: north-fund": 1,
  });
  const text = (await run(`why ${fund.acts.findLast((act) => act.kind === "reallocate")?.postings[0]}`)).out;
  expect(text).toMatch(
    /The authority move-2026\.1 allows to reallocate EUR 2,000,000,000\.00, from Training to Air defence/,
  );
  expect(text).toMatch(/nobody objected/);
});

describe("every command for money says what it does, with an example and --json", () => {
  const commands = [
    "open-book",
    ...["list", "show", "check", "apply"].map((name) => `key ${name}`),
    "power",
    "whatif",
    ...["open", "text", "silence", "position", "break", "extend", "reissue", "adopt", "show", "list"].map(
      (name) => `decision ${name}`,
    ),
    ...["list", "show", "terms"].map((name) => `fund ${name}`),
    ...["issue", "show", "invoices"].map((name) => `call ${name}`),
    ...["import", "match", "list"].map((name) => `receipts ${name}`),
    "pledge",
    "credit",
    ...["place", "pay", "pay-placed", "release", "acknowledge"].map((name) => `spend ${name}`),
    "reallocate",
    "take-back",
    "why",
  ];
  test.each(commands)("%s", async (name) => {
    const { code, out } = await run(`${name} --help`);
    expect(code).toBe(0);
    expect(out).toContain("--json");
    expect(out).toMatch(new RegExp(`Examples?:\\s+npx mainstay ${name}\\b`));
  });
});
