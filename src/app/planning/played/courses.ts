import type { Stream } from "#core/bindingness.ts";
import { addDays } from "#core/planning/days.ts";
import type { Uncarried } from "#store/delivery/uncarried.ts";
import { kindOf } from "../taxonomy.ts";
import type { StoryDays } from "./days.ts";

/** A consignment of the story: what is due through one hub on one day, of one stream. */
export type Convoy = Readonly<{
  id: string;
  title: string;
  stream: Stream;
  due: string;
  fate: Fate;
  placements: readonly Uncarried[];
}>;

/** What becomes of a consignment: as it should, or one of the ways in which it doesn't. */
export type Fate = "plain" | "lost" | "settled" | "queried" | "unconfirmed" | "stuck" | "forgotten" | "damaged";

const names: Readonly<Record<Stream, string>> = {
  materiel: "Convoy",
  training: "Courses",
  staff: "Staff",
  finance: "Tranche",
};

/** How long a consignment must have been due for something to have become of it, in days. */
const ended = 21;

/** Whatever was placed, as the consignments in which it goes; first due first. */
export function convoysOf(placed: readonly Uncarried[], { today }: StoryDays): readonly Convoy[] {
  const groups = Map.groupBy(placed, ({ item, hub, dueUntil }) => `${dueUntil} ${kindOf(item).stream} ${hub}`);
  const counts = new Map<Stream, number>();
  const convoys = [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, placements]): Convoy => {
      const [first] = placements as [Uncarried];
      const { stream } = kindOf(first.item);
      const number = (counts.get(stream) ?? 0) + 1;
      counts.set(stream, number);
      const id = `${names[stream].toLowerCase()}-${String(number).padStart(2, "0")}`;
      return { id, title: `${names[stream]} ${number}`, stream, due: first.dueUntil, fate: "plain", placements };
    });
  const fates = fatesOf(convoys.filter((convoy) => convoy.due <= addDays(today, -ended)));
  return convoys.map((convoy) => ({ ...convoy, fate: fates.get(convoy.id) ?? "plain" }));
}

/** What goes wrong: long ago what is settled since, lately what is still open. Each only where there are consignments enough for it. */
function fatesOf(past: readonly Convoy[]): ReadonlyMap<string, Fate> {
  const things = past.filter(({ stream }) => stream === "materiel");
  const fates = new Map<string, Fate>();
  const befalls = (fate: Fate, among: readonly Convoy[]) => {
    const convoy = among.find(({ id }) => !fates.has(id));
    if (convoy !== undefined) fates.set(convoy.id, fate);
  };
  const several = things.filter(({ placements }) => (placements[0]?.pieces ?? 0) > 1); // of which one can be missing
  befalls("queried", several.toReversed());
  for (const fate of ["settled", "lost", "damaged"] as const) befalls(fate, several);
  for (const fate of ["stuck", "unconfirmed", "forgotten"] as const) befalls(fate, things.toReversed());
  return fates;
}
