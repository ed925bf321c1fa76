import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { PlanJob } from "../../../../src/core/views-plan.ts";
import { jobEvents, plansApi } from "../../api/plans.ts";
import { keepFrame } from "../../frame/search.ts";
import { withCode } from "../../parts/states.tsx";
import { touched } from "../queries.ts";
import { Closing, type Reached } from "./closing.tsx";
import { gapWords } from "./words.ts";

/** How far the solving of a plan is, told as it goes; it can be cancelled, and leads to the plan when it is done. */
export function Job({ book, started }: Readonly<{ book: string; started: PlanJob }>) {
  const { job, course } = useCourse(book, started);
  const runs = job.state === "waiting" || job.state === "running";
  return (
    <section className="plan-job" aria-label="Solving">
      <h3>{headOf(job)}</h3>
      <p className="hint" role="status">
        {runs &&
          `${job.state === "waiting" ? "Waiting for the plan before it" : job.step}, ${Math.round(job.seconds)} s. `}
        {job.gap !== null && `At most ${gapWords(job.gap)} from the best there is.`}
      </p>
      {course.length > 1 && <Closing course={course} />}
      {job.problem !== null && job.state !== "cancelled" && (
        <p className="refusal" role="alert">
          {withCode(job.problem.message)}
        </p>
      )}
      <p className="act-ends">
        {runs && (
          <button type="button" onClick={() => void plansApi.cancel(book, job.id)}>
            Cancel
          </button>
        )}
        {job.plan !== null && (
          <Link to="/plans/$id" params={{ id: job.plan }} search={keepFrame()}>
            Open the plan {job.plan}
          </Link>
        )}
      </p>
    </section>
  );
}

function headOf({ state, seconds }: PlanJob): string {
  if (state === "done") return `Solved in ${Math.max(Math.round(seconds), 1)} s.`;
  if (state === "cancelled") return "Cancelled. Nothing of it is kept.";
  return state === "refused" || state === "failed" ? "No plan came of it." : "Solving\u2026";
}

/** The job as it changes, and what the best plan so far and the bound were on the way. */
function useCourse(book: string, started: PlanJob): Readonly<{ job: PlanJob; course: readonly Reached[] }> {
  const queries = useQueryClient();
  const [job, setJob] = useState(started);
  const [course, setCourse] = useState<readonly Reached[]>([]);
  useEffect(() => {
    const events = new EventSource(jobEvents(book, started.id));
    const take = (event: MessageEvent<string>) => {
      const next = JSON.parse(event.data) as PlanJob;
      setJob(next);
      const { seconds, incumbent, bound } = next;
      if (incumbent !== null || bound !== null) setCourse((before) => [...before, { seconds, incumbent, bound }]);
    };
    events.addEventListener("progress", take);
    events.addEventListener("end", (event: MessageEvent<string>) => {
      take(event);
      events.close();
      void Promise.all(touched.map((key) => queries.invalidateQueries({ queryKey: [key] })));
    });
    return () => events.close();
  }, [book, started.id, queries]);
  return { job, course };
}
