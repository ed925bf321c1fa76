import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { milestonesApi, type MilestoneFilter } from "../api/milestones.ts";

/** How many milestones are shown at once, and come with each further step. */
export const pageSize = 50;

/** What was asked under one of these is asked again once something is entered. */
export const touched = ["milestones", "milestone", "milestone-chance", "changes"] as const;

/** How many others a form offers as what a milestone depends on. */
const mostOffered = 500;

/** A book's milestones for a form to choose from. */
export const allQuery = (book: string) =>
  queryOptions({
    queryKey: ["milestones", book, "all"],
    queryFn: ({ signal }) => milestonesApi.list(book, { limit: mostOffered }, signal),
  });

export const milestonesQuery = (
  book: string,
  filter: MilestoneFilter,
  knownAt: string | undefined,
  forecast: boolean,
) =>
  infiniteQueryOptions({
    queryKey: ["milestones", book, knownAt, filter, forecast],
    queryFn: ({ pageParam, signal }) =>
      milestonesApi.list(
        book,
        { ...filter, known_at: knownAt, limit: pageSize, cursor: pageParam, forecast: forecast ? "true" : undefined },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (previous) => (previous?.pages[0]?.head.book === book ? previous : undefined),
  });

export const milestoneQuery = (book: string, id: string, knownAt: string | undefined) =>
  queryOptions({
    queryKey: ["milestone", book, id, knownAt],
    queryFn: ({ signal }) => milestonesApi.one(book, id, { known_at: knownAt }, signal),
  });

/** The same with the forecast's probability, asked for by itself since it takes a while. */
export const chanceQuery = (book: string, id: string, knownAt: string | undefined) =>
  queryOptions({
    queryKey: ["milestone-chance", book, id, knownAt],
    queryFn: ({ signal }) => milestonesApi.one(book, id, { known_at: knownAt, forecast: "true" }, signal),
    staleTime: Infinity,
  });

export type Since = Readonly<{ since: string; clock: "known" | "recorded" }>;

export const changesQuery = (
  book: string,
  asked: Since,
  {
    fund,
    nation,
    knownAt,
  }: Readonly<{ fund?: string | undefined; nation?: string | undefined; knownAt?: string | undefined }>,
) =>
  queryOptions({
    queryKey: ["changes", book, asked, fund, nation, knownAt],
    queryFn: ({ signal }) =>
      milestonesApi.changes(book, { ...asked, fund, nation, known_at: knownAt, limit: 200 }, signal),
    placeholderData: (previous) => (previous?.head.book === book ? previous : undefined),
  });
