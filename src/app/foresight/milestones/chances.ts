import type { MilestoneForecast } from "#core/views-milestones.ts";
import type { Database } from "#store/database.ts";
import { askedOfForecast, type MilestoneScene } from "./known.ts";

/** Probabilities by milestone, and where they come from. */
export type Chances = Readonly<{ byId: ReadonlyMap<string, number>; forecast: MilestoneForecast }>;

const none = (says: string): Chances => ({ byId: new Map(), forecast: { state: "none", says } });

/** What the standing forecast gives the milestones that it can speak of. */
export async function chancesOf(_db: Database, scene: MilestoneScene, wanted: boolean): Promise<Chances> {
  if (!wanted) return none("The forecast was not asked; every probability is unknown.");
  if (askedOfForecast(scene).length === 0)
    return none("No milestone to come has a condition that a forecast can speak of; every probability is unknown.");
  return none("There is no forecast yet; every probability is unknown.");
}
