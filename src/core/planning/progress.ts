/** Where the solving of a plan stands: the best plan so far and the bound that none can pass, null where there is none yet. */
export type SolveProgress = Readonly<{ step: string; incumbent: number | null; bound: number | null }>;
