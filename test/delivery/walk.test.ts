import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requireBook } from "#app/books.ts";
import { carriedOf } from "#app/delivery/carried.ts";
import { enterEvent } from "#app/delivery/event.ts";
import { newConsignment } from "#app/delivery/load.ts";
import { mergeConsignments, splitConsignment } from "#app/delivery/parts.ts";
import { chainOf } from "#app/delivery/policy.ts";
import { MainstayError } from "#core/errors.ts";
import type { Database } from "#store/database.ts";
import { needOf, offerOf, place, placingOf } from "../support/placements.ts";
import { openRecord } from "../support/record.ts";
import { doingOn, ledger, words } from "./support.ts";

let db: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ db, close } = await openRecord());
});
afterAll(() => close());

/** A piece on a sheet of paper: of a placement, in a consignment or in none. */
type Piece = { placement: string; consignment: string | null; state: string };
type Act =
  | Readonly<{ do: "load"; placement: number; count: number }>
  | Readonly<{ do: "event"; which: number; consignment: number; line: number; count: number }>
  | Readonly<{ do: "split"; consignment: number; line: number; count: number }>
  | Readonly<{ do: "merge"; consignment: number; into: number }>;

const placements = [
  { id: "P-1", offer: "gift", pieces: 9, quantity: 9n, stages: "materiel" },
  { id: "P-2", offer: "gift", pieces: 5, quantity: 5n, stages: "materiel" },
  { id: "P-3", offer: "money", pieces: 7, quantity: 100_001n, stages: "finance" },
] as const;
const chain = chainOf("materiel");

const small = fc.nat(5);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("load" as const),
      placement: fc.nat(2),
      count: fc.integer({ min: 1, max: 6 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("event" as const),
      which: fc.nat(999),
      consignment: small,
      line: fc.nat(2),
      count: fc.integer({ min: 1, max: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("split" as const),
      consignment: small,
      line: fc.nat(2),
      count: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("merge" as const), consignment: small, into: small }) },
);

const day = "2026-03-01";
let books = 0;
const met = new Set<string>();

/** Plays acts on the record and on paper; after each of them both say the same of every consignment and of the ledger. */
async function play(acts: readonly Act[]): Promise<void> {
  books += 1;
  const book = `walk-${books}`;
  await place(db, {
    book,
    needs: [needOf({ id: "ambulances" })],
    offers: [
      offerOf({ id: "gift", quantity: 14 }),
      offerOf({ id: "money", giver: "fra", item: "EUR", quantity: 1001, years: [{ year: 2026, amount: 1001 }] }),
    ],
    placements: placements.map(({ id, offer, pieces, quantity }) =>
      placingOf({ id, offer, need: "ambulances", pieces, costMinor: offer === "money" ? Number(quantity) : null }),
    ),
  });
  const sheet: Piece[] = placements.flatMap(({ id, pieces }) =>
    Array.from({ length: pieces }, () => ({ placement: id, consignment: null, state: "planned" })),
  );
  const ids: string[] = [];
  const lines = new Map<string, string[]>();
  for (const drawn of acts) {
    const one = meant(drawn, sheet, ids, lines);
    const isLegal = onPaper(one, sheet, ids, lines);
    if (isLegal === undefined) continue;
    const done = await onRecord(book, one, ids, lines, isLegal.name).then(
      () => true,
      (error: unknown) => {
        if (error instanceof MainstayError) return false;
        throw error;
      },
    );
    expect([one, done]).toEqual([one, isLegal.legal]);
    met.add(`${one.do} ${done ? "done" : "refused"}`);
    if (done) for (const piece of sheet) met.add(piece.state);
    await compare(book, sheet);
  }
}

/** An act on what there is: a consignment and a line that exist, and, but for one event in five, an event that something there can take. */
function meant(drawn: Act, sheet: readonly Piece[], ids: readonly string[], lines: ReadonlyMap<string, string[]>): Act {
  if (drawn.do === "load" || ids.length === 0) return drawn;
  const consignment = drawn.consignment % ids.length;
  if (drawn.do === "merge") return { ...drawn, consignment, into: drawn.into % ids.length };
  const carried = lines.get(ids[consignment] ?? "") ?? [];
  const line = drawn.line % carried.length;
  if (drawn.do === "split" || drawn.which % 5 === 4) return { ...drawn, consignment, line };
  const states = sheet
    .filter((piece) => piece.consignment === ids[consignment] && piece.placement === carried[line])
    .map((piece) => piece.state);
  const able = chain.events.flatMap(({ from }, index) => (from.some((state) => states.includes(state)) ? [index] : []));
  const which = able[drawn.which % able.length] ?? drawn.which;
  return { ...drawn, consignment, line, which };
}

type Verdict = Readonly<{ legal: boolean; name: string }>;
const gone = ["returned", "lost"];

/** Does an act on paper where it is legal; undefined where it means nothing yet. */
function onPaper(one: Act, sheet: Piece[], ids: string[], lines: Map<string, string[]>): Verdict | undefined {
  if (one.do === "load") {
    const { id } = placements[one.placement] ?? placements[0];
    const free = sheet.filter(
      (piece) => piece.placement === id && (piece.consignment === null || piece.state === "returned"),
    );
    if (free.length < one.count) return { legal: false, name: "none" };
    const name = `C-${ids.length + 1}`;
    ids.push(name);
    lines.set(name, [id]);
    // What came back stays on the line that it came back from, and is carried on another as well.
    for (const piece of free
      .toSorted((a, b) => Number(b.consignment === null) - Number(a.consignment === null))
      .slice(0, one.count))
      if (piece.consignment === null) Object.assign(piece, { consignment: name });
      else {
        sheet.push({ placement: id, consignment: name, state: "planned" });
        piece.placement = `${id}, before`;
      }
    return { legal: true, name };
  }
  const consignment = ids[one.consignment];
  if (consignment === undefined) return undefined;
  if (one.do === "merge") {
    const into = ids[one.into];
    if (into === undefined) return undefined;
    const moving = sheet.filter((piece) => piece.consignment === consignment && isMovable(piece));
    if (into === consignment || moving.length === 0) return { legal: false, name: into };
    for (const piece of moving) moveTo(piece, into, lines);
    return { legal: true, name: into };
  }
  const placement = lines.get(consignment)?.[one.line];
  if (placement === undefined) return undefined;
  const here = sheet.filter((piece) => piece.consignment === consignment && piece.placement === placement);
  if (one.do === "split") {
    const order = chain.states.map((state) => state.id).toReversed();
    const moving = here.filter(isMovable).toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
    const name = `C-${ids.length + 1}`;
    if (moving.length < one.count) return { legal: false, name };
    ids.push(name);
    for (const piece of moving.slice(0, one.count)) moveTo(piece, name, lines);
    return { legal: true, name };
  }
  const event = chain.events[one.which % chain.events.length];
  if (event === undefined) return undefined;
  const able = event.from.flatMap((state) => here.filter((piece) => piece.state === state));
  const enough = event.id === "confirm" ? able.length > 0 : able.length >= one.count;
  if (enough) for (const piece of able.slice(0, one.count)) piece.state = event.to;
  return { legal: enough, name: consignment };
}

function isMovable({ state }: Piece): boolean {
  return ["planned", "contracted", "dispatched", "at-hub", "damaged"].includes(state);
}

function moveTo(piece: Piece, name: string, lines: Map<string, string[]>): void {
  const there = lines.get(name) ?? [];
  if (!there.includes(piece.placement)) lines.set(name, [...there, piece.placement]);
  piece.consignment = name;
}

async function onRecord(
  book: string,
  one: Act,
  ids: readonly string[],
  lines: ReadonlyMap<string, string[]>,
  name: string,
): Promise<void> {
  const doing = doingOn(day);
  if (one.do === "load") {
    const placed = placements[one.placement]?.id ?? "";
    const order = { id: name, title: name, on: day, lines: [{ placement: placed, pieces: one.count }] };
    return newConsignment(db, book, order, doing);
  }
  const consignment = ids[one.consignment] ?? "";
  if (one.do === "merge") return mergeConsignments(db, book, name, { consignments: [consignment], on: day }, doing);
  const line = one.line + 1;
  expect(lines.get(consignment)?.[one.line]).toBeDefined();
  const counted = [{ line, pieces: one.count }];
  if (one.do === "split")
    return splitConsignment(db, book, consignment, { into: name, on: day, lines: counted }, doing);
  const event = chain.events[one.which % chain.events.length]?.id ?? "";
  return enterEvent(db, book, consignment, { event, on: day, reason: "On paper too", lines: counted }, doing);
}

async function compare(book: string, sheet: readonly Piece[]): Promise<void> {
  const { no } = await requireBook(db, book);
  const recorded = (await carriedOf(db, no)).flatMap((one) =>
    one.linesNow.map((line) => `${one.id} ${line.placement}: ${words(line.standing)}`),
  );
  const written = new Map<string, Map<string, bigint>>();
  for (const { consignment, placement, state } of sheet) {
    if (consignment === null) continue;
    const key = `${consignment} ${placement.replace(", before", "")}`;
    const states = written.get(key) ?? written.set(key, new Map()).get(key);
    states?.set(state, (states.get(state) ?? 0n) + 1n);
  }
  const paper = [...written].map(([key, states]) => `${key}: ${words(states)}`);
  expect(recorded.filter((line) => !line.endsWith(": ")).toSorted()).toEqual(paper.toSorted());
  expect(await ledger(db, "gift", book)).toBe(stagesOnPaper(sheet, "gift"));
  expect(await ledger(db, "money", book)).toBe(stagesOnPaper(sheet, "money"));
}

/** What the ledger has to say, counted from the pieces: of money the share that has got so far, less the share that has got further. */
function stagesOnPaper(sheet: readonly Piece[], offer: string): string {
  const sums = new Map<string, bigint>();
  for (const { id, pieces, quantity, stages } of placements.filter((one) => one.offer === offer)) {
    const at = sheet
      .filter((piece) => piece.placement === id)
      .map(({ state }) =>
        gone.includes(state) && state === "lost" ? null : chain.states.find((one) => one.id === state)?.stages[stages],
      );
    const order =
      stages === "materiel"
        ? ["allocated", "contracted", "dispatched", "confirmed"]
        : ["allocated", "disbursed", "acknowledged"];
    const share = (count: number) => (quantity * BigInt(count) * 2n + BigInt(pieces)) / (2n * BigInt(pieces));
    for (const [index, stage] of order.entries()) {
      const far = (from: number) => at.filter((one) => one != null && order.indexOf(one) >= from).length;
      sums.set(stage, (sums.get(stage) ?? 0n) + share(far(index)) - share(far(index + 1)));
    }
  }
  const said = offer === "money" ? [["pledged", 99n] as const] : [];
  return [...said, ...sums]
    .filter(([, sum]) => sum > 0n)
    .map(([stage, sum]) => `${sum} ${stage}`)
    .join(", ");
}

test("random walks of deliveries agree with a sheet of paper, piece by piece and cent by cent", async () => {
  const acts = fc.array(act, { minLength: 18, maxLength: 26, size: "max" });
  await fc.assert(fc.asyncProperty(acts, play), { numRuns: 6, seed: 20261126, endOnFailure: true });
  expect([...met]).toEqual(
    expect.arrayContaining([
      "load done",
      "load refused",
      "event done",
      "event refused",
      "split done",
      "split refused",
      "merge done",
    ]),
  );
});
