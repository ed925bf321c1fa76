import type { Command } from "commander";
import { addDeliverAct } from "./deliver-act.ts";
import { addDeliverConfirm } from "./deliver-confirm.ts";
import { addDeliverPolicy } from "./deliver-policy.ts";
import { addDeliverQuery } from "./deliver-query.ts";
import { addDeliverShow } from "./deliver-show.ts";
import type { Environment } from "./session.ts";

/** `mainstay deliver`: consignments, from what was placed to the recipient's signature. */
export function addDeliver(program: Command, environment: Environment): void {
  const command = program
    .command("deliver")
    .description("Deliveries: consignments, what both sides report of them, and what the recipient signs for");
  addDeliverShow(command, environment);
  addDeliverAct(command, environment);
  addDeliverConfirm(command, environment);
  addDeliverQuery(command, environment);
  addDeliverPolicy(command, environment);
}
