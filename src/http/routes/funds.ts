import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Clock } from "#app/clock.ts";
import type { Database } from "#app/database.ts";
import { issueCall } from "#app/funds/call.ts";
import { callView } from "#app/funds/call-view.ts";
import { addPledge, creditInKind } from "#app/funds/give.ts";
import { previewReallocation } from "#app/funds/reallocation.ts";
import { matchReceipt } from "#app/funds/receipts.ts";
import { reallocate, spend, takeBack } from "#app/funds/spend.ts";
import { fundList, fundView } from "#app/funds/view.ts";
import { whyPosting } from "#app/funds/why.ts";
import { usualBook } from "../frame-query.ts";
import { actorField, read, write } from "../route.ts";
import * as shapes from "../schemas-funds.ts";

const word = z.string().min(1).max(200);
const words = z.string().max(2000);
const money = z.string().max(40).describe("An exact decimal in the fund's currency, such as 1250000.50");
const day = z.string().max(40).describe("YYYY-MM-DD");
const whole = z.number().int().min(1).max(9999);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "small letters, digits and hyphens, at most 60");
const params = z.object({ id: word });
const asOf = { as_of: z.string().max(40).optional().describe("The day for arrears; today without it") };
const tag = "funds";

export type FundDesk = Readonly<{ db: Database; clock: Clock; actor: string }>;

export function fundRoutes(app: FastifyInstance, desk: FundDesk): void {
  readRoutes(app, desk);
  contributionRoutes(app, desk);
  spendingRoutes(app, desk);
}

function readRoutes(app: FastifyInstance, { db, clock }: FundDesk): void {
  read(app, {
    url: "/funds",
    tag,
    summary: "The funds of a book, and the models that one could be proposed from",
    query: z.object({ book: word.default(usualBook), ...asOf }),
    answer: shapes.fundList,
    handler: async (query) => fundList(db, clock, query.book, query.as_of),
  });
  read(app, {
    url: "/funds/:id",
    tag,
    summary: "One fund whole: lines, members, calls, pledges, statements, authorities, acts",
    params,
    query: z.object(asOf),
    answer: shapes.fund,
    handler: async (query) => fundView(db, clock, query.id, query.as_of),
  });
  read(app, {
    url: "/funds/:id/calls/:call",
    tag,
    summary: "One call with every member's part and how it came about",
    params: params.extend({ call: word }),
    query: z.object(asOf),
    answer: shapes.call,
    handler: async (query) => callView(db, clock, { fund: query.id, call: query.call }, query.as_of),
  });
  read(app, {
    url: "/funds/:id/reallocation",
    tag,
    summary: "What a reallocation would do, and whether it may be done",
    params,
    query: z.object({ line: word, to_fund: word.optional(), to_line: word, earmark: word.optional(), amount: money }),
    answer: shapes.reallocation,
    handler: async ({ id: fund, to_fund: toFund, to_line: toLine, ...rest }) =>
      previewReallocation(db, clock, { ...rest, fund, toFund, toLine }),
  });
  read(app, {
    url: "/postings/:id/why",
    tag,
    summary: "Why a posting could be made: its act, authority and decision",
    params,
    query: z.object({}),
    answer: shapes.why,
    handler: async (query) => whyPosting(db, clock, query.id),
  });
}

const underAuthority = z.strictObject({
  id,
  authority: word,
  year: whole,
  instalment: whole,
  instalments: whole,
  lines: z.array(z.strictObject({ line: word, amount: money })).min(1),
  dueOn: day,
  actor: actorField,
});
const byDecision = z.strictObject({ id, decision: word, actor: actorField });

function contributionRoutes(app: FastifyInstance, desk: FundDesk): void {
  const { db, clock } = desk;
  const doing = (actor: string | undefined) => ({ now: clock(), actor: actor ?? desk.actor });
  write(app, {
    url: "/funds/:id/calls",
    tag,
    summary: "Calls contributions, by a decision to call or under an authority",
    params,
    body: z.union([byDecision, underAuthority]),
    answer: shapes.call,
    handler: async ({ id: fund }, { actor, ...order }) => {
      const call = await issueCall(db, fund, order, doing(actor));
      return callView(db, clock, { fund, call });
    },
  });
  write(app, {
    url: "/funds/:id/pledges",
    tag,
    summary: "Enters a voluntary pledge with its schedule and conditions",
    params,
    body: z.strictObject({
      id,
      party: word,
      line: word,
      earmark: word.optional(),
      title: words.min(1),
      conditions: words.optional(),
      instalments: z.array(z.strictObject({ dueOn: day, amount: money })).min(1),
      actor: actorField,
    }),
    answer: shapes.fund,
    handler: async ({ id: fund }, { actor, ...order }) => {
      await addPledge(db, fund, order, doing(actor));
      return fundView(db, clock, fund);
    },
  });
  write(app, {
    url: "/funds/:id/receipts/match",
    tag,
    summary: "Matches a bank entry with what is payable under a reference, by hand",
    params,
    body: z.strictObject({
      statement: word,
      account: word.optional().describe("The statement's, where those of several accounts go by one number"),
      entry: word,
      reference: word,
      amount: money.optional(),
      actor: actorField,
    }),
    answer: shapes.receipts,
    handler: async ({ id: fund }, { actor, ...match }) => matchReceipt(db, fund, match, doing(actor)),
  });
  write(app, {
    url: "/funds/:id/credits",
    tag,
    summary: "Counts what was given in kind against a member's part of a call, by the fund's rule",
    params,
    body: z.strictObject({ reference: word, value: money, method: words.min(1), actor: actorField }),
    answer: shapes.fund,
    handler: async ({ id: fund }, { actor, ...order }) => {
      await creditInKind(db, fund, order, doing(actor));
      return fundView(db, clock, fund);
    },
  });
}

const allowing = word.optional().describe("What allows it; without one it is refused");
const spending = {
  line: word,
  earmark: word.optional(),
  amount: money,
  authority: allowing,
  purpose: words.min(1),
  actor: actorField,
};

function spendingRoutes(app: FastifyInstance, desk: FundDesk): void {
  const { db, clock } = desk;
  const doing = (actor: string | undefined) => ({ now: clock(), actor: actor ?? desk.actor });
  for (const [way, how, summary] of [
    ["places", "place", "Places a line's money to a purpose, under an authority to spend"],
    ["releases", "release", "Frees what was placed and not paid"],
    ["acknowledgements", "acknowledge", "Puts on record that the recipient confirms what was paid"],
  ] as const) {
    write(app, {
      url: `/funds/:id/${way}`,
      tag,
      summary,
      params,
      body: z.strictObject(spending),
      answer: shapes.fund,
      handler: async ({ id: fund }, { actor, ...order }) => {
        await spend(db, fund, how, order, doing(actor));
        return fundView(db, clock, fund);
      },
    });
  }
  write(app, {
    url: "/funds/:id/payments",
    tag,
    summary: "Pays a line's money: what was placed, or at once",
    params,
    body: z.strictObject({ ...spending, placed: z.boolean().describe("Whether it pays what was placed before") }),
    answer: shapes.fund,
    handler: async ({ id: fund }, { actor, placed, ...order }) => {
      await spend(db, fund, placed ? "pay-placed" : "pay", order, doing(actor));
      return fundView(db, clock, fund);
    },
  });
  write(app, {
    url: "/funds/:id/reallocations",
    tag,
    summary: "Moves money that is not placed to another line, under an authority to reallocate",
    params,
    body: z.strictObject({
      line: word,
      toFund: word.optional(),
      toLine: word,
      earmark: word.optional(),
      amount: money,
      authority: allowing,
      reason: words.min(1),
      actor: actorField,
    }),
    answer: shapes.fund,
    handler: async ({ id: fund }, { actor, ...order }) => {
      await reallocate(db, fund, order, doing(actor));
      return fundView(db, clock, fund);
    },
  });
  write(app, {
    url: "/funds/:id/acts/:act/reversal",
    tag,
    summary: "Takes an act back: every posting it made, with a reason",
    params: params.extend({ act: z.coerce.number().int().min(1) }),
    body: z.strictObject({ reason: words.min(1), actor: actorField }),
    answer: shapes.fund,
    handler: async ({ id: fund, act }, { actor, reason }) => {
      await takeBack(db, fund, act, reason, doing(actor));
      return fundView(db, clock, fund);
    },
  });
}
