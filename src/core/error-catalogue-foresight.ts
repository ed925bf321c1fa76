import { milestoneErrors } from "./error-catalogue-milestones.ts";

/** What can be refused in foresight, part by part: a part of the catalogue of errors. */
export const foresightErrors = {
  ...milestoneErrors,
} as const;
