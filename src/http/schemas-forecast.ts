import { z } from "zod";
import { drivers } from "#core/foresight/forecast/model.ts";
import type * as views from "#core/views-forecast.ts";
import { scenarioFile } from "#app/foresight/scenarios.ts";
import { bindingClass, count, day, shapeOf, stream, text } from "./schemas.ts";

const estimate = z.string().describe("An estimate in major units, rounded to a thousand");
const month = z.string().describe("A month, YYYY-MM; its end is meant");
const share = z.number().describe("0 to 1");
const point = z.object({ month, p10: estimate, p50: estimate, p90: estimate, mean: estimate });
const classFan = z.object({
  class: bindingClass,
  onRecord: estimate.nullable(),
  recordTo: month.nullable(),
  reason: text.nullable(),
  fan: z.array(point),
});
const ruleScore = z.object({
  rule: z.enum(["model", "promised", "pace"]),
  title: text,
  pinball: estimate,
  relative: z.number(),
  bias: estimate,
});
const summary = z.object({
  knownAt: day.nullable(),
  cases: count,
  coverage: share.nullable(),
  rules: z.array(ruleScore),
  says: text,
});
const group = z.object({
  key: text,
  name: text,
  cases: count,
  coverage: share,
  rules: z.array(ruleScore),
  beats: z.boolean(),
  whole: z.object({ p10: estimate, p50: estimate, p90: estimate, outcome: estimate }).nullable(),
});

export const forecast = shapeOf<views.ForecastView>()(
  "Forecast",
  z.object({
    book: text,
    title: text,
    synthetic: z.boolean(),
    knownAt: day,
    recordTo: month,
    nowMonth: month,
    months: z.array(month),
    unit: text,
    paths: count,
    seed: count,
    scenario: z.object({ id: text.nullable(), title: text, changes: z.array(text) }).nullable(),
    driverClass: bindingClass.nullable(),
    classes: z.array(classFan),
    givers: z.array(
      z.object({
        giver: text,
        name: text,
        currency: text,
        history: count,
        ownWeight: share,
        shareOfSpread: z.number().nullable(),
        classes: z.array(classFan),
      }),
    ),
    streams: z.array(z.object({ stream, classes: z.array(classFan) })),
    lines: z.array(z.object({ fund: text, line: text, title: text, classes: z.array(classFan) })),
    needs: z.array(
      z.object({
        need: text,
        title: text,
        book: text,
        until: day,
        quantity: z.number(),
        received: z.number().nullable(),
        expected: z.number().nullable(),
        probability: share.nullable(),
        reason: text.nullable(),
      }),
    ),
    milestones: z.array(z.object({ id: text, probability: share.nullable(), reason: text.nullable() })),
    decisions: z.array(z.object({ id: text, title: text, odds: share, expectedOn: day, effect: text, source: text })),
    drivers: z.array(z.object({ driver: z.enum(drivers), title: text, share })),
    parameters: z.array(
      z.object({ name: text, title: text, value: text, origin: z.enum(["record", "policy", "both"]), source: text }),
    ),
    record: summary.nullable(),
    limits: z.array(text),
  }),
);

export const forecastRecord = shapeOf<views.ForecastRecord>()(
  "ForecastRecord",
  z.object({
    book: text,
    unit: text,
    paths: count,
    seed: count,
    summary,
    hindsight: summary,
    origins: z.array(group),
    givers: z.array(group),
    cases: z.array(
      z.object({
        origin: day,
        release: text,
        kind: z.enum(["as-known", "hindsight"]),
        class: bindingClass,
        giver: text,
        name: text,
        outcomeOn: day,
        outcome: estimate,
        p10: estimate,
        p50: estimate,
        p90: estimate,
        inside: z.boolean(),
        promised: estimate,
        pace: estimate,
      }),
    ),
    notes: z.array(text),
  }),
);

const scenarioRow = {
  id: text,
  title: text,
  description: text,
  shipped: z.boolean(),
  actor: text.nullable(),
  recordedAt: text.nullable(),
};
export const scenarioList = shapeOf<views.ScenarioList>()(
  "ScenarioList",
  z.object({ scenarios: z.array(z.object(scenarioRow)) }),
);
const named = { id: text, name: text };
const titled = { id: text, title: text };
export const scenarioChoices = shapeOf<views.ScenarioChoices>()(
  "ScenarioChoices",
  z.object({
    book: text,
    knownAt: day.nullable(),
    givers: z.array(z.object(named)),
    decisions: z.array(z.object({ ...titled, from: day, until: day, open: z.boolean() })),
    keys: z.array(z.object(titled)),
  }),
);
export const savedScenario = shapeOf<views.SavedScenario>()(
  "SavedScenario",
  z.object({ ...scenarioRow, changes: scenarioFile.shape.changes, link: text }),
);
export const scenarioComparison = shapeOf<views.ScenarioComparison>()(
  "ScenarioComparison",
  z.object({
    book: text,
    title: text,
    synthetic: z.boolean(),
    knownAt: day,
    recordTo: month,
    nowMonth: month,
    unit: text,
    paths: count,
    seed: count,
    class: bindingClass.nullable(),
    columns: z.array(
      z.object({
        id: text.nullable(),
        title: text,
        description: text,
        changes: z.array(text),
        problem: text.nullable(),
        difference: estimate.nullable(),
        differencePercent: z.number().nullable(),
      }),
    ),
    months: z.array(
      z.object({
        month,
        bands: z.array(z.object({ p10: estimate, p50: estimate, p90: estimate, mean: estimate }).nullable()),
      }),
    ),
    givers: z.array(z.object({ giver: text, name: text, p50: z.array(estimate.nullable()) })),
  }),
);
