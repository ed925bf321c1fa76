import { logarithm, normalProbability } from "#core/foresight/forecast/elementary.ts";
import type { ForecastModel, ModelDecision } from "#core/foresight/forecast/model.ts";
import { monthNumber } from "#core/foresight/forecast/months.ts";
import type { Task } from "#core/foresight/forecast/tasks.ts";
import type { AmountCondition, MilestoneCondition, NeedCondition } from "#core/foresight/milestones/condition.ts";
import { daysInMonth } from "#core/frame.ts";
import type { ForecastFrame } from "./frame.ts";

/** A milestone by its day, and what has to hold by then. */
export type MilestoneAsked = Readonly<{ id: string; on: string; condition: MilestoneCondition }>;

/** How a milestone's probability is found: by a task, at once, or not at all and why. */
export type ChanceAsked = Readonly<
  | { kind: "task"; id: string; task: Task }
  | { kind: "known"; id: string; probability: number; reason: string | null }
  | { kind: "unknown"; id: string; reason: string }
>;

export function milestoneChances(
  frame: ForecastFrame,
  models: Readonly<Record<string, ForecastModel>>,
  milestones: readonly MilestoneAsked[],
  quantities: ReadonlyMap<string, number>, // of needs
): ChanceAsked[] {
  return milestones.map((milestone) => chanceOf(frame, models, milestone, quantities));
}

function chanceOf(
  frame: ForecastFrame,
  models: Readonly<Record<string, ForecastModel>>,
  { id, on, condition }: MilestoneAsked,
  quantities: ReadonlyMap<string, number>,
): ChanceAsked {
  switch (condition?.kind) {
    case "amount":
      return amountChance(frame, models, id, on, condition);
    case "need":
      return needChance(frame, models, id, on, condition, quantities);
    case "decision":
      return decisionChance(frame, id, on, condition.decision);
    case undefined:
      return { kind: "unknown", id, reason: "It names nothing that the forecast can speak of." };
  }
}

/** The last month that is over by the end of a day. */
function monthOverBy(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return monthNumber(day) - (date < daysInMonth(year, month) ? 1 : 0);
}

const perMinor = 100;

function amountChance(
  frame: ForecastFrame,
  models: Readonly<Record<string, ForecastModel>>,
  id: string,
  on: string,
  { class: wanted, unit, amount, donor, fund, stream }: AmountCondition,
): ChanceAsked {
  const unknown = (reason: string): ChanceAsked => ({ kind: "unknown", id, reason });
  if (unit !== frame.known.unit) return unknown(`The forecast is in ${frame.known.unit}, not in ${unit}.`);
  const name = fund === undefined ? "main" : "funds";
  const model = models[name];
  const place = model?.classes.indexOf(wanted) ?? -1;
  if (model === undefined || place === -1) {
    return unknown(
      fund === undefined
        ? `Nothing on record says what is ${wanted}.`
        : `Of payments into ${fund} the forecast tells only what is paid (moved).`,
    );
  }
  const giver = donor === undefined ? null : model.givers.indexOf(donor);
  const lines = model.lines.flatMap((line, index) =>
    line.class === place &&
    (giver === null || line.giver === giver) &&
    (stream === undefined || line.stream === stream) &&
    (fund === undefined || line.fundLine?.startsWith(`${fund}/`) === true)
      ? [index]
      : [],
  );
  if (lines.length === 0) return unknown("Nothing on record is of that giver, fund or stream.");
  const base = name === "main" ? frame.fitted.base : frame.known.now;
  const month = monthOverBy(on) - base - 1;
  if (month >= model.months) return unknown("Its day is beyond the last month of the forecast.");
  const least = Number(amount) / perMinor;
  const isRecorded = name === "main" && monthOverBy(on) <= (frame.fitted.recordTo.get(wanted) ?? base);
  if (month < 0 || isRecorded) {
    const stands = lines.reduce((sum, index) => sum + (model.lines[index]?.stock ?? 0), 0);
    return {
      kind: "known",
      id,
      probability: stands >= least ? 1 : 0,
      reason: "Its day is not after what the record reaches: as on record.",
    };
  }
  const whole = giver === null && stream === undefined && fund === undefined;
  return {
    kind: "task",
    id,
    task: { kind: "chance", model: name, lines: whole ? null : lines, class: place, month, least },
  };
}

function needChance(
  frame: ForecastFrame,
  models: Readonly<Record<string, ForecastModel>>,
  id: string,
  on: string,
  { need, share }: NeedCondition,
  quantities: ReadonlyMap<string, number>,
): ChanceAsked {
  const model = models["needs"];
  const lines = (model?.lines ?? []).flatMap((line, index) => (line.fundLine === need ? [index] : []));
  const quantity = quantities.get(need);
  if (model === undefined || lines.length === 0 || quantity === undefined)
    return { kind: "unknown", id, reason: `No need ${need} is on record.` };
  const month = monthOverBy(on) - frame.known.now - 1;
  if (month >= model.months)
    return { kind: "unknown", id, reason: "Its day is beyond the last month of the forecast." };
  const least = (quantity * Number(share[0])) / Number(share[1]);
  if (month < 0) {
    const received = lines.reduce((sum, index) => sum + (model.lines[index]?.stock ?? 0), 0);
    return { kind: "known", id, probability: received >= least ? 1 : 0, reason: "Its day is past: as on record." };
  }
  return { kind: "task", id, task: { kind: "chance", model: "needs", lines, class: 0, month, least } };
}

/** In closed form: the odds, times the probability that the delay from the month expected is over by the day. */
function decisionChance(frame: ForecastFrame, id: string, on: string, wanted: string): ChanceAsked {
  const decision = frame.model.decisions.find((one) => one.id === wanted);
  if (decision === undefined)
    return { kind: "unknown", id, reason: `The decision ${wanted} is not open on the day the forecast is known at.` };
  const ahead = monthOverBy(on) - frame.fitted.base - decision.month + 1;
  return { kind: "known", id, probability: takenWithin(decision, ahead), reason: null };
}

function takenWithin({ odds, delay: { medianMonths, sigma } }: ModelDecision, months: number): number {
  if (months < 0) return 0;
  if (medianMonths === 0) return odds;
  if (months === 0) return 0;
  if (sigma === 0) return months >= medianMonths ? odds : 0;
  return odds * normalProbability((logarithm(months) - logarithm(medianMonths)) / sigma);
}
