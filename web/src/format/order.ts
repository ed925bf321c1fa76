/** Orders texts by their code units: days, months, codes. */
export function inOrder(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** Orders names with their accents beside the plain letters, without the collation tables that a browser loads for `localeCompare`. */
export function byName(one: string, other: string): number {
  return inOrder(one.normalize("NFD"), other.normalize("NFD"));
}
