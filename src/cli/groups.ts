import type { Command } from "commander";
import { broughtAlong } from "#app/brought.ts";
import { group as oneGroup, groups } from "#app/parties.ts";
import type { BroughtAlong, Group, PromiseSum, Takeover } from "#core/views.ts";
import { defaultBook } from "./frame-options.ts";
import { groupDigits, jsonText, tableText, type Column } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{
  book: string;
  asOf?: string;
  knownAt?: string;
  json?: true;
  data?: string;
}>;

/** `mainstay groups`: the groups of the register, or one of them with its members and what it brought along. */
export function addGroups(program: Command, environment: Environment): void {
  const { terminal } = environment;
  program
    .command("groups [group]")
    .description("Groups of parties with their members, and which came under which; one of them whole")
    .option("--book <book>", "by decisions of which book one group came under another", defaultBook)
    .option("--as-of <day>", "only what began by this day (YYYY-MM-DD); without it, everything on record")
    .option("--known-at <day>", "only what was decided by the end of this day; without it, everything")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay groups contact-group --as-of 2024-12-31")
    .action(async (slug: string | undefined, options: Options) => {
      await inSession(environment, options, async ({ db }) => {
        if (slug === undefined) {
          const found = await groups(db, options);
          return terminal.out(options.json ? jsonText(found) : tableText(columns, found));
        }
        const group = await oneGroup(db, slug, options);
        const brought = await broughtAlong(db, slug, options);
        terminal.out(options.json ? jsonText({ ...group, broughtAlong: brought }) : groupText(group, brought));
      });
    });
}

const slugs = (takeovers: readonly Takeover[]) =>
  takeovers.map((one) => `${one.slug} from ${one.from}${one.until === null ? "" : ` to ${one.until}`}`).join(", ");

const columns: readonly Column<Group>[] = [
  { title: "group", cell: (group) => group.slug },
  { title: "name", cell: (group) => group.name },
  { title: "kind", cell: (group) => (group.synthetic ? `${group.kind}, made up` : group.kind) },
  {
    title: "members",
    cell: (group) => String(new Set(group.members.map((member) => member.party)).size),
    right: true,
  },
  { title: "under", cell: (group) => slugs(group.under) },
  { title: "brought under it", cell: (group) => slugs(group.formats) },
];

function groupText(group: Group, brought: BroughtAlong): string {
  return [
    `${group.name} (${group.slug}), ${group.kind}${group.synthetic ? ", made up to try the program out" : ""}\n`,
    group.description === "" ? "" : `${group.description}\n`,
    ...group.under.map((one) => `Under ${takeoverText(one)}\n`),
    ...group.formats.map((one) => `Took over ${takeoverText(one)}\n`),
    `\n${tableText(memberColumns, group.members)}`,
    ...brought.takeovers.map((one) => broughtText(one, brought)),
  ].join("");
}

function takeoverText({ slug, name, from, until, decision, title }: Takeover): string {
  const days = until === null ? `from ${from}` : `from ${from} to ${until}`;
  return `${name} (${slug}) ${days}, by the decision ${decision}: ${title}`;
}

const memberColumns: readonly Column<Group["members"][number]>[] = [
  { title: "member", cell: (member) => member.name },
  { title: "role", cell: (member) => member.role },
  { title: "from", cell: (member) => member.from ?? "" },
  { title: "to", cell: (member) => member.to ?? "" },
];

type Brought = BroughtAlong["takeovers"][number];

function broughtText({ name, from, until, classes }: Brought, brought: BroughtAlong): string {
  const { frame, sources } = brought;
  const sums = (title: string, of: (line: Brought["classes"][number]) => PromiseSum | null) => [
    { title, cell: (line: Brought["classes"][number]) => of(line)?.promises?.toString() ?? null, right: true },
    {
      title: `(${frame.unit})`,
      cell: (line: Brought["classes"][number]) => groupDigits(of(line)?.amount ?? null),
      right: true,
    },
  ];
  const table = tableText(
    [
      { title: "class", cell: (line) => line.class },
      ...sums(`before ${from}`, (line) => line.before),
      ...sums(`under ${name}`, (line) => line.under),
      ...(until === null ? [] : sums(`after ${until}`, (line) => line.after)),
      ...sums("without a day", (line) => line.undated),
    ],
    classes,
  );
  return [
    `\nWhat it brought under ${name}: promises of its members, and what they come to\n${table}`,
    `\nBook ${frame.book}; as of ${frame.asOf ?? "everything on record"}; known at ${frame.knownAt ?? "the latest"}; ${sources === 1 ? "1 source" : `${sources} sources`}.\n`,
    `${brought.boundary}\n${brought.basis}\n`,
    ...classes.flatMap((line) => [
      ...(line.partial === null ? [] : [`In part (${line.class}): ${line.partial}\n`]),
      ...(line.reason === null ? [] : [`Not known (${line.class}): ${line.reason}\n`]),
    ]),
    ...brought.notConverted.map(
      (row) =>
        `Not converted (${row.class}): ${groupDigits(row.amount)} ${row.unit} in ${row.postings} postings: ${row.reason}\n`,
    ),
  ].join("");
}
