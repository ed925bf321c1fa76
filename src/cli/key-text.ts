import { modelledWords } from "#core/modelled.ts";
import type { KeyView, WhatIf } from "#core/views-governed.ts";
import { csvText, groupDigits, tableText } from "./output.ts";

/** A key in words: its rule, dates, members, what is modelled, its source, and its table. */
export function keyText(found: KeyView): string {
  const until = found.validUntil === null ? "on" : `to ${found.validUntil}`;
  const lines = [
    `${found.title} (${found.id})`,
    found.description,
    `In force from ${found.validFrom} ${until}. Members: ${found.members ?? "those listed"}.`,
  ];
  if (found.formula !== null) lines.push(...formulaLines(found.formula));
  if (found.modelled !== null) lines.push(modelledWords(found.modelled));
  const { title, publisher, publishedOn, url, note } = found.source;
  lines.push(
    `Source: ${[title, publisher, publishedOn, url].filter((part) => part !== null).join(", ")}. ${note}`.trimEnd(),
  );
  const table =
    found.shares === null
      ? ""
      : `\n${tableText(
          [
            { title: "party", cell: (row) => row.party },
            { title: "share", cell: (row) => row.share, right: true },
            { title: "%", cell: (row) => row.percent, right: true },
          ],
          found.shares,
        )}`;
  return `${lines.join("\n")}\n${table}`;
}

function formulaLines(formula: NonNullable<KeyView["formula"]>): string[] {
  const { weights, years, discount, equalPart, floor, ceiling, redistribute, unknown } = formula;
  const words = [
    `Weighs ${weights.map(({ indicator, weight }) => (weights.length === 1 ? indicator : `${indicator} ${weight}`)).join(", ")}${years > 1 ? `, ${years} years together` : ""}.`,
  ];
  if (discount !== null)
    words.push(
      `Discount of ${discount.gradient} of the distance to a GDP per head of ${discount.threshold}, borne by ${discount.borneBy === "all" ? "all" : "those above"}.`,
    );
  if (equalPart !== "0") words.push(`In equal parts: ${equalPart}.`);
  words.push(
    `Floor ${floor}, ceiling ${ceiling}; what that moves is spread ${redistribute === "equally" ? "equally" : "in proportion"}.`,
  );
  words.push(
    {
      refuse: "A member of whom a number is not known is refused.",
      "leave-out": "A member of whom a number is not known is left out and named.",
      "earlier-year": "Where a number is not known, the last one before it is taken.",
    }[unknown],
  );
  return words;
}

export function appliedCsv(found: WhatIf): string {
  const rows = found.rows.map(({ party, name, bills: [bill] }) => [
    party,
    name,
    bill?.share ?? null,
    bill?.percent ?? null,
    bill?.amount ?? null,
  ]);
  return csvText(["party", "name", "share", "percent", "amount"], rows);
}

export function appliedText(found: WhatIf): string {
  const [scenario] = found.scenarios;
  if (scenario === undefined) return "";
  const rows = found.rows.toSorted(
    (left, right) => Number(right.bills[0]?.amount ?? 0) - Number(left.bills[0]?.amount ?? 0),
  );
  type Row = (typeof rows)[number];
  const table = tableText<Row>(
    [
      { title: "party", cell: (row) => row.name },
      { title: "share, %", cell: (row) => row.bills[0]?.percent ?? null, right: true },
      { title: `amount (${found.currency})`, cell: (row) => groupDigits(row.bills[0]?.amount ?? null), right: true },
      { title: "% of GDP", cell: (row) => row.bills[0]?.pctGdp ?? null, right: true },
      { title: "per head", cell: (row) => groupDigits(row.bills[0]?.perHead ?? null), right: true },
    ],
    rows,
  );
  return `${table}Total ${groupDigits(scenario.amount)} ${found.currency}\n\n${scenarioNotes(found)}`;
}

/** What a reader must know beside the bills: years, who came or went, who is left out and why, what is modelled. */
export function scenarioNotes(found: WhatIf): string {
  return found.scenarios
    .map((one, index) => {
      const lines = [
        `${found.scenarios.length > 1 ? `${index + 1}. ` : ""}${one.title} (${one.text}): EUR ${groupDigits(one.amount)} in ${one.year}${one.indicatorYear === null ? "" : ` by the indicators of ${one.indicatorYear}`}.`,
      ];
      if (one.stretches.length > 1)
        lines.push(
          `Pro rata by day: ${one.stretches.map((cut) => `${cut.from} to ${cut.until}, ${cut.days} days, ${cut.members} members`).join("; ")}.`,
        );
      if (one.uncovered !== "0.00") lines.push(`Not covered: ${groupDigits(one.uncovered)} ${found.currency}.`);
      for (const left of one.leftOut) lines.push(`Left out: ${left.name}: ${left.reason}.`);
      if (one.modelled !== null) lines.push(modelledWords(one.modelled));
      return `${lines.join("\n")}\n`;
    })
    .join("\n");
}
