import { MainstayError } from "#core/errors.ts";

/** The cursor of the rows from a place on, null when there are none. */
export function encodeCursor(place: number, total: number): string | null {
  return place < total && place > 0 ? `r${place.toString(36)}` : null;
}

/** @throws MainstayError parameter_invalid for a cursor that no page gave */
export function decodeCursor(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  const place = /^r([0-9a-z]{1,8})$/.exec(cursor)?.[1];
  if (place === undefined) {
    throw new MainstayError("parameter_invalid", `${JSON.stringify(cursor)}, not a cursor that a page gave as next`, {
      field: "cursor",
    });
  }
  return Number.parseInt(place, 36);
}
