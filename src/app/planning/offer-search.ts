import { unusedReasons } from "#core/views-planning.ts";
import type { Queries } from "#store/database.ts";
import { offerLines, type OfferLine } from "#store/planning/offers.ts";
import { partyNames } from "#store/register.ts";
import { dayOf, type Clock } from "../clock.ts";
import type { Cut } from "./cut.ts";
import { kindWords } from "./said.ts";

/** `open`: something of it can be planned with; else why nothing can. */
export const offerStates = ["open", ...unusedReasons] as const;
export type OfferState = (typeof offerStates)[number];

/** What narrows a list of offers. */
export type OfferQuestion = OfferFilter &
  Readonly<{
    book: string;
    knownAt?: string | undefined;
    limit?: number | undefined;
    cursor?: string | undefined;
  }>;
export type OfferFilter = Readonly<{
  q?: string | undefined;
  giver?: string | undefined;
  item?: string | undefined;
  capability?: string | undefined;
  stream?: string | undefined;
  coalition?: string | undefined;
  state?: OfferState | undefined;
}>;

/** The most that one page holds. */
export const mostOffers = 20_000;

export type OfferFound = Readonly<{ line: OfferLine; state: OfferState }>;

/** The offers of a book that a filter lets through, as known at an instant, in the order of their ids. */
export async function findOffers(
  db: Queries,
  clock: Clock,
  { bookNo, knownBefore, head }: Cut,
  filter: OfferFilter,
): Promise<OfferFound[]> {
  const lines = await offerLines(db, bookNo, knownBefore);
  const givers = await partyNames(db);
  const today = head.knownAt ?? dayOf(clock());
  return lines
    .map((line) => ({ line, state: stateOf(line, today) }))
    .filter((found) => lets(filter, found, givers.get(found.line.giver) ?? ""));
}

/** Whether something of an offer can be planned with, or why nothing can. */
export function stateOf(
  { state, consent, until, hasFree }: Pick<OfferLine, "state" | "consent" | "until" | "hasFree">,
  today: string,
): OfferState {
  if (state === "withdrawn") return "withdrawn";
  if (consent === "refused") return "consent-refused";
  if (consent === "pending") return "consent-pending";
  if (!hasFree) return "all-placed";
  return until < today ? "window-over" : "open";
}

function lets(filter: OfferFilter, { line, state }: OfferFound, giverName: string): boolean {
  const { q, giver, item, capability, stream, coalition } = filter;
  const same = (asked: string | undefined, own: string | null) => asked === undefined || asked === own;
  const plain =
    same(filter.state, state) && same(giver, line.giver) && same(item, line.item) && same(coalition, line.coalition);
  if (!plain || (q ?? capability ?? stream) === undefined) return plain;
  const kind = kindWords(line.item);
  const said = () => `${line.id}\n${line.title}\n${kind.itemName}\n${giverName}\n${line.note}`.toLowerCase();
  return (
    same(capability, kind.capability) &&
    same(stream, kind.stream) &&
    (q === undefined || said().includes(q.trim().toLowerCase()))
  );
}
