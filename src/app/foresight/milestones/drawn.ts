import { isDone, stateOf } from "#core/delivery/chain.ts";
import type { ExpectedDay, KnownMilestone, MilestoneKind } from "#core/foresight/milestones/milestone.ts";
import { formatDecimal, groupThousands } from "#core/money.ts";
import { coverageOfNeed } from "#core/planning/coverage.ts";
import { present } from "#core/present.ts";
import type { Queries } from "#store/database.ts";
import * as due from "#store/foresight/due.ts";
import { milestoneFacts, type FactRow } from "#store/foresight/milestones.ts";
import { coverageOf } from "#store/planning/coverage.ts";
import { needsOf } from "#store/planning/needs.ts";
import { carriedOf, type Carried } from "../../delivery/carried.ts";
import { reachedStates } from "../../delivery/policy.ts";
import { nameOfKind } from "../../planning/said.ts";

/** What follows from what is on record already: views, drawn anew each time and never kept. */

/** What all of these leave open. */
const open = {
  owner: null,
  parties: [],
  group: null,
  fund: null,
  dependsOn: [],
  condition: null,
  note: "",
  ending: null,
  source: null,
  evidence: [],
  address: null,
  says: "",
} as const satisfies Partial<KnownMilestone>;

const day = (on: string, knownAt: string, recordedAt: string | null): ExpectedDay => ({
  on,
  precision: "day",
  knownAt,
  recordedAt,
  reason: "",
  actor: "",
});
const later = (one: string, other: string | null): string => (other !== null && other > one ? other : one);

/** Dated facts of the past: the built-in ones. */
export async function factMilestones(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
): Promise<KnownMilestone[]> {
  const facts = await milestoneFacts(db, bookNo, knownBefore);
  return facts.map((fact) => ({
    ...open,
    id: `fact:${fact.on}-${slugOf(fact.title)}`,
    origin: "fact",
    kind: kindOf(fact),
    title: fact.title,
    group: fact.group,
    days: [{ ...day(fact.on, fact.knownAt, null), precision: fact.precision }],
    ending: { state: "met", on: fact.on, knownAt: fact.knownAt, recordedAt: null },
    knownAt: fact.knownAt,
    source: fact.source,
    evidence: [{ kind: "source", id: fact.source }],
    note: fact.note,
    address: fact.group === null ? null : `/groups/${fact.group}`,
  }));
}

const factKinds: Readonly<Record<string, MilestoneKind>> = {
  meeting: "meeting",
  coalition: "coalition",
  summit: "summit",
  decision: "decision",
  handover: "handover",
};

function kindOf({ kind }: FactRow): MilestoneKind {
  return factKinds[kind] ?? "other";
}

function slugOf(title: string): string {
  return title
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 80);
}

/** The days on which what is called, and each part of what is pledged, is due. */
export async function paymentMilestones(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
): Promise<KnownMilestone[]> {
  const [calls, parts] = [await due.callsDue(db, bookNo, knownBefore), await due.pledgesDue(db, bookNo, knownBefore)];
  return [
    ...calls.map((row) =>
      paymentOf(row, {
        id: `call:${row.id}`,
        origin: "call",
        title: `Call ${row.id} on ${row.fundTitle} is due`,
        address: `/funds/${row.fund}/calls/${row.id}`,
      }),
    ),
    ...parts.map((row) =>
      paymentOf(row, {
        id: `pledge:${row.id}`,
        origin: "pledge",
        title: `Part ${row.number} of ${row.of} of “${row.title}” to ${row.fundTitle} is due`,
        address: `/funds/${row.fund}`,
      }),
    ),
  ];
}

function paymentOf(row: due.DueRow, head: Pick<KnownMilestone, "id" | "origin" | "title" | "address">): KnownMilestone {
  const ended = {
    knownAt: later(row.knownAt, row.lastKnownAt),
    recordedAt: row.takenBackRecordedAt ?? later(row.recordedAt, row.lastRecordedAt),
  };
  const whole = BigInt(row.came) >= BigInt(row.asked);
  const money = (parts: string) => groupThousands(formatDecimal(BigInt(parts), row.scale));
  const paid = row.parties.length > 1 ? `, ${row.payers} of ${row.parties.length} in full` : "";
  return {
    ...open,
    ...head,
    kind: "payment",
    owner: row.parties.length === 1 ? present(row.parties[0], row.id) : null,
    parties: row.parties,
    fund: row.fund,
    days: [day(row.dueOn, row.knownAt, row.recordedAt)],
    ending:
      row.takenBackAt !== null
        ? { ...ended, state: "cancelled", on: row.takenBackAt.slice(0, 10), knownAt: row.takenBackAt }
        : whole
          ? { ...ended, state: "met", on: row.lastOn }
          : null,
    knownAt: later(ended.knownAt, row.takenBackAt),
    says: `${row.currency} ${money(row.came)} of ${money(row.asked)} has come${paid}.`,
  };
}

/** The days by which consignments are to be with the recipient: that of the line due last. Met once nothing more is expected of any piece. */
export async function consignmentMilestones(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
): Promise<KnownMilestone[]> {
  const carried = await carriedOf(db, bookNo, knownBefore);
  const last = new Map((await due.lastEvents(db, bookNo, knownBefore)).map((one) => [one.consignment, one]));
  return carried.flatMap((one) => {
    const until = linesOf(one)
      .map((line) => line.dueUntil)
      .toSorted()
      .at(-1);
    return until === undefined ? [] : [consignmentOf(one, until, last.get(one.no))];
  });
}

/** The lines of which something is still in the consignment; all of them where nothing is. */
function linesOf({ linesNow }: Carried): Carried["linesNow"] {
  const carrying = linesNow.filter((line) => line.standing.size > 0);
  return carrying.length === 0 ? linesNow : carrying;
}

function consignmentOf(carried: Carried, until: string, last: due.LastEvent | undefined): KnownMilestone {
  const { id, title, chain, knownAt, recordedAt, source } = carried;
  const lines = linesOf(carried);
  const pieces = lines.flatMap((line) => [...line.standing]);
  const done = pieces.filter(([state]) => isDone(stateOf(chain, state)));
  const count = (some: readonly (readonly [string, bigint])[]) => some.reduce((sum, [, many]) => sum + many, 0n);
  const [whole, ended] = [count(pieces), count(done)];
  const givers = [...new Set(lines.map((line) => line.giver))].toSorted();
  return {
    ...open,
    id: `consignment:${id}`,
    origin: "consignment",
    kind: "delivery",
    title: `Consignment ${id} (${title}) is to be with the recipient`,
    owner: givers.length === 1 ? present(givers[0], id) : null,
    parties: givers,
    days: [day(until, knownAt, recordedAt)],
    // What has gone into another consignment is awaited there.
    ending:
      ended === whole && last !== undefined
        ? { ...last, state: whole > 0n ? ("met" as const) : ("cancelled" as const) }
        : null,
    knownAt: later(knownAt, last?.knownAt ?? null),
    source: source.id,
    evidence: [{ kind: "consignment", id }],
    address: `/deliveries/${id}`,
    says:
      whole === 0n
        ? "Its pieces went into another consignment."
        : `${ended} of ${whole} pieces are signed for, lost or back with their giver.`,
  };
}

/** The days by which needs are wanted, with every day that was wanted before. Met once all of a need is handed over. */
export async function needMilestones(
  db: Queries,
  bookNo: number,
  knownBefore: string | null,
): Promise<KnownMilestone[]> {
  const states = reachedStates();
  const [windows, needs, covered, giving] = [
    Map.groupBy(await due.needWindows(db, bookNo, knownBefore), (one) => one.id),
    await needsOf(db, bookNo, knownBefore),
    await coverageOf(db, bookNo, knownBefore, states),
    new Map((await due.needGiving(db, bookNo, knownBefore, states.handedOver)).map((one) => [one.need, one])),
  ];
  return needs.map(({ no, id, body, state, knownAt }) => {
    const versions = present(windows.get(id), `versions of ${id}`);
    const last = present(versions.at(-1), `a version of ${id}`);
    const given = giving.get(no);
    const { needed, handedOver } = coverageOfNeed(body, covered.get(no) ?? [], null);
    const met = handedOver >= needed;
    return {
      ...open,
      id: `need:${id}`,
      origin: "need",
      kind: "need",
      title: `${body.title} (${id}) is wanted`,
      parties: given?.givers ?? [],
      group: body.coalition,
      days: wantedDays(versions),
      condition: { kind: "need", need: id, share: [1n, 1n] },
      ending: met
        ? {
            state: "met",
            on: given?.lastOn ?? null,
            knownAt: given?.lastKnownAt ?? knownAt,
            recordedAt: given?.lastRecordedAt ?? last.recordedAt,
          }
        : state === "withdrawn"
          ? { state: "cancelled", on: knownAt.slice(0, 10), knownAt, recordedAt: last.recordedAt }
          : null,
      knownAt: later(knownAt, given?.lastKnownAt ?? null),
      source: last.source,
      address: `/needs/${id}`,
      says: `${groupThousands(String(handedOver))} of ${groupThousands(String(needed))} (${nameOfKind(body.accepts[0]?.item ?? "")}) is handed over.`,
    };
  });
}

function wantedDays(versions: readonly due.NeedWindow[]): ExpectedDay[] {
  const days: ExpectedDay[] = [];
  for (const { until: on, knownAt, recordedAt, reason, actor } of versions)
    if (days.at(-1)?.on !== on) days.push({ on, precision: "by", knownAt, recordedAt, reason, actor });
  return days;
}
