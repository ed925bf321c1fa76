import { countedMeanings } from "../../../src/core/delivery/counted.ts";
import type { Grant, Terms } from "../../../src/core/decisions/terms.ts";
import { formatDay } from "../format/days.ts";
import { writtenAmount } from "../format/written.ts";
import type { Names } from "./names.ts";
import { objectWords } from "./words.ts";

/** One thing that terms say, by name: for comparing two versions line by line. */
export type TermLine = readonly [name: string, says: string];

const plainNames: Names = { group: (slug) => slug, procedure: (id) => id, key: (id) => id };

/** Everything that terms say, a line each. */
export function termLines(terms: Terms | null, names: Names = plainNames): readonly TermLine[] {
  if (terms === null) return [];
  switch (terms.kind) {
    case "open-fund":
      return [...fundLines(terms.fund, names), ...grantLines(terms.grants)];
    case "adopt-key":
      return [
        ["Fund", terms.fund],
        ["Key", names.key(terms.key)],
        ["From", formatDay(terms.from)],
      ];
    case "call":
      return [
        ["Fund", terms.fund],
        ["Instalment", `${terms.instalment} of ${terms.instalments} for ${terms.year}`],
        ...terms.lines.map((line): TermLine => [`Line ${line.line}`, writtenAmount(line.amount)]),
        ["Due", formatDay(terms.dueOn)],
      ];
    case "spend":
      return [["Fund", terms.fund], ...grantLines(terms.grants)];
    case "reallocate":
      return [
        ["From", `${terms.from.fund}, line ${terms.from.line}`],
        ["To", `${terms.to.fund}, line ${terms.to.line}`],
        ["Amount", writtenAmount(terms.amount)],
        ["Until", formatDay(terms.until)],
        ["Reason", terms.reason],
      ];
    case "take-over-format":
      return [
        ["Group", names.group(terms.format)],
        ["Brought under", names.group(terms.by)],
        ["From", formatDay(terms.from)],
      ];
    case "appoint":
      return [
        ["Post", terms.post],
        ["Holder", terms.holder],
        ["Of", terms.party ?? "no party"],
        ["From", formatDay(terms.from)],
        ["Until", terms.until === null ? "recalled" : formatDay(terms.until)],
      ];
    case "adopt-report":
      return [
        ["Report", terms.report],
        ["Address", terms.address ?? "none"],
      ];
    case "adopt-plan":
      return [["Plan", terms.plan]];
  }
}

function fundLines(fund: Extract<Terms, { kind: "open-fund" }>["fund"], names: Names): readonly TermLine[] {
  const { inKind, account } = fund;
  return [
    ["Fund", `${fund.title} (${fund.id})`],
    ["Currency", fund.currency],
    ["Contributors", names.group(fund.members)],
    ["Period", `${formatDay(fund.from)} to ${formatDay(fund.until)}`],
    ...fund.years.map(({ year, amount }): TermLine => [`Envelope of ${year}`, writtenAmount(amount)]),
    ...fund.lines.map(({ id, title, stream, purpose }): TermLine => [`Line ${id}`, `${title} (${stream}): ${purpose}`]),
    ...fund.earmarks.map(({ id, title, lines }): TermLine => [`Earmark ${id}`, `${title}: ${lines.join(", ")}`]),
    ["Key", names.key(fund.key)],
    ...Object.entries(fund.decides).map(([object, procedure]): TermLine => [
      `Decides: ${objectWords[object as Terms["kind"]][0].toLowerCase()}`,
      names.procedure(procedure),
    ]),
    ["Part of those who stay out", gapWords(fund.gap)],
    [
      "In kind",
      inKind === null
        ? "nothing is credited"
        : `${inKind.part} of the value, to ${inKind.most} of a share: ${inKind.says}`,
    ],
    ["Account", account === null ? "none named" : `${account.holder}, ${account.number}, ${account.bank}`],
    ["Delivered", fund.delivered === undefined ? "by the book's policy" : countedMeanings[fund.delivered]],
    ["A model of it", fund.modelled ?? "nothing"],
  ];
}

export function gapWords(gap: "others" | "open"): string {
  return gap === "others" ? "is borne by the others" : "stays open";
}

function grantLines(grants: readonly Grant[]): readonly TermLine[] {
  return grants.map((grant) => [
    `May ${grant.kind} for ${grant.purpose}`,
    `${writtenAmount(grant.amount)}, ${grant.line === null ? "any line" : `line ${grant.line}`}, ${formatDay(grant.from)} to ${formatDay(grant.until)}`,
  ]);
}

/** readonly TermLine[] by name; where a name comes again, it is counted. */
function byName(lines: readonly TermLine[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [name, says] of lines) {
    let [key, number] = [name, 1];
    while (found.has(key)) key = `${name} (${(number += 1)})`;
    found.set(key, says);
  }
  return found;
}

/** The lines that are not the same in both, in the order of the later version. */
export function changesOf(
  before: readonly TermLine[],
  after: readonly TermLine[],
): readonly (readonly [name: string, was: string | null, is: string | null])[] {
  const [was, is] = [byName(before), byName(after)];
  return [...new Set([...is.keys(), ...was.keys()])]
    .map((name) => [name, was.get(name) ?? null, is.get(name) ?? null] as const)
    .filter(([, old, now]) => old !== now);
}
