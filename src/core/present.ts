/** A value that is there by what was checked or stored just before; when it is not, that is a fault of the program, and it says of what. */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`missing where it is always there: ${what}`);
  return value;
}
