import { z } from "zod";
import { streams } from "#core/bindingness.ts";
import { parameterNames, type ForecastPolicy } from "#core/foresight/forecast/policy.ts";
import { parseJson, refuseIssues } from "../procedures/json.ts";

const text = z.string().min(1);
const share = z.number().min(0).max(1);
const currency = z.string().regex(/^[A-Z]{3}$/);
const policyFile = z.strictObject({
  title: text,
  parameters: z.record(
    z.enum(parameterNames),
    z.strictObject({ value: z.number().min(0).max(1000), source: text, limits: text }),
  ),
  volatilities: z.strictObject({ source: text, monthly: z.record(currency, z.number().min(0).max(0.15)) }),
  currencies: z.record(z.string().regex(/^[a-z0-9-]+$/), currency),
  books: z.record(z.string(), z.strictObject({ from: z.iso.date(), needs: text.optional(), source: text })),
  decisions: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
      book: text,
      title: text,
      fund: text,
      knownFrom: z.iso.date(),
      knownUntil: z.iso.date(),
      expectedOn: z.iso.date(),
      odds: share,
      additional: share,
      stream: z.enum(streams),
      source: text,
    }),
  ),
});

/**
 * What a forecast assumes, from the text of its file.
 * @throws MainstayError forecast_policy_invalid naming the field
 */
export function readForecastPolicy(json: string, file: string): ForecastPolicy {
  const read = parseJson(json, "forecast_policy_invalid", file);
  const found = policyFile.safeParse(read);
  if (found.success) return found.data;
  throw refuseIssues(found.error, "forecast_policy_invalid", file, read);
}
