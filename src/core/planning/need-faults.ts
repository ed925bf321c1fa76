import type { ItemKind, Need, PackagePart } from "./record.ts";
import { leastUrgent, mostUrgent } from "./record.ts";
import {
  checkCommon,
  checkKind,
  checkList,
  faultBook,
  idPattern,
  isWhole,
  largestMoney,
  largestQuantity,
  type FaultBook,
  type Nameable,
  type RecordFault,
} from "./record-faults.ts";

const wholePpm = 1_000_000;
const mostWorth = 100;
const longestLead = 3650; // days: ten years
const mostMonths = 600;

/** Everything that is wrong with a need, field by field; empty where it can be entered. */
export function needFaults(need: Need, known: Nameable): RecordFault[] {
  const book = faultBook("need_invalid");
  const { unless } = book;
  checkCommon(need, known, book);
  const { priority, quantity, place } = need;
  unless(
    isWhole(priority, mostUrgent, leastUrgent),
    "priority",
    `${priority}, not a whole number from ${mostUrgent}, the most urgent, to ${leastUrgent}`,
  );
  const [first] = checkAccepts(need, known, book);
  const most = first?.counted === "currency" ? largestMoney : largestQuantity;
  unless(isWhole(quantity, 1, most), "quantity", `${quantity}, not a whole number from 1 to ${most}`);
  unless(place === null || idPattern.test(place), "place", `${JSON.stringify(place)}, not a hub's id`);
  checkPackage(need, known, book);
  return book.faults;
}

function checkAccepts({ accepts }: Need, known: Nameable, book: FaultBook): (ItemKind | undefined)[] {
  const { unless } = book;
  unless(accepts.length > 0, "accepts", "no item kind");
  checkList(
    accepts.map((one) => one.item),
    "accepts",
    book,
  );
  const kinds = accepts.map(({ item }) => checkKind(item, "accepts", known, book));
  for (const [index, { item, worthPpm }] of accepts.entries()) {
    if (index === 0)
      unless(worthPpm === wholePpm, "accepts", `${item}, worth ${worthPpm / wholePpm}; the kind first named counts 1`);
    unless(
      isWhole(worthPpm, 1, mostWorth * wholePpm),
      "accepts",
      `${item}, worth ${worthPpm / wholePpm}, not above 0 and at most ${mostWorth}, in millionths`,
    );
  }
  const [first, ...others] = kinds;
  for (const other of others)
    unless(
      first === undefined || other === undefined || (first.stream === other.stream && first.counted === other.counted),
      "accepts",
      `${other?.id}, ${other?.stream} counted in ${other?.counted}, in place of ${first?.id}, ${first?.stream} counted in ${first?.counted}`,
    );
  return kinds;
}

function checkPackage(need: Need, known: Nameable, book: FaultBook): void {
  const { unless } = book;
  checkList(
    need.package.map((part) => part.item),
    "package",
    book,
  );
  for (const part of need.package) {
    const kind = checkKind(part.item, "package", known, book);
    unless(kind?.counted !== "currency", "package", `${part.item}; money is no part of a package`);
    unless(
      !need.accepts.some((one) => one.item === part.item),
      "package",
      `${part.item}, which is what the need asks for itself`,
    );
    checkPart(part, book);
  }
}

function checkPart({ item, pieces, systems, when, leadDays, months }: PackagePart, { unless }: FaultBook): void {
  unless(isWhole(pieces, 1, largestQuantity), "package", `${item}: ${pieces} pieces, not a whole number from 1`);
  unless(isWhole(systems, 1, largestQuantity), "package", `${item}: for ${systems} systems, not a whole number from 1`);
  const leadRight = when === "before" ? isWhole(leadDays, 0, longestLead) : leadDays === 0;
  unless(
    leadRight,
    "package",
    `${item}: ${leadDays} days ahead; only what is there before the system has any, at most ${longestLead}`,
  );
  const monthsRight = when === "monthly" ? isWhole(months, 1, mostMonths) : months === 0;
  unless(
    monthsRight,
    "package",
    `${item}: ${months} months; only what is consumed monthly has any, from 1 to ${mostMonths}`,
  );
}
