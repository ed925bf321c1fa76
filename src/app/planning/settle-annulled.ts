import { MainstayError } from "#core/errors.ts";
import type { ProposalView } from "#core/views-decisions.ts";
import { inTransaction, type Database } from "#store/database.ts";
import type { Clock } from "../clock.ts";
import { proposalView } from "../decisions.ts";
import { lockedCase, stateBy } from "../decisions/case.ts";
import { takeBackPlaced } from "./take-back.ts";

/**
 * Takes back what an annulled decision had placed and left placed because it was under way, as far as it has come back to its givers since. Returns the decision
 * with what is still to be settled.
 * @throws MainstayError unknown_proposal, decision_not_annulled, nothing_to_take_back
 */
export async function takeBackRest(
  db: Database,
  clock: Clock,
  id: string,
  { actor }: Readonly<{ actor: string }>,
): Promise<ProposalView> {
  const before = await proposalView(db, clock, id);
  const done = await inTransaction(db, async (trx) => {
    const found = await lockedCase(trx, id);
    const at = clock();
    const { ending } = stateBy(found, at);
    if (ending?.kind !== "annulled")
      throw new MainstayError("decision_not_annulled", JSON.stringify(id), { field: "decision" });
    const { bookNo } = found.stored;
    return takeBackPlaced(trx, { proposal: id, bookNo, at, reason: ending.reason, actor });
  });
  if (done > 0) return proposalView(db, clock, id);
  const still = before.placements?.toSettle ?? [];
  const found = still.map((one) => `${one.id} in ${one.consignments.join(", ")}`).join("; ");
  throw new MainstayError("nothing_to_take_back", found === "" ? JSON.stringify(id) : found, { field: "decision" });
}
