import { MainstayError } from "../../errors.ts";
import { milestoneKinds, type Milestone, type StatedState } from "./milestone.ts";
import { nothingSaid, readExpected } from "./normal.ts";
import { requireCondition, requireEvidence } from "./written.ts";

/** What a person writes of a milestone; what is left out stays, or is nothing in a new one. */
export type WrittenMilestone = Readonly<{
  title?: string | undefined;
  kind?: string | undefined;
  on?: string | undefined; // `2024-07-10`, `by 2024-07-10` or `2024-07`
  owner?: string | null | undefined;
  parties?: readonly string[] | undefined;
  group?: string | null | undefined;
  fund?: string | null | undefined;
  dependsOn?: readonly string[] | undefined;
  condition?: string | undefined;
  evidence?: readonly string[] | undefined; // `source:ID` and so on
  note?: string | undefined;
}>;

/** A new milestone from what is written of it. @throws MainstayError milestone_invalid, parameter_invalid */
export function newMilestone(id: string, written: WrittenMilestone): Milestone {
  if (written.title === undefined) throw new MainstayError("milestone_invalid", "no title", { field: "title" });
  if (written.on === undefined) throw new MainstayError("milestone_invalid", "no day", { field: "on" });
  return edited({ ...nothingSaid, id, title: written.title, on: "" }, written);
}

/** A milestone with what is written changed in it. @throws MainstayError milestone_invalid, parameter_invalid */
export function edited(before: Milestone, written: WrittenMilestone): Milestone {
  const { title, owner, parties, group, fund, dependsOn, note } = written;
  return {
    ...before,
    ...defined({ title, owner, parties, group, fund, dependsOn, note }),
    ...(written.kind === undefined ? {} : { kind: kindOf(written.kind) }),
    ...(written.on === undefined ? {} : expectedOf(written.on)),
    ...(written.condition === undefined ? {} : { condition: requireCondition(written.condition) }),
    ...(written.evidence === undefined ? {} : { evidence: requireEvidence(written.evidence.join(";")) }),
  };
}

/** A milestone with evidence added to what it has. @throws MainstayError parameter_invalid */
export function withEvidence(milestone: Milestone, evidence: readonly string[]): Milestone {
  const fresh = requireEvidence(evidence.join(";")).filter(
    (one) => !milestone.evidence.some((before) => before.kind === one.kind && before.id === one.id),
  );
  return { ...milestone, evidence: [...milestone.evidence, ...fresh] };
}

/** @throws MainstayError milestone_invalid */
function expectedOf(text: string): Pick<Milestone, "on" | "precision"> {
  const read = readExpected(text);
  if (read === undefined)
    throw new MainstayError(
      "milestone_invalid",
      `${JSON.stringify(text)}, not written as 2024-07-10, by 2024-07-10 or 2024-07`,
      { field: "on" },
    );
  return read;
}

/** @throws MainstayError milestone_invalid */
function kindOf(text: string): Milestone["kind"] {
  const found = milestoneKinds.find((kind) => kind === text);
  if (found === undefined)
    throw new MainstayError("milestone_invalid", `${JSON.stringify(text)}, not one of ${milestoneKinds.join(", ")}`, {
      field: "kind",
    });
  return found;
}

function defined<T extends object>(part: T): { [Field in keyof T]?: Exclude<T[Field], undefined> } {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as {
    [Field in keyof T]?: Exclude<T[Field], undefined>;
  };
}

/** A milestone and what was last said of it. */
export type SaidOf = Readonly<{ milestone: Milestone; state: StatedState }>;

/** What can be done to a milestone as a whole. */
export const milestoneActs = ["meet", "miss", "cancel", "reopen"] as const;
export type MilestoneAct = (typeof milestoneActs)[number];

const endings = { meet: "met", miss: "missed", cancel: "cancelled" } as const;

/**
 * What an act makes of a milestone. @param on the day it happened; of no meaning for a reopening
 * @throws MainstayError milestone_over, milestone_not_over
 */
export function afterAct({ milestone, state }: SaidOf, act: MilestoneAct, on: string): SaidOf {
  if (act === "reopen") {
    if (state === "expected") throw new MainstayError("milestone_not_over", milestone.id, { field: "id" });
    return { state: "expected", milestone: { ...milestone, happenedOn: null } };
  }
  refuseOver({ milestone, state });
  return { state: endings[act], milestone: { ...milestone, happenedOn: on } };
}

/** @throws MainstayError milestone_over */
export function refuseOver({ milestone, state }: SaidOf): void {
  if (state !== "expected") throw new MainstayError("milestone_over", `${milestone.id}, ${state}`, { field: "id" });
}
