/** What tells rows without an ID apart. `amount` null is no amount; `tie` is the rest of the row's content. */
export type Uncoded = Readonly<{
  donor: string;
  category: string;
  on: string | null;
  kind: string;
  amount: bigint | null;
  tie: string;
}>;

/**
 * Codes for rows that carry no ID, drawn from their content so that the order of rows does not matter:
 * the day, the kind and, among the same giver's rows of a category on that day, the place by amount (largest first), as in `2022-03-20/placed/2`.
 * Rows alike in every respect take neighbouring places.
 * @returns one code for each row, in order
 */
export function codesByContent(rows: readonly Uncoded[]): string[] {
  const groups = new Map<string, number[]>();
  rows.forEach((row, index) => {
    const key = JSON.stringify([row.donor, row.category, row.on, row.kind]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [index]);
    else group.push(index);
  });
  const codes: string[] = [];
  for (const group of groups.values()) {
    group.sort((left, right) => compare(rows[left], rows[right]));
    group.forEach((index, place) => {
      const row = rows[index];
      codes[index] = `${row?.on ?? "undated"}/${row?.kind ?? ""}/${place + 1}`;
    });
  }
  return codes;
}

function compare(left: Uncoded | undefined, right: Uncoded | undefined): number {
  const [a, b] = [left?.amount ?? null, right?.amount ?? null];
  if (a !== b) return a === null ? 1 : b === null ? -1 : a > b ? -1 : 1;
  return (left?.tie ?? "") < (right?.tie ?? "") ? -1 : 1;
}
