import type { ProposalState } from "#core/decisions/state.ts";
import type { Terms } from "#core/decisions/terms.ts";
import { MainstayError } from "#core/errors.ts";
import { parseAmount } from "#core/funds/amounts.ts";
import { formatDecimal, groupThousands } from "#core/money.ts";
import type { ProposalView } from "#core/views-decisions.ts";
import { readKey } from "#formats/keys/read.ts";
import { currencyScale } from "#formats/units.ts";
import type { Database } from "#store/database.ts";
import { dayOf } from "./clock.ts";
import { requireFund } from "./funds/which.ts";
import { billingOf, keyInForce } from "./funds/bill.ts";
import { abstainersOf } from "./funds/decided.ts";
import { keyTextOf } from "./keys.ts";

type Asked = Readonly<{
  key: string;
  members: string;
  year: number;
  amount: bigint;
  scale: number;
  currency: string;
  gap: "others" | "open";
  out: readonly string[];
  what: string;
}>;

/**
 * What a constructive abstention would cost or spare each party, of a fund or a call that is proposed and still open: its part of the first year's
 * envelope or of the call. Null where the procedure knows no such abstention, or where no share can be told.
 */
export async function abstentionOf(
  db: Database,
  { book, state, procedureAllows }: Readonly<{ book: string; state: ProposalState; procedureAllows: boolean }>,
): Promise<ProposalView["abstention"]> {
  const terms = state.text?.terms ?? null;
  if (!state.open || !procedureAllows || terms === null) return null;
  try {
    const asked = await askedOf(db, terms, dayOf(state.at));
    return asked === null ? null : await costs(db, book, state, asked);
  } catch (error) {
    // A key that cannot be reckoned for want of a number says nothing of anyone's share.
    if (error instanceof MainstayError) return null;
    throw error;
  }
}

async function askedOf(db: Database, terms: Terms, day: string): Promise<Asked | null> {
  if (terms.kind === "open-fund") {
    const { fund } = terms;
    const [first] = fund.years.toSorted((left, right) => left.year - right.year);
    const scale = currencyScale(fund.currency);
    if (first === undefined) return null;
    const { currency, members, gap } = fund;
    const amount = parseAmount(first.amount, scale);
    return {
      key: await keyTextOf(fund.key),
      members,
      year: first.year,
      amount,
      scale,
      currency,
      gap,
      out: [],
      what: `of ${first.year}`,
    };
  }
  if (terms.kind !== "call") return null;
  const fund = await requireFund(db, terms.fund);
  const key = await keyInForce(db, fund.no, day);
  const amount = terms.lines.reduce((sum, line) => sum + parseAmount(line.amount, fund.scale), 0n);
  const out = [...(await abstainersOf(db, fund.proposal)).keys()];
  const { currency, members, scale } = fund;
  const { gap } = fund.terms;
  return { key, members, year: terms.year, amount, scale, currency, gap, out, what: "of the call" };
}

async function costs(
  db: Database,
  book: string,
  state: ProposalState,
  asked: Asked,
): Promise<ProposalView["abstention"]> {
  const { bill } = await billingOf(db, { ...asked, book, key: readKey(asked.key, "key") });
  const whole = bill(asked.amount);
  const names = new Map(state.opened.participants.map((one) => [one.id, one.name]));
  return whole.lines
    .filter((line) => names.has(line.party) && !line.out)
    .map((line) => {
      const share = formatDecimal(line.amount, asked.scale);
      const money = `${asked.currency} ${groupThousands(share)}`;
      const rest = asked.gap === "others" ? "the others would bear it" : "nobody would bear it";
      return {
        party: line.party,
        partyName: names.get(line.party) ?? line.party,
        share,
        effect: `would not pay ${money} ${asked.what}; ${rest}`,
      };
    });
}
