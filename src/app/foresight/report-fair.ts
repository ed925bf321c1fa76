import type { Bill } from "#core/burden/bill.ts";
import type { Key } from "#core/burden/key.ts";
import { MainstayError } from "#core/errors.ts";
import type { Ally, FairShares, FundFacts, ReportFacts } from "#core/foresight/report/facts.ts";
import type { GivenTable } from "#core/foresight/report/given.ts";
import { rescale, valuationScale } from "#core/money.ts";
import { dayWords } from "#core/months.ts";
import { present } from "#core/present.ts";
import { readKey } from "#formats/keys/read.ts";
import type { Database } from "#store/database.ts";
import { yearsOf, type StoredFund } from "#store/funds/funds.ts";
import { billingOf, keyInForce } from "../funds/bill.ts";
import { abstainersOf } from "../funds/decided.ts";
import { keyOn, openShelf } from "../keys.ts";
import type { AskedReport } from "./report-asked.ts";

const gdpKey = "nato-by-gdp";

type Beside = Readonly<{
  given: GivenTable;
  allies: readonly Ally[];
  names: ReadonlyMap<string, string>;
  money: FundFacts | null;
}>;
type Fair = Pick<ReportFacts, "fair" | "key">;

/**
 * Fair shares by the key: of a fund, the part of the year's envelope that each bears; without one, the part that each would bear of what all of
 * them bound. Where no share can be told, why.
 * @throws MainstayError unknown_key
 */
export async function fairOf(db: Database, report: AskedReport, beside: Beside): Promise<Fair> {
  const { fund, group } = report;
  if (group === null && report.key !== undefined) keyOn(await openShelf(), report.key);
  if (group === null)
    return { key: null, fair: { missing: "No group is named, so there is no key by which a share could be told." } };
  const key =
    fund === null || report.key !== undefined
      ? await shelved(report)
      : readKey(await keyInForce(db, fund.no, report.asOf), "key");
  const view = (indicatorYear: number | null): ReportFacts["key"] => ({
    id: key.id,
    title: key.title,
    source: [key.source.title, key.source.publisher].join(", "),
    modelled: key.modelled,
    indicatorYear,
  });
  try {
    const base = fund === null ? ofGroup(report, beside) : await ofFund(db, fund, report, beside);
    if ("missing" in base) return { key: view(null), fair: base };
    const year = Number(report.asOf.slice(0, 4));
    const out = fund === null ? [] : [...(await abstainersOf(db, fund.proposal)).keys()];
    const billing = await billingOf(db, {
      book: report.book.slug,
      key,
      members: group.slug,
      year,
      out,
      gap: fund?.terms.gap ?? "others",
    });
    const { unitScale } = report.asked;
    const bill = billing.bill(rescale(base.amount, valuationScale, unitScale));
    return { key: view(billing.indicatorYear), fair: { ...base, ...sharesIn(bill, unitScale, beside.names) } };
  } catch (error) {
    if (!(error instanceof MainstayError)) throw error;
    return { key: view(null), fair: { missing: `No share can be told: ${error.message}` } };
  }
}

/** The key asked for, or by GDP among the group's members: whose GDP is not on record is left out and named. */
async function shelved({ key, group }: AskedReport): Promise<Key> {
  const shelf = await openShelf();
  if (key !== undefined) return keyOn(shelf, key);
  const found = keyOn(shelf, gdpKey);
  if (found.members === group?.slug || found.rule.kind === "table") return found;
  const name = group?.name ?? "";
  return {
    ...found,
    id: "by-gdp",
    title: `Share of the GDP of ${name}`,
    modelled: `That ${name} shares by GDP is our measure, not its agreement; those whose GDP is not on record are left out.`,
    source: { title: "GDP in current US dollars", publisher: "World Bank", publishedOn: null, url: null, note: "" },
    members: group?.slug ?? null,
    rule: { ...found.rule, unknown: "leave-out" },
  };
}

type Base = Pick<FairShares, "of" | "givenWords" | "amount" | "given">;

/** What all of them bound together: in the period, or, where nothing of it is on record, from the beginning. */
function ofGroup({ period, asOf }: AskedReport, { given, allies }: Beside): Base | Readonly<{ missing: string }> {
  const inPeriod = given.sum({ class: "bound", span: "period" });
  const which = inPeriod === null ? { class: "bound" as const } : { class: "bound" as const, span: "period" as const };
  const amount = given.sum(which);
  if (amount === null || amount <= 0n)
    return { missing: "Nothing is on record as bound, so there is nothing to lay the key over." };
  const when = inPeriod === null ? `from the beginning to ${dayWords(asOf)}` : `in the period ${period.words}`;
  return {
    of: `what all of them bound ${when}`,
    givenWords: `bound ${when}`,
    amount,
    given: new Map(
      allies.flatMap(({ id }) => {
        const own = given.sum({ ...which, donor: id });
        return own === null ? [] : [[id, own] as const];
      }),
    ),
  };
}

/** The fund's envelope of the year, and what came of that year's calls. */
async function ofFund(
  db: Database,
  fund: StoredFund,
  { asOf }: AskedReport,
  { money }: Beside,
): Promise<Base | Readonly<{ missing: string }>> {
  const year = Number(asOf.slice(0, 4));
  const envelope = (await yearsOf(db, fund.no)).find((one) => one.year === year);
  if (envelope === undefined) return { missing: `The fund has no envelope for ${year}.` };
  const { claims, calls } = present(money ?? undefined, "the fund's account");
  const whole = (parts: bigint): bigint => rescale(parts, fund.scale, valuationScale);
  const own = calls.filter((call) => call.year === year);
  return {
    of: `the fund\u2019s envelope of ${year}`,
    givenWords: `received, or credited in kind, of what was called for ${year}, by ${dayWords(asOf)}`,
    amount: whole(BigInt(envelope.amount)),
    given: new Map(
      claims.map(({ party }) => [party, whole(own.reduce((sum, call) => sum + (call.byParty.get(party) ?? 0n), 0n))]),
    ),
  };
}

function sharesIn(
  bill: Bill,
  scale: number,
  names: ReadonlyMap<string, string>,
): Pick<FairShares, "lines" | "leftOut"> {
  return {
    lines: new Map(
      bill.lines.map(({ party, share, amount, out }) => [
        party,
        { share, fair: rescale(amount, scale, valuationScale), out },
      ]),
    ),
    leftOut: bill.leftOut.map(({ party, reason }) => ({ name: names.get(party) ?? party, reason })),
  };
}
