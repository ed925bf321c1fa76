import { lazy } from "react";
import type { MilestoneView } from "../../../../src/core/views-milestones.ts";
import { Acts } from "../../planning/acts/acts.tsx";

// Forms come when they are opened: whoever reads the timeline needs none of them.
const MilestoneForm = lazy(async () => ({ default: (await import("./milestone-form.tsx")).MilestoneForm }));
const EndForm = lazy(async () => ({ default: (await import("./end-form.tsx")).EndForm }));
const ReopenForm = lazy(async () => ({ default: (await import("./end-form.tsx")).ReopenForm }));

/** The act by which a milestone is stated: it is of no milestone that is there. */
export const stating = "milestone";

export function TimelineActs({ book }: Readonly<{ book: string }>) {
  return (
    <Acts
      label="Enter milestones"
      acts={[{ name: stating, words: "State a milestone", form: <MilestoneForm book={book} /> }]}
    />
  );
}

/** What can be said of a milestone that somebody stated; the others follow from the record. */
export function MilestoneActs({ milestone }: Readonly<{ milestone: MilestoneView }>) {
  const { origin, state, head } = milestone;
  if (origin !== "stated" || head.knownAt !== null) return null;
  const isOver = state === "met" || state === "missed" || state === "cancelled";
  return (
    <Acts
      label={`Act on ${milestone.title}`}
      acts={
        isOver
          ? [{ name: "reopen", words: "It is expected after all", form: <ReopenForm milestone={milestone} /> }]
          : [
              {
                name: "change",
                words: "New day, or another change",
                form: <MilestoneForm book={head.book} milestone={milestone} />,
              },
              { name: "end", words: "Met, missed or dropped", form: <EndForm milestone={milestone} /> },
            ]
      }
    />
  );
}
