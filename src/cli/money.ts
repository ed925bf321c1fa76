import type { Command } from "commander";
import { addPledge, creditInKind } from "#app/funds/give.ts";
import { previewReallocation } from "#app/funds/reallocation.ts";
import { reallocate, spend, spendings, takeBack, type Spending } from "#app/funds/spend.ts";
import { fundView } from "#app/funds/view.ts";
import { whyPosting } from "#app/funds/why.ts";
import { MainstayError } from "#core/errors.ts";
import type { FundView, ReallocationPreview } from "#core/views-funds.ts";
import { acting, doingOf, gather, pairOf, withExample, type ActingOptions } from "./acting.ts";
import { groupDigits, jsonText } from "./output.ts";
import { inSession } from "./run.ts";
import type { Environment, Session } from "./session.ts";

/** What is done with a fund's money besides calling it: pledged, credited in kind, spent, moved, taken back; and why a posting could be made. */
export function addMoney(program: Command, environment: Environment): void {
  addGiving(program, environment);
  addSpending(program, environment);
  addReallocation(program, environment);
  addTakingBack(program, environment);
  program
    .command("why <posting>")
    .description("Why a posting could be made: the act, the authority and the decision behind it")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample: npx mainstay why 1500")
    .action(async (posting: string, options: ActingOptions) =>
      inSession(environment, options, async ({ db }) => {
        const found = await whyPosting(db, environment.clock, posting);
        environment.terminal.out(options.json ? jsonText(found) : `${found.says.join("\n")}\n`);
      }),
    );
}

/** Does something and answers with the act that it made, or with the whole fund as JSON. */
async function done(
  environment: Environment,
  options: ActingOptions,
  fund: string,
  work: (session: Session) => Promise<void>,
): Promise<void> {
  await inSession(environment, options, async (session) => {
    await work(session);
    const found = await fundView(session.db, environment.clock, fund);
    environment.terminal.out(options.json ? jsonText(found) : lastAct(found));
  });
}

function lastAct(fund: FundView): string {
  const act = fund.acts.at(-1);
  if (act === undefined) return "";
  const under = act.authority === null ? "" : ` under ${act.authority}`;
  return `Act ${act.id}, ${act.kind}${under}: ${fund.currency} ${groupDigits(act.amount)}. ${act.title}\nPostings ${act.postings.join(", ")}: npx mainstay why ${act.postings.at(-1)}\n`;
}

type PledgeOptions = ActingOptions &
  Readonly<{ title: string; conditions?: string; earmark?: string; instalment: readonly string[] }>;

function addGiving(program: Command, environment: Environment): void {
  const pledge = program
    .command("pledge <fund> <id> <party> <line>")
    .description("Enters a voluntary pledge to a line, with its schedule and conditions")
    .requiredOption("--title <words>", "what is pledged, in words")
    .requiredOption("--instalment <day=amount>", "when how much is due; as often as there are instalments", gather)
    .option("--conditions <words>", "what it depends on")
    .option("--earmark <id>", "an earmark of the fund under which it is given");
  const pledged = `five-year-fund nor-courses nor training --title "Courses" --instalment 2026-06-30=25000000`;
  withExample(acting(pledge), `pledge ${pledged}`).action(
    async (fund: string, id: string, party: string, line: string, options: PledgeOptions) =>
      done(environment, options, fund, async ({ db }) => {
        const { title, conditions, earmark } = options;
        const instalments = options.instalment.map(pairOf).map(({ name, value }) => ({ dueOn: name, amount: value }));
        await addPledge(
          db,
          fund,
          { id, party, line, title, conditions, earmark, instalments },
          doingOf(environment, options),
        );
      }),
  );
  const credit = program
    .command("credit <fund> <reference> <value>")
    .description("Counts what was given in kind against a member's part of a call, by the fund's own rule")
    .requiredOption("--method <words>", "how the value was found, and by whom");
  const credited = `five-year-fund RF7826C1XGRAHWRX14 2000000 --method "Replacement price, by the receiving side"`;
  withExample(acting(credit), `credit ${credited}`).action(
    async (fund: string, reference: string, value: string, options: ActingOptions & Readonly<{ method: string }>) =>
      done(environment, options, fund, async ({ db }) =>
        creditInKind(db, fund, { reference, value, method: options.method }, doingOf(environment, options)),
      ),
  );
}

type SpendOptions = ActingOptions & Readonly<{ authority: string; purpose: string; earmark?: string }>;

const spendingWords: Readonly<Record<Spending, string>> = {
  place: "Places a line's money to a purpose",
  pay: "Pays a line's money at once",
  "pay-placed": "Pays what was placed before",
  release: "Frees what was placed and not paid",
  acknowledge: "Puts on record that the recipient confirms what was paid",
};

function addSpending(program: Command, environment: Environment): void {
  const command = program
    .command("spend")
    .description("A fund's money placed and paid, each step under an authority to spend");
  for (const how of Object.keys(spendings) as Spending[]) {
    const way = command
      .command(`${how} <fund> <line> <amount>`)
      .description(`${spendingWords[how]}, under an authority to spend`)
      .requiredOption("--authority <id>", "what allows it; `npx mainstay fund show FUND` lists them")
      .requiredOption("--purpose <words>", "what for")
      .option("--earmark <id>", "money of this earmark; free money without it");
    const spent = `five-year-fund materiel 600000000 --authority spend-2026.1 --purpose "First battery"`;
    withExample(acting(way), `spend ${how} ${spent}`).action(
      async (fund: string, line: string, amount: string, options: SpendOptions) =>
        done(environment, options, fund, async ({ db }) => {
          const { authority, purpose, earmark } = options;
          await spend(db, fund, how, { line, amount, authority, purpose, earmark }, doingOf(environment, options));
        }),
    );
  }
}

type MoveOptions = ActingOptions &
  Readonly<{ authority?: string; reason?: string; earmark?: string; toFund?: string; preview?: true }>;

function addReallocation(program: Command, environment: Environment): void {
  const { terminal, clock } = environment;
  const move = program
    .command("reallocate <fund> <line> <to-line> <amount>")
    .description("Moves money that is not placed to another line, under an authority to reallocate")
    .option("--authority <id>", "what allows it; `npx mainstay fund show FUND` lists them")
    .option("--reason <words>", "why")
    .option("--to-fund <fund>", "the line is of this fund; of the same one without it")
    .option("--earmark <id>", "money of this earmark; free money without it")
    .option("--preview", "only say what it would do and what stands in the way");
  const moved = "five-year-fund training materiel 2000000000 --preview";
  withExample(acting(move), `reallocate ${moved}`).action(
    async (fund: string, line: string, toLine: string, amount: string, options: MoveOptions) => {
      const { toFund, earmark, authority, reason } = options;
      if (options.preview)
        return inSession(environment, options, async ({ db }) => {
          const found = await previewReallocation(db, clock, { fund, line, toLine, toFund, earmark, amount });
          terminal.out(options.json ? jsonText(found) : previewText(found));
        });
      const missing = authority === undefined ? "authority" : "reason";
      if (authority === undefined || reason === undefined)
        throw new MainstayError("parameter_invalid", "nothing", { field: missing });
      return done(environment, options, fund, async ({ db }) =>
        reallocate(
          db,
          fund,
          { line, toLine, toFund, earmark, amount, authority, reason },
          doingOf(environment, options),
        ),
      );
    },
  );
}

function previewText(found: ReallocationPreview): string {
  const { currency, from, to } = found;
  return [
    `${from.title}: ${currency} ${groupDigits(from.available)} available, ${groupDigits(from.canSpare)} to spare; ${groupDigits(from.after)} after.`,
    `${to.title}: ${currency} ${groupDigits(to.available)} available; ${groupDigits(to.after)} after.`,
    ...found.earmarks.map((one) => `${one.title}: ${currency} ${groupDigits(one.available)} ${one.says}.`),
    ...found.needs,
    found.says,
    "",
  ].join("\n");
}

function addTakingBack(program: Command, environment: Environment): void {
  const back = program
    .command("take-back <fund> <act>")
    .description("Takes an act of a fund back: every posting it made, with a reason")
    .requiredOption("--reason <words>", "why");
  withExample(acting(back), 'take-back five-year-fund 12 --reason "Paid to the wrong account"').action(
    async (fund: string, act: string, options: ActingOptions & Readonly<{ reason: string }>) => {
      if (!/^\d{1,15}$/.test(act)) throw new MainstayError("unknown_act", JSON.stringify(act), { field: "act" });
      return done(environment, options, fund, async ({ db }) =>
        takeBack(db, fund, Number(act), options.reason, doingOf(environment, options)),
      );
    },
  );
}
