import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { MainstayError } from "#core/errors.ts";
import type { Database } from "#store/database.ts";
import { openRecord } from "../support/record.ts";
import { beginning, command, type Command } from "./walk-commands.ts";
import { addsUp, compare, conserves, footprint } from "./walk-compare.ts";
import { openWalk, type Told, type Walk } from "./walk-desk.ts";
import { tellCall, tellCredit, tellMatch, tellPledge, tellStatement } from "./walk-giving.ts";
import type { Fault } from "./walk-sheet.ts";
import { tellAnnulment, tellReallocation, tellSpend, tellTakingBack } from "./walk-spending.ts";

// Random walks through the lives of two funds, on the record and on a sheet of paper beside it: the same ones every time, so that they are known to
// meet every ending; MAINSTAY_SEED and MAINSTAY_WALKS take others, and more.

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openRecord());
});
afterAll(() => close());

async function tell(walk: Walk, drawn: Command): Promise<Told | null> {
  switch (drawn.do) {
    case "wait": {
      const next = Date.parse(walk.desk.clock()) + drawn.days * 86_400_000;
      walk.desk.set(new Date(next).toISOString().replace(".000Z", "Z"));
      walk.sheet.day = walk.desk.clock().slice(0, 10);
      return null;
    }
    case "call":
      return tellCall(walk, drawn);
    case "pledge":
      return tellPledge(walk, drawn);
    case "statement":
      return tellStatement(walk, drawn);
    case "match":
      return tellMatch(walk, drawn);
    case "credit":
      return tellCredit(walk, drawn);
    case "spend":
      return tellSpend(walk, drawn);
    case "reallocate":
      return tellReallocation(walk, drawn);
    case "take-back":
      return tellTakingBack(walk, drawn);
    case "annul":
      return tellAnnulment(walk, drawn);
  }
}

/** Plays a command on the record and, where it is done, on the sheet. Returns the code of the refusal or null, beside what the sheet says against it. */
async function play(told: Told): Promise<Readonly<{ refused: string | null; faults: readonly Fault[] }>> {
  const { faults, does, write } = told;
  try {
    const made = await does();
    if (faults.length === 0) write(made);
    return { refused: null, faults };
  } catch (error) {
    if (!(error instanceof MainstayError)) throw error;
    return { refused: error.code, faults };
  }
}

const met = new Set<string>();

async function step(walk: Walk, drawn: Command, trace: string[]): Promise<void> {
  const told = await tell(walk, drawn);
  if (told === null) return void trace.push(`passed over: ${JSON.stringify(drawn)}`);
  const before = await footprint(walk);
  const { refused, faults } = await play(told);
  trace.push(`${refused ?? "done"}: ${JSON.stringify(drawn)}`);
  met.add(`${drawn.do === "spend" ? drawn.how : drawn.do}: ${refused ?? "done"}`);
  if (faults.length === 0) expect(refused).toBeNull();
  else expect(faults).toContain(refused);
  if (refused !== null) return expect(await footprint(walk)).toEqual(before);
  await Promise.all([...walk.funds.map(async (fund) => compare(walk, fund)), conserves(walk)]);
}

test("the record does what a sheet of paper says, and money in is money out and money left, in whatever order things are done", async () => {
  let walks = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 25, maxLength: 45, size: "max" }), async (drawn) => {
      const walk = await openWalk(db, `walk-${walks++}`);
      const trace: string[] = [];
      try {
        for (const each of [...beginning, ...drawn]) await step(walk, each, trace);
        await addsUp(walk);
      } catch (error) {
        // The tale beside the seed, so that a walk can be read and not only played again.
        throw new Error(`${trace.join("\n")}\n${(error as Error).message}`, { cause: error });
      }
    }),
    {
      numRuns: Number(process.env["MAINSTAY_WALKS"] ?? 8),
      seed: Number(process.env["MAINSTAY_SEED"] ?? 1),
      unbiased: true, // small numbers would make for walks in which nothing happens
      endOnFailure: true,
    },
  );
  // The walks meet every way a command can end, or they say nothing of it.
  expect(ends.filter((end) => !met.has(end))).toEqual([]);
}, 240_000);

const ends = [
  "call: done",
  "call: call_exists_already",
  "call: authority_exhausted",
  "call: fund_opening_ended",
  "pledge: done",
  "pledge: fund_opening_ended",
  "statement: done",
  "statement: statement_on_record_with_other_content",
  "match: done",
  "match: receipt_exceeds_what_is_left",
  "match: unknown_payment_reference",
  "credit: done",
  "credit: in_kind_not_allowed",
  "place: done",
  "place: stage_below_zero",
  "place: authority_exhausted",
  "pay: done",
  "pay-placed: done",
  "pay-placed: stage_below_zero",
  "release: done",
  "acknowledge: done",
  "reallocate: done",
  "reallocate: stage_below_zero",
  "reallocate: authority_of_another_purpose",
  "reallocate: earmark_does_not_allow_line",
  "take-back: done",
  "take-back: stage_below_zero",
  "take-back: act_taken_back_already",
  "take-back: reversal_without_reason",
  "annul: done",
];
