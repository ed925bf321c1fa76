import { milestoneOf } from "#core/foresight/milestones/normal.ts";
import type { Ending, ExpectedDay, KnownMilestone } from "#core/foresight/milestones/milestone.ts";
import { present } from "#core/present.ts";
import type { MilestoneVersion } from "#store/foresight/milestones.ts";

/** What was stated, from the versions of it in their order. */
export function statedMilestones(versions: readonly MilestoneVersion[]): KnownMilestone[] {
  return [...Map.groupBy(versions, (one) => one.id).values()].map(fromVersions);
}

function fromVersions(versions: readonly MilestoneVersion[]): KnownMilestone {
  const last = present(versions.at(-1), "a version");
  const { evidence, happenedOn, ...body } = milestoneOf(last.body);
  return {
    ...body,
    origin: "stated",
    days: daysOf(versions),
    ending: last.state === "expected" ? null : endingOf(versions, last.state, happenedOn),
    knownAt: last.knownAt,
    source: last.source.id,
    evidence,
    address: null,
    says: last.state === "expected" ? "" : last.reason,
  };
}

/** How it ended, from the version on that first said so. */
function endingOf(versions: readonly MilestoneVersion[], state: Ending["state"], on: string | null): Ending {
  const open = versions.findLastIndex((one) => one.state === "expected");
  const { knownAt, recordedAt } = present(versions[open + 1], "the version that ends it");
  return { state, on, knownAt, recordedAt };
}

/** The days that were expected, one after the other. */
function daysOf(versions: readonly MilestoneVersion[]): ExpectedDay[] {
  const days: ExpectedDay[] = [];
  for (const { body, knownAt, recordedAt, reason, actor } of versions) {
    const { on, precision } = body;
    const before = days.at(-1);
    if (before?.on !== on || before.precision !== precision)
      days.push({ on, precision, knownAt, recordedAt, reason, actor });
  }
  return days;
}
