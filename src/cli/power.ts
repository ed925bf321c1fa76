import type { Command } from "commander";
import { listVotingRules, powerOf } from "#app/power.ts";
import type { VotingMember, VotingPowerView, VotingRuleView } from "#core/views-governed.ts";
import { groupDigits, jsonText, tableText, type Column } from "./output.ts";
import type { Environment } from "./session.ts";

type Options = Readonly<{
  weights?: string;
  quota?: string;
  leastMembers?: string;
  leastAgainst?: string;
  veto?: string;
  json?: true;
}>;

/** `mainstay power`: the exact voting power under a rule that comes with the program, or under weights and a quota. Opens no record. */
export function addPower(program: Command, environment: Environment): void {
  program
    .command("power [rule]")
    .description(
      "Exact voting power of every member under a rule, or under weights and a quota; without either, the rules there are",
    )
    .option("--weights <weights>", "weights with commas; 29x4 is four members with 29 each")
    .option(
      "--quota <quota>",
      "the weight that decides: a number, 65%, 2/3 (at least that part), majority (more than half) or all",
    )
    .option("--least-members <number>", "how many members it takes as well, written like the quota")
    .option("--least-against <number>", "with fewer members than this against, a proposal is adopted all the same")
    .option(
      "--veto <places>",
      "which weights, from 1 and with commas, belong to members without whom nothing is adopted",
    )
    .option("--json", "print JSON, with every index as an exact fraction")
    .addHelpText(
      "after",
      "\nExamples: npx mainstay power eu-qmv\n          npx mainstay power --weights 10x4,8,5x4,4x2,3x3,2 --quota 62",
    )
    .action((rule: string | undefined, { json, weights, quota, leastMembers, leastAgainst, veto }: Options) => {
      const given = { weights, quota, leastMembers, leastAgainst, veto };
      const asked = rule !== undefined || Object.values(given).some((value) => value !== undefined);
      const answer = asked ? powerOf({ rule, ...given }) : listVotingRules();
      environment.terminal.out(
        json ? jsonText(answer) : "members" in answer ? textOf(answer) : tableText(ruleColumns, answer),
      );
    });
}

const ruleColumns: readonly Column<VotingRuleView>[] = [
  { title: "rule", cell: (rule) => rule.id },
  { title: "members", cell: (rule) => String(rule.members), right: true },
  { title: "title", cell: (rule) => `${rule.title}${rule.modelled ? " (modelled)" : ""}` },
];

function textOf(power: VotingPowerView): string {
  const { rule, quota, totalWeight, weightUnit, leastMembers, leastAgainst, weightOf, weightSource } = power;
  const asks = [
    ...(quota === null ? [] : [`${groupDigits(quota)} of ${groupDigits(totalWeight)} ${weightUnit}`]),
    ...(leastMembers === 0 ? [] : [`${leastMembers} of ${power.members.length} members`]),
    ...(power.members.some((member) => member.veto) ? ["every member with a veto"] : []),
  ];
  const otherwise = leastAgainst === 0 ? "" : `; or fewer than ${leastAgainst} against`;
  const columns: Column<VotingMember>[] = [
    { title: "member", cell: (member) => `${member.name}${member.veto ? " (veto)" : ""}` },
    ...(quota === null
      ? []
      : [
          { title: weightOf ?? "", cell: (member: VotingMember) => groupDigits(member.weight), right: true },
          { title: "share %", cell: (member: VotingMember) => percent(member.share ?? ""), right: true },
        ]),
    { title: "swings", cell: (member) => groupDigits(member.swings), right: true },
    { title: "Banzhaf %", cell: (member) => percent(member.banzhaf.decimal), right: true },
    { title: "absolute %", cell: (member) => percent(member.absolute.decimal), right: true },
    { title: "Shapley-Shubik %", cell: (member) => percent(member.shapley.decimal), right: true },
  ];
  return [
    ...(rule === null ? [] : [`${rule.title}${rule.modelled ? " (modelled)" : ""}`, rule.summary]),
    `Needed: ${asks.join(" and ")}${otherwise}.`,
    `Winning: ${groupDigits(power.winning)} of ${groupDigits(power.coalitions)} coalitions (${percent(power.toAct.decimal)} %).`,
    "",
    `${tableText(columns, power.members)}`,
    "Banzhaf: part of all swings, the coalitions that a member turns. absolute: part of the others' coalitions that it turns.",
    "Shapley-Shubik: part of all orders of joining in which it is the one that turns.",
    ...(rule?.source == null ? [] : [`Rule: ${rule.source.title}, ${rule.source.url}`]),
    ...(weightSource === null
      ? []
      : [`Weights: ${weightSource.publisher}, ${weightSource.title}, ${weightSource.url}`]),
    "",
  ].join("\n");
}

/** A part of one as a percentage with four digits: 0.19627040 is 19.6270. Cut, not rounded twice: the eight digits hold it. */
function percent(decimal: string): string {
  const digits = decimal.replace(".", "").padEnd(9, "0");
  const rounded = (BigInt(digits) + 50n) / 100n;
  const text = rounded.toString().padStart(5, "0");
  return `${text.slice(0, -4)}.${text.slice(-4)}`;
}
