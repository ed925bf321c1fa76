import type { Command } from "commander";
import { addPlanAct } from "./plan-act.ts";
import { addPlanCompare } from "./plan-compare.ts";
import { addPlanExplain } from "./plan-explain.ts";
import { addPlanFrame } from "./plan-frame.ts";
import { addPlanPractice } from "./plan-practice.ts";
import { addPlanReplan } from "./plan-replan.ts";
import { addPlanShow } from "./plan-show.ts";
import { addPlanSolve } from "./plan-solve.ts";
import type { Environment } from "./session.ts";

/** `mainstay plan`: plans solved, shown, accepted; what they are made from, and sets to practise on. */
export function addPlan(program: Command, environment: Environment): void {
  const command = program
    .command("plan")
    .description("Plans: who gives what to which need, when and through which hub");
  addPlanPractice(command, environment);
  addPlanSolve(command, environment);
  addPlanReplan(command, environment);
  addPlanShow(command, environment);
  addPlanExplain(command, environment);
  addPlanCompare(command, environment);
  addPlanAct(command, environment);
  addPlanFrame(command, environment);
}
