import type { ChangeList, MilestoneList, MilestoneView } from "../../../src/core/views-milestones.ts";
import { actorKept } from "../parts/acting-as.tsx";
import { apiAddress, get, post } from "./client.ts";

/** What narrows milestones to those of a fund, a nation and so on. */
export type MilestoneFilter = Readonly<{
  fund?: string | undefined;
  nation?: string | undefined;
  kind?: string | undefined;
  state?: string | undefined;
  q?: string | undefined;
}>;
type Fields = Readonly<Record<string, unknown>>;
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
  state: (book: string, fields: Fields) =>
    post<MilestoneView>("/foresight/milestones", { ...fields, book, actor: actorKept() }),
  change: (book: string, milestone: string, fields: Fields) =>
    post<MilestoneView>(`/foresight/milestones/${encodeURIComponent(milestone)}/changes`, {
      ...fields,
      book,
      actor: actorKept(),
    }),
  act: (book: string, milestone: string, fields: Fields) =>
    post<MilestoneView>(`/foresight/milestones/${encodeURIComponent(milestone)}/acts`, {
      ...fields,
      book,
      actor: actorKept(),
    }),
  feed: (ending: "atom" | "ics" | "csv", book: string, { fund, nation }: Pick<MilestoneFilter, "fund" | "nation">) =>
    apiAddress(`/foresight/milestones.${ending}`, ending === "csv" ? { book } : { book, fund, nation }),
} as const;
