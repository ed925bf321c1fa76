import type { ProcedureRow } from "../../../src/core/views.ts";
import { formatDay } from "../format/days.ts";

export const basisWords: Readonly<Record<ProcedureRow["basis"], string>> = {
  published: "Published rules",
  practice: "Practice",
  modelled: "Modelled",
};

/** The days a version is in force, as a sentence. */
export function inForce({ validFrom, validTo }: Pick<ProcedureRow, "validFrom" | "validTo">): string {
  return `In force from ${formatDay(validFrom)}${validTo === null ? "" : ` to ${formatDay(validTo)}`}.`;
}
