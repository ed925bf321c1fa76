import type { ProposalEvent } from "#core/decisions/events.ts";
import type { Terms } from "#core/decisions/terms.ts";
import { happen, instant, kept, participantsOf, shippedProcedure, type Kept } from "./decision-record.ts";
import { givers, groups, slug } from "./world.ts";

/** A way to write down what the stand-in's proposals have been through. */

const hour = 3_600_000;
const began = Date.now();
export const ago = (hours: number): string => instant(began - hours * hour);
export const inHours = (hours: number): string => instant(Math.ceil((began + hours * hour) / 60_000) * 60_000);
export const day = (hours: number): string => ago(hours).slice(0, 10);

type Step = ProposalEvent extends infer E ? (E extends ProposalEvent ? Omit<E, "at" | "actor"> : never) : never;
export type Told = readonly [hoursAgo: number, actor: string, step: Step];
type Setting = Readonly<{
  id: string;
  title: string;
  object: Terms["kind"];
  procedure: string;
  members: readonly string[];
  group: readonly [slug: string, name: string];
  openedHoursAgo: number;
  without?: readonly string[];
  roles?: Readonly<Record<string, readonly string[]>>;
  fund?: string;
  extra?: Kept["extra"];
}>;

export function tell(setting: Setting, steps: readonly Told[]): void {
  const procedure = shippedProcedure(setting.procedure);
  const [group, groupName] = setting.group;
  const { id, fund = null, extra = {} } = setting;
  const one: Kept = { id, book: slug, group, groupName, procedure, fund, extra, events: [] };
  happen(one, {
    type: "opened",
    at: ago(setting.openedHoursAgo),
    actor: "Secretariat",
    procedure: procedure.id,
    procedureFrom: procedure.validFrom,
    title: setting.title,
    object: { kind: setting.object, reference: fund },
    participants: participantsOf(setting.members, setting.without, setting.roles),
  });
  for (const [hours, actor, step] of steps) happen(one, { ...step, at: ago(hours), actor } as ProposalEvent);
  kept.set(id, one);
}

export const allies = groups[0]?.members.map((member) => member.party) ?? [];
export const coalition = groups[1]?.members.map((member) => member.party) ?? [];
export const alliance = ["alliance", "Alliance (synthetic)"] as const;
export const union = ["union", "Union (synthetic)"] as const;
export const council = ["council", "Council (synthetic)"] as const;
export const drones = ["drone-coalition", "Drone coalition (synthetic)"] as const;
export const unionMembers =
  "aut bel bgr hrv cyp cze dnk est fin fra deu grc hun irl ita lva ltu lux mlt nld pol prt rou svk svn esp swe".split(
    " ",
  );
export const seats = givers.slice(0, 15).map(([id]) => id);
