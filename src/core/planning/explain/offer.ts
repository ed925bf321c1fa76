import type { Instance, InstanceMoney, InstanceOffer } from "../instance.ts";
import { planLines, type PlanLine } from "../lines.ts";
import { namesOf, type Names } from "../picture.ts";
import type { Plan } from "../plan.ts";
import { fillUp, withoutNeeds } from "../preview.ts";
import { calendarOf, mayPass, mayPay, mayServe, rewards } from "../rules.ts";
import { coveredUnits } from "../summary.ts";
import { unusedOffers } from "../unused.ts";
import type { Explained } from "./need.ts";
import { countText, dayText, listText, pointsText } from "./words.ts";

const shown = 5;

/**
 * Why an offer goes where it goes: its lines, what would be lost without it after all it touches is planned anew, what more of it would bring, and the
 * needs it could serve instead with what a unit earns there. Empty sentences where there is no such offer.
 */
export function explainAssignment(instance: Instance, plan: Plan, id: string): Explained {
  const offer = instance.offers.find((one) => one.id === id);
  const money = instance.money.find((one) => one.id === id);
  if (offer === undefined && money === undefined) return { says: [], figures: [], limits: [] };
  const names = namesOf(instance);
  const lines = planLines(plan).filter((line) => line.offer === id);
  const unused = unusedOffers(instance, plan, 2).find((one) => one.offer === id);
  const left =
    unused === undefined
      ? []
      : [`${countText(unused.unused)} of it ${unused.unused === 1 ? "is" : "are"} not used: ${unused.why}.`];
  if (lines.length === 0) return { says: ["The plan gives nothing of it.", ...left], figures: [], limits: [] };
  const loss = withoutIt(instance, plan, id, lines);
  const more = offer === undefined || unused !== undefined ? null : withMore(instance, plan, offer);
  return {
    says: [
      ...lines.slice(0, shown).map((line) => lineText(instance, names, line)),
      ...(lines.length > shown ? [`And ${lines.length - shown} more lines.`] : []),
      lossText(loss),
      ...left,
      ...(more === null ? [] : [more]),
      ...instead(instance, plan, names, lines, offer, money),
    ],
    figures: [
      { name: "pieces", value: countText(lines.reduce((sum, { quantity }) => sum + quantity, 0)) },
      { name: "points lost without it", value: pointsText(loss.score) },
    ],
    limits: more === null ? [] : [{ name: "what is offered", says: more }],
  };
}

function lineText(instance: Instance, names: Names, line: PlanLine): string {
  const need = names.needs.get(line.need);
  const own = need?.accepts.some(({ item }) => item === line.item) === true;
  const there = dayText(instance.buckets[line.bucket]?.until ?? "");
  const as = own ? "" : `, for the package of ${names.item(need?.accepts[0]?.item ?? "")}`;
  const bought = line.kind === "bought" ? " bought with it" : "";
  return `${countText(line.quantity)} ${names.item(line.item)}${bought} ${line.quantity === 1 ? "goes" : "go"} to ${line.need} (priority ${need?.priority ?? "unknown"})${as}, there by ${there} through ${names.hubs.get(line.hub) ?? line.hub}.`;
}

type Loss = Readonly<{ score: number; needs: readonly Readonly<{ need: string; fewer: number }>[] }>;

/** What is lost without an offer when every need that it goes to is planned anew, with what it got before where that is still to be had. */
function withoutIt(instance: Instance, plan: Plan, id: string, lines: readonly PlanLine[]): Loss {
  const touched = new Set(lines.map(({ need }) => need));
  const again = (one: Instance) => fillUp(one, withoutNeeds(plan, touched), { only: touched });
  const kept = {
    ...instance,
    standing: [...instance.standing, ...plan.assignments.filter(({ need }) => touched.has(need))],
  };
  const without = again({
    ...kept,
    pins: kept.pins.filter(({ offer }) => offer !== id),
    offers: kept.offers.map((one) => (one.id === id ? { ...one, quantity: 0 } : one)),
    money: kept.money.filter((one) => one.id !== id),
  });
  const covered = (one: Plan, need: string) =>
    coveredUnits(one.coverage.find((own) => own.need === need) ?? { need, byBucket: [] });
  return {
    score: Math.max(0, plan.score - without.score),
    needs: [...touched].flatMap((need) => {
      const fewer = covered(plan, need) - covered(without, need);
      return fewer > 0 ? [{ need, fewer }] : [];
    }),
  };
}

function lossText({ score, needs }: Loss): string {
  if (score <= 0) return "Without it other offers could take its place, and nothing would be lost.";
  const most = needs.toSorted((one, other) => other.fewer - one.fewer).slice(0, 3);
  const fewer = most.map(({ need, fewer: count }) => `${countText(count)} of ${need}`);
  const what = fewer.length === 0 ? "some would come later" : `${listText(fewer)} would not be covered`;
  return `Without it ${what}, ${pointsText(score)} points less, with everything that it touches planned anew.`;
}

/** What a tenth more of a used-up offer brings to needs that are not met. */
function withMore(instance: Instance, plan: Plan, offer: InstanceOffer): string | null {
  const more = Math.max(1, Math.round(offer.quantity / 10));
  const covered = new Map(plan.coverage.map((one) => [one.need, coveredUnits(one)]));
  const open = instance.needs.filter((need) => (covered.get(need.id) ?? 0) < need.quantity && mayServe(offer, need));
  if (open.length === 0 || offer.allOrNothing) return null;
  const only = new Set(open.map(({ id }) => id));
  const offers = instance.offers.map((one) => (one.id === offer.id ? { ...one, quantity: one.quantity + more } : one));
  const gain = fillUp({ ...instance, offers }, plan, { only }).score - fillUp(instance, plan, { only }).score;
  return gain > 1e-9
    ? `All of it is used; ${countText(more)} more like it would bring ${pointsText(gain)} points.`
    : "All of it is used.";
}

/** The needs it could go to instead that are not met, the best paid first. */
function instead(
  instance: Instance,
  plan: Plan,
  names: Names,
  lines: readonly PlanLine[],
  offer: InstanceOffer | undefined,
  money: InstanceMoney | undefined,
): string[] {
  const reward = rewards(instance, calendarOf(instance.buckets));
  const covered = new Map(plan.coverage.map((one) => [one.need, coveredUnits(one)]));
  const [given, kinds] = [new Set(lines.map(({ need }) => need)), new Set(lines.map(({ item }) => item))];
  const could = instance.needs.filter(
    (need) =>
      !given.has(need.id) &&
      (covered.get(need.id) ?? 0) < need.quantity &&
      [...need.accepts, ...need.package].some(({ item }) => kinds.has(item)) &&
      (offer === undefined || (mayServe(offer, need) && instance.hubs.some(({ id }) => mayPass(offer, need, id)))) &&
      (money === undefined || mayPay(money, need)),
  );
  if (could.length === 0) return ["No other need that it may serve is short of it."];
  const best = could
    .map((need) => ({ need, points: reward(need, need.from) }))
    .toSorted((one, other) => other.points - one.points)
    .slice(0, 3)
    .map(({ need, points }) => `${need.id} (priority ${need.priority}, ${pointsText(points)} points a unit)`);
  const here = [...given].flatMap((id) => names.needs.get(id) ?? []).map((need) => reward(need, need.from));
  return [
    `It could go to ${listText(best)} instead; where it goes a unit earns ${pointsText(Math.max(0, ...here))} points at most.`,
  ];
}
