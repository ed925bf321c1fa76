import { formatDecimal, parseDecimal, rescale } from "../../../src/core/money.ts";
import type { VotingMember, VotingPowerView } from "../../../src/core/views-governed.ts";
import { grouped, lengthOf } from "../format/amounts.ts";

/** A part of one, a decimal of eight digits, as a per cent without passing through a float: "0.19627040" is "19.63". */
export function percent(decimal: string, digits = 2): string {
  return formatDecimal(rescale(parseDecimal(decimal, 8), 6, digits), digits);
}

/** The most powerful first; those of the same power stay in their order. */
export function byPower(members: readonly VotingMember[]): readonly VotingMember[] {
  return members.toSorted((a, b) => lengthOf(b.shapley.decimal) - lengthOf(a.shapley.decimal));
}

/** What the figure shows, in sentences made from its numbers. */
export function powerWords(view: VotingPowerView): string {
  const members = byPower(view.members);
  const [first, last] = [members[0], members.at(-1)];
  const won = `${grouped(view.winning)} of ${grouped(view.coalitions)} coalitions win (${percent(view.toAct.decimal)} %).`;
  if (first === undefined || last === undefined) return won;
  if (first.shapley.exact === last.shapley.exact) return `${won} All ${members.length} members have the same power.`;
  const part = (member: VotingMember) =>
    `${percent(member.shapley.decimal)} % of the power${member.share === null ? "" : ` with ${percent(member.share)} % of the weight`}`;
  const most = members.filter((member) => member.shapley.exact === first.shapley.exact);
  const least = members.filter((member) => member.shapley.exact === last.shapley.exact);
  const who = (group: readonly VotingMember[]) =>
    group.length === 1 ? (group[0]?.name ?? "") : `${group.length} members, ${group[0]?.name ?? ""} among them`;
  return `${won} Most is with ${who(most)} (${part(first)}${most.length > 1 ? " each" : ""}), least with ${who(least)} (${part(last)}${least.length > 1 ? " each" : ""}).`;
}
