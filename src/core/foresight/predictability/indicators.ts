import type { IndicatorId } from "../../views-predictability.ts";
import { adHoc, earmarks } from "./money-in.ts";
import { annual } from "./annual.ts";
import { burden } from "./burden.ts";
import { concentration } from "./concentration.ts";
import type { Facts, NeedFact } from "./facts.ts";
import type { Drawn } from "./figure.ts";
import { forwardCoverage } from "./forward-coverage.ts";
import { lateness } from "./lateness.ts";
import { mediumTerm } from "./medium-term.ts";
import { earlier, type Period } from "./period.ts";
import { realisation } from "./realisation.ts";
import { revisions } from "./revisions.ts";
import type { Scope } from "./scope.ts";
import type { Dated } from "./spans.ts";
import { volatility } from "./volatility.ts";

const drawings: Readonly<Record<IndicatorId, (scope: Scope) => Drawn>> = {
  annual,
  "medium-term": mediumTerm,
  lateness,
  realisation,
  revisions,
  volatility,
  "ad-hoc": adHoc,
  "forward-coverage": forwardCoverage,
  concentration,
  burden,
  earmarks,
};

/** One indicator of one scope, with the rows it is drawn from. */
export function draw(indicator: IndicatorId, scope: Scope): Drawn {
  return drawings[indicator](scope);
}

/** Whose figures: of all, or of one giver, fund or stream. */
export type Subject = Readonly<{ side: "all" } | { side: "giver" | "fund" | "stream"; id: string }>;

/** What is told of a subject in a period. `standing` is what stands of the facts' stated rows; `needs` as covered on the period's last day. */
export function scopeOf(
  facts: Facts,
  standing: readonly Dated[],
  { period, needs }: Readonly<{ period: Period; needs: readonly NeedFact[] }>,
  subject: Subject,
): Scope {
  const base = { facts, period, cutoff: earlier(period.until, facts.knownTo), giver: null, fund: null, stream: null };
  const everything = { standing, dues: facts.dues };
  const of = { stated: facts.stated, steps: facts.steps, needs, ...everything };
  if (subject.side === "all") return { ...base, ...of, whole: everything };
  const { side, id } = subject;
  if (side === "giver") {
    const own = <Row extends Readonly<{ giver: string }>>(rows: readonly Row[]) =>
      rows.filter((row) => row.giver === id);
    return {
      ...base,
      giver: id,
      stated: own(facts.stated),
      standing: own(standing),
      dues: own(facts.dues),
      steps: own(facts.steps),
      needs: [],
      whole: everything,
    };
  }
  if (side === "stream") {
    const own = <Row extends Readonly<{ stream: string }>>(rows: readonly Row[]) =>
      rows.filter((row) => row.stream === id);
    const whole = { standing: own(standing), dues: own(facts.dues) };
    return {
      ...base,
      ...whole,
      stream: id,
      stated: own(facts.stated),
      steps: own(facts.steps),
      needs: own(needs),
      whole,
    };
  }
  const party = facts.funds.find((fund) => fund.id === id)?.party;
  const ofParty = <Row extends Readonly<{ giver: string }>>(rows: readonly Row[]) =>
    rows.filter((row) => row.giver === party);
  const whole = { standing: ofParty(standing), dues: facts.dues.filter((due) => due.fund === id) };
  const steps = facts.steps.filter((step) => step.fund === id);
  return { ...base, ...whole, fund: id, stated: ofParty(facts.stated), steps, needs: [], whole };
}
