import type { Terms } from "#core/decisions/terms.ts";
import { MainstayError } from "#core/errors.ts";
import type { Queries } from "#store/database.ts";
import { adoptedTerms } from "#store/funds/funds.ts";

/** What of an outcome, as it is stored, is read here. */
type StoredOutcome = Readonly<{
  text: Readonly<{ version: number; terms: Terms | null }> | null;
  constructiveAbstainers: readonly Readonly<{ participant: string; declaration: string }>[];
}>;

/**
 * The terms of the text that was adopted.
 * @throws MainstayError decision_not_adopted when it was not, or was annulled or expired
 */
export async function decidedTerms(db: Queries, proposal: string): Promise<Terms | null> {
  const decided = await adoptedTerms(db, proposal);
  if (decided === undefined || decided.ended !== null)
    throw new MainstayError(
      "decision_not_adopted",
      `${JSON.stringify(proposal)}${decided === undefined ? "" : `, ${decided.ended}`}`,
      { field: "decision" },
    );
  return (decided.outcome as StoredOutcome).text?.terms ?? null;
}

/** Who abstained constructively from a decision, and in what words each is therefore free. */
export async function abstainersOf(db: Queries, proposal: string): Promise<ReadonlyMap<string, string>> {
  const decided = await adoptedTerms(db, proposal);
  const abstainers = (decided?.outcome as StoredOutcome | undefined)?.constructiveAbstainers ?? [];
  return new Map(
    abstainers.map(({ participant }) => [participant, `abstained constructively from the decision ${proposal}`]),
  );
}
