import { percentText } from "../../burden/ratio.ts";
import { groupThousands } from "../../money.ts";
import type { ReportTable } from "../../views-report.ts";
import type { FairShares, ReportFacts } from "./facts.ts";
import { amountCell, amountOf, cell, column, openNotes, row, totalId } from "./table.ts";

export const isFair = (fair: ReportFacts["fair"]): fair is FairShares => "lines" in fair;

/** What is given of a fair share, in per cent with one decimal; null where there is no share or nothing is known to be given. */
function partOf(given: bigint | null, fair: bigint): string | null {
  return given === null || fair <= 0n ? null : percentText({ top: given, bottom: fair }, 1);
}

/** Everyone's share by the key, what it comes to, and what was given of it. */
export function fairTable(facts: ReportFacts, number: string): ReportTable {
  const { fair, unit, scale, key } = facts;
  const head = { id: "fair-shares", number, title: "Fair shares by the key", nameHead: "Ally" };
  const columns = [
    column("share", "Share", "percent", { unit: "%" }),
    column("fair", "Fair share", "amount", { unit }),
    column("given", "Given", "amount", { unit }),
    column("difference", "Given less fair share", "amount", { unit }),
    column("part", "Given of fair share", "percent", { unit: "%" }),
  ];
  if (!isFair(fair)) return { ...head, text: "", columns, rows: [], notes: [], empty: fair.missing };
  const notes = openNotes();
  const rows = facts.allies.map(({ id, name }) => {
    const line = fair.lines.get(id);
    const given = fair.given.get(id) ?? null;
    if (line === undefined) {
      const why = fair.leftOut.find((one) => one.name === name);
      const note = notes.mark(
        why === undefined ? "The key gives it no share." : `${name}: ${why.reason}; the key leaves it out.`,
      );
      return row(id, name, [cell(null, note), cell(null), amountCell(given, scale), cell(null), cell(null)]);
    }
    const note = notes.mark(line.out ? `${name} abstained constructively and pays nothing.` : null);
    return row(id, name, [
      cell(percentText(line.share, 4), note),
      amountCell(line.fair, scale),
      amountCell(given, scale),
      amountCell(given === null ? null : given - line.fair, scale),
      cell(partOf(given, line.fair)),
    ]);
  });
  const all = [...fair.lines.values()].reduce((sum, line) => sum + line.fair, 0n);
  const given = facts.allies
    .flatMap(({ id }) => (fair.lines.has(id) ? [fair.given.get(id) ?? 0n] : []))
    .reduce((sum, one) => sum + one, 0n);
  const total = row(
    totalId,
    "All with a share",
    [
      cell("100.0000"),
      amountCell(all, scale),
      amountCell(given, scale),
      amountCell(given - all, scale),
      cell(partOf(given, all)),
    ],
    "total",
  );
  const by =
    key === null
      ? ""
      : ` by the key \u201c${key.title}\u201d${key.indicatorYear === null ? "" : `, by the indicators of ${key.indicatorYear}`}`;
  return {
    ...head,
    text: `Shared${by}: ${fair.of}, ${unit} ${groupThousands(amountOf(fair.amount, scale))}, to the smallest part by largest remainder. Given: ${fair.givenWords}.`,
    columns,
    rows: fair.lines.size === 0 ? rows : [...rows, total],
    notes: notes.list(),
    empty: "Nobody has a share.",
  };
}
