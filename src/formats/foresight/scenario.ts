import { z } from "zod";
import { streams } from "#core/bindingness.ts";
import { MainstayError } from "#core/errors.ts";
import { mostChanges, type ForecastScenario } from "#core/foresight/forecast/scenario.ts";
import { parseJson, refuseIssues } from "../procedures/json.ts";

const name = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, "a name of at most 60 small letters, digits and hyphens");
const month = z.string().regex(/^([12]\d{3}-)?(0[1-9]|1[0-2])$/, "a month as YYYY-MM, or MM for the next such month");
const share = z.number().min(0).max(1);
const change = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("giver-leaves"), giver: name, from: month }),
  z.strictObject({
    kind: z.literal("decision-slips"),
    decision: name,
    to: month,
    odds: share.nullable().default(null),
  }),
  z.strictObject({ kind: z.literal("shares-by-key"), key: name, from: month }),
  z.strictObject({
    kind: z.literal("fund"),
    id: name,
    title: z.string().min(1).max(300),
    replaces: name.nullable().default(null),
    key: name,
    stream: z.enum(streams),
    odds: share,
    expected: month,
    additional: share,
    from: month,
    years: z.int().min(1).max(20),
    yearly: z.number().min(0).max(1e13),
  }),
]);

/** The shape of a scenario's file. */
export const scenarioFile = z.strictObject({
  id: name,
  title: z.string().min(1).max(300),
  description: z.string().max(2000).default(""),
  changes: z.array(change).min(1).max(mostChanges),
});

const largestScenario = 16_384; // characters

/**
 * A scenario from the text of its file.
 * @throws MainstayError scenario_invalid naming the file and the place in it
 */
export function readScenario(json: string, file: string): ForecastScenario {
  if (json.length > largestScenario)
    throw new MainstayError("scenario_invalid", `${json.length} characters, where ${largestScenario} are the most`, {
      file,
    });
  return checkedScenario(parseJson(json, "scenario_invalid", file), file);
}

/** @throws MainstayError scenario_invalid naming the file and the place in it */
export function checkedScenario(value: unknown, file: string): ForecastScenario {
  const found = scenarioFile.safeParse(value);
  if (found.success) return found.data;
  throw refuseIssues(found.error, "scenario_invalid", file, value);
}
