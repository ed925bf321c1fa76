import type { Instance, InstanceNeed } from "./instance.ts";
import type { Plan } from "./plan.ts";
import { mostThrough, move, roomOf, sold, spendable, type Room } from "./preview/room.ts";
import { mayCome, mayPass } from "./rules.ts";
import { addSpare, isEnough, spareFrom, spareOf, type Claim, type Line, type Spare } from "./supply.ts";

/**
 * The same plan in fewer lots: what one offer gives to a need, or what is bought for it with one offer of money, goes together through one hub in one
 * bucket wherever there is room and all is still complete when it was. What each gives, covers and earns stays as it was; so does what is as
 * in the standing plan.
 */
export function gathered(instance: Instance, plan: Plan): Plan {
  const room = roomOf(instance);
  const all: readonly Line[] = [...plan.assignments, ...plan.purchases];
  for (const line of all) move(room, line, 1);
  const stands = new Set(instance.standing.map(({ offer, need, hub, bucket }) => wayKey(offer, need, hub, bucket)));
  const claims = new Map(plan.coverage.map((covered) => [covered.need, covered]));
  const moved = new Map<Line, Line | null>();
  for (const [id, own] of Map.groupBy(all, ({ need }) => need)) {
    const need = room.register.needs.get(id);
    if (need === undefined) continue;
    const claim = claimOf(instance, claims.get(id)?.byBucket ?? []);
    for (const [item, lines] of Map.groupBy(own, (line) => line.item)) {
      const accepted = need.accepts.some((one) => one.item === item);
      const lots: Lots = {
        room,
        need,
        claim: accepted ? claim : null,
        spares: need.package.some((part) => part.item === item)
          ? spareOf(room.register, need, item, lines, claim.complete)
          : [],
        own: own.filter((line) => need.accepts.some((one) => one.item === line.item)),
      };
      for (const [, group] of Map.groupBy(lines, sourceOf))
        gather(lots, group, (line) => stands.has(wayKey(sourceOf(line), id, line.hub, line.bucket)), moved);
    }
  }
  const rest = <T extends Line>(list: readonly T[]): T[] =>
    list.flatMap((line) => {
      const now = moved.get(line);
      return now === undefined ? [line] : now === null ? [] : [now as T];
    });
  return { ...plan, assignments: rest(plan.assignments), purchases: rest(plan.purchases) };
}

const sourceOf = (line: Line): string => ("offer" in line ? line.offer : line.money);
const wayKey = (offer: string, need: string, hub: string, bucket: number): string =>
  [offer, need, hub, bucket].join("\t");

function claimOf({ buckets }: Instance, steps: Plan["coverage"][number]["byBucket"]): Claim {
  const [complete, worth] = [buckets.map(() => 0), buckets.map(() => 0)];
  for (const step of steps) {
    complete[step.bucket] = (complete[step.bucket] ?? 0) + step.complete;
    worth[step.bucket] = (worth[step.bucket] ?? 0) + step.worthPpm;
  }
  return { complete, worth };
}

/** What a kind's lines are for: as pieces of the need itself, as a part of its package, or both. */
type Lots = { room: Room; need: InstanceNeed; claim: Claim | null; spares: readonly Spare[]; own: Line[] };

/** Puts lines of one source together, the smallest first, each onto the largest that it can join, until none can. */
function gather(
  lots: Lots,
  group: readonly Line[],
  stays: (line: Line) => boolean,
  moved: Map<Line, Line | null>,
): void {
  const origin = new Map(group.map((line) => [line, line]));
  let open = [...group];
  const joinOne = (): boolean => {
    for (const line of open.toSorted((one, other) => one.quantity - other.quantity)) {
      if (stays(line)) continue;
      for (const onto of open.toSorted((one, other) => other.quantity - one.quantity)) {
        const together = line === onto ? null : joined(lots, line, onto);
        if (together === null) continue;
        const [from, to] = [origin.get(line), origin.get(onto)];
        if (from === undefined || to === undefined) continue;
        origin.set(together, to);
        moved.set(from, null);
        moved.set(to, together);
        open = open.flatMap((one) => (one === line ? [] : one === onto ? [together] : [one]));
        return true;
      }
    }
    return false;
  };
  while (open.length > 1 && joinOne());
}

/** A line put onto another of its source: null where that breaks a limit, or something would not be complete when it was. */
function joined(lots: Lots, line: Line, onto: Line): Line | null {
  const { room } = lots;
  if (!mayMove(lots, line, onto)) return null;
  const { quantity } = line;
  move(room, line, -1);
  const added: Line =
    "money" in line && "money" in onto ? { ...onto, quantity, costMinor: line.costMinor } : { ...onto, quantity };
  if (!hasRoom(room, added)) {
    move(room, line, 1);
    return null;
  }
  move(room, added, 1);
  const together =
    "money" in onto && "money" in added
      ? { ...onto, quantity: onto.quantity + quantity, costMinor: onto.costMinor + added.costMinor }
      : { ...onto, quantity: onto.quantity + quantity };
  const own = lots.own.flatMap((one) => (one === line ? [] : one === onto ? [together] : [one]));
  if (lots.claim !== null && onto.bucket > line.bucket && !isEnough(room.register, lots.need, own, lots.claim)) {
    move(room, added, -1);
    move(room, line, 1);
    return null;
  }
  lots.own = own;
  addSpare(room.register, lots.spares, line.bucket, -quantity);
  addSpare(room.register, lots.spares, onto.bucket, quantity);
  return together;
}

/** Whether the offer reaches the other's hub in its bucket, and the parts of a package can wait until then. */
function mayMove({ room, need, spares }: Lots, line: Line, onto: Line): boolean {
  const { register } = room;
  const [offer, item] = ["offer" in line ? register.offers.get(line.offer) : undefined, register.items.get(line.item)];
  if (item === undefined) return false;
  if (offer !== undefined) {
    if (!mayPass(offer, need, onto.hub) || !mayCome(offer, item, onto.bucket)) return false;
    const isHeld = ({ offer: id, need: to, hub }: (typeof register.instance.pins)[number]) =>
      id === offer.id && to === need.id && hub !== null;
    if (line.hub !== onto.hub && register.instance.pins.some(isHeld)) return false;
  }
  if (onto.bucket <= line.bucket) return true;
  return spares.length === 0 || spareFrom(register, spares, line.bucket, onto.bucket) >= line.quantity;
}

function hasRoom(room: Room, line: Line): boolean {
  const item = room.register.items.get(line.item);
  if (item === undefined || mostThrough(room, item, line.hub, line.bucket) < line.quantity) return false;
  if (!("money" in line)) return true;
  return (
    sold(room, line.item, line.ordered) >= line.quantity && spendable(room, line.money, line.ordered) >= line.costMinor
  );
}
