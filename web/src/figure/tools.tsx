import { Link } from "@tanstack/react-router";
import { type ReactNode, type RefObject, useId, useState } from "react";
import { formatDay } from "../format/days.ts";
import { useBook, useBoundaryWords } from "../frame/hooks.ts";
import { keepFrame } from "../frame/search.ts";
import { useEscape } from "../parts/use-escape.ts";
import { metaWords, type FigureProps } from "./props.ts";
import { csvOf, pngOf, saveFile, standaloneSvg } from "./save.ts";

type ToolsProps = FigureProps &
  Readonly<{
    chart: RefObject<HTMLDivElement | null>;
    asTable: boolean;
    onTable: (() => void) | null;
    meta: ReactNode;
  }>;

/** What stands under a figure: what it was drawn with, and the ways to check, cite and keep it. */
export function Tools({
  title,
  frame,
  bindingClass,
  sources,
  table,
  json,
  rows,
  drawing: drawn = true,
  drawnWith,
  chart,
  asTable,
  onTable,
  meta,
}: ToolsProps) {
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState("");
  const [today] = useState(() => new Date().toISOString());
  const book = useBook();
  const boundary = useBoundaryWords(frame.boundary);
  const id = useId();
  useEscape(open, () => setOpen(false));
  const words = (drawnWith ?? metaWords(frame, book?.knownTo ?? null, boundary, bindingClass, sources)).join("; ");
  const address = drawnWith === undefined ? fullAddress(frame, book?.knownTo ?? null) : addressAsOf(frame.asOf);
  const citation = `Mainstay, \u201c${title}\u201d, ${book?.title ?? frame.book}${book?.synthetic === true ? " (synthetic)" : ""}. ${words}. ${address} (read ${formatDay(today)}).`;
  const file = (ending: string) =>
    `${[frame.book, title, frame.knownAt ?? book?.knownTo ?? ""]
      .join(" ")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")}.${ending}`;
  const drawing = () => {
    const svg = chart.current?.querySelector("svg");
    if (svg == null) throw new Error("There is no drawing to save.");
    return standaloneSvg(svg, title, `Mainstay. ${words}`);
  };
  const attempt = (work: () => void | Promise<void>, done: string) => {
    Promise.resolve()
      .then(work)
      .then(
        () => setSaid(done),
        (error: unknown) => setSaid(error instanceof Error ? error.message : String(error)),
      );
  };
  const saves: readonly (readonly [string, () => void | Promise<void>])[] = [
    [
      "CSV",
      () =>
        saveFile(
          file("csv"),
          "text/csv",
          csvOf(
            table.columns.map((column) => column.key),
            table.rows,
          ),
        ),
    ],
    [
      "JSON",
      () =>
        saveFile(
          file("json"),
          "application/json",
          JSON.stringify({ title, frame, class: bindingClass, sources, data: json ?? rowsOf(table) }, null, 2),
        ),
    ],
    ...(onTable === null || !drawn
      ? []
      : ([
          ["SVG", () => saveFile(file("svg"), "image/svg+xml", drawing())],
          ["PNG", async () => saveFile(file("png"), "image/png", await pngOf(drawing()))],
        ] as const)),
  ];
  return (
    <footer className="figure-foot">
      {meta}
      <div className="tools">
        {onTable !== null && (
          <button type="button" className="plain" aria-pressed={asTable} onClick={onTable}>
            Table<span className="out-of-sight"> of {title}</span>
          </button>
        )}
        {rows !== null && (
          <Link to="/postings" search={keepFrame({ class: frameClass(bindingClass), ...rows })}>
            Rows behind it<span className="out-of-sight">: {title}</span>
          </Link>
        )}
        <button type="button" className="plain" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          Cite and save<span className="out-of-sight"> {title}</span>
        </button>
      </div>
      <div id={id} role="group" aria-label={`Cite and save ${title}`} className="takeaway" hidden={!open}>
        <p className="citation">{citation}</p>
        <p className="tools">
          <button
            type="button"
            onClick={() => attempt(() => navigator.clipboard.writeText(citation), "Citation copied.")}
          >
            Copy citation
          </button>
          {saves.map(([name, save]) => (
            <button
              key={name}
              type="button"
              aria-label={`Save ${name}`}
              onClick={() => attempt(save, `${name} saved.`)}
            >
              {name}
            </button>
          ))}
        </p>
        <p role="status" className="hint">
          {said}
        </p>
      </div>
    </footer>
  );
}

function frameClass(bindingClass: string | undefined) {
  return bindingClass as "said" | undefined;
}

/** The page's address with the book and the day of knowledge spelled out, so that it draws the same figure after later releases too. */
function fullAddress(frame: FigureProps["frame"], latest: string | null): string {
  const address = new URL(window.location.href);
  address.hash = "";
  address.searchParams.set("book", frame.book);
  const known = frame.knownAt ?? latest;
  if (known !== null) address.searchParams.set("known_at", known.slice(0, 10));
  return address.href;
}

function addressAsOf(day: string | null): string {
  const address = new URL(window.location.href);
  address.hash = "";
  if (day !== null) address.searchParams.set("as_of", day);
  return address.href;
}

function rowsOf(table: FigureProps["table"]): unknown {
  return table.rows.map((row) =>
    Object.fromEntries(table.columns.map((column, index) => [column.key, row[index] ?? null])),
  );
}
