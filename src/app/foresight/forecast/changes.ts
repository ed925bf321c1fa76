import type { Change } from "#core/foresight/forecast/changes.ts";
import type { Fitted } from "#core/foresight/forecast/fit.ts";
import { monthNumber, monthText } from "#core/foresight/forecast/months.ts";
import type { ForecastPolicy } from "#core/foresight/forecast/policy.ts";
import { scenarioMonth, type ForecastScenario, type ScenarioChange } from "#core/foresight/forecast/scenario.ts";
import { groupThousands } from "#core/money.ts";
import type { ForecastDecision } from "#core/views-forecast.ts";
import type { Database } from "#store/database.ts";
import { partyNames } from "#store/register.ts";
import { keyOn, openShelf } from "../../keys.ts";
import { keyShares } from "./shares.ts";

/** Where changes are made out: the book as known on a day, and the model's months. */
export type Place = Readonly<{
  book: string;
  day: string; // known at
  now: number; // its month
  fitted: Pick<Fitted, "base" | "model">;
}>;

export type Stated = Readonly<{ changes: readonly Change[]; decisions: readonly ForecastDecision[] }>;
export type Told = Readonly<{
  changes: readonly Change[];
  says: readonly string[];
  decisions: readonly ForecastDecision[];
}>;

const perMinor = 100;

/** The decisions that policy states as open on the day, as changes of the model, and as they are told. */
export async function statedDecisions(db: Database, policy: ForecastPolicy, place: Place): Promise<Stated> {
  const { book, day, fitted } = place;
  const open = policy.decisions.filter((one) => one.book === book && one.knownFrom <= day && day < one.knownUntil);
  const shelf = open.length === 0 ? null : await openShelf();
  const made = open.map(async (decision): Promise<Readonly<{ change: Change; told: ForecastDecision }>[]> => {
    const fund = shelf?.funds.find((one) => one.id === decision.fund);
    if (fund === undefined || shelf === null) return [];
    const shares = await keyShares(db, { key: fund.key, book, on: day, knownAt: day, shelf });
    const amounts = new Float64Array(fitted.model.months);
    for (const { year, amount } of fund.years)
      spread(amounts, year * 12 - fitted.base - 1, 12, Number(amount) / perMinor);
    const { id, odds, additional, stream, title, expectedOn, source } = decision;
    const month = Math.max(1, monthNumber(expectedOn) - fitted.base);
    return [
      {
        change: { kind: "fund", id, odds, month, additional, stream, amounts, shares },
        told: { id, title, odds, expectedOn, effect: effectOf(fund.title, additional), source },
      },
    ];
  });
  const found = (await Promise.all(made)).flat();
  return { changes: found.map((one) => one.change), decisions: found.map((one) => one.told) };
}

/** Adds an amount in even parts to so many months from a place on; what lies before or after the model's months is left out. */
function spread(amounts: Float64Array, from: number, months: number, amount: number): void {
  for (let at = from; at < from + months; at += 1)
    if (at >= 0 && at < amounts.length) amounts[at] = (amounts[at] ?? 0) + amount / months;
}

function effectOf(title: string, additional: number): string {
  return `${title}: ${Math.round(additional * 100)} % of it comes on top of what is given anyway, by the shares of its key.`;
}

/**
 * What a scenario changes, in the model's months and in words.
 * @throws MainstayError unknown_key, unknown_group, and those of applyKey
 */
export async function scenarioChanges(
  db: Database,
  scenario: ForecastScenario,
  place: Place,
  open: readonly ForecastDecision[],
): Promise<Told> {
  const parties = await partyNames(db);
  const changes: Change[] = [];
  const says: string[] = [];
  let decisions = [...open];
  for (const change of scenario.changes) {
    const told = await toldOf(db, change, place, { open: decisions, parties });
    changes.push(...told.changes);
    says.push(...told.says);
    decisions = [...told.decisions];
  }
  return { changes, says, decisions };
}

async function toldOf(
  db: Database,
  change: ScenarioChange,
  place: Place,
  { open, parties }: Readonly<{ open: readonly ForecastDecision[]; parties: ReadonlyMap<string, string> }>,
): Promise<Told> {
  const { fitted, now } = place;
  const monthOf = (text: string) => scenarioMonth(text, now);
  const inModel = (month: number) => Math.max(1, month - fitted.base);
  switch (change.kind) {
    case "giver-leaves": {
      const month = monthOf(change.from);
      return {
        changes: [{ kind: "leave", giver: change.giver, month: inModel(month) }],
        says: [`From ${monthText(month)} nothing further comes from ${parties.get(change.giver) ?? change.giver}.`],
        decisions: open,
      };
    }
    case "decision-slips": {
      const month = monthOf(change.to);
      const odds = change.odds === null ? "" : ` at odds of ${Math.round(change.odds * 100)} %`;
      return {
        changes: [{ kind: "decision", decision: change.decision, odds: change.odds, month: inModel(month) }],
        says: [
          `The decision “${open.find(({ id }) => id === change.decision)?.title ?? change.decision}” is expected in ${monthText(month)}${odds}.`,
        ],
        decisions: open.map((one) =>
          one.id === change.decision
            ? { ...one, odds: change.odds ?? one.odds, expectedOn: `${monthText(month)}-01` }
            : one,
        ),
      };
    }
    case "shares-by-key": {
      const month = monthOf(change.from);
      const shelf = await openShelf();
      const { title } = keyOn(shelf, change.key);
      const { book, day } = place;
      const shares = await keyShares(db, { key: change.key, book, on: day, knownAt: day, shelf });
      return {
        changes: [{ kind: "shares", month: inModel(month), shares }],
        says: [`From ${monthText(month)} what its ${shares.size} members give anew is shared by the key “${title}”.`],
        decisions: open,
      };
    }
    case "fund":
      return fundTold(db, change, place, open);
  }
}

async function fundTold(
  db: Database,
  change: Extract<ScenarioChange, { kind: "fund" }>,
  place: Place,
  open: readonly ForecastDecision[],
): Promise<Told> {
  const { fitted, now, book, day } = place;
  const shares = await keyShares(db, { key: change.key, book, on: day, knownAt: day });
  const amounts = new Float64Array(fitted.model.months);
  const from = scenarioMonth(change.from, now);
  spread(amounts, from - fitted.base - 1, 12 * change.years, change.years * change.yearly);
  const expected = scenarioMonth(change.expected, now);
  const replaced = open.find((one) => one.id === change.replaces);
  const { id, odds, additional, stream, title } = change;
  const fund: Change = {
    kind: "fund",
    id,
    odds,
    month: Math.max(1, expected - fitted.base),
    additional,
    stream,
    amounts,
    shares,
  };
  const effect = effectOf(title, additional);
  const instead = replaced === undefined ? "" : ` It stands in for “${replaced.title}”.`;
  const yearly = groupThousands(String(change.yearly));
  return {
    changes: [...(replaced === undefined ? [] : [{ kind: "drop" as const, decision: replaced.id }]), fund],
    says: [
      `${title}: ${yearly} a year from ${monthText(from)} for ${change.years} years, decided in ${monthText(expected)} at odds of ${Math.round(odds * 100)} %.${instead}`,
    ],
    decisions: [
      ...open.filter((one) => one !== replaced),
      { id, title, odds, expectedOn: `${monthText(expected)}-01`, effect, source: "the scenario" },
    ],
  };
}
