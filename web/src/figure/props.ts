import type { ReactNode } from "react";
import type { FigureFrame } from "../../../src/core/views.ts";
import { counted } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { basisWords, type AppSearch } from "../frame/search.ts";
import type { FigureTable } from "./data-table.tsx";

export type FigureProps = Readonly<{
  title: string;
  /** One line generated from the data that says what the figure shows. */
  text: ReactNode;
  frame: FigureFrame;
  bindingClass?: string | undefined;
  sources?: number | undefined;
  /** What it was drawn with, in words, where that is not the frame of a book: its address then holds the day it is drawn as of. */
  drawnWith?: readonly string[];
  table: FigureTable;
  /** What the JSON download holds; the table's rows when absent. */
  json?: unknown;
  /** What narrows the postings behind the figure; null when there are none to point to. */
  rows?: AppSearch | null;
  controls?: ReactNode;
  note?: ReactNode;
  /** False when what is shown is not one drawing that can be saved. */
  drawing?: boolean;
  /** No chart: the table is the figure. */
  children?: ReactNode;
  /** The height in CSS pixels kept free for the drawing until the reader comes near it. */
  reserve?: number;
  /** Drawn without waiting for the reader to come near: for what opens a page. */
  atOnce?: boolean;
  className?: string;
}>;

/** As of, known at, boundary, basis and the number of sources, in words. */
export function metaWords(
  frame: FigureFrame,
  latest: string | null,
  boundary: string,
  bindingClass?: string,
  sources?: number,
): readonly string[] {
  const known = frame.knownAt ?? latest;
  return [
    `As of ${frame.asOf === null ? "everything on record" : formatDay(frame.asOf)}`,
    `known at ${known === null ? "latest" : formatDay(known)}${frame.knownAt === null && known !== null ? " (latest)" : ""}`,
    `given by ${boundary}`,
    `valued ${basisWords(frame.basis, formatDay)}`,
    ...(bindingClass === undefined ? [] : [`class ${bindingClass}`]),
    ...(sources === undefined ? [] : [counted(sources, "source")]),
  ];
}
