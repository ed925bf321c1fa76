import type { ErrorCode, ErrorPlace } from "#core/errors.ts";
import type { Instance } from "#core/planning/instance.ts";
import type { Plan } from "#core/planning/plan.ts";
import type { SolveProgress } from "#core/planning/progress.ts";
import type { Explanation, FairnessPrice, Lever, PlanGoal, PlanProblem } from "#core/views-plan.ts";

/** How a plan is solved: what it pursues, and when it is good enough. */
export type SolveOptions = Readonly<{
  goal: PlanGoal;
  seconds: number | null; // the best there is by then
  gap: number | null; // good enough
  preview: boolean; // quick, without a proven bound
}>;

/** What a worker is asked to do: solving and what is answered by solving again. */
export type Task =
  | Readonly<{ kind: "solve"; instance: Instance; options: SolveOptions }>
  | Readonly<{ kind: "explain"; instance: Instance; plan: Plan; about: "offer" | "need"; id: string }>
  | Readonly<{ kind: "levers"; instance: Instance; plan: Plan }>
  | Readonly<{ kind: "fairness"; instance: Instance; plan: Plan }>;

export type Solved = Readonly<{ plan: Plan; problems: readonly PlanProblem[] }>;
export type Explained = Pick<Explanation, "says" | "figures" | "limits">;

/** What each task answers. */
export type Answers = Readonly<{
  solve: Solved;
  explain: Explained;
  levers: readonly Lever[];
  fairness: Omit<FairnessPrice, "plan">;
}>;

/** What goes into a worker, and what comes out of it. `stop`: one number that turns to 1 when the work is to end. */
export type WorkerInput = Readonly<{ task: Task; stop: Int32Array }>;
export type WorkerOutput =
  | Readonly<{ kind: "progress"; progress: SolveProgress }>
  | Readonly<{ kind: "answer"; answer: unknown }>
  | Readonly<{ kind: "refused"; code: ErrorCode; found: string | undefined; place: ErrorPlace }>
  | Readonly<{ kind: "failed"; message: string }>;
