import { useEffect, useState } from "react";
import type { Progress } from "../api/forecast.ts";

export type Followed<T> = Readonly<{
  answer: T | undefined;
  progress: Progress | null;
  error: unknown;
  isStopped: boolean;
  stop: () => void;
  again: () => void;
}>;

type State<T> = Readonly<{
  key: string;
  answer: T | undefined;
  progress: Progress | null;
  error: unknown;
  isStopped: boolean;
}>;
type Work<T> = (followed: Readonly<{ signal: AbortSignal; onProgress: (progress: Progress) => void }>) => Promise<T>;

/** Work that is begun whenever `key` changes, followed as it goes, and stopped when its reader leaves or says so. An empty key begins nothing. */
export function useFollowed<T>(key: string, work: Work<T>): Followed<T> {
  const empty: State<T> = { key, answer: undefined, progress: null, error: null, isStopped: false };
  const [state, setState] = useState<State<T>>(empty);
  const [attempt, setAttempt] = useState(0);
  const [stopper, setStopper] = useState<AbortController | null>(null);
  useEffect(() => {
    if (key === "") return undefined;
    const control = new AbortController();
    setStopper(control);
    setState((before) => ({ ...before, key, progress: { step: "Starting", done: 0 }, error: null, isStopped: false }));
    const set = (change: Partial<State<T>>) => {
      if (!control.signal.aborted) setState((before) => ({ ...before, ...change }));
    };
    work({ signal: control.signal, onProgress: (progress) => set({ progress }) }).then(
      (answer) => set({ answer, progress: null }),
      (error: unknown) => set({ error, progress: null }),
    );
    return () => control.abort();
    // The key says all that the work hangs on.
  }, [key, attempt]);
  return {
    answer: state.answer,
    progress: state.progress,
    error: state.error,
    isStopped: state.isStopped,
    stop: () => {
      stopper?.abort();
      setState((before) => ({ ...before, progress: null, isStopped: true }));
    },
    again: () => setAttempt((number) => number + 1),
  };
}
