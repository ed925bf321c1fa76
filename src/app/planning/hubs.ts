import { emptyFrame } from "#core/planning/frame.ts";
import type { Queries } from "#store/database.ts";
import { lastFrame } from "#store/planning/frame.ts";

/** What the hubs of a book are called, as known before an instant (null: now); one that the frame does not name goes by its id. */
export async function hubNamer(
  db: Queries,
  { bookNo, knownBefore }: Readonly<{ bookNo: number; knownBefore: string | null }>,
): Promise<(hub: string) => string> {
  const frame = await lastFrame(db, bookNo, knownBefore);
  const names = new Map([...emptyFrame.hubs, ...(frame?.body.hubs ?? [])].map((hub) => [hub.id, hub.name]));
  return (hub) => names.get(hub) ?? hub;
}
