import type { Replanning } from "../../../../src/core/views-plan.ts";
import { Job } from "../plans/job.tsx";

/** What a change of an offer did to the plan that stands, and how far the plan made anew is. */
export function Replanned({ book, found }: Readonly<{ book: string; found: Replanning | null }>) {
  if (found === null) return null;
  return (
    <>
      <p>
        The plan {found.plan}, which stands, counts on it
        {found.job === null ? ". No plan was started; the page of plans offers to make one." : ": it is planned anew."}
      </p>
      {found.job !== null && <Job key={found.job.id} book={book} started={found.job} />}
    </>
  );
}
