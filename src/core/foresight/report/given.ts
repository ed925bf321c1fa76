import type { BindingClass } from "../../bindingness.ts";

/** What stands beside one posting or many, in millionths of the report's unit. */
export type Given = Readonly<{
  donor: string;
  class: BindingClass;
  channel: "bilateral" | "multilateral" | "fund";
  category: string;
  span: "period" | "unclear" | "before"; // unclear: in the period or before it
  dated: "exact" | "open"; // open: only the last possible day, or the month, is known
  amount: bigint;
}>;

export type Which = Partial<Pick<Given, "donor" | "class" | "channel" | "category" | "span" | "dated">>;

/** What was given, of which anything can be asked. */
export type GivenTable = Readonly<{
  /** The sum in millionths; null where nothing is on record. */
  sum: (which: Which) => bigint | null;
  cells: readonly Given[];
}>;

export function givenTable(cells: readonly Given[]): GivenTable {
  const byDonor = Map.groupBy(cells, (cell) => cell.donor);
  return {
    cells,
    sum: (which) => {
      const own = which.donor === undefined ? cells : (byDonor.get(which.donor) ?? []);
      const entries = Object.entries(which) as [keyof Which, string][];
      const found = own.filter((cell) => entries.every(([name, value]) => cell[name] === value));
      return found.length === 0 ? null : found.reduce((sum, cell) => sum + cell.amount, 0n);
    },
  };
}
