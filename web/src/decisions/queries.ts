import { queryOptions } from "@tanstack/react-query";
import { api } from "../api/client.ts";

// What others enter shows without a reload; each answer also sets the clocks anew.
const fresh = { staleTime: 5_000, refetchInterval: 30_000, refetchOnWindowFocus: true } as const;

export const calendarQuery = (book: string) =>
  queryOptions({ queryKey: ["decisions", book], queryFn: ({ signal }) => api.decisions(book, signal), ...fresh });

export const decisionQuery = (id: string) =>
  queryOptions({ queryKey: ["decision", id], queryFn: ({ signal }) => api.decision(id, signal), ...fresh });

/** Waits a moment before it asks again: the record settles a silence that ran out as soon as it is asked. */
export function soon(ask: () => unknown): void {
  setTimeout(() => void ask(), 1500);
}
