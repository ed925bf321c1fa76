import { type ReactNode, useId, useRef, useState } from "react";
import type { FigureFrame } from "../../../src/core/views.ts";
import { formatDay } from "../format/days.ts";
import { counted } from "../format/amounts.ts";
import { useBook } from "../frame/hooks.ts";
import { basisWords, boundaryWords, type AppSearch } from "../frame/search.ts";
import { DataTable, type FigureTable } from "./data-table.tsx";
import { Tools } from "./tools.tsx";

export type FigureProps = Readonly<{
  title: string;
  /** One line generated from the data that says what the figure shows. */
  text: ReactNode;
  frame: FigureFrame;
  bindingClass?: string | undefined;
  sources?: number | undefined;
  table: FigureTable;
  /** What the JSON download holds; the table's rows when absent. */
  json?: unknown;
  /** What narrows the promises behind the figure; null when there are none to point to. */
  rows?: AppSearch | null;
  controls?: ReactNode;
  note?: ReactNode;
  /** False when what is shown is not one drawing that can be saved. */
  drawing?: boolean;
  /** No chart: the table is the figure. */
  children?: ReactNode;
  className?: string;
}>;

/** The frame every figure stands in: title, text, chart or table, what it was drawn with, and ways to take it along. */
export function Figure(props: FigureProps) {
  const { title, text, frame, table, children, controls, note, className = "" } = props;
  const [asTable, setAsTable] = useState(false);
  const chart = useRef<HTMLDivElement>(null);
  const id = useId();
  const tabled = asTable || children === undefined;
  return (
    <section className={`figure ${className}`} aria-labelledby={id}>
      <header className="figure-head">
        <h2 id={id}>{title}</h2>
        <p className="figure-text">{text}</p>
        {controls !== undefined && <div className="figure-controls">{controls}</div>}
      </header>
      {children !== undefined && (
        <div ref={chart} className="figure-chart" hidden={asTable}>
          {children}
        </div>
      )}
      {tabled && <DataTable table={table} caption={title} unit={frame.unit} />}
      {note !== undefined && <div className="figure-note">{note}</div>}
      <Tools {...props} frame={frame} chart={chart} asTable={asTable} onTable={children === undefined ? null : () => setAsTable(!asTable)} meta={<Meta frame={frame} bindingClass={props.bindingClass} sources={props.sources} />} />
    </section>
  );
}

/** As of, known at, boundary, basis and the number of sources, in words. */
export function metaWords(frame: FigureFrame, latest: string | null, bindingClass?: string, sources?: number): readonly string[] {
  const known = frame.knownAt ?? latest;
  return [
    `As of ${frame.asOf === null ? "everything on record" : formatDay(frame.asOf)}`,
    `known at ${known === null ? "latest" : formatDay(known)}${frame.knownAt === null && known !== null ? " (latest)" : ""}`,
    `given by ${boundaryWords[frame.boundary] ?? frame.boundary.replace("group:", "")}`,
    `valued ${basisWords(frame.basis, formatDay)}`,
    ...(bindingClass === undefined ? [] : [`class ${bindingClass}`]),
    ...(sources === undefined ? [] : [counted(sources, "source")]),
  ];
}

function Meta({ frame, bindingClass, sources }: Readonly<{ frame: FigureFrame; bindingClass: string | undefined; sources: number | undefined }>) {
  const book = useBook();
  return (
    <p className="meta">
      {book?.synthetic === true && <strong className="synthetic">Synthetic</strong>} {metaWords(frame, book?.knownTo ?? null, bindingClass, sources).join(" \u00b7 ")}
    </p>
  );
}
