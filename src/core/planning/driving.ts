import type { SolveProgress } from "./progress.ts";
import type { Solve } from "./solving.ts";

/** How near to the bound is near enough, where nothing is asked. */
export const usualGap = 0.005;

/** How a plan is sought. */
export type PlanOptions = Readonly<{
  gap: number | null; // good enough when (bound - score) / bound is no more; the usual for the size where null
  seconds: number | null; // the best there is by then; no limit where null
}>;

/**
 * What a driver asks of its surroundings: how many seconds have gone (the core has no clock), whether it is to stop, who is to know how far it is,
 * and a moment for others between two solves.
 */
export type Hooks = Readonly<{
  elapsed: () => number;
  stopped: () => boolean;
  onProgress: (progress: SolveProgress) => void;
  pause: () => Promise<void>;
}>;

/** The same solver, kept to the time that is left, and stopped with all the rest. */
export function timed(solve: Solve, { seconds }: PlanOptions, { elapsed, stopped }: Hooks): Solve {
  return (model, how) => {
    const left = seconds === null ? {} : { seconds: Math.max(0.1, seconds - elapsed()) };
    return solve(model, { ...how, ...left, stopped });
  };
}

/** Nobody looks, nothing stops. */
export const quietly: Hooks = {
  elapsed: () => 0,
  stopped: () => false,
  onProgress: () => undefined,
  pause: async () => undefined,
};
