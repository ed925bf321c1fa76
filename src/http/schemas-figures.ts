import { z } from "zod";
import type * as views from "#core/views.ts";
import {
  amount,
  bindingClass,
  book,
  byClass,
  count,
  day,
  difference,
  figureFrame,
  kind,
  shapeOf,
  stream,
  text,
} from "./schemas.ts";

const changeSum = shapeOf<views.ChangeSum>()("ChangeSum", z.object({ promises: count, amount }));
const releaseChange = shapeOf<views.ReleaseChange>()(
  "ReleaseChange",
  z.object({
    from: text,
    to: text,
    class: bindingClass,
    added: changeSum,
    dropped: changeSum,
    newMoney: changeSum,
    reconverted: changeSum,
    recoded: changeSum,
    byDonor: z.array(
      z.object({
        donor: text,
        name: text,
        before: amount.nullable(),
        after: amount.nullable(),
        change: amount.nullable(),
      }),
    ),
  }),
);
const donorLine = shapeOf<views.DonorLine>()(
  "DonorLine",
  z.object({
    donor: text,
    name: text,
    kind,
    iso2: text.nullable(),
    m49: text.nullable(),
    byClass,
    byCategory: z.array(z.object({ category: text, amount })),
    pctGdp: text.nullable(),
    perHead: text.nullable(),
    gdpYear: count.nullable(),
    populationYear: count.nullable(),
  }),
);

export const overview = shapeOf<views.Overview>()(
  "Overview",
  z.object({
    frame: figureFrame,
    book,
    class: bindingClass,
    classes: z.array(
      z.object({
        class: bindingClass,
        amount: amount.nullable(),
        reason: text.nullable(),
        partial: text.nullable(),
        asOfSource: text.nullable(),
      }),
    ),
    streams: z.array(z.object({ stream, class: bindingClass, amount: amount.nullable() })),
    categories: z.array(z.object({ category: text, class: bindingClass, amount: amount.nullable() })),
    series: z.array(z.object({ period: text, category: text, amount })),
    seriesGrain: z.enum(["month", "year"]),
    undated: amount,
    donors: z.array(donorLine),
    vintages: z.array(z.object({ release: text, publishedOn: day, class: bindingClass, amount: amount.nullable() })),
    changes: releaseChange.nullable(),
    sources: count,
    differences: z.array(difference),
  }),
);

export const diff = shapeOf<views.Diff>()(
  "Diff",
  z.object({
    book: text,
    from: text,
    to: text,
    class: bindingClass,
    summary: releaseChange,
    rows: z.array(
      z.object({
        kind: z.enum(["added", "dropped", "new-money", "re-conversion", "re-coding"]),
        code: text,
        donor: text,
        category: text,
        unitBefore: text.nullable(),
        unitAfter: text.nullable(),
        originalBefore: amount.nullable(),
        originalAfter: amount.nullable(),
        reportedBefore: amount.nullable(),
        reportedAfter: amount.nullable(),
        change: amount.nullable(),
        note: text,
      }),
    ),
  }),
);
