import type { DeliveredBy } from "../views-delivery.ts";
import type { SourceRef } from "../views.ts";
import { hasReached, stateOf, type Chain } from "./chain.ts";
import { countedMeanings, type CountedEvent } from "./counted.ts";
import { sumWhere, type Standing } from "./fold.ts";

/** What was decided to count as delivered, from a day on: of a fund, or of the book where the fund is null. */
export type CountedFrom = Readonly<{
  fund: string | null;
  from: string;
  counts: CountedEvent;
  source: SourceRef | null;
}>;

/** What counts where nobody has decided anything: what the recipient has signed for. */
const usualCount: CountedEvent = "confirmed";

/**
 * What counts as delivered on a day for what is given through a fund, or without one: the newest policy of the fund, else of the book, else what the recipient
 * signed for. @param policies newest first; of two from one day the first holds
 */
export function deliveredBy(policies: readonly CountedFrom[], fund: string | null, on: string): DeliveredBy {
  const inForce = policies.filter((policy) => policy.from <= on);
  const own = fund === null ? undefined : newest(inForce, fund);
  const found = own ?? newest(inForce, null);
  const counts = found?.counts ?? usualCount;
  return {
    counts,
    fund: found?.fund ?? null,
    from: found?.from ?? null,
    source: found?.source ?? null,
    says: `Delivered is ${countedMeanings[counts]}${whose(found)}.`,
  };
}

function newest(policies: readonly CountedFrom[], fund: string | null): CountedFrom | undefined {
  const those = policies.filter((policy) => policy.fund === fund);
  return those.reduce<CountedFrom | undefined>(
    (best, one) => (best === undefined || one.from > best.from ? one : best),
    undefined,
  );
}

function whose(found: CountedFrom | undefined): string {
  if (found === undefined) return ", as nothing else was decided";
  return found.fund === null
    ? `, by the book's policy from ${found.from} on`
    : `, by the policy of ${found.fund} from ${found.from} on`;
}

/** Pieces of a line that count as delivered. */
export function deliveredPieces(chain: Chain, standing: Standing, counts: CountedEvent): bigint {
  return sumWhere(standing, (state) => hasReached(stateOf(chain, state), counts));
}
