import type { BindingClass } from "#core/bindingness.ts";
import { billOf, type Bill, type BillLine } from "#core/burden/bill.ts";
import type { Span } from "#core/burden/calendar.ts";
import { newestYear, type Facts } from "#core/burden/indicators.ts";
import type { Key, KeyIndicator } from "#core/burden/key.ts";
import { percentText, ratioText } from "#core/burden/ratio.ts";
import { changedKey, changedSpans, parseScenario, scenarioText, type Scenario } from "#core/burden/scenario.ts";
import { MainstayError } from "#core/errors.ts";
import { formatDecimal, parseDecimal } from "#core/money.ts";
import { perHundred, perUnit } from "#core/ratios.ts";
import type { Party, Totals } from "#core/views.ts";
import type { BillView, ScenarioView, WhatIf } from "#core/views-governed.ts";
import type { Database } from "#store/database.ts";
import { giversWithIndicators, type GiverRow } from "#store/givers.ts";
import { membersOfGroup } from "#store/groups.ts";
import { listParties } from "#store/parties.ts";
import { keyOn, openShelf, type Shelf } from "./keys.ts";
import { preferredClasses } from "./overview.ts";
import { totals, type TotalsQuestion } from "./totals.ts";

export type WhatIfQuestion = Omit<TotalsQuestion, "by" | "unit" | "donor" | "category" | "stream"> &
  Readonly<{
    scenarios: readonly string[]; // the first is today's
  }>;

const currency = "EUR";
const mostScenarios = 5;
const usualFund = "yearly-pledge";

/** A scenario with everything it left to its key, to the first one and to the worked funds filled in. */
type Asked = Readonly<{
  scenario: Scenario;
  key: Key;
  year: number;
  amount: bigint;
  indicatorYear: number | null;
  bill: Bill;
}>;

/**
 * Everyone's bill under up to five what-ifs, the first being today's, beside what each gives already as the record has it.
 * @throws MainstayError scenario_unreadable, unknown_key, unknown_group, unknown_party, key_not_in_force and those of billOf and totals
 */
export async function whatIf(db: Database, question: WhatIfQuestion, shelf?: Shelf): Promise<WhatIf> {
  const { scenarios: texts, ...figure } = question;
  if (texts.length === 0 || texts.length > mostScenarios) {
    throw new MainstayError(
      "scenario_unreadable",
      `${texts.length} what-ifs, where one to ${mostScenarios} are compared`,
    );
  }
  const [desk, given, parties] = await Promise.all([shelf ?? openShelf(), giving(db, figure), listParties(db, {})]);
  const facts = factsOf(parties, given);
  const scenarios = texts.map((text) => parseScenario(text, "what-if"));
  const first = envelopeOf(desk, scenarios[0], undefined);
  const asked: Asked[] = [];
  for (const scenario of scenarios) asked.push(await ask(db, { desk, scenario, facts, parties, first }));
  const givers = new Map<number, ReadonlyMap<string, GiverRow>>();
  const ids = [...new Set(asked.flatMap(({ bill }) => bill.lines.map((line) => line.party)))];
  for (const { year } of asked) {
    if (!givers.has(year))
      givers.set(year, new Map((await giversWithIndicators(db, ids, year)).map((row) => [row.id, row])));
  }
  const names = new Map(parties.map((party) => [party.id, party.name]));
  return {
    frame: given.frame,
    class: given.class,
    boundary: given.boundary,
    basis: given.basis,
    sources: given.sources,
    partial: given.partial,
    currency,
    scenarios: asked.map((one) => scenarioView(one, names)),
    rows: ids
      .map((party) => rowOf(party, names.get(party) ?? party, asked, givers, given.amounts))
      .sort((left, right) => left.name.localeCompare(right.name, "en")),
  };
}

type Given = Pick<Totals, "frame" | "boundary" | "basis" | "sources"> &
  Readonly<{ class: BindingClass; partial: readonly string[]; amounts: ReadonlyMap<string, string> }>;

/** What each party gives already: totals at the class asked, else at the firmest that speaks of all support. */
export async function giving(db: Database, figure: Omit<WhatIfQuestion, "scenarios">): Promise<Given> {
  const frame = { ...figure, unit: currency };
  const all = await totals(db, { ...frame, by: ["donor"] });
  const theClass =
    figure.class ?? preferredClasses.find((name) => all.rows.some((row) => row.class === name)) ?? "bound";
  const found = await totals(db, { ...frame, class: theClass, by: ["donor"] });
  return {
    frame: found.frame,
    boundary: found.boundary,
    basis: found.basis,
    sources: found.sources,
    class: found.class ?? "bound",
    partial: found.partial.map((one) => one.reason),
    amounts: new Map(found.rows.map((row) => [row.donorId ?? "", row.amount])),
  };
}

/** Indicators on record by party and year, and what each gives; nothing stands for what is not on record. */
export function factsOf(parties: readonly Party[], given: Given): Facts {
  const tableOf = (indicator: KeyIndicator) =>
    new Map(
      parties.map((party) => [
        party.id,
        new Map(
          party.indicators
            .filter((one) => one.indicator === indicator)
            .map((one) => [one.year, parseDecimal(one.value, 0)]),
        ),
      ]),
    );
  const giving = [...given.amounts].map(([party, amount]) => [party, new Map([[0, parseDecimal(amount, 2)]])] as const);
  return {
    gdp: tableOf("gdp"),
    gni: tableOf("gni"),
    population: tableOf("population"),
    "past-giving": new Map(giving),
  };
}

type Envelope = Readonly<{ year: number; amount: bigint }>;

/** A what-if's year and amount: its own, else those of today's, else those of the yearly pledge. */
function envelopeOf(desk: Shelf, scenario: Scenario | undefined, first: Envelope | undefined): Envelope {
  const fund = desk.funds.find((one) => one.id === usualFund);
  const year = scenario?.year ?? first?.year ?? fund?.years[0]?.year;
  const amount =
    scenario?.amount ?? first?.amount ?? (fund?.years.find((one) => one.year === year) ?? fund?.years[0])?.amount;
  if (year === undefined || amount === undefined)
    throw new MainstayError("scenario_unreadable", "neither a year nor an amount");
  return { year, amount };
}

type Asking = Readonly<{ desk: Shelf; scenario: Scenario; facts: Facts; parties: readonly Party[]; first: Envelope }>;

async function ask(db: Database, { desk, scenario, facts, parties, first }: Asking): Promise<Asked> {
  const shelved = keyOn(desk, scenario.key);
  const { year, amount } = envelopeOf(desk, scenario, first);
  if (shelved.validFrom > `${year}-12-31` || (shelved.validUntil ?? "9999-12-31") < `${year}-01-01`) {
    const until = shelved.validUntil === null ? "" : ` to ${shelved.validUntil}`;
    throw new MainstayError(
      "key_not_in_force",
      `${year}, where ${shelved.id} is in force from ${shelved.validFrom}${until}`,
      { field: "year" },
    );
  }
  const stranger = scenario.with.find((id) => !parties.some((party) => party.id === id));
  if (stranger !== undefined) throw new MainstayError("unknown_party", JSON.stringify(stranger), { field: "with" });
  const key = changedKey(shelved, scenario);
  const spans = changedSpans(await membersOf(db, key, scenario.members), scenario);
  const indicatorYear =
    key.rule.kind === "table"
      ? null
      : newestYear(
          facts,
          key.rule,
          spans.map((span) => span.party),
          year,
        );
  const bill = billOf({
    key,
    spans,
    facts,
    year,
    factsYear: indicatorYear ?? year,
    amount,
    out: scenario.out,
    gap: scenario.gap,
  });
  return { scenario, key, year, amount, indicatorYear, bill };
}

/** Who belongs under a key and when: the group's members (not the one whom it supports), or the parties of the table. */
export async function membersOf(db: Database, key: Key, asked: string | null): Promise<Span[]> {
  const slug = asked ?? key.members;
  if (slug === null)
    return key.rule.kind === "table"
      ? [...key.rule.shares.keys()].map((party) => ({ party, from: null, until: null }))
      : [];
  const members = await membersOfGroup(db, slug);
  if (members === undefined) throw new MainstayError("unknown_group", JSON.stringify(slug), { field: "members" });
  return members
    .filter((member) => member.role !== "recipient")
    .map((member) => ({ party: member.party, from: member.from, until: member.to }));
}

function scenarioView(one: Asked, names: ReadonlyMap<string, string>): ScenarioView {
  const { scenario, key, year, amount, indicatorYear, bill } = one;
  return {
    text: scenarioText(scenario),
    key: key.id,
    title: key.title,
    modelled: key.modelled,
    year,
    indicatorYear,
    amount: formatDecimal(amount, 2),
    uncovered: formatDecimal(bill.uncovered, 2),
    payers: bill.lines.filter((line) => line.amount > 0n).length,
    leftOut: bill.leftOut.map((left) => ({ ...left, name: names.get(left.party) ?? left.party })),
    stretches: bill.stretches.map(({ from, until, days, applied }) => ({
      from,
      until,
      days,
      members: applied.members.length,
    })),
  };
}

function rowOf(
  party: string,
  name: string,
  asked: readonly Asked[],
  givers: ReadonlyMap<number, ReadonlyMap<string, GiverRow>>,
  amounts: ReadonlyMap<string, string>,
): WhatIf["rows"][number] {
  const lines = asked.map(({ bill }) => bill.lines.find((line) => line.party === party));
  const today = lines[0];
  const bills = asked.map(({ bill, year }, index): BillView | null => {
    const line = lines[index];
    return line === undefined ? null : billView(line, today, bill, givers.get(year)?.get(party));
  });
  const gives = amounts.get(party) ?? null;
  const cents = gives === null ? null : parseDecimal(gives, 2);
  const giver = givers.get(asked[0]?.year ?? 0)?.get(party);
  const beside = cents === null ? null : relative(cents, giver);
  return {
    party,
    name,
    gives,
    givesPctGdp: beside?.pctGdp ?? null,
    givesPerHead: beside?.perHead ?? null,
    gdpYear: giver?.gdpYear ?? null,
    bills,
  };
}

function billView(line: BillLine, today: BillLine | undefined, bill: Bill, giver: GiverRow | undefined): BillView {
  return {
    share: ratioText(line.share),
    percent: percentText(line.share),
    amount: formatDecimal(line.amount, 2),
    difference: today === undefined ? null : formatDecimal(line.amount - today.amount, 2),
    ...relative(line.amount, giver),
    out: line.out,
    steps: bill.steps(line.party).map((step) => ({
      ...step,
      before: step.before === null ? null : percentText(step.before),
      after: percentText(step.after),
    })),
  };
}

/** An amount in cents as % of GDP and per head, by the newest GDP and population up to the year; null where not known. */
function relative(cents: bigint, giver: GiverRow | undefined): { pctGdp: string | null; perHead: string | null } {
  const amount = cents * 10_000n;
  const { gdpUsd = null, usdPerEuro = null, population = null } = giver ?? {};
  return {
    pctGdp: gdpUsd === null || usdPerEuro === null ? null : perHundred(amount, gdpUsd, usdPerEuro),
    perHead: population === null ? null : perUnit(amount, population),
  };
}
