import { addTo, binomials, emptyTally, type Tally } from "./counting.ts";

/** Coalitions of one size among some of the members, by rising weight; who is in them, thirty members to a number. */
type Coalitions = Readonly<{ count: number; weights: Float64Array; first: Int32Array; second: Int32Array }>;

const lane = 30; // members to a number
const piece = 10; // members counted at once

/** The most coalitions that are held of one half. */
export const mostHeld = 2 ** 22;

const coalitionsOf = (room: number): Coalitions => ({
  count: 0,
  weights: new Float64Array(room),
  first: new Int32Array(room),
  second: new Int32Array(room),
});

/**
 * Coalitions whose weights add up to at most `most`, by meeting in the middle, size by size: the heavier members' coalitions are listed until they
 * outnumber those of the rest; a list that the rest cannot change any more is counted at once. Then each pair of sorted lists is walked once.
 * Weights may be any whole numbers that add up to less than 2^53 (Horowitz and Sahni 1974, by size and with the members kept).
 * @returns undefined when it would have to hold more than `held` coalitions
 */
export function countByHalves(weights: readonly number[], most: number, held: number = mostHeld): Tally | undefined {
  const order = weights.map((_weight, member) => member).sort((a, b) => (weights[b] ?? 0) - (weights[a] ?? 0));
  const sorted = order.map((member) => weights[member] ?? 0);
  const tally = emptyTally(weights.length);
  let rest = sorted.reduce((sum, weight) => sum + weight, 0);
  let taken = 0;
  let lists = settle(startingList(), { most, rest, taken, tally });
  let open = 1;
  while (taken < sorted.length && open < 2 ** (sorted.length - taken)) {
    if (open * 2 > held) return undefined;
    const weight = sorted[taken] ?? 0;
    lists = withOneMore(lists, weight, taken, most);
    taken += 1;
    rest -= weight;
    lists = settle(lists, { most, rest, taken, tally });
    open = lists.reduce((sum, list) => sum + list.count, 0);
  }
  let others = startingList();
  for (const [place, weight] of sorted.slice(taken).entries())
    others = withOneMore(others, weight, place, Number.MAX_SAFE_INTEGER);
  meet(lists, others, { most, taken, tally });
  const inOrder = emptyTally(weights.length);
  inOrder.all.splice(0, Infinity, ...tally.all);
  for (const [place, member] of order.entries()) inOrder.withMember[member] = tally.withMember[place] ?? [];
  return inOrder;
}

function startingList(): readonly Coalitions[] {
  return [{ ...coalitionsOf(1), count: 1 }];
}

/** The lists by size when one more member may join; each stays sorted, because two sorted lists are merged. Above `most` is left out. */
function withOneMore(lists: readonly Coalitions[], weight: number, place: number, most: number): readonly Coalitions[] {
  const none = coalitionsOf(0);
  return Array.from({ length: lists.length + 1 }, (_, size) =>
    merge(lists[size] ?? none, lists[size - 1] ?? none, weight, place, most),
  );
}

function merge(stay: Coalitions, join: Coalitions, weight: number, place: number, most: number): Coalitions {
  const merged = coalitionsOf(stay.count + join.count);
  const [inFirst, inSecond] = place < lane ? [1 << place, 0] : [0, 1 << (place - lane)];
  let [left, right, count] = [0, 0, 0];
  while (left < stay.count || right < join.count) {
    const [own, joined] = [
      left < stay.count ? (stay.weights[left] as number) : Infinity,
      right < join.count ? (join.weights[right] as number) + weight : Infinity,
    ];
    if (Math.min(own, joined) > most) break;
    if (own <= joined) {
      merged.weights[count] = own;
      merged.first[count] = stay.first[left] as number;
      merged.second[count] = stay.second[left] as number;
      left += 1;
    } else {
      merged.weights[count] = joined;
      merged.first[count] = (join.first[right] as number) | inFirst;
      merged.second[count] = (join.second[right] as number) | inSecond;
      right += 1;
    }
    count += 1;
  }
  return { ...merged, count };
}

type Settling = Readonly<{ most: number; rest: number; taken: number; tally: Tally }>;

/** Counts the coalitions that stay within `most` whoever of the rest joins, with all that may join, and takes them off the lists. */
function settle(lists: readonly Coalitions[], { most, rest, taken, tally }: Settling): readonly Coalitions[] {
  const members = tally.withMember.length;
  const left = members - taken;
  const [joining, joiningBesides] = [binomials(left), binomials(Math.max(left - 1, 0))];
  return lists.map((list, size) => {
    let settled = 0;
    while (settled < list.count && (list.weights[settled] as number) + rest <= most) settled += 1;
    if (settled === 0) return list;
    const by = new Pieces(taken);
    for (let at = 0; at < settled; at += 1) by.add(list, at, 1);
    const times = by.byMember().map(BigInt);
    for (const [join, ways] of joining.entries()) {
      addTo(tally.all, size + join, BigInt(settled) * ways);
      for (const [member, count] of times.entries()) addTo(tally.withMember[member], size + join, count * ways);
      for (let member = taken; join > 0 && member < members; member += 1) {
        addTo(tally.withMember[member], size + join, BigInt(settled) * (joiningBesides[join - 1] ?? 0n));
      }
    }
    return {
      ...list,
      count: list.count - settled,
      weights: list.weights.subarray(settled),
      first: list.first.subarray(settled),
      second: list.second.subarray(settled),
    };
  });
}

type Meeting = Readonly<{ most: number; taken: number; tally: Tally }>;

/** Counts the pairs of one coalition of each half that together stay within `most`. */
function meet(lists: readonly Coalitions[], others: readonly Coalitions[], { most, taken, tally }: Meeting): void {
  const members = tally.withMember.length;
  for (let size = 0; size <= members; size += 1) {
    const [heavy, light] = [new Pieces(taken), new Pieces(members - taken)];
    let pairs = 0;
    for (const [part, list] of lists.entries()) {
      const other = others[size - part];
      if (other === undefined) continue;
      pairs += walk(list, other, most, heavy);
      walk(other, list, most, light);
    }
    addTo(tally.all, size, BigInt(pairs));
    for (const [member, count] of heavy.byMember().entries()) addTo(tally.withMember[member], size, BigInt(count));
    for (const [member, count] of light.byMember().entries())
      addTo(tally.withMember[taken + member], size, BigInt(count));
  }
}

/** How many pairs stay within `most`; each coalition of `list` is entered as often as it has a partner. */
function walk(list: Coalitions, other: Coalitions, most: number, by: Pieces): number {
  let partners = other.count;
  let pairs = 0;
  for (let at = 0; at < list.count; at += 1) {
    const weight = list.weights[at] as number;
    while (partners > 0 && weight + (other.weights[partners - 1] as number) > most) partners -= 1;
    if (partners === 0) break;
    by.add(list, at, partners);
    pairs += partners;
  }
  return pairs;
}

/** Counts by member, kept by groups of ten members so that a coalition costs one step a group and not one a member. Exact below 2^53. */
class Pieces {
  readonly #tables: readonly Float64Array[];
  readonly #members: number;

  constructor(members: number) {
    this.#members = members;
    this.#tables = Array.from({ length: Math.ceil(members / piece) }, () => new Float64Array(2 ** piece));
  }

  add(list: Coalitions, at: number, times: number): void {
    const [first, second] = [list.first[at] as number, list.second[at] as number];
    for (let group = 0; group < this.#tables.length; group += 1) {
      const table = this.#tables[group] as Float64Array;
      const bitsOfGroup = group < 3 ? first >>> (group * piece) : second >>> ((group - 3) * piece);
      const cell = bitsOfGroup & (2 ** piece - 1);
      table[cell] = (table[cell] as number) + times;
    }
  }

  byMember(): number[] {
    return Array.from({ length: this.#members }, (_, member) => {
      const table = this.#tables[Math.floor(member / piece)] ?? new Float64Array();
      const bit = 1 << (member % piece);
      let sum = 0;
      for (let cell = 0; cell < table.length; cell += 1) if ((cell & bit) !== 0) sum += table[cell] as number;
      return sum;
    });
  }
}
