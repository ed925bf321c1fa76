import { createHash } from "node:crypto";
import type { EventDraft } from "#core/decisions/events.ts";
import { parseRatio } from "#core/burden/ratio.ts";
import { formatDecimal, parseDecimal } from "#core/money.ts";
import { present } from "#core/present.ts";
import { readRehearsal, type Rehearsal, type RehearsalEntry, type RehearsalStep } from "#formats/rehearsal/read.ts";
import { refreshCube } from "#store/cube.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { claimsOf } from "#store/funds/receipts.ts";
import { markReferenceLoaded, referenceIsLoaded } from "#store/reference.ts";
import { insertRehearsalRegister } from "#store/rehearsal.ts";
import { enterEvent } from "./decisions/record.ts";
import { enterOpening } from "./decisions/open.ts";
import { settleProposals } from "./decisions.ts";
import { requireFund } from "./funds/which.ts";
import { callLabel, issueCall, type CallOrder } from "./funds/call.ts";
import { claimReference } from "./funds/claim-reference.ts";
import { addPledge, creditInKind, type PledgeOrder } from "./funds/give.ts";
import { importReceipts, matchReceipt } from "./funds/receipts.ts";
import { reallocate, spend, type ReallocationOrder, type SpendOrder } from "./funds/spend.ts";

/**
 * Plays a made-up story into a synthetic book of its own, through the same use cases that people use, each step at its own instant; all of it or
 * nothing. Does nothing when this very story has been played.
 * @returns whether anything was played now
 */
export async function playRehearsal(
  db: Database,
  file: Readonly<{ name: string; text: string }>,
  onProgress: (label: string, done: number, total: number) => void = () => undefined,
): Promise<boolean> {
  const sha256 = createHash("sha256").update(file.text).digest("hex");
  const story = readRehearsal(file.text, file.name);
  if (await referenceIsLoaded(db, sha256)) return false;
  await inTransaction(db, async (trx) => {
    if (!(await insertRehearsalRegister(trx, story))) return markReferenceLoaded(trx, sha256);
    for (const [index, step] of story.steps.entries()) {
      await settleProposals(trx, () => step.at);
      await play(trx, story, step);
      onProgress("Playing the rehearsal", index + 1, story.steps.length);
    }
    await settleProposals(trx, () => present(story.steps.at(-1), "a last step").at);
    return markReferenceLoaded(trx, sha256);
  });
  await refreshCube(db);
  return true;
}

async function play(db: Database, story: Rehearsal, step: RehearsalStep): Promise<void> {
  const clock = () => step.at;
  const doing = { now: step.at, actor: story.parties.find((party) => party.id === step.as)?.name ?? step.as };
  switch (step.do) {
    case "open":
      return enterOpening(db, clock, { ...step.proposal, book: story.book.slug }, doing.actor);
    case "event":
      return enterEvent(db, clock, step.proposal, step.event as EventDraft, doing.actor);
    case "call":
      return void (await issueCall(db, step.fund, step.order as CallOrder, doing));
    case "pledge":
      return addPledge(db, step.fund, step.order as PledgeOrder, doing);
    case "credit": {
      const reference = referenceOf(step.fund, step);
      return creditInKind(db, step.fund, { reference, value: step.value, method: step.method }, doing);
    }
    case "statement": {
      const bytes = Buffer.from(await statementOf(db, step));
      return void (await importReceipts(db, step.fund, { bytes, fileName: `${step.id}.csv` }, doing));
    }
    case "match": {
      const match = {
        statement: step.statement,
        entry: `${step.statement}-${step.entry}`,
        reference: referenceOf(step.fund, step),
      };
      return void (await matchReceipt(db, step.fund, match, doing));
    }
    case "place":
    case "pay":
    case "pay-placed":
    case "release":
    case "acknowledge":
      return spend(db, step.fund, step.do, step.order as SpendOrder, doing);
    case "reallocate":
      return reallocate(db, step.fund, step.order as ReallocationOrder, doing);
  }
}

/** What a member pays a call under. A call's id ends in its year and instalment. */
function referenceOf(fund: string, { call, party }: Readonly<{ call: string; party: string }>): string {
  const [, year = "", instalment = ""] = /-(\d{4})-(\d+)$/.exec(call) ?? [];
  return claimReference(callLabel(Number(year), Number(instalment)), party, [fund, call]);
}

type Statement = Extract<RehearsalStep, { do: "statement" }>;

/** A bank statement as the table that is imported: everyone pays what is outstanding, or a part of it, under the reference of the claim. */
async function statementOf(db: Database, step: Statement): Promise<string> {
  const fund = await requireFund(db, step.fund);
  const claims = await claimsOf(db, fund.no);
  const rows = step.entries.map((entry, index) => {
    const reference =
      entry.party === undefined || (entry.call === undefined && entry.pledge === undefined)
        ? ""
        : claimOf(step.fund, entry, entry.party);
    const claim = claims.find((one) => one.reference === reference);
    const amount =
      entry.amount ?? partOf(present(claim, `a claim ${reference} of ${step.id}`).outstanding, entry.part, fund.scale);
    const payer = entry.from ?? claim?.name ?? "";
    const signed = entry.direction === "debit" ? `-${amount}` : amount;
    return [
      step.id,
      "XX00HARBOUR0000000001",
      entry.on,
      signed,
      fund.currency,
      reference,
      payer,
      entry.text ?? "",
      `${step.id}-${index + 1}`,
    ];
  });
  const header = [
    "statement",
    "account",
    "booked_on",
    "amount",
    "currency",
    "reference",
    "counterparty",
    "remittance",
    "bank_reference",
  ];
  return [header, ...rows].map((cells) => `${cells.join(",")}\n`).join("");
}

function claimOf(fund: string, entry: RehearsalEntry, party: string): string {
  if (entry.call !== undefined) return referenceOf(fund, { call: entry.call, party });
  const seq = entry.instalment ?? 1;
  return claimReference(`V${seq}X`, party, [fund, entry.pledge ?? "", String(seq - 1)]);
}

function partOf(outstanding: string, part: string | undefined, scale: number): string {
  const { top, bottom } = parseRatio(part ?? "1");
  return formatDecimal((parseDecimal(outstanding, 0) * top) / bottom, scale);
}
