import { MainstayError } from "#core/errors.ts";
import type { Invoice } from "#core/funds/invoice.ts";
import { formatDecimal } from "#core/money.ts";
import { present } from "#core/present.ts";
import { invoicesCsv } from "#formats/invoice/csv.ts";
import { invoicePdf } from "#formats/invoice/pdf.ts";
import { readKey } from "#formats/keys/read.ts";
import type { Database } from "#store/database.ts";
import { callsOf, shareLinesOf } from "#store/funds/calls.ts";
import { decisionSource } from "#store/funds/decision-source.ts";
import type { StoredFund } from "#store/funds/funds.ts";
import type { Clock } from "../clock.ts";
import { openDocumentFonts } from "../fonts.ts";
import { requireFund } from "./which.ts";
import { callView } from "./call-view.ts";

type Which = Readonly<{ fund: string; call: string }>;

/**
 * What every member who has something to pay is sent for a call, as of a day.
 * @throws MainstayError unknown_fund, unknown_call, invalid_date
 */
export async function invoicesOf(db: Database, clock: Clock, which: Which, asOf?: string): Promise<Invoice[]> {
  const fund = await requireFund(db, which.fund);
  const call = await callView(db, clock, which, asOf);
  const stored = present(
    (await callsOf(db, fund.no)).find((one) => one.id === call.id),
    call.id,
  );
  const lines = await shareLinesOf(db, stored.no);
  const decision = present(await decisionSource(db, call.decision), call.decision);
  const key = readKey(stored.key, "key");
  return call.shares
    .filter((share) => share.exempt === null && share.amount !== formatDecimal(0n, fund.scale))
    .map((share): Invoice => ({
      reference: share.reference,
      number: `${call.id} ${share.party}`,
      fund: holderOf(fund),
      party: { id: share.party, name: share.name },
      issuedOn: call.issuedOn,
      dueOn: call.dueOn,
      currency: call.currency,
      period: `${call.year}, instalment ${call.instalment} of ${call.instalments}`,
      lines: lines
        .filter((line) => line.party === share.party)
        .map(({ line, title, amount }) => ({ line, title, amount: formatDecimal(BigInt(amount), fund.scale) })),
      total: share.amount,
      whole: call.amount,
      share: { exact: share.share, percent: share.percent },
      steps: share.steps.map(({ step, after, reason, from, until }) => ({ step, after, reason, from, until })),
      key: { id: key.id, title: key.title, source: [key.source.title, key.source.publisher].join(", ") },
      decision: {
        id: call.decision,
        number: decision.number,
        title: decision.title,
        adoptedAt: decision.on,
        by: decision.group ?? "",
        address: `/decisions/${call.decision}`,
      },
      paid: share.received,
      credited: share.credited,
      outstanding: share.outstanding,
      asOf: call.asOf,
    }));
}

function holderOf({ id, title, terms, synthetic }: StoredFund): Invoice["fund"] {
  const { account, modelled } = terms;
  return {
    id,
    title,
    holder: account?.holder ?? title,
    account: account?.number ?? null,
    bank: account?.bank ?? null,
    modelled,
    synthetic,
  };
}

/** A call's invoices as CSV. @throws MainstayError as invoicesOf */
export async function invoicesTable(db: Database, clock: Clock, which: Which, asOf?: string): Promise<string> {
  return invoicesCsv(await invoicesOf(db, clock, which, asOf));
}

/** One member's invoice as PDF. @throws MainstayError as invoicesOf; unknown_party when nothing is asked of it */
export async function invoiceSheet(
  db: Database,
  clock: Clock,
  which: Which & Readonly<{ party: string }>,
  asOf?: string,
): Promise<Uint8Array> {
  const invoice = (await invoicesOf(db, clock, which, asOf)).find((one) => one.party.id === which.party);
  if (invoice === undefined)
    throw new MainstayError(
      "unknown_party",
      `${JSON.stringify(which.party)}, which has nothing to pay of ${which.call}`,
      { field: "party" },
    );
  return invoicePdf(invoice, await openDocumentFonts());
}
