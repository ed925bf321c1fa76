import type { FrameText } from "#core/frame.ts";
import type { PredictabilityView } from "#core/views-predictability.ts";
import type { Database } from "#store/database.ts";

/** What a person may ask, as text. Without periods: the last calendar year that was over on the last day known. */
export type PredictabilityQuestion = FrameText &
  Readonly<{
    book: string;
    by?: string | undefined; // giver, fund or stream; giver without it
    periods?: readonly string[] | undefined; // each 2023, 2023H2 or FROM/TO
    giver?: string | undefined; // only this giver: id, name or alias
    fund?: string | undefined; // only this fund
    stream?: string | undefined; // only this stream
  }>;

/**
 * The indicators of predictability by giver, fund or stream, in each period, and over all of them together: each figure exact, or unknown
 * or not scheduled with the reason in words.
 */
export async function predictability(_db: Database, _question: PredictabilityQuestion): Promise<PredictabilityView> {
  return Promise.reject(new Error("not yet"));
}
