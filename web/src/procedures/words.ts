import type { ProcedureRow } from "../../../src/core/views-governed.ts";
import { formatDay } from "../format/days.ts";

const basisWords: Readonly<Record<ProcedureRow["basis"], string>> = {
  published: "Published rules",
  practice: "Practice",
  modelled: "Modelled",
};

/** What a version rests on and its days, as sentences. What is modelled is in force nowhere. */
export function standing({ basis, validFrom, validTo }: ProcedureRow): string {
  return `${basisWords[basis]}. ${basis === "modelled" ? "Dated" : "In force"} from ${formatDay(validFrom)}${validTo === null ? "" : ` to ${formatDay(validTo)}`}.`;
}
