import { useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { useGroups } from "../frame/hooks.ts";
import { fundQuery } from "../funds/queries.ts";

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
    key: (id) => keys.find((one) => one.id === id)?.title ?? ownKey(id) ?? id,
  };
}

/** A fund for the words about it: its title, its currency and its lines; names alone while it is not here. */
export function useFundNames(id: string): Readonly<{
  title: string;
  currency: string | null;
  line: (line: string) => string;
}> {
  const fund = useQuery(fundQuery(id, undefined)).data;
  return {
    title: fund?.title ?? id,
    currency: fund?.currency ?? null,
    line: (line) => fund?.lines.find((one) => one.id === line)?.title ?? line,
  };
}

/** What a key that is written out calls itself; null for the name of one. */
export function ownKey(text: string): string | null {
  if (!text.trimStart().startsWith("{")) return null;
  try {
    const { title } = JSON.parse(text) as Readonly<{ title?: unknown }>;
    return typeof title === "string" ? title : "a key of its own";
  } catch {
    return "a key of its own";
  }
}
