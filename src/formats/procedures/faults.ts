import { clock, conditionsOf, measuresOf, type Procedure } from "#core/decisions/procedure.ts";

/** What does not hold together in a procedure, and in which field. */
export type Fault = Readonly<{ found: string; field: string }>;

/** The first thing in a well-formed procedure that contradicts another, null when it holds together. */
export function faultOf(procedure: Procedure): Fault | null {
  return (
    datesFault(procedure) ??
    stepsFault(procedure) ??
    waysFault(procedure) ??
    silenceFault(procedure) ??
    ruleFault(procedure)
  );
}

function datesFault({ validFrom, validTo }: Procedure): Fault | null {
  return validTo !== null && validTo < validFrom
    ? { found: `${validTo}, before ${validFrom}`, field: "validTo" }
    : null;
}

function stepsFault({ steps, start }: Procedure): Fault | null {
  const twice = steps.find((step, index) => steps.findIndex((one) => one.id === step.id) !== index);
  if (twice !== undefined) return { found: `the step ${twice.id} twice`, field: "steps" };
  if (!steps.some((step) => step.id === start)) return { found: `a start ${start} that is no step`, field: "start" };
  return steps.some((step) => step.kind === "adopted") ? null : { found: "no step that is adopted", field: "steps" };
}

function waysFault({ steps, start, transitions, records }: Procedure): Fault | null {
  const known = new Set(steps.map((step) => step.id));
  const unknown = transitions.flatMap((way) => [...way.from, way.to]).find((step) => !known.has(step));
  if (unknown !== undefined) return { found: `the step ${unknown}, which is not listed`, field: "transitions" };
  const nowhere = records.flatMap((one) => one.in).find((step) => !known.has(step));
  if (nowhere !== undefined) return { found: `the step ${nowhere}, which is not listed`, field: "records" };
  if (transitions.some((way) => way.on === "opened"))
    return { found: "an opening after the start", field: "transitions" };
  const reached = new Set([start]);
  for (const step of reached) for (const way of transitions) if (way.from.includes(step)) reached.add(way.to);
  const lost = steps.find((step) => !reached.has(step.id));
  return lost === undefined ? null : { found: `the step ${lost.id}, to which nothing leads`, field: "transitions" };
}

/** A silence starts with an expiry and ends by the clock; nothing else does either. */
function silenceFault({ steps, transitions }: Procedure): Fault | null {
  const kinds = new Map(steps.map((step) => [step.id, step.kind]));
  const starting = ["silence-started", "silence-extended", "re-issued"];
  for (const way of transitions) {
    const into = kinds.get(way.to) === "silence";
    if (into !== starting.includes(way.on)) return { found: `${way.on} leading to ${way.to}`, field: "transitions" };
    const extends_ = way.on === "silence-extended" || way.on === clock || way.on === "objection";
    const elsewhere = extends_ ? way.from.find((step) => kinds.get(step) !== "silence") : undefined;
    if (elsewhere !== undefined)
      return { found: `${way.on} in the step ${elsewhere}, which is not under silence`, field: "transitions" };
  }
  const endless = steps.find(
    (step) => step.kind === "silence" && !transitions.some((way) => way.on === clock && way.from.includes(step.id)),
  );
  return endless === undefined ? null : { found: `a silence ${endless.id} that never expires`, field: "transitions" };
}

function ruleFault({ rule, positions, exemptions }: Procedure): Fault | null {
  const measures = measuresOf(rule);
  if (measures.length > 1)
    return {
      found: `${measures.join(" and ")}, where one weight beside the count of members is possible`,
      field: "rule",
    };
  for (const { id, count, bound } of conditionsOf(rule)) {
    const wanting = count.find((standing) => standing !== "silent" && !positions.includes(standing));
    if (wanting !== undefined) return { found: `${id} counts ${wanting}, which cannot be said`, field: "rule" };
    if (bound.kind === "share" && bound.share.numerator === 0n)
      return { found: `${id} asks for a share of nothing`, field: "rule" };
  }
  const constructive = positions.includes("constructive-abstain");
  if (constructive !== exemptions.length > 0)
    return {
      found: constructive ? "constructive abstention that exempts from nothing" : "exemptions that nobody can claim",
      field: "exemptions",
    };
  return null;
}
