import type { PledgeReport } from "../../../src/core/views-report.ts";
import { get } from "./client.ts";

/** What a report is asked of, as the address and the API spell it. */
export type ReportAsked = Readonly<{
  fund?: string | undefined;
  group?: string | undefined;
  book?: string | undefined;
  period: string;
  known_at?: string | undefined;
  boundary?: string | undefined;
  basis?: string | undefined;
}>;

export const reportApi = {
  report: (asked: ReportAsked, forecast: boolean, signal?: AbortSignal) =>
    get<PledgeReport>("/foresight/pledge-report", { ...asked, forecast: forecast ? "yes" : "no" }, signal),
};

/** Where the same report is to be had as a file. */
export function reportFileAddress(asked: ReportAsked, format: string): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...asked, format })) if (value !== undefined) query.set(name, value);
  return `/api/v1/foresight/pledge-report?${query.toString()}`;
}
