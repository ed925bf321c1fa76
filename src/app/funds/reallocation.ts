import { MainstayError } from "#core/errors.ts";
import { authorityView } from "#core/funds/authority.ts";
import { parseAmount } from "#core/funds/amounts.ts";
import { formatDecimal, groupThousands, parseDecimal } from "#core/money.ts";
import type { LineView, ReallocationPreview } from "#core/views-funds.ts";
import type { Database } from "#store/database.ts";
import { flowsOf } from "#store/funds/flows.ts";
import { authoritiesOf, type StoredFund } from "#store/funds/funds.ts";
import { dayOf, type Clock } from "../clock.ts";
import { settleProposals } from "../decisions/settle.ts";
import { requireFund } from "./which.ts";
import { lineOf, lineViews } from "./view.ts";

export type ReallocationQuestion = Readonly<{
  fund: string;
  line: string;
  toFund?: string | undefined;
  toLine: string;
  earmark?: string | undefined;
  amount: string;
}>;

/**
 * What a reallocation would do before it is done: what the line can spare, what both would have, which earmarks may not follow, and by which authority.
 * @throws MainstayError unknown_fund, unknown_fund_line, invalid_amount
 */
export async function previewReallocation(
  db: Database,
  clock: Clock,
  asked: ReallocationQuestion,
): Promise<ReallocationPreview> {
  await settleProposals(db, clock);
  const day = dayOf(clock());
  const fund = await requireFund(db, asked.fund);
  const toFund = asked.toFund === undefined || asked.toFund === "" ? fund : await requireFund(db, asked.toFund);
  if (toFund.currency !== fund.currency)
    throw new MainstayError("posting_unit_mismatch", `${fund.currency} into ${toFund.currency}`, { field: "to_fund" });
  const amount = parseAmount(asked.amount, fund.scale, { field: "amount" });
  const linesIn = async (one: StoredFund) => lineViews(db, one, await flowsOf(db, one.no, day), day);
  const from = lineOf(await linesIn(fund), asked.line, "line");
  const to = lineOf(await linesIn(toFund), asked.toLine, "to_line");
  const scale = fund.scale;
  const earmark = asked.earmark === undefined || asked.earmark === "" ? null : asked.earmark;
  const pot = from.pots.find((one) => one.earmark === earmark);
  const spare = parseDecimal(pot?.available ?? "0", scale);
  const staysInside = earmark === null || (toFund.no === fund.no && (pot?.lines ?? []).includes(to.id));
  const authorities = (await authoritiesOf(db, { fundNo: fund.no }))
    .filter(
      (one) => one.kind === "reallocate" && one.line === from.id && one.toFund === toFund.id && one.toLine === to.id,
    )
    .map((one) => authorityView(one, day));
  const covering = authorities.filter((one) => one.live && parseDecimal(one.left, scale) >= amount);
  const says = verdict({
    amount,
    spare,
    staysInside,
    covered: covering.length > 0,
    same: from.id === to.id && fund.no === toFund.no,
    scale,
    currency: fund.currency,
  });
  return {
    currency: fund.currency,
    from: {
      fund: fund.id,
      line: from.id,
      title: from.title,
      available: from.available,
      canSpare: formatDecimal(spare, scale),
      after: after(from, -amount, scale),
    },
    to: { fund: toFund.id, line: to.id, title: to.title, available: to.available, after: after(to, amount, scale) },
    amount: formatDecimal(amount, scale),
    earmarks: earmarksOf(from, to, fund.no === toFund.no),
    needs: needsOf(from, amount, fund),
    authorities,
    possible: says === null,
    says: says ?? `Possible under ${covering.map((one) => one.id).join(" or ")}.`,
  };
}

const after = (line: LineView, change: bigint, scale: number) =>
  formatDecimal(parseDecimal(line.available, scale) + change, scale);

type Facts = Readonly<{
  amount: bigint;
  spare: bigint;
  staysInside: boolean;
  covered: boolean;
  same: boolean;
  scale: number;
  currency: string;
}>;

/** The first thing that stands in the way, in words; null when nothing does. */
function verdict({ amount, spare, staysInside, covered, same, scale, currency }: Facts): string | null {
  if (same) return "Not possible: a line cannot give to itself.";
  if (!staysInside)
    return "Not possible: the earmark does not name the other line, and an earmarked euro stays inside its earmark.";
  if (amount > spare)
    return `Not possible: ${currency} ${groupThousands(formatDecimal(spare, scale))} can be spared, ${groupThousands(formatDecimal(amount - spare, scale))} too little.`;
  return covered ? null : "Not possible yet: no decision in force allows it. Propose it first.";
}

function earmarksOf(from: LineView, to: LineView, sameFund: boolean): ReallocationPreview["earmarks"] {
  return from.pots.flatMap((pot) => {
    if (pot.earmark === null || pot.lines === null) return [];
    const may = sameFund && pot.lines.includes(to.id);
    const title = pot.earmarkTitle ?? pot.earmark;
    return [
      {
        earmark: pot.earmark,
        title,
        available: pot.available,
        may,
        says: may
          ? `may move to ${to.title}, under its earmark`
          : `stays: it is given for ${pot.lines.join(", ")} only`,
      },
    ];
  });
}

/** What it does to what the line still has to do. */
function needsOf(from: LineView, amount: bigint, fund: StoredFund): string[] {
  const left = parseDecimal(from.available, fund.scale) - amount;
  const authorised = parseDecimal(from.authorised, fund.scale);
  const money = (value: bigint) => `${fund.currency} ${groupThousands(formatDecimal(value, fund.scale))}`;
  const short = authorised - left;
  return [
    `${money(parseDecimal(from.placed, fund.scale))} placed on ${from.title} stays placed.`,
    ...(short > 0n
      ? [
          `${money(authorised)} may still be spent on ${from.title} by decisions in force; ${money(short)} of it would have no money behind it.`,
        ]
      : [`What may still be spent on ${from.title} by decisions in force, ${money(authorised)}, stays covered.`]),
  ];
}
