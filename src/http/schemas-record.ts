import { z } from "zod";
import type { ImportState } from "#app/import-desk.ts";
import type * as views from "#core/views.ts";
import {
  amount,
  bindingClass,
  count,
  day,
  figureFrame,
  pageFields,
  precision,
  promiseFields,
  promiseRow,
  shapeOf,
  sourceRef,
  stream,
  text,
} from "./schemas.ts";

const postingFields = {
  id: text,
  from: text.describe("A stage, or outside"),
  to: text.describe("A stage, or outside"),
  class: bindingClass.nullable().describe("The class whose total the posting changes"),
  quantity: amount,
  unit: text,
  reported: amount.nullable().describe("The source's own valuation"),
  reportedUnit: text.nullable(),
  effectiveOn: day.nullable(),
  datePrecision: precision,
  knownAt: text,
  recordedAt: text,
  reverses: text.nullable().describe("The posting it takes back"),
  reason: text.nullable(),
  actor: text,
  source: sourceRef,
};
const posting = shapeOf<views.PostingView>()("Posting", z.object(postingFields));
const figurePosting = shapeOf<views.FigurePosting>()(
  "FigurePosting",
  z.object({
    ...postingFields,
    promise: text,
    code: text,
    donor: text,
    donorName: text,
    category: text,
    stream,
    amount: amount.nullable().describe("What it adds to the figure, to the millionth of its unit"),
    notConverted: text.nullable().describe("Why it adds nothing"),
  }),
);
export const postingPage = shapeOf<views.FramedPage<views.FigurePosting>>()(
  "PostingPage",
  z.object({ items: z.array(figurePosting), ...pageFields, frame: figureFrame }),
);

export const promiseView = shapeOf<views.PromiseView>()(
  "PromiseView",
  z.object({
    ...promiseFields,
    recipient: text,
    explanation: text,
    details: z.record(z.string(), text),
    sourceLinks: z.array(text),
    place: z.object({ file: text, sheet: text.nullable(), row: count }).nullable(),
    postings: z.array(posting),
    readings: z.array(
      z.object({
        release: text,
        publishedOn: day,
        class: bindingClass.nullable(),
        original: amount.nullable(),
        reported: amount.nullable(),
        unit: text,
      }),
    ),
    siblings: z.array(promiseRow),
  }),
);

const passage = shapeOf<views.Passage>()("Passage", z.object({ id: text, locator: text, quote: text }));

export const source = shapeOf<views.Source>()(
  "Source",
  z.object({
    id: text,
    title: text,
    publisher: text,
    publishedOn: day.nullable(),
    url: text.nullable(),
    book: text.nullable(),
    retrievedOn: day.nullable(),
    note: text,
    passages: z.array(passage),
    postings: count,
  }),
);

export const rate = shapeOf<views.Rate>()(
  "Rate",
  z.object({
    currency: text,
    asked: day,
    on: day.nullable(),
    rate: text.nullable().describe("Units of the currency for one euro"),
    reason: text.nullable(),
    source: sourceRef.nullable(),
  }),
);

const statedNeed = shapeOf<views.StatedNeed>()(
  "StatedNeed",
  z.object({
    item: text,
    asOf: day,
    needs: z.array(z.object({ label: text, quantity: text.nullable(), statedBy: text, note: text })),
    committed: text.nullable(),
    delivered: text.nullable(),
    source: sourceRef,
  }),
);
const statement = shapeOf<views.Statement>()(
  "Statement",
  z.object({
    id: text,
    saidOn: day,
    speaker: text,
    giver: text.nullable(),
    title: text,
    place: text,
    amount: text.nullable(),
    currency: text.nullable(),
    inLedger: z.boolean(),
    note: text,
    source: sourceRef,
    passage: passage.nullable(),
  }),
);
const milestone = shapeOf<views.Milestone>()(
  "Milestone",
  z.object({ on: day, precision, kind: text, title: text, group: text.nullable(), note: text, source: sourceRef }),
);
export const bookFacts = shapeOf<views.BookFacts>()(
  "BookFacts",
  z.object({ needs: z.array(statedNeed), statements: z.array(statement), milestones: z.array(milestone) }),
);
export const needs = shapeOf<views.Needs>()(
  "Needs",
  z.object({
    items: z.array(
      z.object({
        item: text,
        asOf: day,
        need: text.nullable(),
        needLabel: text,
        committed: text.nullable(),
        delivered: text.nullable(),
        source: sourceRef,
      }),
    ),
  }),
);

export const importState = shapeOf<ImportState>()(
  "ImportState",
  z.object({
    id: text,
    kind: z.enum(["kiel", "csv", "ecb"]),
    fileName: text,
    state: z.enum(["running", "done", "refused", "cancelled", "failed"]),
    step: text,
    done: z.number(),
    total: z.number(),
    report: z.unknown().describe("What went in and what was read otherwise than written, when done"),
    problem: z.object({ code: text, message: text }).nullable(),
  }),
);
