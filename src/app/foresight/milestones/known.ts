import { MainstayError } from "#core/errors.ts";
import type { KnownMilestone } from "#core/foresight/milestones/milestone.ts";
import { parseDay } from "#core/frame.ts";
import type { Queries } from "#store/database.ts";
import { memberships, milestoneNames, milestoneVersions, type MilestoneVersion } from "#store/foresight/milestones.ts";
import { dayOf, type Clock } from "../../clock.ts";
import { cutOf, type Cut } from "../../planning/cut.ts";
import { decisionMilestones } from "./deciding.ts";
import { consignmentMilestones, factMilestones, needMilestones, paymentMilestones } from "./drawn.ts";
import { statedMilestones } from "./stated.ts";

/** All milestones of a book as known by an instant. `today`: the day that stands for today, the one asked or that of the clock. */
export type MilestoneScene = Readonly<{
  cut: Cut;
  today: string;
  milestones: readonly KnownMilestone[];
  versions: readonly MilestoneVersion[]; // of those that are stated
}>;

/** @throws MainstayError unknown_book, invalid_date */
export async function milestoneScene(
  db: Queries,
  clock: Clock,
  asked: Readonly<{ book: string; knownAt?: string | undefined }>,
): Promise<MilestoneScene> {
  const cut = await cutOf(db, asked.book, asked.knownAt);
  const now = clock();
  const versions = await milestoneVersions(db, cut.bookNo, cut.knownBefore);
  return {
    cut,
    today: cut.head.knownAt ?? dayOf(now),
    versions,
    milestones: [
      ...statedMilestones(versions),
      ...(await drawnMilestones(db, cut.bookNo, cut.knownBefore, lastInstant(cut.head.knownAt, now))),
    ],
  };
}

/** What follows from the rest of the record. */
export async function drawnMilestones(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
  instant: string,
): Promise<KnownMilestone[]> {
  return [
    ...(await factMilestones(db, bookNo, knownBefore)),
    ...(await decisionMilestones(db, bookNo, instant)),
    ...(await paymentMilestones(db, bookNo, knownBefore)),
    ...(await consignmentMilestones(db, bookNo, knownBefore)),
    ...(await needMilestones(db, bookNo, knownBefore)),
  ];
}

/** The last instant that is known: that of the clock, or the end of the day known at where that is past. */
function lastInstant(knownAt: string | null, now: string): string {
  if (knownAt === null) return now;
  const end = `${knownAt}T23:59:59.999Z`;
  return Date.parse(end) >= Date.parse(now) ? now : end;
}

/** What a forecast is asked about: milestones still to come with a condition that it can speak of. */
export type AskedMilestone = Readonly<{
  id: string;
  on: string;
  condition: NonNullable<KnownMilestone["condition"]>;
}>;

export function askedOfForecast({ milestones, today }: MilestoneScene): AskedMilestone[] {
  return milestones.flatMap(({ id, days, condition, ending }) => {
    const on = days.at(-1)?.on ?? "";
    return condition === null || ending !== null || on < today ? [] : [{ id, on, condition }];
  });
}

/**
 * The milestones of a book that a forecast can speak of, as known at the end of a day.
 * @throws MainstayError unknown_book, invalid_date
 */
export async function milestonesForForecast(
  db: Queries,
  clock: Clock,
  asked: Readonly<{ book: string; knownAt?: string | undefined }>,
): Promise<AskedMilestone[]> {
  return askedOfForecast(await milestoneScene(db, clock, asked));
}

/** What narrows milestones to some of them. `state`: one state, or all that are open or over. */
export type MilestoneFilter = Readonly<{
  fund?: string | undefined;
  nation?: string | undefined; // named in it, answering for it, or in its group on its day
  kind?: string | undefined;
  origin?: string | undefined;
  state?: string | undefined;
  q?: string | undefined; // words of id, title or note
  from?: string | undefined;
  until?: string | undefined;
}>;

/**
 * Whether a milestone is one of a nation, a fund and so on, whatever its state.
 * @throws MainstayError unknown_fund, unknown_party, invalid_date
 */
export async function filterOf(
  db: Queries,
  { cut, milestones }: MilestoneScene,
  asked: MilestoneFilter,
): Promise<(milestone: KnownMilestone) => boolean> {
  const { fund, nation, kind, origin, q } = asked;
  const from = asked.from === undefined ? undefined : parseDay(asked.from, "from");
  const until = asked.until === undefined ? undefined : parseDay(asked.until, "until");
  const names = await milestoneNames(db, cut.bookNo);
  if (fund !== undefined && !names.funds.has(fund))
    throw new MainstayError("unknown_fund", JSON.stringify(fund), { field: "fund" });
  if (nation !== undefined && !names.parties.has(nation))
    throw new MainstayError("unknown_party", JSON.stringify(nation), { field: "nation" });
  const belongs = nation === undefined ? undefined : await membersOf(db, milestones, nation);
  const word = q?.trim().toLowerCase() ?? "";
  return (one) => {
    const on = one.days.at(-1)?.on ?? "";
    return (
      (fund === undefined || one.fund === fund) &&
      (belongs === undefined ||
        one.owner === nation ||
        one.parties.includes(nation ?? "") ||
        belongs(one.group, one.ending?.on ?? on)) &&
      (kind === undefined || one.kind === kind) &&
      (origin === undefined || one.origin === origin) &&
      (from === undefined || on >= from) &&
      (until === undefined || on <= until) &&
      (word === "" || `${one.id}\n${one.title}\n${one.note}`.toLowerCase().includes(word))
    );
  };
}

/** Whether a nation is in a group on a day. */
async function membersOf(
  db: Queries,
  milestones: readonly KnownMilestone[],
  nation: string,
): Promise<(group: string | null, on: string) => boolean> {
  const groups = [...new Set(milestones.flatMap((one) => (one.group === null ? [] : [one.group])))];
  const own = (await memberships(db, groups)).filter((one) => one.party === nation);
  const byGroup = Map.groupBy(own, (one) => one.group);
  return (group, on) =>
    group !== null &&
    (byGroup.get(group) ?? []).some(
      ({ from, until }) => (from === null || from <= on) && (until === null || on <= until),
    );
}
