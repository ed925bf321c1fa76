import type { Instance } from "../instance.ts";
import type { Assignment, Plan, Purchase } from "../plan.ts";
import { move, roomOf, spendable, type Room } from "../preview/room.ts";
import { mayCome, mayPass, mayPay, mayServe } from "../rules.ts";
import { burdenDeviation, effortOf } from "../score.ts";

type Parts = Pick<Plan, "assignments" | "purchases" | "coverage">;

const rounds = 3;

/**
 * The same deliveries on the same days, given by others where that brings effort nearer to the key: from a giver above its share to one below, as much as
 * helps both. What is pinned, stands, or goes whole stays. Coverage is untouched; a plan that would not be nearer is not taken.
 */
export function balanced(instance: Instance, plan: Parts): Parts {
  const before = burdenDeviation(instance, effortOf(instance, plan));
  if (before === null) return plan;
  const room = roomOf(instance);
  for (const line of [...plan.assignments, ...plan.purchases]) move(room, line, 1);
  const books = booksOf(instance, plan);
  let [assignments, purchases] = [plan.assignments, plan.purchases];
  for (let round = 0; round < rounds; round += 1) {
    assignments = assignments.flatMap((line) => handOver(room, books, line));
    purchases = purchases.flatMap((line) => handOverBill(room, books, line));
  }
  const after = { assignments: together(assignments), purchases: together(purchases), coverage: plan.coverage };
  return (burdenDeviation(instance, effortOf(instance, after)) ?? Infinity) < before ? after : plan;
}

/** What each giver gives, what is its part of the key, and which offers are of each kind. */
type Books = Readonly<{
  given: Map<string, number>;
  shares: ReadonlyMap<string, number>;
  byItem: ReadonlyMap<string, Instance["offers"]>;
  held: ReadonlySet<string>;
}>;

function booksOf(instance: Instance, plan: Parts): Books {
  return {
    given: new Map(effortOf(instance, plan).map(({ giver, minor }) => [giver, minor])),
    shares: new Map(instance.givers.map(({ id, sharePpm }) => [id, sharePpm / 1_000_000])),
    byItem: Map.groupBy(instance.offers, ({ item }) => item),
    held: new Set([...instance.pins, ...instance.standing].map(({ offer, need }) => `${offer}\t${need}`)),
  };
}

/** How far a giver is above its part of all effort, in minor units; below where it is negative. */
function above({ given, shares }: Books, giver: string): number {
  const all = [...given.values()].reduce((sum, minor) => sum + minor, 0);
  return (given.get(giver) ?? 0) - (shares.get(giver) ?? 0) * all;
}

function book({ given }: Books, giver: string, minor: number): void {
  given.set(giver, (given.get(giver) ?? 0) + minor);
}

function handOver(room: Room, books: Books, line: Assignment): Assignment[] {
  const { offers, needs, items } = room.register;
  const [from, need, item] = [offers.get(line.offer), needs.get(line.need), items.get(line.item)];
  if (from === undefined || need === undefined || item === undefined) return [line];
  if (from.allOrNothing || from.pieceMinor === 0 || books.held.has(`${line.offer}\t${line.need}`)) return [line];
  if (above(books, from.giver) < from.pieceMinor) return [line];
  const others = (books.byItem.get(line.item) ?? []).filter(
    (to) =>
      to.giver !== from.giver &&
      !to.allOrNothing &&
      (room.offers.get(to.id) ?? 0) > 0 &&
      mayServe(to, need) &&
      mayPass(to, need, line.hub) &&
      mayCome(to, item, line.bucket),
  );
  const found: Assignment[] = [];
  let left = line.quantity;
  for (const to of others.toSorted((one, other) => above(books, one.giver) - above(books, other.giver))) {
    const [over, under] = [above(books, from.giver), -above(books, to.giver)];
    const quantity = Math.min(
      left,
      room.offers.get(to.id) ?? 0,
      Math.floor(over / from.pieceMinor),
      Math.floor(under / Math.max(1, to.pieceMinor)),
    );
    if (quantity <= 0) continue;
    const given = { ...line, offer: to.id, quantity };
    move(room, { ...line, quantity }, -1);
    move(room, given, 1);
    book(books, from.giver, -quantity * from.pieceMinor);
    book(books, to.giver, quantity * to.pieceMinor);
    found.push(given);
    left -= quantity;
    if (left === 0) break;
  }
  return left > 0 ? [{ ...line, quantity: left }, ...found] : found;
}

function handOverBill(room: Room, books: Books, line: Purchase): Purchase[] {
  const { money, needs } = room.register;
  const [from, need] = [money.get(line.money), needs.get(line.need)];
  const price = line.costMinor / line.quantity;
  if (from === undefined || need === undefined || price <= 0) return [line];
  if (books.held.has(`${line.money}\t${line.need}`) || above(books, from.giver) < price) return [line];
  const others = room.register.instance.money.filter(
    (to) =>
      to.giver !== from.giver &&
      above(books, to.giver) < 0 &&
      mayPay(to, need) &&
      spendable(room, to.id, line.ordered) >= price,
  );
  const found: Purchase[] = [];
  let left = line.quantity;
  for (const to of others.toSorted((one, other) => above(books, one.giver) - above(books, other.giver))) {
    const [over, under] = [above(books, from.giver), -above(books, to.giver)];
    const quantity = Math.min(
      left,
      Math.floor(spendable(room, to.id, line.ordered) / price),
      Math.floor(over / price),
      Math.floor(under / price),
    );
    if (quantity <= 0) continue;
    const paid = { ...line, money: to.id, quantity, costMinor: quantity * price };
    move(room, { ...line, quantity, costMinor: quantity * price }, -1);
    move(room, paid, 1);
    book(books, from.giver, -quantity * price);
    book(books, to.giver, quantity * price);
    found.push(paid);
    left -= quantity;
    if (left === 0) break;
  }
  return left > 0 ? [{ ...line, quantity: left, costMinor: left * price }, ...found] : found;
}

/** Lines that differ only in quantity are one line. */
function together<T extends Assignment | Purchase>(lines: readonly T[]): T[] {
  const key = (line: T) => JSON.stringify({ ...line, quantity: 0, costMinor: 0 });
  return [...Map.groupBy(lines, key).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const quantity = own.reduce((sum, line) => sum + line.quantity, 0);
    const cost = own.reduce((sum, line) => sum + ("costMinor" in line ? line.costMinor : 0), 0);
    return [{ ...first, quantity, ...("costMinor" in first ? { costMinor: cost } : {}) }];
  });
}
