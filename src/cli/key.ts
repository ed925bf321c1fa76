import type { Command } from "commander";
import { keyOn, keys, keyView, openShelf, ownKey, refuseStrangers, type Shelf } from "#app/keys.ts";
import { whatIf } from "#app/whatif.ts";
import type { Key } from "#core/burden/key.ts";
import { emptyScenario, scenarioText } from "#core/burden/scenario.ts";
import { MainstayError } from "#core/errors.ts";
import { parseDecimal } from "#core/money.ts";
import type { KeyView } from "#core/views-governed.ts";
import { withGiving, type FrameOptions } from "./frame-options.ts";
import { appliedCsv, appliedText, keyText } from "./key-text.ts";
import { groupDigits, jsonText, tableText } from "./output.ts";
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
    .addHelpText("after", "\nExample: npx mainstay key list")
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
    .addHelpText("after", `${whichKey}\n\nExample: npx mainstay key show nato-by-gdp`)
    .action(async (name: string, options: Options) => {
      const found = keyView((await askedKey(environment, name)).key);
      terminal.out(options.json ? jsonText(found) : keyText(found));
    });
  command
    .command("check <file>")
    .description("Checks a key's file: a table must add up to exactly one, and the record must know who is in it")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay key check policies/keys/nordic-baltic-table.json")
    .action(async (path: string, options: Options) => {
      const own = ownKey(await environment.readFile(path), path);
      await inSession(environment, options, async ({ db }) => refuseStrangers(db, own.key, path));
      const found = keyView(own.key);
      terminal.out(options.json ? jsonText(found) : `${path} holds the key ${found.id}.\n${keyText(found)}`);
    });
  addApply(command, environment);
}

const whichKey = "\nKEY is one of `npx mainstay key list`, or the path of a key's file.";

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
    .addHelpText("after", `${whichKey}\n\nExample: npx mainstay key apply nato-by-gdp --amount 40000000000 --year 2025`)
    .action(async (name: string, options: ApplyOptions) => {
      const { key, shelf, file } = await askedKey(environment, name);
      const asked = { ...emptyScenario(key.id), amount: amountOf(options.amount), year: yearOf(options.year) };
      await inSession(environment, options, async ({ db }) => {
        if (file !== undefined) await refuseStrangers(db, key, file);
        const found = await whatIf(db, { ...options, scenarios: [scenarioText(asked)] }, shelf);
        environment.terminal.out(options.json ? jsonText(found) : options.csv ? appliedCsv(found) : appliedText(found));
      });
    });
}

/** A key given by its file is read in; any other word is the id of a shipped one. */
async function askedKey(environment: Environment, name: string): Promise<{ key: Key; shelf: Shelf; file?: string }> {
  if (/[./\\]/.test(name) && (await environment.fileExists(name))) {
    const { key, text } = ownKey(await environment.readFile(name), name);
    return { key, shelf: await openShelf([{ name, text }]), file: name };
  }
  const shelf = await openShelf();
  return { key: keyOn(shelf, name), shelf };
}

/** An amount in cents. @throws MainstayError invalid_amount */
function amountOf(text: string): bigint {
  const amount = parseDecimal(text, 2, { field: "amount" });
  if (amount > 0n) return amount;
  throw new MainstayError("invalid_amount", `${JSON.stringify(text)}, less than a cent`, { field: "amount" });
}

/** @throws MainstayError parameter_invalid */
function yearOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{3}$/.test(text)) return Number(text);
  throw new MainstayError("parameter_invalid", `${JSON.stringify(text)}, no year such as 2025`, { field: "year" });
}
