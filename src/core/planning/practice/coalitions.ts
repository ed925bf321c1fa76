import { monthAfter } from "../days.ts";
import type { RoadmapStep } from "../frame.ts";
import type { Need } from "../record.ts";
import type { Horizon } from "./needs.ts";
import { practiceKind } from "./needs.ts";
import type { PracticeGiver } from "./offers.ts";

/** A made-up coalition of givers that looks after one capability. */
export type PracticeCoalition = Readonly<{
  slug: string;
  name: string;
  capability: string;
  leads: readonly string[];
  members: readonly string[]; // the leads too
}>;

const lookedAfter = [
  ["artillery", "Artillery"],
  ["air-defence", "Air Defence"],
  ["demining", "Demining"],
] as const;

/** The same ones for every size and seed: every third giver is in one, two lead it. */
export function practiceCoalitions(givers: readonly PracticeGiver[]): PracticeCoalition[] {
  return lookedAfter.map(([capability, title], index) => {
    const members = givers.filter((_, place) => place % lookedAfter.length === index).map((giver) => giver.id);
    return {
      slug: `practice-coalition-${capability}`,
      name: `Practice ${title} Coalition`,
      capability,
      leads: members.slice(0, 2),
      members,
    };
  });
}

/** The coalition that looks after a kind; null where none does. */
export function coalitionFor(coalitions: readonly PracticeCoalition[], item: string): PracticeCoalition | undefined {
  if (item === "EUR") return undefined;
  const { capability } = practiceKind(item);
  return coalitions.find((coalition) => coalition.capability === capability);
}

/** For each coalition what its needs ask for, half of it by the middle of the days that are planned and all of it by their end. */
export function practiceRoadmap(
  coalitions: readonly PracticeCoalition[],
  needs: readonly Need[],
  { from, until, days }: Horizon,
): RoadmapStep[] {
  const middle = monthAfter(from, Math.round(days / 61));
  return coalitions.flatMap(({ slug, capability }) => {
    const asked = new Map<string, number>();
    for (const { accepts, quantity } of needs) {
      const item = accepts[0]?.item ?? "";
      if (practiceKind(item).capability === capability) asked.set(item, (asked.get(item) ?? 0) + quantity);
    }
    return [...asked].flatMap(([item, quantity]) => {
      const step = (on: string, part: number, words: string): RoadmapStep => ({
        coalition: slug,
        on,
        title: `${practiceKind(item).name}: ${words}`,
        item,
        quantity: Math.ceil(quantity * part),
        source: "made up for practice",
      });
      return [step(middle, 0.5, "half of what is asked for"), step(until, 1, "all that is asked for")];
    });
  });
}
