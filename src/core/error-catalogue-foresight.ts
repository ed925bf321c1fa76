import { milestoneErrors } from "./error-catalogue-milestones.ts";
import { reportErrors } from "./error-catalogue-report.ts";

/** What can be refused in foresight, part by part: a part of the catalogue of errors. */
export const foresightErrors = {
  ...milestoneErrors,
  ...reportErrors,
} as const;
