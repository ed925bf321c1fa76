import type { MilestonePrecision } from "../../../../src/core/foresight/milestones/milestone.ts";
import type { MilestoneView } from "../../../../src/core/views-milestones.ts";
import { formatDated } from "../../format/days.ts";

/** What the forms for milestones hold, as text, and what is sent of it. */

export type Rows = readonly Readonly<Record<string, string>>[];
/** The owner that is no party of the book, but said in words. */
export const inWords = "(in words)";

export const precisionWords = [
  ["day", "on that day"],
  ["by", "by that day"],
  ["month", "some day of that month"],
] as const satisfies readonly (readonly [MilestonePrecision, string])[];

export function milestoneDraft(milestone: MilestoneView | undefined) {
  const owner = milestone?.owner ?? null;
  return {
    fields: {
      title: milestone?.title ?? "",
      id: "",
      kind: milestone?.kind ?? "meeting",
      on: milestone?.on ?? "",
      precision: milestone?.precision ?? "day",
      owner: owner === null ? "" : (owner.party ?? inWords),
      ownerWords: owner !== null && owner.party === null ? owner.name : "",
      group: milestone?.group ?? "",
      fund: milestone?.fund ?? "",
      note: milestone?.note ?? "",
      known: "",
      reason: "",
    },
    parties: rowsOf(milestone?.parties ?? []),
    dependsOn: rowsOf(milestone?.dependsOn ?? []),
    evidence: rowsOf((milestone?.evidence ?? []).map(({ kind, id }) => `${kind}:${id}`)),
  };
}
export type MilestoneFields = Readonly<Record<keyof ReturnType<typeof milestoneDraft>["fields"], string>>;

/** One column of choices, each row one of them. */
const rowsOf = (ids: readonly string[]): Rows => ids.map((id) => ({ id }));
export const idsOf = (rows: Rows): readonly string[] => rows.map(({ id = "" }) => id);

type Written = Readonly<Record<"on" | "precision", string>>;

/** The day as it is sent: `2024-07-10`, `by 2024-07-10`, `2024-07`. */
function expectedOf({ on, precision }: Written): string {
  if (precision === "month") return on.slice(0, 7);
  return precision === "by" ? `by ${on}` : on;
}

/** The same for reading. */
export function expectedWords({ on, precision }: Written): string {
  const [known = "day"] = precisionWords.find(([one]) => one === precision) ?? [];
  return on === "" ? "no day" : formatDated(on, known);
}

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

export function milestoneOf(
  fields: MilestoneFields,
  { parties, dependsOn, evidence }: Readonly<Record<"parties" | "dependsOn" | "evidence", Rows>>,
) {
  const { title, kind, owner, ownerWords, group, fund, note, known } = fields;
  return {
    title,
    kind,
    on: expectedOf(fields),
    owner: orNull(owner === inWords ? ownerWords : owner),
    parties: idsOf(parties),
    group: orNull(group),
    fund: orNull(fund),
    dependsOn: idsOf(dependsOn),
    evidence: idsOf(evidence),
    note,
    known: known === "" ? undefined : known,
  };
}
