import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Progress } from "../api/forecast.ts";

export type Followed<T> = Readonly<{
  answer: T | undefined;
  progress: Progress | null; // null: nothing is under way
  error: unknown;
  isStopped: boolean;
  stop: () => void;
  again: () => void;
}>;

type Work<T> = (followed: Readonly<{ signal: AbortSignal; onProgress: (progress: Progress) => void }>) => Promise<T>;

/** Work that is begun whenever its key changes, followed as it goes, and stopped when its reader leaves or says so. A null key begins nothing. */
export function useFollowed<T>(key: readonly unknown[] | null, work: Work<T>): Followed<T> {
  const client = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);
  const [isStopped, setStopped] = useState(false);
  const queryKey = ["followed", ...(key ?? [])];
  const query = useQuery({
    queryKey,
    enabled: key !== null && !isStopped,
    queryFn: async ({ signal }) => work({ signal, onProgress: setProgress }),
    retry: false,
    staleTime: Infinity,
    placeholderData: (previous) => previous,
  });
  return {
    answer: query.data,
    progress: query.isFetching ? (progress ?? { step: "Starting", done: 0 }) : null,
    error: query.error,
    isStopped,
    stop: () => {
      setStopped(true);
      void client.cancelQueries({ queryKey });
    },
    again: () => {
      setProgress(null);
      setStopped(false);
      if (query.error !== null) void query.refetch();
    },
  };
}
