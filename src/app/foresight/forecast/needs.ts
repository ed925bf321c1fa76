import { monthNumber } from "#core/foresight/forecast/months.ts";
import type { NeedAhead } from "#core/foresight/forecast/need-model.ts";
import type { Database } from "#store/database.ts";
import { placedAhead } from "#store/foresight/forecast-record.ts";
import { offersOf } from "#store/planning/offers.ts";
import { cutOf, type Cut } from "../../planning/cut.ts";
import { needRows } from "../../planning/need-views.ts";

/** A need with what is on the way to it, and in which words it is told. */
export type NeedFound = NeedAhead & Readonly<{ title: string; book: string; untilDay: string; delivers: boolean }>; // delivers: the book says what is placed

const mostNeedsForecast = 300;
const million = 1_000_000;

/** The needs of a book as known on a day, the most urgent first: what is placed and not handed over; where nothing is placed, what is offered and fits. */
export async function needsAhead(db: Database, book: string, day: string): Promise<NeedFound[]> {
  const cut = await cutOf(db, book, day);
  const found = (await needRows(db, cut)).rows.filter(({ row }) => row.state === "stated").slice(0, mostNeedsForecast);
  if (found.length === 0) return [];
  const placed = Map.groupBy(await placedAhead(db, cut.bookNo, cut.knownBefore), (one) => one.need);
  const anyPlaced = placed.size > 0;
  const offered = anyPlaced ? [] : await freeOffers(db, cut);
  return found.map(({ row, need: { body } }): NeedFound => {
    const worth = new Map(body.accepts.map((one) => [one.item, one.worthPpm / million]));
    const lines = (anyPlaced ? (placed.get(row.id) ?? []) : offered).flatMap((one) => {
      const each = worth.get(one.item);
      return each === undefined ? [] : [{ giver: one.giver, month: monthNumber(one.due), pieces: one.pieces * each }];
    });
    const whole = lines.reduce((sum, one) => sum + one.pieces, 0);
    const left = Math.max(0, whole - row.coverage.handedOver);
    return {
      need: row.id,
      title: row.title,
      book,
      quantity: row.quantity,
      received: row.coverage.handedOver,
      until: monthNumber(row.until),
      untilDay: row.until,
      delivers: anyPlaced,
      coming: lines.map((one) => ({ ...one, pieces: whole === 0 ? 0 : (one.pieces * left) / whole })),
    };
  });
}

async function freeOffers(
  db: Database,
  { bookNo, knownBefore }: Cut,
): Promise<{ giver: string; item: string; due: string; pieces: number }[]> {
  const offers = await offersOf(db, bookNo, knownBefore);
  return offers
    .filter(({ state }) => state === "offered")
    .map(({ body }) => ({ giver: body.giver, item: body.item, due: body.until, pieces: body.quantity }));
}
