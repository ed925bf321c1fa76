import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { appendProposalEvent, openProposal } from "#app/decisions.ts";
import { issueCall } from "#app/funds/call.ts";
import { addPledge } from "#app/funds/give.ts";
import { takeBack } from "#app/funds/spend.ts";
import { fundView } from "#app/funds/view.ts";
import type { EventDraft } from "#core/decisions/events.ts";
import type { Terms } from "#core/decisions/terms.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { fundTerms, grant, openDesk, type Desk } from "./desk.ts";

let db: Database;
let close: () => Promise<void>;
let desk: Desk;
const fund = "north-fund";
let proposals = 0;

beforeAll(async () => {
  ({ db, close } = await openRecord());
  desk = await openDesk(db);
  await desk.decide("fund", fundTerms({}, [grant({ kind: "call", line: null })]));
  await issueCall(db, fund, call({ id: "call", instalment: 1 }), desk.doing());
});
afterAll(() => close());

const call = (more: Readonly<Record<string, unknown>>) => ({
  id: "again",
  authority: "fund.1",
  year: 2025,
  instalment: 2,
  instalments: 2,
  lines: [{ line: "training", amount: "1.00" }],
  dueOn: "2025-12-31",
  ...more,
});
const pledge = (more: Readonly<Record<string, unknown>>) => ({
  id: "gift",
  party: "nor",
  line: "training",
  title: "Test",
  instalments: [{ dueOn: "2025-12-31", amount: "1.00" }],
  ...more,
});

/** Opens a proposal and issues a text on it, as the desk would. */
async function issue(terms: Terms, reference?: string): Promise<void> {
  const id = `try-${(proposals += 1)}`;
  const opening = { id, book: desk.book, group: "nordic-baltic-eight", procedure: "consensus-silence", title: "Try" };
  await openProposal(db, desk.clock, { ...opening, object: terms.kind, reference }, "secretariat");
  const text = { type: "text-issued", title: "Try", reference: null, body: "", terms } as EventDraft;
  await appendProposalEvent(db, desk.clock, id, text, "secretariat");
}

/** What is on record of funds and decisions, but for the opening of proposals. */
async function counted(): Promise<unknown> {
  const tables = ["fund", "fund_call", "fund_pledge", "fund_act", "posting", "source", "party", "authority", "promise"];
  const of = async (table: string) => rowsOf(db, sql`select count(*) from ${sql.table(table)}`);
  const texts = rowsOf(db, sql`select count(*) from proposal_event where kind <> 'opened'`);
  return Promise.all([...tables.map(of), texts]);
}

const spread = (count: number) => Array.from({ length: count }, (_, index) => `l${index}`);
const own = (more: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    id: "own-key",
    title: "Own",
    description: "Own",
    modelled: null,
    validFrom: "2025-01-01",
    validUntil: null,
    source: { title: "Test", publisher: "Nobody", publishedOn: null, url: null },
    ...more,
  });
const formula = { weights: [{ indicator: "gdp" }], unknown: "refuse" };
const open = (more: Readonly<Record<string, unknown>>) => async () => issue(fundTerms({ id: "other-fund", ...more }));
const deep = `{"id":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;

describe("what a careless hand or a malicious one sends is refused by name, and nothing is changed", () => {
  const cases: readonly (readonly [what: string, code: string, found: RegExp, work: () => Promise<unknown>])[] = [
    [
      "a call that was due before it is issued",
      "terms_invalid",
      /2025-01-05, before 2025-01-06/,
      async () => issueCall(db, fund, call({ dueOn: "2025-01-05" }), desk.doing()),
    ],
    [
      "a call for a year of nobody's",
      "terms_invalid",
      /9999, outside 2025-01-01 to 2027-12-31/,
      async () => issueCall(db, fund, call({ year: 9999 }), desk.doing()),
    ],
    [
      "a decision to call for such a year",
      "terms_invalid",
      /2028, outside 2025-01-01 to 2027-12-31/,
      async () =>
        issue({
          kind: "call",
          fund,
          year: 2028,
          instalment: 1,
          instalments: 1,
          lines: [{ line: "training", amount: "1.00" }],
          dueOn: "2028-12-31",
        }),
    ],
    [
      "a pledge of thousands of instalments",
      "terms_invalid",
      /601 instalments, more than 600/,
      async () =>
        addPledge(
          db,
          fund,
          pledge({ instalments: Array.from({ length: 601 }, () => ({ dueOn: "2025-12-31", amount: "1.00" })) }),
          desk.doing(),
        ),
    ],
    [
      "a pledge of a fund to itself",
      "terms_invalid",
      /north-fund, to itself/,
      async () => addPledge(db, fund, pledge({ party: fund }), desk.doing()),
    ],
    [
      "taking back what takes something back",
      "unknown_act",
      /\d+, which takes another one back itself/,
      async () => {
        const { acts } = await fundView(db, desk.clock, fund);
        return takeBack(db, fund, Number(acts.find((act) => act.kind === "reversal")?.id), "Test", desk.doing());
      },
    ],
    ["a currency that is none", "terms_invalid", /"XXX"/, open({ currency: "XXX" })],
    ["a currency mistyped", "terms_invalid", /"EUE"/, open({ currency: "EUE" })],
    ["a procedure that there is not", "unknown_procedure", /"dice"/, open({ decides: { call: "dice" } })],
    ["a key of strangers", "unknown_party", /"atlantis"/, open({ key: own({ shares: { atlantis: "1" } }) })],
    ["a key among no group", "unknown_group", /"nobody"/, open({ key: own({ members: "nobody", formula }) })],
    ["a key of lists in lists", "key_invalid", /more than 64 deep/, open({ key: deep })],
    [
      "thousands of pots",
      "terms_invalid",
      /1640 lines and lines of earmarks, more than 1000/,
      open({
        lines: spread(40).map((id) => ({ id, title: id, stream: "finance", purpose: "" })),
        earmarks: spread(40).map((id) => ({ id, title: id, lines: spread(40) })),
      }),
    ],
    [
      "a key of strangers for a fund that there is",
      "unknown_party",
      /"atlantis"/,
      async () => issue({ kind: "adopt-key", fund, key: own({ shares: { atlantis: "1" } }), from: "2026-01-01" }),
    ],
    [
      "spending of another fund than the one whose contributions weigh",
      "terms_of_another_object",
      /the fund north-fund, where the proposal is about rich-fund/,
      async () => issue({ kind: "spend", fund, grants: [grant()] }, "rich-fund"),
    ],
    [
      "a post that ends before it begins",
      "terms_invalid",
      /2024-12-31, before 2025-01-01/,
      async () =>
        issue({ kind: "appoint", post: "Chair", holder: "N", party: null, from: "2025-01-01", until: "2024-12-31" }),
    ],
    [
      "a report at an address that runs",
      "terms_invalid",
      /"javascript:alert\(1\)", no address of the web/,
      async () => issue({ kind: "adopt-report", report: "Report", address: "javascript:alert(1)" }),
    ],
    [
      "a proposal by the name of another page",
      "proposal_invalid",
      /"new", the address of another page/,
      async () =>
        openProposal(
          db,
          desk.clock,
          {
            id: "new",
            book: desk.book,
            group: "nordic-baltic-eight",
            procedure: "dice",
            title: "T",
            object: "appoint",
          },
          "secretariat",
        ),
    ],
    [
      "a procedure left empty",
      "unknown_procedure",
      /""/,
      async () =>
        openProposal(
          db,
          desk.clock,
          { id: "empty", book: desk.book, group: "nordic-baltic-eight", procedure: "", title: "T", object: "appoint" },
          "secretariat",
        ),
    ],
  ];

  beforeAll(async () => {
    await addPledge(db, fund, pledge({ id: "taken-back" }), desk.doing());
    const { acts } = await fundView(db, desk.clock, fund);
    await takeBack(db, fund, Number(acts.find((act) => act.kind === "pledge")?.id), "Test", desk.doing());
  });

  test.each(cases)("%s: %s", async (_, code, found, work) => {
    const before = await counted();
    await expect(work()).rejects.toMatchObject({ code, found: expect.stringMatching(found) });
    expect(await counted()).toEqual(before);
  });
});

test("what is at the edge is taken: due on the day of issue, in the fund's last year, by one thousand pots", async () => {
  const today = desk.clock().slice(0, 10);
  await issueCall(db, fund, call({ id: "edge", year: 2027, dueOn: today }), desk.doing());
  const lines = spread(40).map((id) => ({ id, title: id, stream: "finance", purpose: "" }));
  const earmarks = spread(24).map((id) => ({ id, title: id, lines: spread(40) }));
  await issue(fundTerms({ id: "edge-fund", lines, earmarks, decides: { call: "consensus-silence" } }));
  await issue({ kind: "adopt-report", report: "Report", address: "https://example.org/report" });
  await issue({ kind: "appoint", post: "Chair", holder: "N", party: null, from: "2025-01-01", until: "2025-01-01" });
  await issue({ kind: "spend", fund, grants: [grant()] }, fund);
  const issued = await rowsOf(
    db,
    sql`select 1 from proposal_event where kind = 'text-issued' and body ->> 'title' = 'Try'`,
  );
  expect(issued).toHaveLength(4);
});
