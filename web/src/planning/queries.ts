import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { planningApi, type NeedFilter, type OfferFilter } from "../api/planning.ts";

/** How many rows are shown at once, and come with each further step. */
export const pageSize = 50;

/** What was asked under one of these is asked again once something is entered. */
export const touched = ["needs", "need", "offers", "offer", "coalition", "plans", "plan"] as const;

export const itemsQuery = queryOptions({
  queryKey: ["items"],
  queryFn: ({ signal }) => planningApi.items(signal),
  staleTime: Infinity,
});

export const needsQuery = (book: string, filter: NeedFilter, knownAt: string | undefined, limit = pageSize) =>
  infiniteQueryOptions({
    queryKey: ["needs", book, knownAt, filter, limit],
    queryFn: ({ pageParam, signal }) =>
      planningApi.needs(book, { ...filter, known_at: knownAt, limit, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (previous) => (previous?.pages[0]?.head.book === book ? previous : undefined),
  });

export const needQuery = (book: string, need: string, knownAt: string | undefined) =>
  queryOptions({
    queryKey: ["need", book, need, knownAt],
    queryFn: ({ signal }) => planningApi.need(book, need, knownAt, signal),
    placeholderData: (previous) => (previous?.id === need && previous.head.book === book ? previous : undefined),
  });

export const offersQuery = (book: string, filter: OfferFilter, knownAt: string | undefined, limit = pageSize) =>
  infiniteQueryOptions({
    queryKey: ["offers", book, knownAt, filter, limit],
    queryFn: ({ pageParam, signal }) =>
      planningApi.offers(book, { ...filter, known_at: knownAt, limit, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (previous) => (previous?.pages[0]?.head.book === book ? previous : undefined),
  });

export const offerQuery = (book: string, offer: string, knownAt: string | undefined) =>
  queryOptions({
    queryKey: ["offer", book, offer, knownAt],
    queryFn: ({ signal }) => planningApi.offer(book, offer, knownAt, signal),
    placeholderData: (previous) => (previous?.id === offer && previous.head.book === book ? previous : undefined),
  });

export const coalitionQuery = (book: string, slug: string, knownAt: string | undefined) =>
  queryOptions({
    queryKey: ["coalition", book, slug, knownAt],
    queryFn: ({ signal }) => planningApi.coalition(book, slug, knownAt, signal),
  });
