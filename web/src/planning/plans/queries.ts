import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { plansApi, type AssignmentFilter } from "../../api/plans.ts";

const linesAtOnce = 25;

export const plansQuery = (book: string) =>
  queryOptions({ queryKey: ["plans", book], queryFn: ({ signal }) => plansApi.list(book, signal) });

export const planQuery = (book: string, plan: string) =>
  queryOptions({ queryKey: ["plan", book, plan], queryFn: ({ signal }) => plansApi.plan(book, plan, signal) });

export const assignmentsQuery = (book: string, plan: string, filter: AssignmentFilter) =>
  infiniteQueryOptions({
    queryKey: ["plan", book, plan, "assignments", filter],
    queryFn: ({ pageParam, signal }) =>
      plansApi.assignments(book, plan, { ...filter, limit: linesAtOnce, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });

export const comparisonQuery = (book: string, plan: string, other: string) =>
  queryOptions({
    queryKey: ["plan", book, plan, "beside", other],
    queryFn: ({ signal }) => plansApi.comparison(book, plan, other, signal),
  });

/** Asked for by the reader: it is solved again for the answer, which then stays. */
export const explanationQuery = (book: string, plan: string, about: AssignmentFilter) =>
  queryOptions({
    queryKey: ["explanation", book, plan, about],
    queryFn: ({ signal }) => plansApi.explanation(book, plan, about, signal),
    staleTime: Infinity,
    retry: false,
  });

export const leversQuery = (book: string, plan: string) =>
  queryOptions({
    queryKey: ["levers", book, plan],
    queryFn: ({ signal }) => plansApi.levers(book, plan, signal),
    staleTime: Infinity,
    retry: false,
  });

export const fairnessQuery = (book: string, plan: string) =>
  queryOptions({
    queryKey: ["fairness", book, plan],
    queryFn: ({ signal }) => plansApi.fairness(book, plan, signal),
    staleTime: Infinity,
    retry: false,
  });
