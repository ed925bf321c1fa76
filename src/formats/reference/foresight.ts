import { newMilestone, type SaidOf } from "#core/foresight/milestones/edit.ts";
import { statedStates } from "#core/foresight/milestones/milestone.ts";
import { readIds } from "../needs/lists.ts";
import { day, oneOf, optional, optionalDay, readRows, refuse, refuseDoubles, text, type Row } from "./table.ts";

/** The files of the milestones of the worked case, all in one folder. */
export const foresightFiles = ["milestones.csv", "sources.csv"] as const;

/** What became known of a milestone on a day, and from where. */
export type SaidOnDay = SaidOf & Readonly<{ known: string; reason: string; source: string }>;

export type ForesightRecord = Readonly<{
  sources: readonly Readonly<{
    id: string;
    title: string;
    publisher: string;
    publishedOn: string;
    url: string | null;
    note: string;
  }>[];
  said: readonly SaidOnDay[]; // in the order of the days
}>;

const columns =
  "known,id,title,kind,expected,state,happened,owner,group,depends_on,condition,evidence,note,reason,source".split(",");
const sourceColumns = ["id", "title", "publisher", "published_on", "url", "note"];

/** @throws MainstayError reference_invalid naming file, row and column; milestone_invalid, parameter_invalid */
export function readForesight(files: ReadonlyMap<string, string>): ForesightRecord {
  const sources = readRows(files, "sources.csv", sourceColumns);
  const rows = readRows(files, "milestones.csv", columns);
  refuseDoubles(sources, ["id"]);
  refuseDoubles(rows, ["known", "id"]);
  rows.forEach((row, index) => {
    const before = rows[index - 1];
    if (before !== undefined && day(before, "known") > day(row, "known"))
      throw refuse(row, "known", `${day(row, "known")}, before the row above`);
  });
  return {
    sources: sources.map((row) => ({
      id: text(row, "id"),
      title: text(row, "title"),
      publisher: text(row, "publisher"),
      publishedOn: day(row, "published_on"),
      url: optional(row, "url"),
      note: optional(row, "note") ?? "",
    })),
    said: rows.map(saidOf),
  };
}

function saidOf(row: Row): SaidOnDay {
  const milestone = newMilestone(text(row, "id"), {
    title: text(row, "title"),
    kind: text(row, "kind"),
    on: text(row, "expected"),
    owner: optional(row, "owner"),
    group: optional(row, "group"),
    dependsOn: readIds(optional(row, "depends_on") ?? ""),
    condition: optional(row, "condition") ?? "",
    evidence: readIds(optional(row, "evidence") ?? ""),
    note: optional(row, "note") ?? "",
  });
  return {
    milestone: { ...milestone, happenedOn: optionalDay(row, "happened") },
    state: oneOf(row, "state", statedStates),
    known: day(row, "known"),
    reason: optional(row, "reason") ?? "",
    source: text(row, "source"),
  };
}
