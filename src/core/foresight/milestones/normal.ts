import type { MilestoneCondition } from "./condition.ts";
import type { Evidence, Milestone, MilestoneKind, MilestonePrecision } from "./milestone.ts";
import { conditionText, conditionWords, evidenceText, readCondition } from "./written.ts";

/** A milestone as it is stored: plain JSON, its condition as one line. */
export type StoredMilestone = Omit<Milestone, "condition"> & Readonly<{ condition: string }>;

function plain(text: string): string {
  return text.replaceAll(/\r\n?/g, "\n").trim();
}

/** A milestone with its fields in one order and its texts trimmed, so that two that say the same are written the same. */
export function storedOf(milestone: Milestone): StoredMilestone {
  const { id, title, kind, on, precision, owner, parties, group, fund, dependsOn, evidence, happenedOn } = milestone;
  return {
    id,
    title: plain(title),
    kind,
    on,
    precision,
    owner: owner === null ? null : plain(owner),
    parties: [...parties],
    group,
    fund,
    dependsOn: [...dependsOn],
    condition: conditionText(milestone.condition),
    evidence: evidence.map(({ kind: what, id: which }) => ({ kind: what, id: which })),
    happenedOn,
    note: plain(milestone.note),
  };
}

export function milestoneOf(stored: StoredMilestone): Milestone {
  return { ...stored, condition: readCondition(stored.condition) ?? null };
}

/** Whether two versions say the same, in whatever order the database gives their fields back. */
export function saysTheSame(one: StoredMilestone, other: StoredMilestone): boolean {
  const [left, right] = [one, other].map((stored) => JSON.stringify(storedOf(milestoneOf(stored))));
  return left === right;
}

/** What differs between two versions, field by field, in words for reading. */
export function changesBetween(
  before: StoredMilestone,
  after: StoredMilestone,
): Readonly<{ field: string; before: string; after: string }>[] {
  const [old, fresh] = [wordsOf(before), wordsOf(after)];
  return fields
    .filter(([field]) => old[field] !== fresh[field])
    .map(([field, name]) => ({ field: name, before: old[field], after: fresh[field] }));
}

const fields = [
  ["title", "title"],
  ["kind", "kind"],
  ["on", "expected"],
  ["owner", "answered for by"],
  ["parties", "parties"],
  ["group", "group"],
  ["fund", "fund"],
  ["dependsOn", "depends on"],
  ["condition", "condition"],
  ["evidence", "evidence"],
  ["happenedOn", "happened"],
  ["note", "note"],
] as const;

function wordsOf(one: StoredMilestone): Readonly<Record<(typeof fields)[number][0], string>> {
  return {
    title: one.title,
    kind: one.kind,
    on: expectedText(one),
    owner: one.owner ?? "",
    parties: one.parties.join("; "),
    group: one.group ?? "",
    fund: one.fund ?? "",
    dependsOn: one.dependsOn.join("; "),
    condition: conditionWords(readCondition(one.condition) ?? null),
    evidence: evidenceText(one.evidence),
    happenedOn: one.happenedOn ?? "",
    note: one.note,
  };
}

/** A day as exactly as it is known: `2024-07-10`, `by 2024-07-10`, `2024-07`. */
export function expectedText({ on, precision }: Readonly<{ on: string; precision: MilestonePrecision }>): string {
  if (precision === "month") return on.slice(0, 7);
  return precision === "by" ? `by ${on}` : on;
}

/** A day as `expectedText` writes it; undefined where it is none. A month is its last day. */
export function readExpected(text: string): Readonly<{ on: string; precision: MilestonePrecision }> | undefined {
  const word = text.trim();
  const [, by, day] = /^(by\s+)?(\d{4}-\d{2}-\d{2})$/.exec(word) ?? [];
  if (day !== undefined) return { on: day, precision: by === undefined ? "day" : "by" };
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(word) ?? [];
  if (year === undefined || month === undefined) return undefined;
  const last = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  return { on: `${word}-${String(last).padStart(2, "0")}`, precision: "month" };
}

/** What a milestone says where nobody says anything of it. */
export const nothingSaid = {
  kind: "other" as MilestoneKind,
  precision: "day" as MilestonePrecision,
  owner: null,
  parties: [] as readonly string[],
  group: null,
  fund: null,
  dependsOn: [] as readonly string[],
  condition: null as MilestoneCondition,
  evidence: [] as readonly Evidence[],
  happenedOn: null,
  note: "",
} as const;
