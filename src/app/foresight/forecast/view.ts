import { bindingClasses, type BindingClass } from "#core/bindingness.ts";
import { drivers, type Driver } from "#core/foresight/forecast/model.ts";
import { monthText } from "#core/foresight/forecast/months.ts";
import type { ForecastPolicy, ParameterName } from "#core/foresight/forecast/policy.ts";
import type { Band } from "#core/foresight/forecast/quantiles.ts";
import type { ForecastScenario } from "#core/foresight/forecast/scenario.ts";
import type { Answer, Task } from "#core/foresight/forecast/tasks.ts";
import type {
  ClassFan,
  DriverShare,
  FanPoint,
  ForecastView,
  GiverFan,
  MilestoneChance,
  NeedChance,
  Parameter,
  RecordSummary,
} from "#core/views-forecast.ts";
import type { Database } from "#store/database.ts";
import { coverageAt } from "#store/figures.ts";
import { partyNames } from "#store/register.ts";
import { unknownReason } from "../../totals.ts";
import type { ForecastFrame } from "./frame.ts";
import { queryAt } from "./known.ts";
import type { ForecastPlan } from "./plan.ts";

type Answers = readonly (readonly Answer[Task["kind"]][])[];

const rounding = 1000;

/** An estimate in major units, to the thousand. */
export function estimate(amount: number): string {
  return String(Math.round(amount / rounding) * rounding + 0);
}

const driverTitles: Readonly<Record<Driver, string>> = {
  common: "What all givers have in common",
  pace: "Each giver's pace of new giving",
  realisation: "How much of what is promised comes",
  delay: "How late it comes",
  withdrawal: "Givers that stop",
  rates: "Exchange rates",
  decisions: "Decisions still open",
  revision: "Revisions of what is on record",
};

/** What a forecast answers, from what came of its tasks. */
export async function forecastView(
  db: Database,
  frame: ForecastFrame,
  plan: ForecastPlan,
  answers: Answers,
  {
    policy,
    scenario,
    record,
  }: Readonly<{ policy: ForecastPolicy; scenario: ForecastScenario | undefined; record: RecordSummary | null }>,
): Promise<ForecastView> {
  const { book, day, fitted, model, known, bookNo } = frame;
  const [, bands, givers, streams, lines, needs, milestones, shares] = answers;
  const names = await partyNames(db);
  const coverage = await coverageAt(db, queryAt(bookNo, day));
  const monthsOf = (months: readonly number[]) => months.map((month) => monthText(fitted.base + 1 + month));
  const every = Array.from({ length: model.months }, (_, month) => month);
  const stockOf = (place: number, is: (line: (typeof model.lines)[number]) => boolean) =>
    model.lines.reduce((sum, line) => (line.class === place && is(line) ? sum + line.stock : sum), 0);
  const fansOf = (
    found: readonly (readonly Band[])[],
    months: readonly number[],
    is: (line: (typeof model.lines)[number]) => boolean,
  ): ClassFan[] =>
    model.classes.flatMap((name, place): ClassFan[] =>
      model.lines.some((line) => line.class === place && is(line))
        ? [knownFan(name, found[place] ?? [], monthsOf(months), stockOf(place, is), fitted.recordTo.get(name))]
        : [],
    );
  const wholeFans = fansOf((bands ?? []) as (readonly Band[])[], every, () => true);
  return {
    book: book.slug,
    title: book.title,
    synthetic: book.synthetic,
    knownAt: day,
    recordTo: monthText((frame.target === null ? undefined : fitted.recordTo.get(frame.target)) ?? fitted.base),
    nowMonth: monthText(known.now),
    months: monthsOf(every),
    unit: known.unit,
    paths: plan.work.running.paths,
    seed: plan.work.running.seed,
    scenario: scenario === undefined ? null : { id: scenario.id, title: scenario.title, changes: frame.says },
    driverClass: frame.target,
    classes: bindingClasses.map(
      (name) =>
        wholeFans.find((fan) => fan.class === name) ?? {
          class: name,
          onRecord: null,
          recordTo: null,
          reason: unknownReason(name, coverage),
          fan: [],
        },
    ),
    givers: plan.givers
      .map((giver, at): GiverFan => {
        const id = model.givers[giver] ?? "";
        const found = groupAt(givers, at);
        return {
          giver: id,
          name: names.get(id) ?? id,
          currency: currencyOf(frame, giver),
          history: fitted.history.get(id) ?? 0,
          ownWeight: rounded(fitted.ownWeight.get(id) ?? 0),
          shareOfSpread: found.shareOfSpread === null ? null : rounded(found.shareOfSpread),
          classes: fansOf(found.bands, plan.kept, (line) => line.giver === giver),
        };
      })
      .sort(
        (one, other) => (other.shareOfSpread ?? 0) - (one.shareOfSpread ?? 0) || (one.giver < other.giver ? -1 : 1),
      ),
    streams: plan.streams.map((stream, at) => ({
      stream,
      classes: fansOf(groupAt(streams, at).bands, every, (line) => line.stream === stream),
    })),
    lines: plan.fundLines.map(({ fund, line, title }, at) => {
      const found = groupAt(lines, at).bands[0] ?? [];
      const stands = (plan.work.models["funds"]?.lines ?? []).reduce(
        (sum, one) => (one.fundLine === `${fund}/${line}` ? sum + one.stock : sum),
        0,
      );
      const months = found.map((_, month) => monthText(known.now + 1 + month));
      return { fund, line, title, classes: [knownFan("moved", found, months, stands, known.now)] };
    }),
    needs: needChances(plan, known.now, (needs ?? []) as Answer["chance"][]),
    milestones: milestoneView(plan, (milestones ?? []) as Answer["chance"][]),
    decisions: frame.decisions,
    drivers: driverShares((shares ?? []) as (number | null)[]),
    parameters: parametersOf(frame, policy),
    record,
    limits: limitsOf(frame),
  };
}

/** What came of a stage's task of kind `group`. */
function groupAt(stage: Answers[number] | undefined, at: number): Answer["group"] {
  const found = stage?.[at] as Answer["group"] | undefined;
  return found ?? { bands: [], shareOfSpread: null };
}

function currencyOf({ model }: ForecastFrame, giver: number): string {
  const line = model.lines.find((one) => one.giver === giver);
  return model.currencies[line?.currency ?? 0]?.code ?? "";
}

function knownFan(
  name: BindingClass,
  bands: readonly Band[],
  months: readonly string[],
  stock: number,
  recordTo: number | undefined,
): ClassFan {
  const to = recordTo === undefined ? null : monthText(recordTo);
  const fan = bands.flatMap((band, at): FanPoint[] => {
    const month = months[at] ?? "";
    return to !== null && month <= to ? [] : [pointOf(month, band)];
  });
  return { class: name, onRecord: estimate(stock), recordTo: to, reason: null, fan };
}

function pointOf(month: string, { p10, p50, p90, mean }: Band): FanPoint {
  return { month, p10: estimate(p10), p50: estimate(p50), p90: estimate(p90), mean: estimate(mean) };
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000 + 0;
}

function needChances({ needs }: ForecastPlan, now: number, answers: readonly Answer["chance"][]): NeedChance[] {
  return needs.map(({ need, title, book, untilDay, quantity, received, until, delivers }, at): NeedChance => {
    const common = { need, title, book, until: untilDay, quantity, received: delivers ? received : null };
    const isPast = until <= now;
    if (isPast && !delivers)
      return {
        ...common,
        expected: null,
        probability: null,
        reason: "Its day is past, and the book holds no deliveries.",
      };
    if (isPast) {
      const probability = received >= quantity ? 1 : 0;
      return { ...common, expected: received, probability, reason: "Its day is past: as on record." };
    }
    const answer = answers[at];
    return {
      ...common,
      expected: Math.round(answer?.mean ?? received),
      probability: rounded(answer?.probability ?? 0),
      reason: delivers ? null : "Nothing is placed yet: by all that is offered and fits.",
    };
  });
}

function milestoneView({ chances }: ForecastPlan, answers: readonly Answer["chance"][]): MilestoneChance[] {
  const left = [...answers];
  return chances.map((chance): MilestoneChance => {
    if (chance.kind === "unknown") return { id: chance.id, probability: null, reason: chance.reason };
    if (chance.kind === "known")
      return { id: chance.id, probability: rounded(chance.probability), reason: chance.reason };
    return { id: chance.id, probability: rounded(left.shift()?.probability ?? 0), reason: null };
  });
}

function driverShares(shares: readonly (number | null)[]): DriverShare[] {
  return drivers
    .flatMap((driver, at): DriverShare[] => {
      const share = shares[at];
      return share === null || share === undefined
        ? []
        : [{ driver, title: driverTitles[driver], share: rounded(share) }];
    })
    .sort((one, other) => other.share - one.share);
}

const parameterTitles: Readonly<Record<ParameterName, string>> = {
  realisationMean: "Share of what is promised that comes, on the mean",
  realisationConcentration: "How firmly: as if so many promises had been watched",
  delayMedianMonths: "Months late, at the median",
  delaySigma: "Spread of the lateness (of its logarithm)",
  paceSigma: "Spread of a year's new giving around a giver's rate (of its logarithm)",
  silence: "Chance that a year brings nothing new of a giver in a stream",
  giverSigma: "Spread of givers' rates around their group's (of its logarithm)",
  paceWeight: "Weight of those three as stated, in observations",
  withdrawalPerYear: "Chance that a giver stops for good within a year",
  revisionSigma: "Revision of what is on record (relative)",
  commonShare: "Share of the variance that givers have in common",
  openPromiseMonths: "Months over which an announcement without dates is bound",
  openPromiseAge: "Months after which an announcement is taken to stand in the totals",
  decisionDelayMonths: "Months that a decision comes later, at the median",
  decisionDelaySigma: "Spread of that (of its logarithm)",
  proposalOdds: "Odds that a proposal under way is adopted",
};

function parametersOf({ fitted, model, known }: ForecastFrame, policy: ForecastPolicy): Parameter[] {
  const stated = Object.entries(policy.parameters).map(([key, { value, source }]): Parameter => {
    const name = key as ParameterName;
    const found = fitted.figures[name];
    return found === undefined
      ? { name, title: parameterTitles[name], value: String(value), origin: "policy", source }
      : {
          name,
          title: parameterTitles[name],
          value: String(rounded(found.value)),
          origin: "both",
          source: `Stated ${value}, drawn toward ${found.seen} observations on record. ${source}`,
        };
  });
  const rates = model.currencies.slice(1).map(({ code, monthlyVolatility }): Parameter => {
    const own = known.volatilities.get(code);
    return {
      name: `volatility.${code}`,
      title: `Monthly change of the rate of ${code} (standard deviation)`,
      value: String(rounded(monthlyVolatility)),
      origin: own === undefined ? "policy" : "record",
      source: own === undefined ? policy.volatilities.source : `${own.rates} months of reference rates on record.`,
    };
  });
  return [...stated, ...rates];
}

function limitsOf({ fitted, known, book, target }: ForecastFrame): string[] {
  const recordTo = (target === null ? undefined : fitted.recordTo.get(target)) ?? fitted.base;
  const behind = known.now - recordTo;
  return [
    "Every figure is an estimate, rounded to a thousand; the spread is that of the model, not of what the model leaves out.",
    ...(behind > 1
      ? [
          `What is ${target ?? "forecast"} is on record to ${monthText(recordTo)}: ${behind} of the months shown are past, and what came in them is not on record.`,
        ]
      : []),
    "Classes are forecast each from its own course; in single paths a firmer class may come out above a looser one.",
    ...(book.synthetic ? ["The book is made up."] : []),
  ];
}
