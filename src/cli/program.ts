import { Command } from "commander";
import { addBooks } from "./books.ts";
import { addCall } from "./call.ts";
import { addDecision } from "./decision.ts";
import { addDeliver } from "./deliver.ts";
import { addDiff } from "./diff.ts";
import { addForecast } from "./forecast.ts";
import { addFund } from "./fund.ts";
import { addGroups } from "./groups.ts";
import { addImport } from "./import.ts";
import { addKey } from "./key.ts";
import { addMilestone } from "./milestone.ts";
import { addMoney } from "./money.ts";
import { addNeed } from "./need.ts";
import { addOffer } from "./offer.ts";
import { addParties } from "./parties.ts";
import { addPlan } from "./plan.ts";
import { addPower } from "./power.ts";
import { addPredictability } from "./predictability.ts";
import { addProcedures } from "./procedures.ts";
import { addReceipts } from "./receipts.ts";
import { addReport } from "./report.ts";
import { addScenario } from "./scenario.ts";
import { addServe } from "./serve.ts";
import type { Environment } from "./session.ts";
import { addTotals } from "./totals.ts";
import { addWhatIf } from "./whatif.ts";

/** The whole command line. Parse it with runProgram. */
export function buildProgram(environment: Environment): Command {
  const { terminal } = environment;
  const program = new Command("mainstay")
    .description("The system of record and the planning desk for long-term support that many nations give together")
    .version(environment.version)
    .showHelpAfterError("(npx mainstay --help lists the commands)")
    .addHelpText(
      "after",
      "\nExit codes: 0 done, 1 refused input, 2 wrong usage. DATABASE_URL names an outside PostgreSQL 18 or newer.",
    );
  addServe(program, environment);
  addBooks(program, environment);
  addTotals(program, environment);
  addImport(program, environment);
  addDiff(program, environment);
  addParties(program, environment);
  addGroups(program, environment);
  addPower(program, environment);
  addProcedures(program, environment);
  addDecision(program, environment);
  addKey(program, environment);
  addWhatIf(program, environment);
  addFund(program, environment);
  addCall(program, environment);
  addReceipts(program, environment);
  addMoney(program, environment);
  addNeed(program, environment);
  addOffer(program, environment);
  addPlan(program, environment);
  addDeliver(program, environment);
  addForecast(program, environment);
  addScenario(program, environment);
  addMilestone(program, environment);
  addPredictability(program, environment);
  addReport(program, environment);
  settle(program, terminal);
  return program;
}

/** Every command throws instead of ending the process, writes where it is told, and takes the data folder. */
function settle(command: Command, terminal: Environment["terminal"]): void {
  command.exitOverride().configureOutput({ writeOut: terminal.out, writeErr: terminal.err });
  for (const inner of command.commands) settle(inner, terminal);
  const isLeaf = command.commands.length === 0;
  if (isLeaf && !command.options.some((option) => option.long === "--data")) {
    command.option("--data <folder>", "the data folder (MAINSTAY_DATA)");
  }
}
