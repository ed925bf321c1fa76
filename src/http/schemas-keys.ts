import { z } from "zod";
import type * as governed from "#core/views-governed.ts";
import { amount, bindingClass, count, day, figureFrame, shapeOf, text } from "./schemas.ts";

const fraction = text.describe("An exact fraction in lowest terms, such as 11/50");
const percent = text.describe("The same in per cent, to six digits");
const source = z.object({
  title: text,
  publisher: text,
  publishedOn: day.nullable(),
  url: text.nullable(),
  note: text,
});

export const key = shapeOf<governed.KeyView>()(
  "Key",
  z.object({
    id: text,
    title: text,
    description: text,
    modelled: text.nullable().describe("What about the key is our model and not its source's words"),
    validFrom: day,
    validUntil: day.nullable(),
    members: text.nullable().describe("A group's slug; null for the parties of the table"),
    kind: z.enum(["table", "formula"]),
    shares: z.array(z.object({ party: text, share: fraction, percent })).nullable(),
    formula: z
      .object({
        weights: z.array(z.object({ indicator: text, weight: fraction })),
        years: count,
        unknown: z.enum(["refuse", "leave-out", "earlier-year"]),
        discount: z.object({ gradient: fraction, threshold: text, borneBy: z.enum(["those-above", "all"]) }).nullable(),
        equalPart: fraction,
        floor: fraction,
        ceiling: fraction,
        redistribute: z.enum(["in-proportion", "equally"]),
      })
      .nullable(),
    source,
  }),
);

const fund = shapeOf<governed.WorkedFundView>()(
  "WorkedFund",
  z.object({
    id: text,
    title: text,
    modelled: text,
    currency: text,
    key: text,
    years: z.array(z.object({ year: count, amount })),
    source,
  }),
);

export const keys = shapeOf<governed.Keys>()("Keys", z.object({ keys: z.array(key), funds: z.array(fund) }));

const step = shapeOf<governed.ShareStep>()(
  "ShareStep",
  z.object({
    step: text,
    before: percent.nullable(),
    after: percent,
    reason: text,
    from: day.nullable(),
    until: day.nullable(),
  }),
);

const bill = shapeOf<governed.BillView>()(
  "Bill",
  z.object({
    share: fraction,
    percent,
    amount,
    difference: amount.nullable().describe("Against the first what-if"),
    pctGdp: text.nullable(),
    perHead: amount.nullable(),
    out: z.boolean().describe("Stays out and pays nothing"),
    steps: z.array(step),
  }),
);

const scenario = shapeOf<governed.ScenarioView>()(
  "Scenario",
  z.object({
    text: text.describe("Reads back as the same what-if"),
    key: text,
    title: text,
    modelled: text.nullable(),
    year: count,
    indicatorYear: count.nullable(),
    amount,
    uncovered: amount.describe("What nobody bears, where those who stay out are not made up for"),
    payers: count,
    leftOut: z.array(z.object({ party: text, name: text, indicator: text, reason: text })),
    stretches: z.array(z.object({ from: day, until: day, days: count, members: count })),
  }),
);

export const whatIf = shapeOf<governed.WhatIf>()(
  "WhatIf",
  z.object({
    frame: figureFrame,
    class: bindingClass,
    boundary: text,
    basis: text,
    sources: count,
    partial: z.array(text),
    currency: text,
    scenarios: z.array(scenario),
    rows: z.array(
      z.object({
        party: text,
        name: text,
        gives: amount.nullable(),
        givesPctGdp: text.nullable(),
        givesPerHead: amount.nullable(),
        gdpYear: count.nullable(),
        bills: z.array(bill.nullable()),
      }),
    ),
  }),
);
