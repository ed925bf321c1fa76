import type {
  Accepted,
  Explanation,
  FairnessPrice,
  LeverList,
  PlanAssignments,
  PlanComparison,
  PlanJob,
  PlanList,
  PlanView,
} from "../../../src/core/views-plan.ts";
import type { ProposalView } from "../../../src/core/views-decisions.ts";
import { actorKept } from "../parts/acting-as.tsx";
import { apiAddress, get, post } from "./client.ts";

const id = encodeURIComponent;
type Fields = Readonly<Record<string, unknown>>;

/** What narrows the assignments of a plan. */
export type AssignmentFilter = Readonly<{
  need?: string | undefined;
  offer?: string | undefined;
  giver?: string | undefined;
}>;

/** Plans of a book: asked for, followed while they are solved, shown, compared, explained, accepted. */
export const plansApi = {
  list: (book: string, signal?: AbortSignal) => get<PlanList>(`/planning/${id(book)}/plans`, {}, signal),
  plan: (book: string, plan: string, signal?: AbortSignal) =>
    get<PlanView>(`/planning/${id(book)}/plans/${id(plan)}`, {}, signal),
  assignments: (
    book: string,
    plan: string,
    ask: AssignmentFilter & Readonly<{ limit: number; cursor?: string | undefined }>,
    signal?: AbortSignal,
  ) => get<PlanAssignments>(`/planning/${id(book)}/plans/${id(plan)}/assignments`, ask, signal),
  comparison: (book: string, plan: string, other: string, signal?: AbortSignal) =>
    get<PlanComparison>(`/planning/${id(book)}/plans/${id(plan)}/compare/${id(other)}`, {}, signal),
  explanation: (book: string, plan: string, about: AssignmentFilter, signal?: AbortSignal) =>
    get<Explanation>(`/planning/${id(book)}/plans/${id(plan)}/explain`, about, signal),
  levers: (book: string, plan: string, signal?: AbortSignal) =>
    get<LeverList>(`/planning/${id(book)}/plans/${id(plan)}/levers`, {}, signal),
  fairness: (book: string, plan: string, signal?: AbortSignal) =>
    get<FairnessPrice>(`/planning/${id(book)}/plans/${id(plan)}/fairness`, {}, signal),

  solve: (book: string, order: Fields) =>
    post<PlanJob>(`/planning/${id(book)}/plans`, { ...order, actor: actorKept() }),
  replan: (book: string) => post<PlanJob>(`/planning/${id(book)}/replans`, { actor: actorKept() }),
  cancel: (book: string, job: string) => post<PlanJob>(`/planning/${id(book)}/plan-jobs/${id(job)}/cancel`, {}),
  accept: (book: string, plan: string, fields: Fields) =>
    post<Accepted>(`/planning/${id(book)}/plans/${id(plan)}/accept`, { ...fields, actor: actorKept() }),
  propose: (book: string, plan: string, fields: Fields) =>
    post<ProposalView>(`/planning/${id(book)}/plans/${id(plan)}/proposals`, { ...fields, actor: actorKept() }),
} as const;

/** Where the lines of a plan can be downloaded. */
export function assignmentsFile(book: string, plan: string): string {
  return apiAddress(`/planning/${id(book)}/plans/${id(plan)}/assignments`, { format: "csv" });
}

/** Where the solving of a plan can be followed, as server-sent events. */
export function jobEvents(book: string, job: string): string {
  return apiAddress(`/planning/${id(book)}/plan-jobs/${id(job)}/events`);
}
