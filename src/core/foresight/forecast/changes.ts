import { streams, type Stream } from "../../bindingness.ts";
import { MainstayError } from "../../errors.ts";
import type { ForecastModel, ModelDecision, ModelLine } from "./model.ts";
import type { ParameterName } from "./policy.ts";

/** What is changed in a fitted model. Months are the model's own: 1 is the first; shares add up to one. */
export type Change =
  | Readonly<{ kind: "leave"; giver: string; month: number }>
  | Readonly<{ kind: "decision"; decision: string; odds: number | null; month: number | null }>
  | Readonly<{ kind: "drop"; decision: string }>
  | Readonly<{
      kind: "fund";
      id: string;
      odds: number;
      month: number; // in which it is expected to be decided
      additional: number; // the part that comes on top of what is given anyway
      stream: Stream;
      amounts: Float64Array; // by month
      shares: ReadonlyMap<string, number>;
    }>
  | Readonly<{ kind: "shares"; month: number; shares: ReadonlyMap<string, number> }>;

type Values = Readonly<Record<ParameterName, number>>;

/**
 * A model after changes, in their order. What is not changed is drawn as before, so that two forecasts differ by the changes alone.
 * @throws MainstayError scenario_without_effect
 */
export function changedModel(model: ForecastModel, changes: readonly Change[], values: Values): ForecastModel {
  return changes.reduce((before, change) => changed(before, change, values), model);
}

function changed(model: ForecastModel, change: Change, values: Values): ForecastModel {
  switch (change.kind) {
    case "leave":
      return withLeaving(model, change.giver, change.month);
    case "decision":
      return withDecision(model, change.decision, change.odds, change.month);
    case "drop":
      return withoutDecision(model, change.decision);
    case "fund":
      return withFund(model, change, values);
    case "shares":
      return withShares(model, change.month, change.shares);
  }
}

function withLeaving(model: ForecastModel, giver: string, month: number): ForecastModel {
  const index = model.givers.indexOf(giver);
  if (!model.lines.some((line) => line.giver === index))
    throw new MainstayError("scenario_without_effect", `giver ${JSON.stringify(giver)}`, { field: "giver" });
  const lines = model.lines.map((line) =>
    line.giver === index ? { ...line, leavesFrom: Math.min(month, line.leavesFrom ?? month) } : line,
  );
  return { ...model, lines };
}

function decisionIn(model: ForecastModel, id: string): number {
  const index = model.decisions.findIndex((decision) => decision.id === id);
  if (index === -1)
    throw new MainstayError("scenario_without_effect", `decision ${JSON.stringify(id)}`, { field: "decision" });
  return index;
}

/** The money of a decision that slips comes as much later. */
function withDecision(model: ForecastModel, id: string, odds: number | null, month: number | null): ForecastModel {
  const index = decisionIn(model, id);
  const before = model.decisions[index] as ModelDecision;
  const after = { ...before, odds: odds ?? before.odds, month: month ?? before.month };
  const later = Math.max(0, after.month - before.month);
  const lines = model.lines.map((line) =>
    line.decision === index ? { ...line, planned: shifted(line.planned, later) } : line,
  );
  return { ...model, decisions: model.decisions.with(index, after), lines };
}

function shifted(planned: Float64Array, later: number): Float64Array {
  const out = new Float64Array(planned.length);
  if (later < planned.length) out.set(planned.subarray(0, planned.length - later), later);
  return out;
}

/** The decision stays in the list with no odds, so that those after it are drawn as before. */
function withoutDecision(model: ForecastModel, id: string): ForecastModel {
  const index = decisionIn(model, id);
  const decision = model.decisions[index] as ModelDecision;
  return {
    ...model,
    decisions: model.decisions.with(index, { ...decision, odds: 0 }),
    lines: model.lines.filter((line) => line.decision !== index),
  };
}

function withGivers(model: ForecastModel, parties: Iterable<string>): ForecastModel {
  const strangers = [...parties].filter((party) => !model.givers.includes(party)).sort();
  return strangers.length === 0 ? model : { ...model, givers: [...model.givers, ...strangers] };
}

/** A line of a giver that nothing stands of yet. Its currency is that of its other lines. */
function emptyLine(model: ForecastModel, giver: number, stream: Stream, place: number, values: Values): ModelLine {
  const kin = model.lines.find((line) => line.giver === giver);
  const like = model.lines.find((line) => line.class === place);
  return {
    giver,
    subject: giver * streams.length + streams.indexOf(stream),
    stream,
    fundLine: null,
    class: place,
    currency: kin?.currency ?? 0,
    stock: 0,
    planned: new Float64Array(0),
    fresh: new Float64Array(0),
    realisation: { mean: values.realisationMean, concentration: values.realisationConcentration },
    delay: { medianMonths: values.delayMedianMonths, sigma: values.delaySigma },
    paceSigma: like?.paceSigma ?? values.paceSigma,
    silence: like?.silence ?? values.silence,
    revisionSigma: 0,
    leavesPerMonth: like?.leavesPerMonth ?? 0,
    leavesFrom: kin?.leavesFrom ?? null,
    decision: null,
  };
}

/** What a fund decided upon binds, and places, by its years and shares: as much of it as comes on top. */
function withFund(before: ForecastModel, fund: Extract<Change, { kind: "fund" }>, values: Values): ForecastModel {
  const model = withGivers(before, fund.shares.keys());
  const delay = { medianMonths: values.decisionDelayMonths, sigma: values.decisionDelaySigma };
  const decision = {
    id: fund.id,
    odds: fund.odds,
    month: fund.month,
    delay: fund.odds === 1 ? { medianMonths: 0, sigma: 0 } : delay,
  };
  const index = model.decisions.length;
  const places = [...model.classes.entries()].filter(([, name]) => name === "bound" || name === "placed");
  const lines = places.flatMap(([place]) =>
    [...fund.shares].map(([party, share]): ModelLine => ({
      ...emptyLine(model, model.givers.indexOf(party), fund.stream, place, values),
      planned: fund.amounts.map((amount) => amount * share * fund.additional),
      decision: index,
    })),
  );
  return { ...model, decisions: [...model.decisions, decision], lines: [...model.lines, ...lines] };
}

/** From a month on, what the members of a key give anew together is theirs by their shares; what others give stays. */
function withShares(before: ForecastModel, month: number, shares: ReadonlyMap<string, number>): ForecastModel {
  const model = withGivers(before, shares.keys());
  const members = new Map([...shares].map(([party, share]) => [model.givers.indexOf(party), share]));
  const groups = Map.groupBy(
    model.lines.filter((line) => members.has(line.giver) && line.decision === null),
    (line) => `${line.class}/${line.stream}`,
  );
  const changes = new Map<ModelLine, ModelLine>();
  const added: ModelLine[] = [];
  for (const own of groups.values()) {
    const [first] = own;
    if (first === undefined) continue;
    const together = new Float64Array(model.months);
    for (const line of own)
      for (let at = 0; at < together.length; at += 1) together[at] = (together[at] ?? 0) + (line.fresh[at] ?? 0);
    for (const [giver, share] of members) {
      const line = own.find((one) => one.giver === giver);
      const fresh = together.map((amount, at) => (at < month - 1 ? (line?.fresh[at] ?? 0) : amount * share));
      if (line !== undefined) changes.set(line, { ...line, fresh });
      else if (share > 0)
        added.push({
          ...first,
          giver,
          subject: giver * streams.length + streams.indexOf(first.stream),
          currency: model.lines.find((one) => one.giver === giver)?.currency ?? 0,
          stock: 0,
          planned: new Float64Array(0),
          fresh,
        });
    }
  }
  return { ...model, lines: [...model.lines.map((line) => changes.get(line) ?? line), ...added] };
}
