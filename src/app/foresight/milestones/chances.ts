import { MainstayError } from "#core/errors.ts";
import type { MilestoneForecast } from "#core/views-milestones.ts";
import type { Database } from "#store/database.ts";
import { largestHorizon, standingForecast, usualHorizon } from "../forecast.ts";
import { askedOfForecast, type AskedMilestone, type MilestoneScene } from "./known.ts";

/** Probabilities by milestone, why others are unknown, and where all of it comes from. */
export type Chances = Readonly<{
  byId: ReadonlyMap<string, number>;
  unknown: ReadonlyMap<string, string>;
  forecast: MilestoneForecast;
}>;

const none = (says: string): Chances => ({ byId: new Map(), unknown: new Map(), forecast: { state: "none", says } });

/** What the standing forecast gives the milestones that it can speak of. */
export async function chancesOf(
  db: Database,
  scene: MilestoneScene,
  wanted: boolean,
  signal?: AbortSignal,
): Promise<Chances> {
  if (!wanted) return none("The forecast was not asked; every probability is unknown.");
  const asked = askedOfForecast(scene);
  if (asked.length === 0)
    return none("No milestone to come has a condition that a forecast can speak of; every probability is unknown.");
  const { book, knownAt } = scene.cut.head;
  try {
    const order = {
      book,
      knownAt: knownAt ?? undefined,
      horizonMonths: horizonOf(asked, scene.today),
      milestones: asked,
      record: false,
    };
    const { milestones } = await standingForecast(db, order, { signal });
    return {
      byId: new Map(milestones.flatMap(({ id, probability }) => (probability === null ? [] : [[id, probability]]))),
      unknown: new Map(milestones.flatMap(({ id, reason }) => (reason === null ? [] : [[id, reason]]))),
      forecast: {
        state: "given",
        says: "Probabilities are estimates of the standing forecast; its own record is on the page of the forecast.",
      },
    };
  } catch (error) {
    if (!(error instanceof MainstayError) || error.code === "forecast_cancelled") throw error;
    return none(`There is no forecast, so every probability is unknown: ${error.message}`);
  }
}

/** Months from a day to the last of the milestones, at least as many as are usual. */
function horizonOf(asked: readonly AskedMilestone[], today: string): number {
  const month = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  const last = Math.max(...asked.map(({ on }) => month(on) - month(today) + 1));
  return Math.min(largestHorizon, Math.max(usualHorizon, last));
}
