import type { KnownMilestone, Milestone } from "#core/foresight/milestones/milestone.ts";
import { nothingSaid } from "#core/foresight/milestones/normal.ts";
import type { Database } from "#store/database.ts";
import { addMilestone, enteringMilestones } from "#app/foresight/milestones/write.ts";
import type { WrittenMilestone } from "#core/foresight/milestones/edit.ts";

/** A milestone with what the test says of it. */
export const milestoneWith = (more: Partial<Milestone> = {}): Milestone => ({
  ...nothingSaid,
  id: "m",
  title: "A milestone",
  on: "2024-07-10",
  ...more,
});

/** The same as it is known, expected on one day after the other. */
export function knownWith(
  id: string,
  days: string | readonly string[],
  more: Partial<KnownMilestone> = {},
): KnownMilestone {
  const { on: _on, precision: _precision, evidence: _evidence, happenedOn: _happened, ...body } = milestoneWith({ id });
  return {
    ...body,
    title: id,
    origin: "stated",
    days: [days].flat().map((on) => ({
      on,
      precision: "day",
      knownAt: "2024-01-01T00:00:00.000Z",
      recordedAt: null,
      reason: "",
      actor: "",
    })),
    ending: null,
    knownAt: "2024-01-01T00:00:00.000Z",
    source: null,
    evidence: [],
    address: null,
    says: "",
    ...more,
  };
}

export const by = (now: string, reason?: string) => ({ now, actor: "tester", reason });

/** States a milestone in the book `test` at an instant. */
export async function stated(
  db: Database,
  id: string,
  now: string,
  more: WrittenMilestone = {},
  known?: string,
): Promise<void> {
  const how = await enteringMilestones(db, "test", by(now), known);
  await addMilestone(db, "test", id, { title: `The ${id}`, on: "2024-07-10", ...more }, how);
}
