import { createHash } from "node:crypto";
import { creditorReference } from "#core/funds/reference.ts";

/**
 * The reference under which something is paid: a short word for what it is, the payer's id, and six characters that stand for the rest of what
 * tells it apart. The same in every database, so that an invoice written anew asks for payment under the same reference.
 */
export function claimReference(what: string, party: string, scope: readonly string[]): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([...scope, party]))
    .digest();
  const tail = digest.readUIntBE(0, 5).toString(36).padStart(6, "0").slice(-6);
  return creditorReference(`${what}${party.replaceAll(/[^A-Za-z0-9]/g, "").slice(0, 8)}${tail}`.toUpperCase());
}
