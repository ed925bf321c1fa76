import type { SignLinkView } from "#core/views-delivery.ts";
import type { StoredLink } from "#store/delivery/links.ts";

/** A link as it is listed, at an instant. */
export function linkView({ no, madeAt, expiresAt, withdrawnAt, actor }: StoredLink, now: string): SignLinkView {
  const state = withdrawnAt === null ? (expiresAt <= now ? "expired" : "live") : "withdrawn";
  return { id: String(no), madeAt, expiresAt, state, actor };
}
