import type { Command } from "commander";
import { checkKey, key, keys, openShelf } from "#app/keys.ts";
import { whatIf } from "#app/whatif.ts";
import { MainstayError } from "#core/errors.ts";
import type { KeyView, WhatIf } from "#core/views-governed.ts";
import { withGiving, type FrameOptions } from "./frame-options.ts";
import { csvText, groupDigits, jsonText, tableText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{ json?: true; data?: string }>;

/** `mainstay key`: contribution keys listed, shown, checked and applied. */
export function addKey(program: Command, environment: Environment): void {
  const { terminal } = environment;
  const command = program.command("key").description("Contribution keys: who bears which part, exactly");
  command
    .command("list")
    .description("The keys that come with the program, and the worked funds on them")
    .option("--json", "print JSON")
    .action(async (options: Options) => {
      const found = await keys();
      if (options.json) return terminal.out(jsonText(found));
      const columns = [
        { title: "key", cell: (one: KeyView) => one.id },
        { title: "kind", cell: (one: KeyView) => one.kind },
        { title: "members", cell: (one: KeyView) => one.members ?? `${one.shares?.length ?? 0} listed` },
        { title: "from", cell: (one: KeyView) => one.validFrom },
        { title: "title", cell: (one: KeyView) => one.title },
      ];
      terminal.out(tableText(columns, found.keys));
      for (const fund of found.funds) {
        const years = fund.years.map(({ year, amount }) => `${year}: ${groupDigits(amount) ?? ""}`).join(", ");
        terminal.out(
          `\n${fund.title} (${fund.id}), on the key ${fund.key}\n  ${fund.currency} ${years}\n  ${fund.modelled}\n`,
        );
      }
    });
  command
    .command("show <key>")
    .description("One key: its rule, its dates, its source, and what about it is our model")
    .option("--json", "print JSON")
    .action(async (name: string, options: Options) => {
      const found = await key(name);
      terminal.out(options.json ? jsonText(found) : textOf(found));
    });
  command
    .command("check <file>")
    .description("Checks a key's file: a table must add up to exactly one")
    .option("--json", "print JSON")
    .action(async (path: string, options: Options) => {
      const found = checkKey(new TextDecoder().decode(await environment.readFile(path)), path);
      terminal.out(options.json ? jsonText(found) : `${path} holds the key ${found.id}.\n${textOf(found)}`);
    });
  addApply(command, environment);
}

type ApplyOptions = FrameOptions &
  Readonly<{ amount: string; year?: string; class?: string; json?: true; csv?: true; data?: string }>;

function addApply(command: Command, environment: Environment): void {
  withGiving(
    command
      .command("apply <key>")
      .description("Splits an amount by a key, to the cent; every share explains itself")
      .requiredOption("--amount <amount>", "what is shared, in EUR: 40000000000 or 1250000.50")
      .option("--year <year>", "the year it is for: who is a member on which days, and the newest indicators up to it"),
  )
    .option("--json", "print JSON, with every step of every share")
    .option("--csv", "print CSV")
    .addHelpText("after", "\nKEY is one of `npx mainstay key list`, or the path of a key's file.")
    .action(async (name: string, options: ApplyOptions) => {
      const own = await ownKey(environment, name);
      const shelf = await openShelf(own.texts);
      const year = options.year === undefined ? "" : ` year-${options.year}`;
      await inSession(environment, options, async ({ db }) => {
        const found = await whatIf(db, { ...options, scenarios: [`${own.id} amount-${options.amount}${year}`] }, shelf);
        environment.terminal.out(options.json ? jsonText(found) : options.csv ? csvOf(found) : appliedText(found));
      });
    });
}

/** A key given by its file is read in; any other word is the id of a shipped one. */
async function ownKey(
  environment: Environment,
  name: string,
): Promise<{ id: string; texts: readonly { name: string; text: string }[] }> {
  if (!/[./\\]/.test(name)) return { id: name, texts: [] };
  if (!(await environment.fileExists(name)))
    throw new MainstayError("unknown_key", JSON.stringify(name), { field: "key" });
  const text = new TextDecoder().decode(await environment.readFile(name));
  return { id: checkKey(text, name).id, texts: [{ name, text }] };
}

function textOf(found: KeyView): string {
  const until = found.validUntil === null ? "on" : `to ${found.validUntil}`;
  const lines = [
    `${found.title} (${found.id})`,
    found.description,
    `In force from ${found.validFrom} ${until}. Members: ${found.members ?? "those listed"}.`,
  ];
  if (found.formula !== null) lines.push(...formulaLines(found.formula));
  if (found.modelled !== null) lines.push(`Modelled: ${found.modelled}`);
  const { title, publisher, publishedOn, url, note } = found.source;
  lines.push(
    `Source: ${[title, publisher, publishedOn, url].filter((part) => part !== null).join(", ")}. ${note}`.trimEnd(),
  );
  const table =
    found.shares === null
      ? ""
      : `\n${tableText(
          [
            { title: "party", cell: (row) => row.party },
            { title: "share", cell: (row) => row.share, right: true },
            { title: "%", cell: (row) => row.percent, right: true },
          ],
          found.shares,
        )}`;
  return `${lines.join("\n")}\n${table}`;
}

function formulaLines(formula: NonNullable<KeyView["formula"]>): string[] {
  const { weights, years, discount, equalPart, floor, ceiling, redistribute, unknown } = formula;
  const words = [
    `Weighs ${weights.map(({ indicator, weight }) => (weights.length === 1 ? indicator : `${indicator} ${weight}`)).join(", ")}${years > 1 ? `, ${years} years together` : ""}.`,
  ];
  if (discount !== null)
    words.push(
      `Discount of ${discount.gradient} of the distance to a GDP per head of ${discount.threshold}, borne by ${discount.borneBy === "all" ? "all" : "those above"}.`,
    );
  if (equalPart !== "0") words.push(`In equal parts: ${equalPart}.`);
  words.push(
    `Floor ${floor}, ceiling ${ceiling}; what that moves is spread ${redistribute === "equally" ? "equally" : "in proportion"}.`,
  );
  words.push(
    {
      refuse: "A member of whom a number is not known is refused.",
      "leave-out": "A member of whom a number is not known is left out and named.",
      "earlier-year": "Where a number is not known, the last one before it is taken.",
    }[unknown],
  );
  return words;
}

function csvOf(found: WhatIf): string {
  const rows = found.rows.map(({ party, name, bills: [bill] }) => [
    party,
    name,
    bill?.share ?? null,
    bill?.percent ?? null,
    bill?.amount ?? null,
  ]);
  return csvText(["party", "name", "share", "percent", "amount"], rows);
}

function appliedText(found: WhatIf): string {
  const [scenario] = found.scenarios;
  if (scenario === undefined) return "";
  const rows = found.rows.toSorted(
    (left, right) => Number(right.bills[0]?.amount ?? 0) - Number(left.bills[0]?.amount ?? 0),
  );
  type Row = (typeof rows)[number];
  const table = tableText<Row>(
    [
      { title: "party", cell: (row) => row.name },
      { title: "share, %", cell: (row) => row.bills[0]?.percent ?? null, right: true },
      { title: `amount (${found.currency})`, cell: (row) => groupDigits(row.bills[0]?.amount ?? null), right: true },
      { title: "% of GDP", cell: (row) => row.bills[0]?.pctGdp ?? null, right: true },
      { title: "per head", cell: (row) => groupDigits(row.bills[0]?.perHead ?? null), right: true },
    ],
    rows,
  );
  return `${table}Total ${groupDigits(scenario.amount)} ${found.currency}\n\n${scenarioNotes(found)}`;
}

/** What a reader must know beside the bills: years, who came or went, who is left out and why, what is modelled. */
export function scenarioNotes(found: WhatIf): string {
  return found.scenarios
    .map((one, index) => {
      const lines = [
        `${found.scenarios.length > 1 ? `${index + 1}. ` : ""}${one.title} (${one.text}): EUR ${groupDigits(one.amount)} in ${one.year}${one.indicatorYear === null ? "" : ` by the indicators of ${one.indicatorYear}`}.`,
      ];
      if (one.stretches.length > 1)
        lines.push(
          `Pro rata by day: ${one.stretches.map((cut) => `${cut.from} to ${cut.until}, ${cut.days} days, ${cut.members} members`).join("; ")}.`,
        );
      if (one.uncovered !== "0.00") lines.push(`Not covered: ${groupDigits(one.uncovered)} ${found.currency}.`);
      for (const left of one.leftOut) lines.push(`Left out: ${left.name}: ${left.reason}.`);
      if (one.modelled !== null) lines.push(`Modelled: ${one.modelled}`);
      return `${lines.join("\n")}\n`;
    })
    .join("\n");
}
