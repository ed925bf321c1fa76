import type { ChangeList, MilestoneList, MilestoneView } from "../../../src/core/views-milestones.ts";
import { apiAddress, get } from "./client.ts";

/** What narrows milestones to those of a fund, a nation and so on. */
export type MilestoneFilter = Readonly<{
  fund?: string | undefined;
  nation?: string | undefined;
  kind?: string | undefined;
  state?: string | undefined;
  q?: string | undefined;
}>;
type Known = Readonly<{ known_at?: string | undefined }>;
/** `true`: with the forecast's probabilities, which take a while. */
type Asking = Readonly<{ forecast?: "true" | undefined }>;
type Paged = Readonly<{ limit?: number | undefined; cursor?: string | undefined }>;

export const milestonesApi = {
  list: (book: string, ask: MilestoneFilter & Known & Asking & Paged, signal?: AbortSignal) =>
    get<MilestoneList>("/foresight/milestones", { book, ...ask }, signal),
  one: (book: string, milestone: string, ask: Known & Asking, signal?: AbortSignal) =>
    get<MilestoneView>(`/foresight/milestones/${encodeURIComponent(milestone)}`, { book, ...ask }, signal),
  changes: (
    book: string,
    ask: Pick<MilestoneFilter, "fund" | "nation"> &
      Known &
      Paged &
      Readonly<{ since: string; clock: "known" | "recorded" }>,
    signal?: AbortSignal,
  ) => get<ChangeList>("/foresight/changes", { book, ...ask }, signal),
  feed: (ending: "atom" | "ics" | "csv", book: string, { fund, nation }: Pick<MilestoneFilter, "fund" | "nation">) =>
    apiAddress(`/foresight/milestones.${ending}`, ending === "csv" ? { book } : { book, fund, nation }),
} as const;
