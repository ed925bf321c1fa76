import type { Command } from "commander";
import { addDecisionActs } from "./decision-acts.ts";
import { addDecisionOpen } from "./decision-open.ts";
import { addDecisionShow } from "./decision-show.ts";
import { addDecisionTexts } from "./decision-texts.ts";
import type { Environment } from "./session.ts";

/** `mainstay decision`: proposals, from the opening to what they allow. */
export function addDecision(program: Command, environment: Environment): void {
  const command = program
    .command("decision")
    .description("Proposals: opened, put under silence or to the vote, decided, and what the decision allows");
  addDecisionOpen(command, environment);
  addDecisionTexts(command, environment);
  addDecisionActs(command, environment);
  addDecisionShow(command, environment);
}
