import type { DecidedPlacements } from "#core/views-decisions.ts";
import type { Queries } from "#store/database.ts";
import { lockPlanning, placementsUnder, type DecidedPlacement } from "#store/planning/placements.ts";
import { sourceOfDecision } from "../funds/act.ts";
import { reversePostings } from "../post.ts";

/** A decision that no longer stands, and who says so. */
export type Annulment = Readonly<{ proposal: string; bookNo: number; at: string; reason: string; actor: string }>;

/**
 * Takes back what was placed under a decision: each posting by its mirror image, so that the offers have it to give again. What is under way in a consignment
 * stays placed until a person settles it: it comes back, or another decision takes it. In a transaction under way that holds the proposal's lock.
 * Returns how many were taken back.
 */
export async function takeBackPlaced(trx: Queries, annulment: Annulment): Promise<number> {
  const { proposal, bookNo, at, reason, actor } = annulment;
  await lockPlanning(trx, bookNo);
  const postings = (await placementsUnder(trx, proposal)).filter(isFree).map((one) => one.posting);
  if (postings.length === 0) return 0;
  const source = await sourceOfDecision(trx, proposal);
  const why = `The decision ${proposal} was annulled: ${reason}`;
  return (await reversePostings(trx, { postings, knownAt: at, source, reason: why }, actor)).length;
}

function isFree({ takenBack, consignments }: DecidedPlacement): boolean {
  return !takenBack && consignments.length === 0;
}

/** What was placed under a decision, and what of it still is; null where it placed nothing. `ended`: whether it was annulled. */
export async function decidedPlacements(
  db: Queries,
  proposal: string,
  ended: boolean,
): Promise<DecidedPlacements | null> {
  const all = await placementsUnder(db, proposal);
  if (all.length === 0) return null;
  const stands = all.filter((one) => !one.takenBack);
  return {
    placed: all.length,
    takenBack: all.length - stands.length,
    toSettle: ended ? stands.map(({ id, offer, need, consignments }) => ({ id, offer, need, consignments })) : [],
  };
}
