import type { EffectiveDate } from "#core/entries.ts";
import { rowOf, sql, type Queries } from "./database.ts";

/** A step of a promise's quantity that no release states: someone enters it, with a source. A null stage is outside the promise. */
export type Step = Readonly<{
  promise: string; // promise id
  unit: string; // the unit counted in; must be the promise's own
  from: string | null; // stage id
  to: string | null;
  quantity: bigint; // smallest parts of the unit, > 0
  reported: Readonly<{ amount: bigint; unit: string }> | null; // the source's own valuation in millionths of a currency
  effective: EffectiveDate;
  knownAt: string; // ISO instant
  source: string; // source id
  reason: string | null;
  authority?: string | null | undefined; // the id of what allows it, for a step of a fund's money
}>;

/** Posts any number of steps in one call, all or none, and returns the postings' numbers in order. Durable when the transaction is. */
export async function postSteps(trx: Queries, steps: readonly Step[], actor: string): Promise<number[]> {
  if (steps.length === 0) return [];
  const row = await rowOf<{ numbers: string[] }>(
    trx,
    sql`select post_steps(${steps.map((s) => s.promise)}::text[], ${steps.map((s) => s.unit)}::text[], ${steps.map((s) => s.from)}::text[],
      ${steps.map((s) => s.to)}::text[], ${steps.map((s) => s.quantity.toString())}::numeric[],
      ${steps.map((s) => s.reported?.amount.toString() ?? null)}::numeric[], ${steps.map((s) => s.reported?.unit ?? null)}::text[],
      ${steps.map((s) => s.effective.on)}::date[], ${steps.map((s) => s.effective.precision)}::text[],
      ${steps.map((s) => s.knownAt)}::timestamptz[], ${steps.map((s) => s.source)}::text[], ${steps.map((s) => s.reason)}::text[],
      ${actor}, ${authoritiesOf(steps)}::text[])::text[] as numbers`,
  );
  return (row?.numbers ?? []).map(Number);
}

/** Null where no step names one, so that the database looks for none. */
function authoritiesOf(steps: readonly Step[]): (string | null)[] | null {
  return steps.some((step) => step.authority != null) ? steps.map((step) => step.authority ?? null) : null;
}

export type Reversal = Readonly<{ postings: readonly number[]; knownAt: string; source: string; reason: string }>;

/** Takes postings back by their mirror images, all or none, and returns the new postings' numbers in order. */
export async function reversePostings(trx: Queries, reversal: Reversal, actor: string): Promise<number[]> {
  if (reversal.postings.length === 0) return [];
  const row = await rowOf<{ numbers: string[] }>(
    trx,
    sql`select reverse_postings(${reversal.postings}::bigint[], ${reversal.knownAt}::timestamptz, ${reversal.source}, ${reversal.reason},
      ${actor})::text[] as numbers`,
  );
  return (row?.numbers ?? []).map(Number);
}
