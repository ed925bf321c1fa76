import type { Facts, FundFact, NeedFact } from "#core/foresight/predictability/facts.ts";
import type { Due, GiverFact, Stated, Step } from "#core/foresight/predictability/facts.ts";
import { bindingClasses, type BindingClass } from "#core/bindingness.ts";
import { nextDay } from "#core/frame.ts";
import { formatDecimal, groupThousands, parseDecimal, rescale, valuationScale } from "#core/money.ts";
import { coverageOfNeed } from "#core/planning/coverage.ts";
import type { Database } from "#store/database.ts";
import {
  classSteps,
  fundDues,
  giversWithGdp,
  lastKnownDay,
  placementDues,
  releasesWithClasses,
  statedRows,
  titledPlans,
  type DueRow,
  type StatedRow,
} from "#store/foresight/predictability.ts";
import { coverageAt } from "#store/figures.ts";
import { storedFunds, yearsOf } from "#store/funds/funds.ts";
import { coverageOf } from "#store/planning/coverage.ts";
import { needsOf } from "#store/planning/needs.ts";
import { reachedStates } from "../delivery/policy.ts";
import { preferredClasses } from "../overview.ts";
import { kindWords } from "../planning/said.ts";
import { classIsKnown, partialReason, type CheckedQuestion } from "../totals.ts";

/** Everything the indicators are drawn from, as known in the frame, and what could not be counted in it, in words. */
export async function loadFacts(
  db: Database,
  { book, query, frame, unitScale }: CheckedQuestion,
): Promise<Readonly<{ facts: Facts; notes: readonly string[] }>> {
  const { knownBefore } = frame;
  const [rows, releases, toFunds, placed, steps, plans, funds, lastDay, coverage] = await Promise.all([
    statedRows(db, { ...query, classes: [] }),
    releasesWithClasses(db, book.no, knownBefore),
    fundDues(db, query),
    placementDues(db, query, reachedStates().handedOver),
    classSteps(db, query),
    titledPlans(db, query),
    fundFacts(db, book.no, { knownBefore, unit: frame.unit }),
    lastKnownDay(db, book.no, knownBefore),
    coverageAt(db, query),
  ]);
  const stated = rows.flatMap(statedOf);
  const dues = [...toFunds, ...placed].map(dueOf);
  const givers = await giverFacts(db, [...new Set([...stated, ...dues, ...plans].map((one) => one.giver))]);
  const known = (name: BindingClass) =>
    classIsKnown(
      name,
      coverage,
      stated.filter((row) => row.class === name),
      query.unit !== undefined,
    );
  const facts: Facts = {
    knownTo: frame.knownAt ?? lastDay ?? "0001-01-01",
    unit: frame.unit,
    scale: unitScale,
    class: query.classes[0] ?? preferredClasses.find(known) ?? "bound",
    partly: new Map(
      bindingClasses.flatMap((name) => {
        const reason = partialReason(name, coverage);
        return reason === null ? [] : [[name, reason] as const];
      }),
    ),
    stated,
    dues,
    releases,
    funds: funds.facts,
    steps: steps.map((step): Step => ({ ...step, quantity: BigInt(step.quantity) })),
    plans: plans.filter((plan) => plan.fromYear <= plan.untilYear),
    givers,
  };
  return { facts, notes: [...notConverted(rows), ...undated(stated, unitScale, frame.unit), ...funds.notes] };
}

function statedOf({ amount, reason, unit: _unit, ...row }: StatedRow): Stated[] {
  return amount === null || reason !== null ? [] : [{ ...row, amount: BigInt(amount) }];
}

function dueOf({ scale, amount, arrivals, ...due }: DueRow): Due {
  const millionths = (parts: string) => rescale(BigInt(parts), scale, valuationScale);
  return {
    ...due,
    amount: millionths(amount),
    arrivals: arrivals.map((one) => ({ on: one.on, amount: millionths(one.amount) })),
  };
}

async function fundFacts(
  db: Database,
  bookNo: number,
  { knownBefore, unit }: Readonly<{ knownBefore: string | null; unit: string }>,
): Promise<Readonly<{ facts: readonly FundFact[]; notes: readonly string[] }>> {
  const known = (await storedFunds(db, { bookNo })).filter(
    (fund) => knownBefore === null || fund.openedAt < knownBefore,
  );
  const facts = await Promise.all(
    known.map(async ({ no, id, title, party, openedAt, currency, scale }): Promise<FundFact> => {
      const years = currency === unit ? await yearsOf(db, no) : [];
      return {
        id,
        title,
        party,
        openedOn: openedAt.slice(0, 10),
        years: years.map(({ year, amount }) => ({ year, amount: rescale(BigInt(amount), scale, valuationScale) })),
      };
    }),
  );
  const foreign = known.filter((fund) => fund.currency !== unit);
  return {
    facts,
    notes: foreign.map(
      (fund) => `${fund.title} is kept in ${fund.currency}: its amounts are not in these figures, its days are.`,
    ),
  };
}

async function giverFacts(db: Database, ids: readonly string[]): Promise<ReadonlyMap<string, GiverFact>> {
  const rows = await giversWithGdp(db, ids);
  return new Map(
    rows.map(({ id, name, kind, gdp }) => [
      id,
      {
        id,
        name,
        kind,
        gdp: new Map(Object.entries(gdp ?? {}).map(([year, value]) => [Number(year), parseDecimal(value, 0)])),
      },
    ]),
  );
}

/** The needs of a book as they were known on a day, and how far each was covered then. */
export async function needFacts(db: Database, bookNo: number, day: string): Promise<NeedFact[]> {
  const knownBefore = `${nextDay(day)}T00:00:00Z`;
  const [needs, covered] = await Promise.all([
    needsOf(db, bookNo, knownBefore),
    coverageOf(db, bookNo, knownBefore, reachedStates()),
  ]);
  return needs
    .filter((need) => need.state === "stated")
    .map(({ no, id, body }) => ({
      id,
      title: body.title,
      stream: kindWords(body.accepts[0]?.item ?? "").stream,
      from: body.from,
      until: body.until,
      quantity: body.quantity,
      placed: coverageOfNeed(body, covered.get(no) ?? [], null).placed,
    }));
}

/** Rows that have no amount in the frame's unit, by reason. */
function notConverted(rows: readonly StatedRow[]): string[] {
  const left = rows.filter((row) => row.reason !== null);
  return [...Map.groupBy(left, (row) => `${row.unit}\u0000${row.reason}`).values()].map((own) => {
    const count = own.reduce((sum, row) => sum + row.rows, 0);
    return `${count} ${count === 1 ? "posting" : "postings"} in ${own[0]?.unit} left out: ${own[0]?.reason}.`;
  });
}

function undated(stated: readonly Stated[], scale: number, unit: string): string[] {
  const byClass = [
    ...Map.groupBy(
      stated.filter((row) => row.on === null),
      (row) => row.class,
    ),
  ];
  return byClass.flatMap(([name, own]) => {
    const amount = own.reduce((sum, row) => sum + row.amount, 0n);
    if (amount === 0n) return [];
    return [
      `${groupThousands(formatDecimal(rescale(amount, valuationScale, scale), scale))} ${unit} are ${name} without a date and stand in no period.`,
    ];
  });
}
