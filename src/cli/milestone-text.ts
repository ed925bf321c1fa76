import { countedWords, dayWords, standingWords } from "#core/foresight/milestones/words.ts";
import type { ChangeList, MilestoneBrief, MilestoneList, MilestoneRow, MilestoneView } from "#core/views-milestones.ts";
import { tableText } from "./output.ts";
import { historyText } from "./records.ts";

function headText({ head, today }: MilestoneList | MilestoneView): string {
  const made = head.synthetic ? " (synthetic: made up to try the program out)" : "";
  return `${head.title}${made}, ${head.knownAt === null ? `today ${today}` : `as known at the end of ${today}`}.`;
}

const lateText = ({ state, daysLate }: Pick<MilestoneRow, "state" | "daysLate">) => standingWords(state, daysLate);

const isOver = ({ state }: MilestoneRow) => state === "met" || state === "missed" || state === "cancelled";

const percent = (probability: number | null) =>
  probability === null ? "unknown" : `${Math.round(probability * 100)} %`;

const movedText = ({ shifts, shiftedDays }: MilestoneRow) =>
  shifts === 0 ? "" : `${shifts} x, ${shiftedDays > 0 ? "+" : ""}${shiftedDays} d`;

export function listText(list: MilestoneList): string {
  if (list.total === 0)
    return `No such milestone is known. ${headText(list)}\nState one: npx mainstay milestone add ID --title "..." --on 2024-07-10 --book ${list.head.book}\n`;
  const counts = Object.entries(list.states)
    .filter(([, many]) => many > 0)
    .map(([state, many]) => countedWords(many, state as MilestoneRow["state"]));
  return [
    `${headText(list)} ${counts.join(", ")}.\n`,
    tableText<MilestoneRow>(
      [
        { title: "expected", cell: dayWords },
        { title: "state", cell: lateText },
        { title: "moved", cell: movedText },
        { title: "chance", cell: (row) => (row.condition === null || isOver(row) ? "" : percent(row.probability)) },
        { title: "kind", cell: (row) => row.kind },
        { title: "id", cell: (row) => row.id },
        { title: "what", cell: (row) => row.title },
      ],
      list.items,
    ),
    `${list.forecast.says}\n`,
  ].join("\n");
}

export function milestoneText(one: MilestoneView): string {
  const named = one.partyNames.map(({ name }) => name);
  const facts = [
    `${one.title} (${one.id}), ${one.kind}`,
    headText(one),
    "",
    `Expected ${dayWords(one)}; ${lateText(one)}${one.happenedOn === null ? "" : ` (${one.happenedOn})`}.`,
    ...one.why,
    ...(one.owner === null ? [] : [`Answers for it: ${one.owner.name}.`]),
    ...(one.groupName === null ? [] : [`Group: ${one.groupName}.`]),
    ...(one.fundTitle === null ? [] : [`Fund: ${one.fundTitle}.`]),
    ...(named.length === 0 ? [] : [`Concerns ${named.join(", ")}.`]),
    ...(one.condition === null ? [] : [`Met when: ${one.condition.says}`]),
    chanceText(one),
    ...(one.says === "" ? [] : [one.says]),
    ...(one.note === "" ? [] : [one.note]),
    ...(one.source === null ? [] : [`Source: ${one.source.title}, ${one.source.publisher}.`]),
    ...(one.evidence.length === 0
      ? []
      : [`Evidence: ${one.evidence.map(({ kind, id }) => `${kind} ${id}`).join(", ")}.`]),
    "",
  ];
  return [
    facts.join("\n"),
    daysTable(one),
    ...briefs("depends on", one.needs),
    ...briefs("needed by", one.neededBy),
    ...(one.history.length === 0 ? [] : [historyText(one.history)]),
  ].join("\n");
}

function chanceText(one: MilestoneView): string {
  if (isOver(one)) return "Probability: none is asked; it is over.";
  if (one.condition === null) return "Probability: unknown; nothing is stated that a forecast can speak of.";
  if (one.probability !== null)
    return `Probability: ${percent(one.probability)}, an estimate of the standing forecast.`;
  return `Probability: unknown. ${one.unknownWhy ?? one.forecast.says}`;
}

function daysTable(one: MilestoneView): string {
  return tableText(
    [
      { title: "expected", cell: dayWords },
      {
        title: "moved",
        cell: (row) => (row.movedDays === null ? "" : `${row.movedDays > 0 ? "+" : ""}${row.movedDays} d`),
        right: true,
      },
      { title: "known", cell: (row) => row.knownAt.slice(0, 10) },
      { title: "why", cell: (row) => row.reason },
    ],
    one.days,
  );
}

function briefs(title: string, list: readonly MilestoneBrief[]): string[] {
  if (list.length === 0) return [];
  return [
    tableText(
      [
        { title, cell: (row) => row.id },
        { title: "expected", cell: dayWords },
        { title: "state", cell: lateText },
        { title: "what", cell: (row) => row.title },
      ],
      list,
    ),
  ];
}

export function changesText({ head, since, clock, items, total }: ChangeList): string {
  const after = since.replace(/T23:59:59\.999Z$/, "");
  const how = clock === "known" ? "what became known" : "what this record learned";
  if (total === 0) return `Nothing moved after ${after} (${how}) in ${head.title}.\n`;
  return [
    `${total} ${total === 1 ? "thing" : "things"} moved after ${after} (${how}) in ${head.title}.\n`,
    tableText(
      [
        { title: "when", cell: (row) => row.at.slice(0, 10) },
        { title: "what moved", cell: (row) => row.kind },
        {
          title: "days",
          cell: (row) => (row.days === null ? "" : `${row.days > 0 ? "+" : ""}${row.days}`),
          right: true,
        },
        { title: "of", cell: (row) => row.title },
        { title: "", cell: (row) => row.says },
      ],
      items,
    ),
  ].join("\n");
}
