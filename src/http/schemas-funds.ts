import { z } from "zod";
import { actKinds } from "#core/funds/figures.ts";
import type * as views from "#core/views-funds.ts";
import { authority, fundTerms } from "./schemas-terms.ts";
import { amount, count, day, shapeOf, stream, text } from "./schemas.ts";

const instant = text.describe("An instant in UTC");
const gap = amount.nullable();
const money = {
  received: amount,
  placed: amount.describe("Placed and not yet paid"),
  paid: amount,
  available: amount.describe("Received or moved in, and neither placed, paid nor moved out"),
};

const row = {
  id: text,
  title: text,
  book: text,
  synthetic: z.boolean(),
  modelled: text.nullable(),
  currency: text,
  group: text.describe("The group that contributes"),
  membersName: text,
  from: day,
  until: day,
  envelope: amount,
  called: amount.describe("Net of what was credited in kind"),
  pledged: amount,
  ...money,
  arrears: amount.describe("Called, due before the day asked and not received"),
  decision: text.describe("By which it was opened"),
  ended: z
    .enum(["annulled", "expired"])
    .nullable()
    .describe("What that decision has ended in: the fund takes in nothing new"),
};
const source = z.object({
  title: text,
  publisher: text,
  publishedOn: day.nullable(),
  url: text.nullable(),
  note: text,
});

export const fundList = shapeOf<views.FundList>()(
  "FundList",
  z.object({
    asOf: day,
    funds: z.array(shapeOf<views.FundRow>()("FundRow", z.object(row))),
    models: z.array(
      z.object({
        id: text,
        title: text,
        modelled: text,
        currency: text,
        key: text,
        years: z.array(z.object({ year: count, amount })),
        source,
        proposal: text.nullable().describe("Terms to propose it by, as JSON text"),
      }),
    ),
  }),
);

const pot = z.object({
  earmark: text.nullable(),
  earmarkTitle: text.nullable(),
  lines: z.array(text).nullable().describe("The lines the earmark names"),
  promise: text,
  movedIn: amount,
  movedOut: amount,
  ...money,
});
const line = z.object({
  id: text,
  title: text,
  stream,
  purpose: text,
  called: amount,
  movedIn: amount,
  movedOut: amount,
  ...money,
  acknowledged: amount,
  canSpare: amount.describe("Free of earmarks and not placed"),
  authorised: amount.describe("What decisions in force still allow to spend"),
  pots: z.array(pot),
});
const member = z.object({
  party: text,
  name: text,
  called: amount,
  credited: amount,
  received: amount,
  outstanding: amount,
  arrears: amount,
  voluntary: amount,
  voluntaryReceived: amount,
  exempt: text.nullable(),
});
const callRow = {
  id: text,
  fund: text,
  year: count,
  instalment: count,
  instalments: count,
  issuedOn: day,
  dueOn: day,
  amount,
  uncovered: amount,
  received: amount,
  credited: amount,
  outstanding: amount,
  arrears: amount,
  decision: text,
  authority: text,
};
const step = z.object({
  step: text,
  before: text.nullable(),
  after: text,
  reason: text,
  from: day.nullable(),
  until: day.nullable(),
});

export const call = shapeOf<views.CallView>()(
  "Call",
  z.object({
    ...callRow,
    asOf: day,
    currency: text,
    key: z.object({ id: text, title: text }),
    indicatorYear: count.nullable(),
    lines: z.array(z.object({ line: text, title: text, amount })),
    shares: z.array(
      z.object({
        party: text,
        name: text,
        reference: text.describe("The creditor reference to pay under"),
        share: text.describe("An exact fraction"),
        percent: text,
        amount,
        credited: amount,
        received: amount,
        outstanding: amount,
        daysLate: count.nullable(),
        exempt: text.nullable(),
        steps: z.array(step),
      }),
    ),
  }),
);

const otherThan = text.nullable().describe("The fund's own account, where the statement is of another one");
const unmatched = shapeOf<views.UnmatchedEntry>()(
  "UnmatchedEntry",
  z.object({
    statement: text,
    account: text,
    entry: text,
    bookedOn: day,
    direction: z.enum(["credit", "debit"]),
    amount,
    left: amount.describe("What of it is not matched"),
    currency: text,
    counterparty: text.nullable(),
    remittance: text,
    why: text,
  }),
);

const act = shapeOf<views.ActView>()(
  "FundAct",
  z.object({
    id: text,
    kind: z.enum(actKinds),
    at: instant,
    effectiveOn: day,
    title: text,
    amount,
    actor: text,
    authority: text.nullable(),
    decision: text.nullable(),
    postings: z.array(text),
    takenBackBy: text.nullable(),
  }),
);

export const fund = shapeOf<views.FundView>()(
  "Fund",
  z.object({
    ...row,
    asOf: day,
    terms: fundTerms,
    party: text,
    openedAt: instant,
    years: z.array(z.object({ year: count, envelope: amount, called: amount, received: amount })),
    keys: z.array(z.object({ from: day, id: text, title: text, decision: text })),
    lines: z.array(line),
    members: z.array(member),
    calls: z.array(shapeOf<views.CallRow>()("CallRow", z.object(callRow))),
    pledges: z.array(
      z.object({
        id: text,
        party: text,
        name: text,
        title: text,
        line: text,
        earmark: text.nullable(),
        conditions: text,
        pledged: amount,
        received: amount,
        years: count,
        instalments: z.array(
          z.object({ seq: count, dueOn: day, amount, received: amount, reference: text, daysLate: count.nullable() }),
        ),
      }),
    ),
    statements: z.array(
      z.object({
        id: text,
        account: text,
        otherThan,
        from: day.nullable(),
        to: day.nullable(),
        opening: gap,
        closing: gap,
        fileName: text,
        recordedAt: instant,
        actor: text,
        entries: count,
        matched: amount,
        unmatched: amount,
      }),
    ),
    unmatched: z.array(unmatched),
    authorities: z.array(authority),
    acts: z.array(act),
    balance: z.object({ ...money, agrees: z.boolean().describe("Money in is money out and money left") }),
    adHoc: z.object({ share: text.nullable().describe("In per cent"), says: text }),
    decisions: z.array(z.object({ id: text, title: text, object: text, state: text })),
  }),
);

export const receipts = shapeOf<views.ReceiptsReport>()(
  "ReceiptsReport",
  z.object({
    fund: text,
    statements: z.array(z.object({ id: text, account: text, otherThan, entries: count, already: z.boolean() })),
    matched: z.array(z.object({ entry: text, reference: text, party: text, name: text, amount, act: text })),
    unmatched: z.array(unmatched),
  }),
);

const side = { fund: text, line: text, title: text, available: amount, after: amount };
export const reallocation = shapeOf<views.ReallocationPreview>()(
  "ReallocationPreview",
  z.object({
    currency: text,
    from: z.object({ ...side, canSpare: amount }),
    to: z.object(side),
    amount,
    earmarks: z.array(z.object({ earmark: text, title: text, available: amount, may: z.boolean(), says: text })),
    needs: z.array(text),
    authorities: z.array(authority),
    possible: z.boolean(),
    says: text,
  }),
);

export const why = shapeOf<views.WhyView>()(
  "Why",
  z.object({
    posting: z.object({
      id: text,
      promise: text,
      donor: text,
      from: text,
      to: text,
      amount,
      unit: text,
      effectiveOn: day.nullable(),
      knownAt: instant,
      actor: text,
      reason: text.nullable(),
      source: text,
    }),
    act: act.nullable(),
    authority: authority.nullable(),
    decision: z
      .object({
        id: text,
        title: text,
        number: text.nullable(),
        result: text,
        at: instant,
        by: text,
        says: text,
        procedure: text,
        procedureTitle: text,
        passages: z.array(text),
        textVersion: count.nullable(),
      })
      .nullable(),
    says: z.array(text).describe("The chain in sentences"),
  }),
);
