import { z } from "zod";
import type * as views from "#core/views-predictability.ts";
import { indicatorIds, measureUnits, predictabilitySides } from "#core/views-predictability.ts";
import { bindingClass, count, day, figureFrame, shapeOf, text } from "./schemas.ts";

const exact = text.nullable().describe("The exact fraction, in lowest terms");
const unit = z.enum(measureUnits);
const indicator = z.enum(indicatorIds);

const definition = shapeOf<views.IndicatorDefinition>()(
  "IndicatorDefinition",
  z.object({
    id: indicator,
    title: text,
    unit,
    better: z.enum(["higher", "lower", "near-one", "neither"]),
    definition: text,
    source: text,
    rows: text,
    cannotTell: text,
  }),
);
const figure = shapeOf<views.IndicatorFigure>()(
  "IndicatorFigure",
  z.object({
    indicator,
    state: z.enum(["known", "not-scheduled", "unknown"]),
    value: text.nullable().describe("A decimal in the unit of the indicator's definition; null where it is not known"),
    exact,
    reason: text.nullable().describe("Why there is no value, or what limits it"),
    lines: z.array(z.object({ what: text, value: text.nullable(), exact, unit, reason: text.nullable() })),
    rows: count.describe("How many rows of the record are behind it"),
  }),
);
const row = shapeOf<views.PredictabilityRow>()(
  "PredictabilityRow",
  z.object({ id: text.nullable(), name: text, figures: z.array(figure) }),
);

export const predictability = shapeOf<views.PredictabilityView>()(
  "Predictability",
  z.object({
    frame: figureFrame,
    boundary: text,
    basis: text,
    synthetic: z.boolean(),
    by: z.enum(predictabilitySides),
    class: bindingClass,
    knownTo: day,
    definitions: z.array(definition),
    periods: z.array(
      z.object({ period: text, from: day, until: day, open: z.boolean(), all: row, rows: z.array(row) }),
    ),
    notes: z.array(text),
  }),
);

export const rowsBehind = shapeOf<views.RowsBehind>()(
  "RowsBehindIndicator",
  z.object({
    frame: figureFrame,
    period: text,
    row: z.object({ id: text.nullable(), name: text }),
    definition,
    figure,
    total: count,
    rows: z.array(
      z.object({
        what: text,
        giver: text,
        from: day.nullable(),
        until: day.nullable(),
        amount: text.nullable(),
        unit: text,
        says: text,
        href: text.describe("The page that shows it"),
      }),
    ),
  }),
);
