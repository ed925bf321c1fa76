import type { ReportPeriod } from "#core/foresight/report/period.ts";
import type { Book } from "#core/views.ts";
import type { StoredFund } from "#store/funds/funds.ts";
import type { CheckedQuestion } from "../totals.ts";

/** A question of a report, checked. */
export type AskedReport = Readonly<{
  asked: CheckedQuestion;
  book: Book;
  period: ReportPeriod;
  asOf: string;
  knownAt: string;
  knownBefore: string; // the first instant no longer known
  fund: StoredFund | null;
  group: Readonly<{
    slug: string;
    name: string;
    members: readonly Readonly<{ party: string; name: string; role: string; from: string | null; to: string | null }>[];
  }> | null;
  boundaryGroup: string | undefined; // the name of the group that the boundary is drawn by
  key: string | undefined;
  until: string | undefined; // to which day the forecast looks
}>;
