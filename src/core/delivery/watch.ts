import type { WatchKind } from "../views-delivery.ts";
import { hasReached, isDone, stateOf, type Chain, type ChainState } from "./chain.ts";
import type { Standing } from "./fold.ts";

/** A line as it is watched. `handedOverOn`: the last day on which pieces were handed over; `lastEventOn`: the last day on which its consignment had an event. */
export type Watched = Readonly<{
  standing: Standing;
  dueFrom: string;
  dueUntil: string;
  handedOverOn: string | null;
  lastEventOn: string;
}>;

/** Pieces of a line in one state about which somebody is to be asked. */
export type Finding = Readonly<{ kind: WatchKind; state: string; pieces: bigint; since: string; days: number }>;

/**
 * What of a line is late (due and not handed over), stuck (nothing happened for so many days to what is on its way, or should be) or unconfirmed (handed
 * over and not signed for in so many days), on a day.
 */
export function watchLine(
  chain: Chain,
  line: Watched,
  today: string,
  limits: Readonly<{ stuckDays: number; unconfirmedDays: number }>,
): Finding[] {
  const { dueFrom, dueUntil, handedOverOn, lastEventOn } = line;
  return [...line.standing].flatMap(([id, pieces]): Finding[] => {
    const state = stateOf(chain, id);
    const found = (kind: WatchKind, since: string) => ({
      kind,
      state: id,
      pieces,
      since,
      days: daysBetween(since, today),
    });
    if (isDone(state)) return [];
    if (hasReached(state, "handed-over")) {
      const since = handedOverOn ?? lastEventOn;
      return daysBetween(since, today) >= limits.unconfirmedDays ? [found("unconfirmed", since)] : [];
    }
    const isExpected = id !== chain.starts || dueFrom <= today;
    return [
      ...(dueUntil < today ? [found("late", dueUntil)] : []),
      ...(isExpected && daysBetween(lastEventOn, today) >= limits.stuckDays ? [found("stuck", lastEventOn)] : []),
    ];
  });
}

/** Who has pieces in a state, or is to act next. */
export function askedAbout(state: ChainState, carrier: string | null): "giver" | "carrier" | "hub" | "recipient" {
  const who = state.with ?? "recipient";
  return who === "carrier" && carrier === null ? "giver" : who;
}

/** Days from an ISO day to another. */
export function daysBetween(from: string, until: string): number {
  return Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** A finding in a sentence. */
export function findingText(chain: Chain, finding: Finding, words: Readonly<{ item: string; ask: string }>): string {
  const { kind, state, pieces, since, days } = finding;
  const name = stateOf(chain, state).name.toLowerCase();
  const what = `${pieces} × ${words.item}`;
  const count = days === 1 ? "1 day" : `${days} days`;
  if (kind === "late") return `${what}: due by ${since}, ${count} ago, and only ${name}. Ask ${words.ask}.`;
  if (kind === "stuck") return `${what}: ${name}, and nothing reported since ${since}, ${count} ago. Ask ${words.ask}.`;
  return `${what}: handed over on ${since}, ${count} ago, and not signed for. Ask ${words.ask}.`;
}
