import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { deliveriesApi, type ConsignmentFilter, type UncarriedFilter } from "../../api/deliveries.ts";
import { pageSize, touched as planned } from "../queries.ts";

/** What was asked under one of these is asked again once something of a delivery is entered: coverage of needs too. */
export const touched = [
  ...planned,
  "consignments",
  "consignment",
  "deliveries",
  "watch",
  "delivery-queries",
  "delivered",
  "uncarried",
] as const;

type Pages = Readonly<{ next: string | null }>;
const first = { initialPageParam: undefined as string | undefined };
const following = (last: Pages) => last.next ?? undefined;

export const consignmentsQuery = (
  book: string,
  filter: ConsignmentFilter,
  knownAt: string | undefined,
  limit = pageSize,
) =>
  infiniteQueryOptions({
    ...first,
    queryKey: ["consignments", book, knownAt, filter, limit],
    queryFn: ({ pageParam, signal }) =>
      deliveriesApi.consignments(book, { ...filter, known_at: knownAt, limit, cursor: pageParam }, signal),
    getNextPageParam: following,
    placeholderData: (previous) => (previous?.pages[0]?.head.book === book ? previous : undefined),
  });

/** Where phones reach these pages, as the one who runs them has said. */
export const addressQuery = queryOptions({
  queryKey: ["address"],
  queryFn: ({ signal }) => deliveriesApi.address(signal),
  staleTime: Infinity,
});

export const consignmentQuery = (book: string, consignment: string, knownAt: string | undefined) =>
  queryOptions({
    queryKey: ["consignment", book, consignment, knownAt],
    queryFn: ({ signal }) => deliveriesApi.consignment(book, consignment, knownAt, signal),
    placeholderData: (previous) => (previous?.id === consignment && previous.head.book === book ? previous : undefined),
  });

/** Everything above the list: the pipeline, hubs, months. */
export const pictureQuery = (book: string, knownAt: string | undefined) =>
  queryOptions({
    queryKey: ["deliveries", book, knownAt],
    queryFn: ({ signal }) => deliveriesApi.picture(book, knownAt, signal),
    placeholderData: (previous) => (previous?.head.book === book ? previous : undefined),
  });

/** How many rows of what is to be asked after are shown at once. */
export const watchedAtOnce = 8;

export const watchQuery = (
  book: string,
  kind: string | undefined,
  knownAt: string | undefined,
  limit = watchedAtOnce,
) =>
  infiniteQueryOptions({
    ...first,
    queryKey: ["watch", book, knownAt, kind, limit],
    queryFn: ({ pageParam, signal }) =>
      deliveriesApi.watch(book, { kind, known_at: knownAt, limit, cursor: pageParam }, signal),
    getNextPageParam: following,
    placeholderData: (previous) => (previous?.pages[0]?.head.book === book ? previous : undefined),
  });

/** How many queries are shown at once. */
export const queriesAtOnce = 6;

export const openQueriesQuery = (
  book: string,
  state: string | undefined,
  knownAt: string | undefined,
  limit = queriesAtOnce,
) =>
  infiniteQueryOptions({
    ...first,
    queryKey: ["delivery-queries", book, knownAt, state, limit],
    queryFn: ({ pageParam, signal }) =>
      deliveriesApi.queries(book, { state, known_at: knownAt, limit, cursor: pageParam }, signal),
    getNextPageParam: following,
    placeholderData: (previous) => (previous?.pages[0]?.head.book === book ? previous : undefined),
  });

export const deliveredQuery = (book: string, knownAt: string | undefined) =>
  queryOptions({
    queryKey: ["delivered", book, knownAt],
    queryFn: ({ signal }) => deliveriesApi.delivered(book, knownAt, signal),
  });

export const uncarriedQuery = (book: string, filter: UncarriedFilter, limit: number) =>
  infiniteQueryOptions({
    ...first,
    queryKey: ["uncarried", book, filter, limit],
    queryFn: ({ pageParam, signal }) => deliveriesApi.uncarried(book, { ...filter, limit, cursor: pageParam }, signal),
    getNextPageParam: following,
    placeholderData: (previous) => (previous?.pages[0]?.head.book === book ? previous : undefined),
  });
