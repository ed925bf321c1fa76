import type { Clock } from "#app/clock.ts";
import type { Database } from "#app/database.ts";
import type { PlanDesk } from "#app/planning/desk.ts";

/** The record, the clock and who acts, with the desk at which plans are solved. */
export type SolvingDesk = Readonly<{ db: Database; clock: Clock; actor: string; plans: PlanDesk }>;
