import { useId, useRef, useState } from "react";
import { formatDay } from "../format/days.ts";
import { useEscape } from "../parts/use-escape.ts";
import { FramePanel } from "./panel.tsx";
import { useAppSearch, useBook, useBoundaryWords, useChangeSearch } from "./hooks.ts";
import { basisWords } from "./search.ts";

const fields = ["known_at", "as_of", "boundary", "basis", "class"] as const;
export type FrameField = (typeof fields)[number];

/** One line that says in words with what every figure of the page is drawn, and opens the control that changes it. */
export function FrameBar() {
  const search = useAppSearch();
  const book = useBook();
  const change = useChangeSearch();
  const [open, setOpen] = useState(false);
  const panel = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const panelId = useId();
  useEscape(open, () => {
    setOpen(false);
    opener.current?.focus();
  });
  const latest = book?.knownTo == null ? "latest" : `${formatDay(book.knownTo)} (latest)`;
  const boundary = useBoundaryWords(search.boundary ?? "all");
  const said: Readonly<Record<FrameField, readonly [string, string]>> = {
    known_at: ["Known at", search.known_at === undefined ? latest : formatDay(search.known_at)],
    as_of: ["As of", search.as_of === undefined ? "everything on record" : formatDay(search.as_of)],
    boundary: ["Given by", boundary],
    basis: ["Valued", basisWords(search.basis ?? "as-reported", formatDay)],
    class: ["Class", search.class ?? "furthest stated"],
  };
  const show = (field: FrameField) => {
    setOpen(true);
    requestAnimationFrame(() => panel.current?.querySelector<HTMLElement>(`[name="${field}"]`)?.focus());
  };
  const changed = fields.filter((field) => search[field] !== undefined);
  return (
    <section className="frame" aria-label="What the figures are drawn with">
      <div className="wide frame-line">
        {fields.map((field) => (
          <button
            key={field}
            type="button"
            className="frame-part"
            aria-expanded={open}
            aria-controls={panelId}
            data-changed={search[field] !== undefined}
            onClick={() => (open ? setOpen(false) : show(field))}
          >
            <span>{said[field][0]}</span> <b>{said[field][1]}</b>
          </button>
        ))}
        <span className="frame-ends">
          {changed.length > 0 && (
            <button
              type="button"
              className="plain"
              onClick={() =>
                change({
                  as_of: undefined,
                  known_at: undefined,
                  boundary: undefined,
                  basis: undefined,
                  class: undefined,
                })
              }
            >
              Reset
            </button>
          )}
          <button
            ref={opener}
            type="button"
            className="plain"
            aria-expanded={open}
            aria-controls={panelId}
            onClick={() => (open ? setOpen(false) : show("known_at"))}
          >
            {open ? "Close" : "Change"}
          </button>
        </span>
      </div>
      <div id={panelId} ref={panel} role="group" aria-label="Change what the figures are drawn with" hidden={!open}>
        {open && <FramePanel />}
      </div>
    </section>
  );
}
