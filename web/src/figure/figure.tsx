import { useId, useRef, useState } from "react";
import { useBook, useBoundaryWords } from "../frame/hooks.ts";
import { WhenNear } from "../parts/when-near.tsx";
import { DataTable } from "./data-table.tsx";
import { metaWords, type FigureProps } from "./props.ts";
import { Tools } from "./tools.tsx";

const usualHeight = 300;

/** The frame every figure stands in: title, text, chart or table, what it was drawn with, and ways to take it along. */
export function Figure(props: FigureProps) {
  const {
    title,
    text,
    frame,
    table,
    children,
    controls,
    note,
    reserve = usualHeight,
    atOnce = false,
    className = "",
  } = props;
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
          {atOnce ? children : <WhenNear placeholder={<div style={{ height: reserve }} />}>{children}</WhenNear>}
        </div>
      )}
      {tabled && <DataTable table={table} caption={title} unit={frame.unit} />}
      {note !== undefined && <div className="figure-note">{note}</div>}
      <Tools
        {...props}
        frame={frame}
        chart={chart}
        asTable={asTable}
        onTable={children === undefined ? null : () => setAsTable(!asTable)}
        meta={<Meta {...props} />}
      />
    </section>
  );
}

function Meta({ frame, bindingClass, sources, drawnWith }: FigureProps) {
  const book = useBook();
  const boundary = useBoundaryWords(frame.boundary);
  const words = drawnWith ?? metaWords(frame, book?.knownTo ?? null, boundary, bindingClass, sources);
  return (
    <p className="meta">
      {book?.synthetic === true && <strong className="synthetic">Synthetic</strong>} {words.join(" \u00b7 ")}
    </p>
  );
}
