import type { Queries } from "#store/database.ts";
import { insertSettlement, queriesOf } from "#store/delivery/queries.ts";
import type { Cut } from "../planning/cut.ts";
import { lineAt, requireCarried } from "./carried.ts";
import type { Doing } from "./enact.ts";

/**
 * Settles the queries about fewer pieces of which nothing is left to ask: the rest has been signed for since, or is no longer said to be handed over.
 */
export async function settleOutstanding(
  trx: Queries,
  cut: Cut,
  consignment: string,
  event: number,
  doing: Doing,
): Promise<void> {
  const carried = await requireCarried(trx, cut.bookNo, consignment);
  const queries = await queriesOf(trx, cut.bookNo, null, { consignments: [carried.no] });
  for (const query of queries) {
    if (query.settled !== null || query.about !== "quantity" || query.eventNo === event) continue;
    const fewer = BigInt(query.recipientPieces) < BigInt(query.donorPieces);
    if (!fewer || lineAt(carried, query.line).standing.has(carried.chain.handedOver)) continue;
    await insertSettlement(trx, {
      queryNo: query.no,
      outcome: "agreed",
      pieces: null,
      on: null,
      reason: "Nothing is left that one side says is handed over and the other has not signed for.",
      events: [event],
      at: doing.now,
      actor: doing.actor,
    });
  }
}
