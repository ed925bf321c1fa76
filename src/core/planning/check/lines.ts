import type { Assignment, Purchase } from "../plan.ts";
import type { InstanceNeed } from "../instance.ts";
import type { Register } from "../register.ts";
import { mayCome, mayPass, mayPay, mayServe, readyIn } from "../rules.ts";
import { note, type Note } from "./problem.ts";

/** What each line breaks by itself: what it names, its units, its need's kinds, earmark, exclusions, hubs and days. */
export function checkLines(
  register: Register,
  assignments: readonly Assignment[],
  purchases: readonly Purchase[],
): Note[] {
  return [
    ...assignments.flatMap((line) => checkAssignment(register, line)),
    ...purchases.flatMap((line) => checkPurchase(register, line)),
  ];
}

function checkAssignment(register: Register, line: Assignment): Note[] {
  const what = `${line.quantity} of ${line.offer} to ${line.need} through ${line.hub}`;
  const [offer, need] = [register.offers.get(line.offer), register.needs.get(line.need)];
  const item = register.items.get(line.item);
  if (offer === undefined) return [note("offer_unknown", `${what}: there is no offer ${line.offer}`)];
  if (need === undefined) return [note("need_unknown", `${what}: there is no need ${line.need}`)];
  if (item === undefined) return [note("item_unknown", `${what}: there is no kind ${line.item}`)];
  const found = commonOf(register, line, need, what);
  if (offer.item !== line.item)
    found.push(note("item_wrong", `${what}: it is an offer of ${offer.item}, not ${line.item}`));
  if (!mayServe(offer, need)) found.push(note("earmark_broken", `${what}: its earmark or caveat rules the need out`));
  if (!mayPass(offer, need, line.hub)) found.push(note("hub_ruled_out", `${what}: it can't go through there`));
  if (!mayCome(offer, item, line.bucket))
    found.push(note("offer_not_there", `${what}: it can't be there in bucket ${line.bucket}`));
  return found;
}

function checkPurchase(register: Register, line: Purchase): Note[] {
  const what = `${line.quantity} of ${line.item} bought with ${line.money} for ${line.need} through ${line.hub}`;
  const [money, need] = [register.money.get(line.money), register.needs.get(line.need)];
  const price = register.market.get(line.item);
  if (money === undefined) return [note("money_unknown", `${what}: there is no offer of money ${line.money}`)];
  if (need === undefined) return [note("need_unknown", `${what}: there is no need ${line.need}`)];
  if (price === undefined) return [note("price_unknown", `${what}: ${line.item} isn't sold`)];
  const found = commonOf(register, line, need, what);
  if (!mayPay(money, need)) found.push(note("earmark_broken", `${what}: the money's earmark rules the need out`));
  if (need.hubs !== null && !need.hubs.includes(line.hub))
    found.push(note("hub_ruled_out", `${what}: it can't go through there`));
  if (line.costMinor !== line.quantity * price.priceMinor)
    found.push(note("cost_wrong", `${what}: costs ${line.quantity * price.priceMinor}, not ${line.costMinor}`));
  if (register.instance.buckets[line.ordered] === undefined)
    found.push(note("bucket_unknown", `${what}: there is no bucket ${line.ordered} to order in`));
  else if (line.bucket < readyIn(register.calendar, line.ordered, price.leadDays))
    found.push(note("lead_too_short", `${what}: ordered in bucket ${line.ordered}, it isn't there in ${line.bucket}`));
  return found;
}

/** What holds for what is given and for what is bought. */
function commonOf(register: Register, line: Assignment | Purchase, need: InstanceNeed, what: string): Note[] {
  const found: Note[] = [];
  if (!Number.isInteger(line.quantity) || line.quantity <= 0)
    found.push(note("units_not_whole", `${what}: ${line.quantity} is no number of whole units`));
  if (!register.hubs.has(line.hub)) found.push(note("hub_unknown", `${what}: there is no hub ${line.hub}`));
  const own = need.accepts.some(({ item }) => item === line.item);
  if (!own && !need.package.some(({ item }) => item === line.item))
    found.push(note("item_not_asked", `${what}: the need takes no ${line.item}`));
  if (register.instance.buckets[line.bucket] === undefined)
    found.push(note("bucket_unknown", `${what}: there is no bucket ${line.bucket}`));
  else if (own && readyIn(register.calendar, line.bucket, register.items.get(line.item)?.courseDays ?? 0) < need.from)
    found.push(note("too_early", `${what}: before the first day on which the need takes it`));
  return found;
}
