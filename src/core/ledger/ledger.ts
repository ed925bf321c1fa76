import { classEffect, type BindingClass } from "../bindingness.ts";
import type { EffectiveDate } from "../entries.ts";
import { MainstayError } from "../errors.ts";

/**
 * The ledger's rules as values: what the database enforces in SQL, said once more without it. Small and plain rather than fast; the tests
 * run both side by side, and a plan can be tried on it before anything is posted.
 */

/** A stage of a promise's stream and its class. */
export type Stage = Readonly<{ id: string; stream: string; class: BindingClass }>;
export type Undertaking = Readonly<{ id: string; stream: string; unit: string }>;

/** Where a quantity stands: a stage of a promise, or (both null) the outside of the book in a unit. */
export type Account = Readonly<{ promise: string | null; stage: string | null; unit: string }>;

/** A step to be posted; a null stage is outside the promise. Quantities in smallest parts of the unit, valuations in millionths. */
export type LedgerStep = Readonly<{
  promise: string;
  unit: string;
  from: string | null;
  to: string | null;
  quantity: bigint;
  reported: bigint | null;
  effective: EffectiveDate;
  knownAt: string; // ISO instant in UTC
}>;

export type LedgerPosting = LedgerStep &
  Readonly<{
    no: number;
    debit: Account;
    credit: Account;
    class: BindingClass | null;
    sign: -1 | 0 | 1;
    reverses: number | null;
    reason: string | null;
  }>;

export type Ledger = Readonly<{
  stages: ReadonlyMap<string, Stage>;
  promises: ReadonlyMap<string, Undertaking>;
  postings: readonly LedgerPosting[];
}>;

export function openLedger(stages: readonly Stage[], promises: readonly Undertaking[]): Ledger {
  return {
    stages: new Map(stages.map((stage) => [stage.id, stage])),
    promises: new Map(promises.map((promise) => [promise.id, promise])),
    postings: [],
  };
}

/**
 * The ledger with the steps added, all or none.
 * @throws MainstayError unknown_promise, posting_unit_mismatch, unknown_stage, posting_quantity_not_positive, stage_below_zero
 */
export function post(ledger: Ledger, steps: readonly LedgerStep[]): Ledger {
  return refuseBelowZero({
    ...ledger,
    postings: [
      ...ledger.postings,
      ...steps.map((step, index) => asPosting(ledger, step, ledger.postings.length + index + 1)),
    ],
  });
}

/**
 * The ledger with postings taken back by their mirror images, all or none.
 * @throws MainstayError reversal_without_reason, unknown_posting, reversal_before_posting, posting_taken_back_already, stage_below_zero
 */
export function reverse(
  ledger: Ledger,
  reversal: Readonly<{ postings: readonly number[]; knownAt: string; reason: string }>,
): Ledger {
  if (reversal.reason.trim() === "")
    throw new MainstayError("reversal_without_reason", `posting ${reversal.postings[0]}`);
  const taken = new Set(ledger.postings.map((posting) => posting.reverses));
  const mirrored = reversal.postings.map((no, index): LedgerPosting => {
    const original = ledger.postings[no - 1];
    if (original === undefined) throw new MainstayError("unknown_posting", `posting ${no}`);
    if (original.knownAt > reversal.knownAt) throw new MainstayError("reversal_before_posting", `posting ${no}`);
    if (taken.has(no)) throw new MainstayError("posting_taken_back_already", `posting ${no}`);
    taken.add(no);
    return {
      ...original,
      no: ledger.postings.length + index + 1,
      from: original.to,
      to: original.from,
      debit: original.credit,
      credit: original.debit,
      sign: original.sign === 0 ? 0 : original.sign === 1 ? -1 : 1,
      knownAt: reversal.knownAt,
      reverses: no,
      reason: reversal.reason,
    };
  });
  return refuseBelowZero({ ...ledger, postings: [...ledger.postings, ...mirrored] });
}

function asPosting(ledger: Ledger, step: LedgerStep, no: number): LedgerPosting {
  const promise = ledger.promises.get(step.promise);
  if (promise === undefined) throw new MainstayError("unknown_promise", step.promise);
  if (promise.unit !== step.unit)
    throw new MainstayError(
      "posting_unit_mismatch",
      `promise ${promise.id} is counted in ${promise.unit}, the posting in ${step.unit}`,
    );
  if (step.from === step.to)
    throw new MainstayError(
      "unknown_stage",
      `from ${step.from ?? "outside"} to ${step.to ?? "outside"}, promise ${promise.id}`,
    );
  if (step.quantity <= 0n) throw new MainstayError("posting_quantity_not_positive", step.quantity.toString());
  const from = classOf(ledger, promise, step.from);
  const to = classOf(ledger, promise, step.to);
  const effect = classEffect(from, to);
  return {
    ...step,
    no,
    debit: accountOf(promise, step.to),
    credit: accountOf(promise, step.from),
    class: effect?.class ?? null,
    sign: effect?.sign ?? 0,
    reverses: null,
    reason: null,
  };
}

function classOf(ledger: Ledger, promise: Undertaking, stageId: string | null): BindingClass | null {
  if (stageId === null) return null;
  const stage = ledger.stages.get(stageId);
  if (stage === undefined || stage.stream !== promise.stream)
    throw new MainstayError("unknown_stage", `${stageId}, promise ${promise.id}`);
  return stage.class;
}

const accountOf = (promise: Undertaking, stage: string | null): Account => ({
  promise: stage === null ? null : promise.id,
  stage,
  unit: promise.unit,
});

/** What stands at each stage of each promise, in smallest parts: promise id and stage id to quantity. Outside is not listed. */
export function balances(ledger: Ledger): ReadonlyMap<string, ReadonlyMap<string, bigint>> {
  const standing = new Map<string, Map<string, bigint>>();
  const add = ({ promise, stage }: Account, quantity: bigint) => {
    if (promise === null || stage === null) return;
    const stages = standing.get(promise) ?? new Map<string, bigint>();
    stages.set(stage, (stages.get(stage) ?? 0n) + quantity);
    standing.set(promise, stages);
  };
  for (const posting of ledger.postings) {
    add(posting.debit, posting.quantity);
    add(posting.credit, -posting.quantity);
  }
  return standing;
}

function refuseBelowZero(ledger: Ledger): Ledger {
  for (const [promise, stages] of balances(ledger)) {
    for (const [stage, quantity] of stages) {
      if (quantity < 0n)
        throw new MainstayError(
          "stage_below_zero",
          `promise ${promise}, stage ${stage}: ${-quantity} smallest parts too few`,
        );
    }
  }
  return ledger;
}

/** What entered each promise from outside less what left it: what stands at its stages sums to it. */
export function entered(ledger: Ledger): ReadonlyMap<string, bigint> {
  const sums = new Map<string, bigint>();
  for (const posting of ledger.postings) {
    const change = (posting.from === null ? posting.quantity : 0n) - (posting.to === null ? posting.quantity : 0n);
    sums.set(posting.promise, (sums.get(posting.promise) ?? 0n) + change);
  }
  return sums;
}

export type Sight = Readonly<{ asOf: string | null; knownBefore: string | null }>;

/** Net quantity that entered each class, by promise, of the postings in sight: dated by `asOf` (undated ones never are) and known before the instant. */
export function classTotals(ledger: Ledger, sight: Sight): ReadonlyMap<string, ReadonlyMap<BindingClass, bigint>> {
  const totals = new Map<string, Map<BindingClass, bigint>>();
  for (const posting of ledger.postings) {
    if (posting.class === null || posting.sign === 0) continue;
    if (sight.knownBefore !== null && posting.knownAt >= sight.knownBefore) continue;
    if (sight.asOf !== null && (posting.effective.on === null || posting.effective.on > sight.asOf)) continue;
    const classes = totals.get(posting.promise) ?? new Map<BindingClass, bigint>();
    classes.set(posting.class, (classes.get(posting.class) ?? 0n) + posting.quantity * BigInt(posting.sign));
    totals.set(posting.promise, classes);
  }
  return totals;
}
