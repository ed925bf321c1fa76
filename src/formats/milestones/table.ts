import type { SaidOf } from "#core/foresight/milestones/edit.ts";
import {
  milestoneKinds,
  statedStates,
  type Milestone,
  type MilestoneKind,
} from "#core/foresight/milestones/milestone.ts";
import { expectedText, readExpected } from "#core/foresight/milestones/normal.ts";
import {
  conditionForm,
  conditionText,
  evidenceForm,
  evidenceText,
  readCondition,
  readEvidence,
} from "#core/foresight/milestones/written.ts";
import type { TableColumn } from "../needs/columns.ts";
import { readIds, writeIds } from "../needs/lists.ts";
import { readRows, type ReadTable } from "../needs/rows.ts";
import type { Table } from "../reading.ts";

/** A milestone as a row of a table. */
export type MilestoneRecord = SaidOf & Readonly<{ id: string }>;

const expectedForm = "2024-07-10, by 2024-07-10 or 2024-07";

const column = (
  name: string,
  required: boolean,
  of: (milestone: Milestone, state: string) => string,
  says: string,
): TableColumn<MilestoneRecord> => ({
  name,
  kind: "text",
  required,
  of: ({ milestone, state }) => of(milestone, state),
  says,
});

/** The columns of the table of milestones, in order. */
export const milestoneColumns: readonly TableColumn<MilestoneRecord>[] = [
  column("id", true, (one) => one.id, "A short name of its own: letters, digits, points, hyphens, underscores."),
  column("title", true, (one) => one.title, "What is to happen, in words."),
  column("kind", true, (one) => one.kind, `One of ${milestoneKinds.join(", ")}.`),
  column("expected", true, expectedText, `The day, or month, it is expected: ${expectedForm}.`),
  column("state", false, (_, state) => state, `One of ${statedStates.join(", ")}; expected where empty.`),
  column("happened", false, (one) => one.happenedOn ?? "", "The day it was met, missed or cancelled."),
  column("owner", false, (one) => one.owner ?? "", "Who answers for it: a party's id, or words."),
  column("parties", false, (one) => writeIds(one.parties), "Ids of those it concerns: pol; deu"),
  column("group", false, (one) => one.group ?? "", "The slug of the group whose members it concerns."),
  column("fund", false, (one) => one.fund ?? "", "The id of the fund it is about."),
  column(
    "depends on",
    false,
    (one) => writeIds(one.dependsOn),
    "Ids of milestones: summit-2024; decision:harbour-fund",
  ),
  column("condition", false, (one) => conditionText(one.condition), `What has to hold by its day: ${conditionForm}`),
  column("evidence", false, (one) => evidenceText(one.evidence), `What bears it out: ${evidenceForm}`),
  column("note", false, (one) => one.note, "Anything else."),
];

const columnNames: Readonly<Partial<Record<keyof Milestone, string>>> = {
  on: "expected",
  happenedOn: "happened",
  dependsOn: "depends on",
};

/** The column that a field of a milestone stands in. */
export function milestoneColumnOf(field: string): string {
  return columnNames[field as keyof Milestone] ?? field;
}

const noDay = { on: "", precision: "day" } as const;

/** Reads a table of milestones: what is not written as its column asks is told with its row; what it means is checked elsewhere. */
export function readMilestones(table: Table): ReadTable<MilestoneRecord> {
  return readRows(table, milestoneColumns, ({ text, word, list }) => {
    const state = word("state", statedStates);
    const milestone: Milestone = {
      id: text("id"),
      title: text("title"),
      kind: word<MilestoneKind>("kind", milestoneKinds),
      ...list("expected", readExpected, noDay, expectedForm),
      owner: text("owner") || null,
      parties: readIds(text("parties")),
      group: text("group") || null,
      fund: text("fund") || null,
      dependsOn: readIds(text("depends on")),
      condition: list("condition", readCondition, null, conditionForm),
      evidence: list("evidence", readEvidence, [], evidenceForm),
      happenedOn: text("happened") || null,
      note: text("note"),
    };
    return { id: milestone.id, milestone, state };
  });
}
