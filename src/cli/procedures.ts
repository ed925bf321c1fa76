import type { Command } from "commander";
import { procedure, procedures } from "#app/procedures.ts";
import type { ProcedureRow, ProcedureView } from "#core/views-governed.ts";
import { jsonText, tableText, type Column } from "./output.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{ on?: string; json?: true }>;

/** `mainstay procedures`: how a group decides, listed or one of them whole. Opens no record. */
export function addProcedures(program: Command, { terminal }: Environment): void {
  program
    .command("procedures [id]")
    .description(
      "How a group decides: the procedures there are, or one with its steps, its rule in words, deadline and sources",
    )
    .option("--on <day>", "the version in force on this day (YYYY-MM-DD); without it, every one, or the newest of one")
    .option("--json", "print JSON; of one procedure, with its diagram as nodes and edges")
    .addHelpText("after", "\nExample: npx mainstay procedures eu-qualified-majority")
    .action(async (id: string | undefined, { on, json }: Options) => {
      const answer = id === undefined ? await procedures(on) : await procedure(id, on);
      terminal.out(json ? jsonText(answer) : "steps" in answer ? textOf(answer) : tableText(columns, answer));
    });
}

const columns: readonly Column<ProcedureRow>[] = [
  { title: "procedure", cell: (row) => row.id },
  { title: "basis", cell: (row) => row.basis },
  { title: "from", cell: (row) => row.validFrom },
  { title: "to", cell: (row) => row.validTo ?? "on" },
  { title: "title", cell: (row) => row.title },
];

const needWords = { text: "a text", "rule-met": "the rule met", "rule-not-met": "the rule not met" } as const;

function textOf(found: ProcedureView): string {
  const { deadline, seats, diagram } = found;
  const until = found.validTo === null ? "on" : `to ${found.validTo}`;
  const roles = Object.entries(seats.roles).map(([role, number]) => `${number} ${role}`);
  const fixed = [...(seats.count === null ? [] : [`${seats.count} seats`]), ...roles].join(", ");
  return [
    `${found.title} (${found.id})`,
    found.summary,
    `${found.basis === "modelled" ? "Dated" : "In force"} from ${found.validFrom} ${until}. Basis: ${found.basis}.`,
    `Takes part: ${found.takesPart}${fixed === "" ? "" : ` Fixed: ${fixed}.`}`,
    `Positions: ${found.positions.join(", ")}.`,
    ...(found.exemptions.length === 0 ? [] : [`Constructive abstention exempts from: ${found.exemptions.join("; ")}.`]),
    "",
    "Adopted when",
    ...found.rule.map((line) => `${"  ".repeat(line.depth + 1)}${line.says}${line.condition === null ? ":" : ""}`),
    "",
    deadline === null
      ? "No usual deadline."
      : `Deadline: ${deadline.workingDays} working days (${deadline.calendar}), at ${deadline.at}. ${deadline.says}`,
    "",
    "Steps",
    ...diagram.nodes.map((node) => `  ${node.title}${node.start ? " (start)" : ""}`),
    "",
    "Ways between them",
    ...diagram.legend.map(({ number, text }) => `${String(number).padStart(3)}. ${text}${needsOf(found, number)}`),
    "",
    ...found.sources.flatMap((source) => [
      `Source: ${[source.title, source.passage, source.publisher, source.url].filter((part) => part !== null).join(", ")}`,
      `  ${source.says}`,
    ]),
    "",
  ].join("\n");
}

function needsOf({ transitions }: ProcedureView, number: number): string {
  const needs = transitions[number - 1]?.needs ?? [];
  return needs.length === 0 ? "" : `; needs ${needs.map((need) => needWords[need]).join(" and ")}`;
}
