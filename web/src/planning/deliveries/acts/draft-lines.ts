import { useState } from "react";
import type { ConsignmentView } from "../../../../../src/core/views-delivery.ts";
import { formatCount } from "../../../format/amounts.ts";

/** A line that an act may be about: at most so many of its pieces. */
export type ActLine = Readonly<{ line: number; most: number }>;
/** What is written for a line: whether the act is about it, and how many of it. */
export type DraftLine = Readonly<{ line: number; most: number; chosen: boolean; pieces: string }>;

/** All of every line, as a form begins. */
export function allOf(lines: readonly ActLine[]): readonly DraftLine[] {
  return lines.map(({ line, most }) => ({ line, most, chosen: true, pieces: String(most) }));
}

/** What stands in the fields of the lines: as written, until there is another number of pieces to be moved. */
export function useDraftLines(
  fresh: readonly DraftLine[],
): readonly [readonly DraftLine[], (drafts: readonly DraftLine[]) => void] {
  const now = fresh.map(({ line, most }) => `${line}:${most}`).join(" ");
  const [written, write] = useState({ of: now, drafts: fresh });
  if (written.of !== now) write({ of: now, drafts: fresh });
  return [written.of === now ? written.drafts : fresh, (drafts) => write({ of: now, drafts })];
}

/** What is sent of the lines; what is no whole number goes as it stands, for the server to refuse. */
export function sentLines(
  drafts: readonly DraftLine[],
): readonly Readonly<{ line: number; pieces: number | string }>[] {
  return drafts
    .filter(({ chosen }) => chosen)
    .map(({ line, pieces }) => {
      const digits = pieces.replaceAll(/[,\s]/g, "");
      return { line, pieces: /^\d{1,15}$/.test(digits) ? Number(digits) : pieces };
    });
}

/** "10 Ambulance, 4 Generator" */
export function draftWords({ linesCarried }: ConsignmentView, drafts: readonly DraftLine[]): string {
  const names = new Map(linesCarried.map((line) => [line.line, line.itemName]));
  return drafts
    .filter(({ chosen }) => chosen)
    .map(
      ({ line, pieces }) => `${/^\d+$/.test(pieces) ? formatCount(Number(pieces)) : pieces} ${names.get(line) ?? ""}`,
    )
    .join(", ");
}
