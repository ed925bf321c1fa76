import type { Command } from "commander";
import { addPlanFrame } from "./plan-frame.ts";
import { addPlanPractice } from "./plan-practice.ts";
import type { Environment } from "./session.ts";

/** `mainstay plan`: what a plan is made from, and sets to practise on. */
export function addPlan(program: Command, environment: Environment): void {
  const command = program
    .command("plan")
    .description("Plans: who gives what to which need, when and through which hub");
  addPlanPractice(command, environment);
  addPlanFrame(command, environment);
}
