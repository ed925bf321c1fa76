import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { useGroups } from "../frame/hooks.ts";

export const proceduresQuery = {
  queryKey: ["procedures"],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.procedures(signal),
} as const;
export const keysQuery = {
  queryKey: ["keys"],
  queryFn: ({ signal }: { signal: AbortSignal }) => api.keys(signal),
} as const;

/** Titles for the names that terms use; the name itself while its list is not here, or where it is on none. */
export type Names = Readonly<{
  group: (slug: string) => string;
  procedure: (id: string) => string;
  key: (id: string) => string;
}>;

export function useNames(): Names {
  const groups = useGroups().data ?? [];
  const procedures = useQuery(proceduresQuery).data ?? [];
  const keys = useQuery(keysQuery).data?.keys ?? [];
  return {
    group: (slug) => groups.find((one) => one.slug === slug)?.name ?? slug,
    procedure: (id) => procedures.find((one) => one.id === id)?.title ?? id,
    key: (id) => keys.find((one) => one.id === id)?.title ?? (id.trimStart().startsWith("{") ? "a key of its own" : id),
  };
}
