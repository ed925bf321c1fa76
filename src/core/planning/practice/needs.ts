import { present } from "../../present.ts";
import { addDays } from "../days.ts";
import type { Need } from "../record.ts";
import type { Draw } from "./draw.ts";
import { families, practiceKinds, type Family } from "./families.ts";

export const sizes = {
  S: { needs: 20, offers: 100, months: 12, hubs: 3, centres: 2 },
  M: { needs: 200, offers: 1_000, months: 24, hubs: 4, centres: 3 },
  L: { needs: 2_000, offers: 10_000, months: 60, hubs: 6, centres: 4 },
} as const;
export type PracticeSize = keyof typeof sizes;

/** First and last day of a set, and how many days that is. */
export type Horizon = Readonly<{ from: string; until: string; days: number }>;

/** How often each priority comes among twenty needs. */
const priorities = [1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5] as const;

export function practiceKind(id: string) {
  return present(
    practiceKinds.find((kind) => kind.id === id),
    `the practice kind ${id}`,
  );
}

/** Needs of a set: each family in turn first, so that none is missing, then any. */
export function practiceNeeds(size: PracticeSize, draw: Draw, horizon: Horizon): Need[] {
  const own = families.filter((family) => family.sizes.includes(size));
  return Array.from({ length: sizes[size].needs }, (_, index) =>
    needOf(own[index] ?? draw.of(own), index + 1, size, draw, horizon),
  );
}

function needOf(family: Family, number: number, size: PracticeSize, draw: Draw, horizon: Horizon): Need {
  const { name } = practiceKind(family.system);
  const begins = draw.between(0, Math.floor(horizon.days * 0.6));
  const ends = Math.min(horizon.days - 1, begins + draw.between(60, 60 + Math.floor(horizon.days * 0.3)));
  const quantity = Math.max(1, Math.round((family.typical * draw.between(40, 180)) / 100));
  return {
    id: `need-${String(number).padStart(4, "0")}`,
    title: `${name}, practice need ${number}`,
    accepts: [
      { item: family.system, worthPpm: 1_000_000 },
      ...(family.substitute === undefined ? [] : [family.substitute]),
    ],
    quantity,
    priority: priorities[(number * 7) % priorities.length] ?? 3,
    from: addDays(horizon.from, begins),
    until: addDays(horizon.from, ends),
    place: draw.permille(150) ? `hub-${draw.between(1, sizes[size].hubs)}` : null,
    package: family.parts.map((part) => ({ leadDays: 0, months: 0, ...part })),
    coalition: null,
    note: "",
  };
}

/** Pieces of every kind that all needs take, packages over all their months included. */
export function demandOf(needs: readonly Need[]): ReadonlyMap<string, number> {
  const demand = new Map<string, number>();
  const add = (item: string, pieces: number) => demand.set(item, (demand.get(item) ?? 0) + pieces);
  for (const need of needs) {
    add(present(need.accepts[0], "a kind that is asked for").item, need.quantity);
    for (const part of need.package) {
      add(part.item, Math.ceil((need.quantity * part.pieces * Math.max(1, part.months)) / part.systems));
    }
  }
  return demand;
}
