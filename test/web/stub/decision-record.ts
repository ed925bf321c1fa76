import { readFile, readdir } from "node:fs/promises";
import { publicEvents, type Participant, type ProposalEvent } from "#core/decisions/events.ts";
import { isInForce } from "#core/decisions/opening.ts";
import type { Procedure } from "#core/decisions/procedure.ts";
import { valueOf } from "#core/decisions/result.ts";
import { appendEvent, stateAt, type ProposalState } from "#core/decisions/state.ts";
import { MainstayError } from "#core/errors.ts";
import type { ProposalView } from "#core/views-decisions.ts";
import { readProcedure } from "#formats/procedures/read.ts";
import { parties } from "./world.ts";

/** Proposals of the stand-in, kept in memory and judged by the rules themselves. */

export type Kept = {
  readonly id: string;
  readonly book: string;
  readonly group: string;
  readonly groupName: string;
  readonly procedure: Procedure;
  readonly fund: string | null;
  readonly extra: Partial<Pick<ProposalView, "authorities" | "uses" | "abstention">>;
  events: readonly ProposalEvent[];
};

const folder = new URL("../../../policies/procedures/", import.meta.url);
const files = (await readdir(folder)).filter((name) => name.endsWith(".json"));
const shipped = await Promise.all(
  files.map(async (name) => readProcedure(await readFile(new URL(name, folder), "utf8"), name)),
);
export const kept = new Map<string, Kept>();

export function instant(at = Date.now()): string {
  return new Date(at).toISOString();
}

export function shippedProcedure(id: string): Procedure {
  const found = shipped.find((one) => one.id === id && isInForce(one, instant().slice(0, 10)));
  if (found === undefined) throw new MainstayError("unknown_procedure", id);
  return found;
}

const unitWeights = (party: string): Participant["weights"] => {
  const number = parties.findIndex((one) => one.id === party);
  const population = parties[number]?.indicators.find((one) => one.indicator === "population")?.value ?? "1";
  return { population: BigInt(population), contribution: BigInt((number + 3) * 1_000_000) };
};

/** The parties named, as participants; `roles` by party. */
export function participantsOf(
  ids: readonly string[],
  without: readonly string[] = [],
  roles: Readonly<Record<string, readonly string[]>> = {},
): readonly Participant[] {
  return ids.map((id) => ({
    id,
    name: parties.find((one) => one.id === id)?.name ?? id,
    takesPart: !without.includes(id),
    roles: roles[id] ?? [],
    weights: unitWeights(id),
  }));
}

/** Puts an event on record at an instant. @throws MainstayError when it is not legal there */
export function happen(one: Kept, event: ProposalEvent): void {
  one.events = valueOf(appendEvent(one.procedure, one.events, event));
}

/** The events anybody may read: restricted reasons are out. */
export function stateOf(one: Kept, at: string): ProposalState {
  return valueOf(stateAt(one.procedure, publicEvents(one.events), at));
}
