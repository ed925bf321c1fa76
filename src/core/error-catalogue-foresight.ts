import { forecastErrors } from "./error-catalogue-forecast.ts";
import { milestoneErrors } from "./error-catalogue-milestones.ts";
import { predictabilityErrors } from "./error-catalogue-predictability.ts";
import { reportErrors } from "./error-catalogue-report.ts";

/** What can be refused in foresight, part by part: a part of the catalogue of errors. */
export const foresightErrors = {
  ...forecastErrors,
  ...milestoneErrors,
  ...predictabilityErrors,
  ...reportErrors,
} as const;
