import type { Outcome } from "#core/decisions/proposal.ts";
import type { FundTerms, Grant, Terms } from "#core/decisions/terms.ts";
import { MainstayError } from "#core/errors.ts";
import { parseDay } from "#core/frame.ts";
import { parseAmount } from "#core/funds/amounts.ts";
import { checkCall, checkCallYear, checkFundTerms, checkGrants, checkTerm } from "#core/funds/terms.ts";
import { present } from "#core/present.ts";
import { readKey } from "#formats/keys/read.ts";
import { currencyUnit } from "#formats/units.ts";
import type { Queries } from "#store/database.ts";
import { linesOf, storedFunds, type StoredFund } from "#store/funds/funds.ts";
import {
  grantAuthorities,
  groupNumber,
  hasKeyFrom,
  insertFund,
  insertKey,
  insertTakeover,
  isTakenOver,
  isUnder,
  type NewAuthority,
} from "#store/funds/open.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { ensureUnits, resolveParty } from "#store/register.ts";
import { dayOf } from "./clock.ts";
import { sourceOfDecision } from "./funds/act.ts";
import { fundOfBook, openFundOfBook, requireFund, requireLine, requireOpenFund, type Asked } from "./funds/which.ts";
import { keyTextOf, refuseStrangers } from "./keys.ts";
import { placePlan, requireSound } from "./planning/adopt.ts";
import { filedProcedures } from "./procedures.ts";

export type AdoptedDecision = Readonly<{
  proposalNo: number;
  proposal: string;
  bookNo: number;
  at: string;
  outcome: Outcome;
  terms: Terms | null;
}>;

/**
 * Puts into effect what an adopted text decides: opens the fund, brings the key or the format into force, grants the authorities.
 * @throws MainstayError those of checkTerms, when what it names has changed since the text was issued
 */
export async function applyTerms(trx: Queries, decision: AdoptedDecision): Promise<void> {
  const { terms, proposalNo, proposal, at } = decision;
  const granted = { proposalNo, proposal, at };
  switch (terms?.kind) {
    case undefined:
    case "appoint":
    case "adopt-report":
      return;
    case "open-fund":
      return openFund(trx, decision, terms);
    case "adopt-key": {
      const fund = await requireOpenFund(trx, terms.fund);
      const from = await freeKeyDay(trx, fund, terms.from);
      return insertKey(trx, { fundNo: fund.no, from, key: await keyTextOf(terms.key), proposalNo });
    }
    case "call": {
      const fund = await requireOpenFund(trx, terms.fund);
      refuseLate(at, terms.dueOn, "dueOn");
      const purpose = `Call ${terms.year}, instalment ${terms.instalment} of ${terms.instalments}`;
      const grants = terms.lines.map(({ line, amount }): Grant => {
        return { kind: "call", line, amount, from: dayOf(at), until: terms.dueOn, purpose };
      });
      return grantAuthorities(trx, granted, grants.map(authorityOf(fund)));
    }
    case "spend": {
      const fund = await requireFund(trx, terms.fund);
      return grantAuthorities(trx, granted, terms.grants.map(authorityOf(fund)));
    }
    case "reallocate": {
      const [from, to] = [await requireFund(trx, terms.from.fund), await requireFund(trx, terms.to.fund)];
      refuseLate(at, terms.until, "until");
      const amount = parseAmount(terms.amount, from.scale, { field: "amount" });
      const side = { kind: "reallocate", fundNo: from.no, line: terms.from.line, amount } as const;
      const moved = { fundNo: to.no, line: terms.to.line };
      const authority = { ...side, to: moved, from: dayOf(at), until: terms.until, purpose: terms.reason };
      return grantAuthorities(trx, granted, [authority]);
    }
    case "take-over-format": {
      const groups = await groupsToBring(trx, terms, decision.bookNo);
      return insertTakeover(trx, { ...groups, from: terms.from, proposalNo });
    }
    case "adopt-plan": {
      await lockPlanning(trx, decision.bookNo); // before the source, as whoever enters needs and offers does
      const by = {
        giver: null,
        proposalNo,
        source: await sourceOfDecision(trx, proposal),
        knownAt: at,
        actor: proposal,
      };
      return void (await placePlan(trx, decision.bookNo, terms.plan, by));
    }
  }
}

async function openFund(
  trx: Queries,
  decision: AdoptedDecision,
  { fund, grants }: Extract<Terms, { kind: "open-fund" }>,
): Promise<void> {
  await requireFree(trx, fund.id);
  const unit = unitOf(fund.currency);
  const units = await ensureUnits(trx, [unit]);
  const no = await insertFund(trx, {
    terms: fund,
    bookNo: decision.bookNo,
    unitNo: present(units.get(unit.code), unit.code),
    groupNo: await requireGroup(trx, fund.members, "fund.members"),
    openedAt: decision.at,
    proposalNo: decision.proposalNo,
    years: fund.years.map(({ year, amount }) => ({ year, amount: parseAmount(amount, unit.scale) })),
    key: await keyTextOf(fund.key),
  });
  const opened = authorityOf({ no, scale: unit.scale });
  await grantAuthorities(trx, decision, grants.map(opened));
}

const authorityOf =
  (fund: Pick<StoredFund, "no" | "scale">) =>
  (grant: Grant): NewAuthority => ({
    ...grant,
    fundNo: fund.no,
    to: null,
    amount: parseAmount(grant.amount, fund.scale),
  });

type Checked = Asked & Readonly<{ terms: Terms | null }>;

/**
 * Whether what a text would do can be done as the record stands: what it names is there, and the fund decides it by this procedure.
 * @throws MainstayError terms_invalid, unknown_fund, unknown_fund_line, unknown_group, unknown_party, unknown_key, key_invalid, unknown_procedure,
 *   fund_exists_already, fund_opening_ended, unknown_plan, plan_not_sound, group_taken_over_already, group_would_be_under_itself, procedure_not_of_the_fund, group_not_of_the_fund,
 *   share_table_must_sum_to_one, invalid_date, invalid_amount
 */
export async function checkTerms(db: Queries, { terms, ...asked }: Checked): Promise<void> {
  const { bookNo } = asked;
  switch (terms?.kind) {
    case undefined:
      return;
    case "open-fund": {
      const { fund, grants } = terms;
      const { scale } = unitOf(fund.currency);
      checkFundTerms(fund, scale);
      checkGrants(
        grants,
        fund.lines.map((line) => line.id),
        scale,
      );
      await requireGroup(db, fund.members, "fund.members");
      await requireKey(db, fund.key, "fund.key");
      await requireProcedures(fund.decides, asked.procedure);
      return requireFree(db, fund.id);
    }
    case "adopt-key":
      await freeKeyDay(db, await openFundOfBook(db, terms.fund, asked), terms.from);
      return requireKey(db, terms.key, "key");
    case "call": {
      const fund = await openFundOfBook(db, terms.fund, asked);
      for (const { line, amount } of terms.lines) {
        await requireLine(db, fund, line, "lines");
        parseAmount(amount, fund.scale, { field: `lines.${line}` });
      }
      parseDay(terms.dueOn, "dueOn");
      checkCallYear(terms.year, fund.terms);
      return checkCall({ ...terms, lines: terms.lines.map((one) => one.line) });
    }
    case "spend": {
      const fund = await fundOfBook(db, terms.fund, asked);
      if (terms.grants.length === 0) throw new MainstayError("terms_invalid", "no grant", { field: "grants" });
      return checkGrants(
        terms.grants,
        (await linesOf(db, fund.no)).map((line) => line.id),
        fund.scale,
      );
    }
    case "reallocate":
      return checkReallocation(db, terms, asked);
    case "take-over-format":
      return void (await groupsToBring(db, terms, bookNo));
    case "adopt-plan":
      return void (await requireSound(db, bookNo, terms.plan));
    case "appoint":
      checkTerm(terms.from, terms.until);
      if (terms.party !== null && (await resolveParty(db, terms.party)) === undefined)
        throw new MainstayError("unknown_party", JSON.stringify(terms.party), { field: "party" });
      return;
    case "adopt-report":
      if (terms.address !== null && !/^https?:/i.test(terms.address))
        throw new MainstayError("terms_invalid", `${JSON.stringify(terms.address)}, no address of the web`, {
          field: "address",
        });
      return;
  }
}

async function checkReallocation(
  db: Queries,
  terms: Extract<Terms, { kind: "reallocate" }>,
  asked: Asked,
): Promise<void> {
  const from = await fundOfBook(db, terms.from.fund, asked);
  const to = await fundOfBook(db, terms.to.fund, asked);
  await requireLine(db, from, terms.from.line, "from.line");
  await requireLine(db, to, terms.to.line, "to.line");
  parseAmount(terms.amount, from.scale, { field: "amount" });
  parseDay(terms.until, "until");
  if (from.no === to.no && terms.from.line === terms.to.line)
    throw new MainstayError("terms_invalid", "a line to itself", { field: "to" });
  if (from.currency !== to.currency)
    throw new MainstayError("terms_invalid", `${from.currency} into ${to.currency}`, { field: "to.fund" });
}

/** The day from which a fund's key is to hold, where no other one was to hold from the very same. @throws MainstayError terms_invalid, invalid_date */
async function freeKeyDay(db: Queries, fund: StoredFund, day: string): Promise<string> {
  const from = parseDay(day, "from");
  if (await hasKeyFrom(db, fund.no, from))
    throw new MainstayError("terms_invalid", `${from}, from which ${fund.id} has a key already`, { field: "from" });
  return from;
}

/** What is adopted after its own last day allows nothing. @throws MainstayError terms_invalid */
function refuseLate(at: string, until: string, field: string): void {
  if (until < dayOf(at)) throw new MainstayError("terms_invalid", `${until}, before ${dayOf(at)}`, { field });
}

/** The groups of a takeover that leaves each under one other at a time, and none under itself. @throws MainstayError as checkTerms */
async function groupsToBring(
  db: Queries,
  terms: Extract<Terms, { kind: "take-over-format" }>,
  bookNo: number,
): Promise<{ formatNo: number; byNo: number }> {
  const formatNo = await requireGroup(db, terms.format, "format");
  const byNo = await requireGroup(db, terms.by, "by");
  const from = parseDay(terms.from, "from");
  if (formatNo === byNo) throw new MainstayError("terms_invalid", `${terms.format} by itself`, { field: "by" });
  if (await isTakenOver(db, bookNo, formatNo, from))
    throw new MainstayError("group_taken_over_already", terms.format, { field: "format" });
  if (await isUnder(db, bookNo, { groupNo: byNo, byNo: formatNo, from }))
    throw new MainstayError("group_would_be_under_itself", `${terms.format} under ${terms.by}, which is under it`, {
      field: "by",
    });
  return { formatNo, byNo };
}

async function requireGroup(db: Queries, slug: string, field: string): Promise<number> {
  const no = await groupNumber(db, slug);
  if (no === undefined) throw new MainstayError("unknown_group", JSON.stringify(slug), { field });
  return no;
}

/** A key that can be read and shares among parties that there are. @throws MainstayError unknown_key, key_invalid, unknown_party, unknown_group */
async function requireKey(db: Queries, idOrText: string, field: string): Promise<void> {
  await refuseStrangers(db, readKey(await keyTextOf(idOrText), field), field);
}

/** @throws MainstayError unknown_procedure where a fund is to be decided on by one that there is not */
async function requireProcedures(decides: FundTerms["decides"], own: string): Promise<void> {
  const known = new Set([own, ...(await filedProcedures()).map((filed) => filed.procedure.id)]);
  for (const [object, named] of Object.entries(decides))
    if (!known.has(named))
      throw new MainstayError("unknown_procedure", JSON.stringify(named), { field: `fund.decides.${object}` });
}

async function requireFree(db: Queries, id: string): Promise<void> {
  if ((await storedFunds(db, { id })).length > 0 || (await resolveParty(db, id)) !== undefined)
    throw new MainstayError("fund_exists_already", JSON.stringify(id), { field: "fund.id" });
}

const currencies = new Set(Intl.supportedValuesOf("currency")); // ISO 4217, those in use and those that were

function unitOf(code: string) {
  const unit = currencyUnit(code);
  if (unit === null || unit.code !== code || !currencies.has(code))
    throw new MainstayError("terms_invalid", JSON.stringify(code), { field: "fund.currency" });
  return unit;
}
