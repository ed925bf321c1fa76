import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { proposalView } from "#app/decisions.ts";
import { callView } from "#app/funds/call-view.ts";
import { fundView } from "#app/funds/view.ts";
import { whyPosting } from "#app/funds/why.ts";
import { listParties } from "#store/parties.ts";
import { parties } from "#app/parties.ts";
import { playRehearsal } from "#app/rehearsal.ts";
import type { FundView } from "#core/views-funds.ts";
import { rowsOf, sql, type Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";

const name = "harbour-fund.json";
const file = { name, text: readFileSync(new URL(`../../reference/rehearsal/${name}`, import.meta.url), "utf8") };
const clock = () => "2026-11-01T09:00:00Z";

let db: Database;
let close: () => Promise<void>;
let fund: FundView;
beforeAll(async () => {
  ({ db, close } = await openRecord());
  await playRehearsal(db, file);
  fund = await fundView(db, clock, "harbour-fund");
});
afterAll(() => close());

describe("the rehearsal", () => {
  test("is played once", async () => {
    const before = await rowsOf(db, sql`select count(*) from posting`);
    expect(await playRehearsal(db, file)).toBe(false);
    expect(await rowsOf(db, sql`select count(*) from posting`)).toEqual(before);
  });

  test("the silence was broken once, and the revised text adopted by silence with one constructive abstention", async () => {
    const proposal = await proposalView(db, clock, "harbour-fund");
    expect(proposal).toMatchObject({ result: "adopted", decidedAt: "2025-02-14T16:00:00Z", number: "HA/D/2025/3" });
    expect(proposal.outcome).toMatchObject({ by: "silence", textVersion: 2, effect: "" });
    expect(proposal.outcome?.constructiveAbstainers.map((one) => one.partyName)).toEqual(["Istrana"]);
    expect(proposal.events.map((event) => event.kind)).toContain("objection");
  });

  test("money in is money out and money left, and the one ally in arrears is named", () => {
    expect(fund.balance.agrees).toBe(true);
    expect(fund.synthetic).toBe(true);
    const late = fund.members.filter((member) => member.arrears !== "0.00").map((member) => member.name);
    expect(late).toEqual(["Ferravia", "Jorvland"]);
    expect(fund.members.find((member) => member.party === "x-ist")?.exempt).toMatch(/constructively/);
    expect(fund.unmatched.map((entry) => entry.why)).toEqual(["went out of the account"]);
  });

  test("two billion went from one line to another, under the votes of the contributors", async () => {
    expect(fund.lines.find((line) => line.id === "air-defence")?.movedIn).toBe("2000000000.00");
    const act = fund.acts.find((one) => one.kind === "reallocate");
    const why = await whyPosting(db, clock, act?.postings[0] ?? "");
    expect(why.authority).toMatchObject({ kind: "reallocate", used: "2000000000.00", left: "0.00" });
    expect(why.decision).toMatchObject({
      id: "winter-shift",
      number: "HA/D/2025/11",
      procedure: "weighted-by-contribution",
    });
    expect(why.says.join(" ")).toMatch(/It was granted by the decision HA\/D\/2025\/11/);
  });

  test("every posting that spends, calls or moves leads to a decision that was adopted", async () => {
    const postings = await rowsOf<{ no: string }>(
      db,
      sql`select s.no::text as no from governed_step s where s.kind is not null and s.kind <> 'refused'`,
    );
    expect(postings.length).toBeGreaterThan(100);
    for (const { no } of postings) {
      const why = await whyPosting(db, clock, no);
      expect([no, why.authority === null, why.decision === null]).toEqual([no, false, false]);
    }
  });

  test("no member bears more than 30 %, and the call adds up", async () => {
    const call = await callView(db, clock, { fund: "harbour-fund", call: "hf-2026-1" });
    const grauland = call.shares.find((share) => share.party === "x-gra");
    expect(grauland?.percent).toBe("30.000000");
    expect(call.shares.reduce((sum, share) => sum + BigInt(share.amount.replace(".", "")), 0n)).toBe(
      1_000_000_000_000n,
    );
  });

  test("made-up parties are not listed among the real ones", async () => {
    const listed = async (book: string) => (await parties(db, book)).map((party) => party.id);
    expect(await listed("worked-case")).not.toContain("x-gra");
    expect(await listed("rehearsal")).toContain("x-gra");
    expect(await listParties(db, { id: "x-gra" })).toHaveLength(1);
  });
});
