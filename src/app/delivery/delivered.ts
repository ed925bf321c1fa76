import { isCounted } from "#core/delivery/counted.ts";
import { deliveredBy, type CountedFrom } from "#core/delivery/delivered.ts";
import { MainstayError } from "#core/errors.ts";
import { parseDay } from "#core/frame.ts";
import type { DeliveredBy, DeliveredPolicies } from "#core/views-delivery.ts";
import { inTransaction, type Database, type Queries } from "#store/database.ts";
import { fundTermsDelivered, insertPolicy, policiesOf } from "#store/delivery/delivered.ts";
import { ensureSource } from "#store/register.ts";
import { dayOf, type Clock } from "../clock.ts";
import { requireFund } from "../funds/which.ts";
import { cutOf, type Cut } from "../planning/cut.ts";
import type { Doing } from "./enact.ts";
import { requireSource } from "./source.ts";

/** What counts as delivered in a book: what was decided beside a fund's terms comes before what its terms say from the same day. */
async function countsOf(db: Queries, { bookNo, knownBefore }: Cut): Promise<CountedFrom[]> {
  return [...(await policiesOf(db, bookNo, knownBefore)), ...(await fundTermsDelivered(db, bookNo))];
}

/** What counts as delivered for a fund's gifts, or without one, on a day. */
export type Counting = (fund: string | null) => DeliveredBy;

export async function countingOn(db: Queries, cut: Cut, on: string): Promise<Counting> {
  const policies = await countsOf(db, cut);
  return (fund) => deliveredBy(policies, fund, on);
}

export type PolicyOrder = Readonly<{
  counts: string;
  fund?: string | undefined;
  from?: string | undefined;
  source?: string | undefined;
}>;

/**
 * Decides which event counts as delivered in a book, or for what is given through a fund, from a day on.
 * @throws MainstayError unknown_book, unknown_fund, parameter_invalid, invalid_date, unknown_source
 */
export async function setDelivered(db: Database, book: string, order: PolicyOrder, doing: Doing): Promise<void> {
  const cut = await cutOf(db, book, undefined);
  const { counts } = order;
  if (!isCounted(counts))
    throw new MainstayError("parameter_invalid", `${JSON.stringify(counts)}; dispatched, handed-over or confirmed`, {
      field: "counts",
    });
  const from = order.from === undefined ? dayOf(doing.now) : parseDay(order.from, "from");
  await inTransaction(db, async (trx) => {
    const fund = await fundOf(trx, cut, order.fund);
    const source = await policySource(trx, cut, order.source);
    await insertPolicy(trx, { bookNo: cut.bookNo, fund, from, counts, knownAt: doing.now, source, actor: doing.actor });
  });
}

async function fundOf(trx: Queries, cut: Cut, fund: string | undefined): Promise<string | null> {
  if (fund === undefined) return null;
  const found = await requireFund(trx, fund);
  if (found.bookNo !== cut.bookNo)
    throw new MainstayError("unknown_fund", `${JSON.stringify(fund)}, of another book`, { field: "fund" });
  return found.id;
}

async function policySource(trx: Queries, cut: Cut, source: string | undefined): Promise<string> {
  if (source !== undefined) {
    await requireSource(trx, source);
    return source;
  }
  const { book, synthetic } = cut.head;
  const id = `delivered-policy-${book}`;
  const title = `${synthetic ? "Made up: what" : "What"} counts as delivered in ${book}`;
  const rest = {
    publishedOn: null,
    retrievedOn: null,
    url: null,
    note: "Entered in Mainstay, each with who decided it.",
  };
  await ensureSource(trx, { id, title, publisher: "The book's keepers", ...rest });
  return id;
}

/** @throws MainstayError unknown_book */
export async function deliveredPolicies(
  db: Database,
  clock: Clock,
  book: string,
  knownAt?: string,
): Promise<DeliveredPolicies> {
  const cut = await cutOf(db, book, knownAt);
  const stored = await policiesOf(db, cut.bookNo, cut.knownBefore);
  const policies = await countsOf(db, cut);
  const today = dayOf(clock());
  const funds = [...new Set(policies.flatMap(({ fund }) => (fund === null ? [] : [fund])))];
  return {
    head: cut.head,
    now: [null, ...funds].map((fund) => deliveredBy(policies, fund, today)),
    history: stored.map(({ knownAt: at, actor, ...policy }) => ({
      ...deliveredBy([policy], policy.fund, policy.from),
      knownAt: at,
      actor,
    })),
  };
}
