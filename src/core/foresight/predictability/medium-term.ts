import type { FigureLine } from "../../views-predictability.ts";
import { knownShare, notScheduled, numberLine, shareLine, unknown, type Behind, type Drawn } from "./figure.ts";
import { givenBy, givenUnknown, notesOf, reachNote, told } from "./giving.ts";
import { yearOf } from "./period.ts";
import type { Scope } from "./scope.ts";

const yearsAhead = 3;

/** Years of the next three with a forward plan on record, over three; over givers weighted by what each gave. GPEDC indicator 5b. */
export function mediumTerm(scope: Scope): Drawn {
  const { facts, period, cutoff, giver, fund } = scope;
  const last = yearOf(period.until);
  const years = Array.from({ length: yearsAhead }, (_, index) => last + 1 + index);
  const stretch = `${years[0]} to ${years.at(-1)}`;
  if (period.from > facts.knownTo) return unknown("medium-term", "The period begins after the last day known.");
  if (giver !== null) {
    const plan = planOf(scope, giver, years);
    if (plan.years.length === 0)
      return notScheduled("medium-term", `No plan of it for ${stretch} was on record by then.`);
    return knownShare("medium-term", part(plan.years.length), {
      lines: yearLines(years, [plan.years]),
      behind: plan.behind,
    });
  }
  const counted = told(givenBy(scope, cutoff), facts.scale);
  if (counted === null) return unknown("medium-term", givenUnknown);
  const { given, note } = counted;
  const plans = given.map((one) => ({ ...one, plan: planOf(scope, one.giver, years) }));
  const envelopes = fund === null ? [] : envelopeYears(scope, fund, years);
  const behind = [...plans.flatMap(({ plan }) => plan.behind), ...envelopes];
  const planned = plans.filter(({ plan }) => plan.years.length > 0);
  if (planned.length === 0)
    return notScheduled("medium-term", `No giver's plan for ${stretch} was on record by then.`, { behind });
  const size = given.reduce((sum, { amount }) => sum + amount, 0n);
  if (size <= 0n)
    return unknown("medium-term", "Nothing was given by then that plans could be weighed by.", { behind });
  const covered = plans.reduce((sum, { amount, plan }) => sum + amount * BigInt(plan.years.length), 0n);
  const lines: FigureLine[] = [
    numberLine("Givers with a plan on record", planned.length),
    numberLine("Givers without one", plans.length - planned.length),
    ...years.map((year) => {
      const top = plans.reduce((sum, { amount, plan }) => sum + (plan.years.includes(year) ? amount : 0n), 0n);
      return shareLine(`Planned for ${year}, by size`, { top, bottom: size });
    }),
  ];
  return knownShare(
    "medium-term",
    { top: covered, bottom: size * BigInt(yearsAhead) },
    { lines, behind, reason: notesOf(note, reachNote(scope)) },
  );
}

type Plan = Readonly<{ years: readonly number[]; behind: readonly Behind[] }>;

/** The years for which something of a giver was on record by the last day: dues of its own, or an envelope in which it takes part. */
function planOf({ facts, cutoff, whole, stream, fund: inFund }: Scope, giver: string, years: readonly number[]): Plan {
  const isWithin = (of: string) => inFund === null && (stream === null || stream === of);
  const own = whole.dues.filter((due) => due.giver === giver && due.amount > 0n && due.issuedOn <= cutoff);
  const ahead = own.filter((due) => years.includes(yearOf(due.dueOn)));
  const funds = facts.funds.filter(
    (fund) => fund.party === giver || own.some((due) => due.fund === fund.id && due.kind === "call"),
  );
  const envelopes = funds.flatMap(({ id, title, openedOn, years: amounts }) =>
    openedOn > cutoff
      ? []
      : amounts
          .filter(({ year }) => years.includes(year))
          .map(({ year, amount }): Behind & { kind: "fund" } => ({
            kind: "fund",
            fund: id,
            title,
            year,
            amount,
            says: "an envelope of a fund it takes part in",
          })),
  );
  const named = facts.plans.filter((plan) => plan.giver === giver && plan.knownOn <= cutoff && isWithin(plan.stream));
  const inTitles = years.filter((year) => named.some((plan) => plan.fromYear <= year && year <= plan.untilYear));
  const found = new Set([...ahead.map((due) => yearOf(due.dueOn)), ...envelopes.map(({ year }) => year), ...inTitles]);
  return {
    years: years.filter((year) => found.has(year)),
    behind: [
      ...ahead.map((due): Behind => ({ kind: "due", due, says: "due in a later year" })),
      ...envelopes,
      ...named
        .filter((plan) => plan.untilYear >= (years[0] ?? 0))
        .map((plan): Behind => ({ kind: "plan", plan, says: `names ${plan.fromYear} to ${plan.untilYear}` })),
    ],
  };
}

function envelopeYears({ facts, cutoff }: Scope, fund: string, years: readonly number[]): Behind[] {
  const found = facts.funds.find(({ id }) => id === fund);
  if (found === undefined || found.openedOn > cutoff) return [];
  return found.years
    .filter(({ year }) => years.includes(year))
    .map(({ year, amount }) => ({ kind: "fund", fund, title: found.title, year, amount, says: "its envelope" }));
}

function part(count: number): Readonly<{ top: bigint; bottom: bigint }> {
  return { top: BigInt(count), bottom: BigInt(yearsAhead) };
}

function yearLines(years: readonly number[], plans: readonly (readonly number[])[]): FigureLine[] {
  return years.map((year) => numberLine(`Plans for ${year}`, plans.filter((plan) => plan.includes(year)).length));
}
