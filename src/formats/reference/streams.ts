import { z } from "zod";
import { bindingClasses, classRank, streams, type BindingClass, type Stream } from "#core/bindingness.ts";
import { MainstayError } from "#core/errors.ts";

/** One stream's chain of stages, in order. `leads`: the stage taken when a source names only the class. A stage's id is unique within its stream. */
export type StreamPolicy = Readonly<{
  id: Stream;
  name: string;
  stages: readonly Readonly<{ id: string; name: string; class: BindingClass; leads: boolean }>[];
}>;

/** The stage chains in force from a day on. */
export type StreamPolicies = Readonly<{ validFrom: string; streams: readonly StreamPolicy[] }>;

const slug = z.string().regex(/^[a-z][a-z-]*$/);
const stage = z.strictObject({ id: slug, name: z.string().min(1), class: z.enum(bindingClasses), leads: z.boolean() });
const policies = z.strictObject({
  validFrom: z.iso.date(),
  streams: z
    .array(z.strictObject({ id: z.enum(streams), name: z.string().min(1), stages: z.array(stage).min(1) }))
    .length(streams.length),
});

/**
 * The streams and their stages from the text of `streams.json`.
 * @throws MainstayError reference_invalid when it is not such a file, a stream is missing, a chain goes backward, or a class has not exactly one leading stage
 */
export function readStreams(text: string): StreamPolicies {
  const found = policies.safeParse(parseJson(text));
  if (!found.success) throw refusal(z.prettifyError(found.error));
  for (const stream of streams) {
    const chain = found.data.streams.filter((candidate) => candidate.id === stream);
    if (chain.length !== 1 || chain[0] === undefined) throw refusal(`${chain.length} chains of the stream ${stream}`);
    checkChain(stream, chain[0].stages);
  }
  return found.data;
}

function checkChain(stream: Stream, stages: StreamPolicy["stages"]): void {
  if (new Set(stages.map((one) => one.id)).size !== stages.length) throw refusal(`a stage of ${stream} named twice`);
  stages.forEach((one, index) => {
    const before = stages[index - 1];
    if (before !== undefined && classRank(before.class) > classRank(one.class))
      throw refusal(`${one.id} of ${stream} after ${before.id}`);
  });
  for (const name of bindingClasses) {
    const leading = stages.filter((one) => one.class === name && one.leads).length;
    if (leading !== 1) throw refusal(`${leading} leading stages of ${stream} in the class ${name}`);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal("text that is not JSON");
  }
}

function refusal(found: string): MainstayError {
  return new MainstayError("reference_invalid", found, { file: "streams.json" });
}
