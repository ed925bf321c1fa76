import { daysInMonth } from "../../frame.ts";
import { unstorableIn } from "../../issues.ts";
import { unwritable } from "../../unwritable.ts";
import type { MilestoneCondition } from "./condition.ts";
import type { Milestone } from "./milestone.ts";

/** One thing that is wrong with a milestone: the field, and what was found there. */
export type MilestoneFault = Readonly<{
  code: "milestone_invalid" | "unknown_party" | "unknown_group" | "unknown_fund" | "unknown_milestone";
  field: keyof Milestone;
  found: string;
}>;

/** What a milestone may name, by id. */
export type MilestoneNames = Readonly<{
  parties: ReadonlySet<string>;
  groups: ReadonlySet<string>;
  funds: ReadonlySet<string>;
  needs: ReadonlySet<string>;
  decisions: ReadonlySet<string>;
  milestones: ReadonlySet<string>; // also those that follow from the record, and those entered with it
}>;

const idPattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const longest = { title: 300, owner: 200, note: 5000, list: 50 } as const;
const [firstYear, lastYear] = [1900, 2200];

/** Everything that is wrong with a milestone, field by field; empty where it can be entered. Whether it ends a circle is asked elsewhere. */
export function milestoneFaults(milestone: Milestone, names: MilestoneNames): MilestoneFault[] {
  const { parties, group, fund, dependsOn } = milestone;
  const unknown = (code: MilestoneFault["code"], field: keyof Milestone, ids: readonly string[], known: Has) =>
    ids.filter((id) => !known.has(id)).map((id) => ({ code, field, found: JSON.stringify(id) }));
  return [
    ...textFaults(milestone),
    ...dayFaults(milestone),
    ...listFaults(milestone),
    ...conditionFaults(milestone.condition, names),
    ...unknown("unknown_party", "parties", parties, names.parties),
    ...unknown("unknown_group", "group", group === null ? [] : [group], names.groups),
    ...unknown("unknown_fund", "fund", fund === null ? [] : [fund], names.funds),
    ...unknown("unknown_milestone", "dependsOn", dependsOn, names.milestones),
  ];
}

type Has = Readonly<{ has: (id: string) => boolean }>;

function invalid(right: boolean, field: keyof Milestone, found: string): MilestoneFault[] {
  return right ? [] : [{ code: "milestone_invalid", field, found: found.slice(0, 300) }];
}

function textFaults(milestone: Milestone): MilestoneFault[] {
  const { id, title, owner, note } = milestone;
  const stored = unstorableIn(milestone);
  const odd = (["title", "owner", "note"] as const).find((field) => unwritable.test(milestone[field] ?? ""));
  return [
    ...invalid(
      idPattern.test(id),
      "id",
      `${JSON.stringify(id)}, not 1 to 100 letters, digits, points, hyphens and underscores`,
    ),
    ...invalid(title.trim() !== "", "title", "no title"),
    ...invalid(title.length <= longest.title, "title", `${title.length} characters, more than ${longest.title}`),
    ...invalid(
      owner === null || (owner.trim() !== "" && owner.length <= longest.owner),
      "owner",
      `${owner?.length} characters, not 1 to ${longest.owner}`,
    ),
    ...invalid(note.length <= longest.note, "note", `${note.length} characters, more than ${longest.note}`),
    ...invalid(stored === undefined, (stored?.path[0] ?? "title") as keyof Milestone, stored?.found ?? ""),
    ...invalid(
      odd === undefined,
      odd ?? "title",
      "a control character, which no feed can hold, or one that turns text round",
    ),
  ];
}

function dayFaults({ on, precision, happenedOn }: Milestone): MilestoneFault[] {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(on) ?? []).map(Number);
  return [
    ...invalid(isDay(on), "on", noDay(on)),
    ...invalid(
      !isDay(on) || precision !== "month" || day === daysInMonth(year, month),
      "on",
      `${on}; of a month it is the last day`,
    ),
    ...invalid(happenedOn === null || isDay(happenedOn), "happenedOn", noDay(happenedOn)),
  ];
}

const noDay = (found: string | null) =>
  `${JSON.stringify(found)}, not a day as YYYY-MM-DD from ${firstYear} to ${lastYear}`;

/** A day that exists, as YYYY-MM-DD, from 1900 to 2200. */
function isDay(text: string): boolean {
  const [, year = 0, month = 0, day = 0] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number);
  return (
    year >= firstYear && year <= lastYear && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  );
}

function listFaults({ id, parties, dependsOn, evidence }: Milestone): MilestoneFault[] {
  const lists = { parties, dependsOn, evidence: evidence.map((one) => `${one.kind}:${one.id}`) } as const;
  return [
    ...invalid(!dependsOn.includes(id), "dependsOn", `${id}, the milestone itself`),
    ...(["parties", "dependsOn", "evidence"] as const).flatMap((field) => {
      const list: readonly string[] = lists[field];
      const twice = list.find((entry, index) => list.indexOf(entry) !== index);
      return [
        ...invalid(list.length <= longest.list, field, `${list.length} entries, more than ${longest.list}`),
        ...invalid(twice === undefined, field, `${twice}, twice`),
      ];
    }),
  ];
}

function conditionFaults(condition: MilestoneCondition, names: MilestoneNames): MilestoneFault[] {
  const wrong = (right: boolean, found: string) => invalid(right, "condition", found);
  switch (condition?.kind) {
    case undefined:
      return [];
    case "decision":
      return wrong(names.decisions.has(condition.decision), `no decision ${JSON.stringify(condition.decision)}`);
    case "need": {
      const [top, bottom] = condition.share;
      return [
        ...wrong(names.needs.has(condition.need), `no need ${JSON.stringify(condition.need)}`),
        ...wrong(top > 0n && top <= bottom, `${top}/${bottom}, not a share above nothing and at most all`),
      ];
    }
    case "amount": {
      const { donor, fund, unit, amount } = condition;
      return [
        ...wrong(unit === "EUR", `${JSON.stringify(unit)}; amounts are in EUR`),
        ...wrong(amount > 0n, "an amount of nothing"),
        ...wrong(donor === undefined || names.parties.has(donor), `no party ${JSON.stringify(donor)}`),
        ...wrong(fund === undefined || names.funds.has(fund), `no fund ${JSON.stringify(fund)}`),
      ];
    }
  }
}
