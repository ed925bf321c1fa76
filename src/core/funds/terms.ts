import type { FundTerms, Grant } from "../decisions/terms.ts";
import { MainstayError } from "../errors.ts";
import { parseDay } from "../frame.ts";
import { parseRatio } from "../burden/ratio.ts";
import { parseAmount } from "./amounts.ts";

/** How many pots of money a fund can have: one for each line, and one for each line that an earmark names. */
const mostPots = 1000;

/**
 * Whether a fund's terms hold together: its period, its years inside it, lines and earmarks named once and not too many of them, amounts that can be counted.
 * @throws MainstayError terms_invalid, invalid_date, invalid_amount, each naming the field
 */
export function checkFundTerms(fund: FundTerms, scale: number): void {
  checkPeriod(fund.from, fund.until, "fund");
  if (fund.years.length === 0) throw invalid("no year", "fund.years");
  unique(
    fund.years.map((one) => String(one.year)),
    "fund.years",
  );
  for (const { year, amount } of fund.years) {
    parseAmount(amount, scale, { field: `fund.years.${year}` });
    if (`${year}-12-31` < fund.from || `${year}-01-01` > fund.until)
      throw invalid(`${year}, outside ${fund.from} to ${fund.until}`, "fund.years");
  }
  if (fund.lines.length === 0) throw invalid("no line", "fund.lines");
  const lines = fund.lines.map((line) => line.id);
  unique(lines, "fund.lines");
  unique(
    fund.earmarks.map((earmark) => earmark.id),
    "fund.earmarks",
  );
  for (const earmark of fund.earmarks) {
    if (earmark.lines.length === 0) throw invalid(`${earmark.id} without a line`, "fund.earmarks");
    unique(earmark.lines, `fund.earmarks.${earmark.id}`);
    const stranger = earmark.lines.find((line) => !lines.includes(line));
    if (stranger !== undefined) throw invalid(`the line ${JSON.stringify(stranger)}`, `fund.earmarks.${earmark.id}`);
  }
  const pots = fund.earmarks.reduce((sum, earmark) => sum + earmark.lines.length, lines.length);
  if (pots > mostPots) throw invalid(`${pots} lines and lines of earmarks, more than ${mostPots}`, "fund.earmarks");
  if (fund.inKind === null) return;
  for (const name of ["part", "most"] as const) {
    const ratio = parseRatio(fund.inKind[name], { field: `fund.inKind.${name}` });
    if (ratio.top === 0n || ratio.top > ratio.bottom) throw invalid(fund.inKind[name], `fund.inKind.${name}`);
  }
}

/** Whether grants name lines of the fund, a period and an amount. @throws MainstayError terms_invalid, invalid_date, invalid_amount */
export function checkGrants(grants: readonly Grant[], lines: readonly string[], scale: number): void {
  for (const [index, grant] of grants.entries()) {
    const field = `grants.${index}`;
    if (grant.line !== null && !lines.includes(grant.line))
      throw invalid(`the line ${JSON.stringify(grant.line)}`, `${field}.line`);
    parseAmount(grant.amount, scale, { field: `${field}.amount` });
    checkPeriod(grant.from, grant.until, field);
  }
}

/**
 * Whether a call names its lines, each once, and an instalment that there is.
 * @throws MainstayError terms_invalid
 */
export function checkCall(call: Readonly<{ instalment: number; instalments: number; lines: readonly string[] }>): void {
  const { instalment, instalments, lines } = call;
  if (lines.length === 0) throw invalid("no line", "lines");
  unique(lines, "lines");
  if (instalment > instalments) throw invalid(`instalment ${instalment} of ${instalments}`, "instalment");
}

/** Whether a call is for a year that a fund runs in. @throws MainstayError terms_invalid */
export function checkCallYear(year: number, fund: Readonly<{ from: string; until: string }>): void {
  if (year < Number(fund.from.slice(0, 4)) || year > Number(fund.until.slice(0, 4)))
    throw invalid(`${year}, outside ${fund.from} to ${fund.until}`, "year");
}

/** Whether a post is held from a day to a later one, or the same. @throws MainstayError terms_invalid, invalid_date */
export function checkTerm(from: string, until: string | null): void {
  if (parseDay(from, "from") > (until === null ? from : parseDay(until, "until")))
    throw invalid(`${until}, before ${from}`, "until");
}

function checkPeriod(from: string, until: string, field: string): void {
  if (parseDay(from, `${field}.from`) > parseDay(until, `${field}.until`))
    throw invalid(`${until}, before ${from}`, `${field}.until`);
}

function unique(ids: readonly string[], field: string): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw invalid(`${JSON.stringify(twice)} twice`, field);
}

function invalid(found: string, field: string): MainstayError {
  return new MainstayError("terms_invalid", found, { field });
}
