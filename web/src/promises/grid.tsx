"use no memo";
import { Link } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState, useSyncExternalStore } from "react";
import type { BindingClass } from "../../../src/core/bindingness.ts";
import type { PromiseRow } from "../../../src/core/views.ts";
import { formatAmount, formatCount, unitHead, type Scale } from "../format/amounts.ts";
import { formatDated } from "../format/days.ts";
import { ownQuantity } from "../format/quantity.ts";
import { keepFrame } from "../frame/search.ts";
import type { Line, Sort, SortKey } from "./arrange.ts";

type GridProps = Readonly<{
  lines: readonly Line[];
  sort: Sort;
  bindingClass: BindingClass;
  unit: string;
  total: string | null;
  closed: ReadonlySet<string>;
  onSort: (key: SortKey) => void;
  onGroup: (name: string) => void;
}>;

const columns: readonly (readonly [SortKey, string, string])[] = [
  ["announced", "Announced", ""],
  ["donor", "Giver", ""],
  ["category", "Category", ""],
  ["title", "What", ""],
  ["furthest", "Furthest", ""],
  ["original", "In its own unit", "number"],
  ["amount", "", "number"],
];

const widthBreaks = ["(max-width: 46rem)", "(max-width: 64rem)"] as const;
const leftOut: readonly (readonly SortKey[])[] = [
  ["announced", "category", "furthest", "original"],
  ["furthest", "original"],
  [],
];

/** The columns there is room for: a phone keeps giver, what and amount. */
function useColumns(): typeof columns {
  const room = useSyncExternalStore(
    (changed) => {
      const media = widthBreaks.map((words) => window.matchMedia(words));
      for (const query of media) query.addEventListener("change", changed);
      return () => {
        for (const query of media) query.removeEventListener("change", changed);
      };
    },
    () => widthBreaks.findIndex((words) => window.matchMedia(words).matches),
  );
  const without = leftOut[room === -1 ? 2 : room] ?? [];
  return columns.filter(([key]) => !without.includes(key));
}

/** The promises as a table that only draws the lines in view; the page scrolls, the head stays. */
export function PromiseGrid({ lines, sort, bindingClass, unit, total, closed, onSort, onGroup }: GridProps) {
  const box = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => setMargin(box.current?.offsetTop ?? 0), []);
  const rows = useWindowVirtualizer({
    count: lines.length,
    estimateSize: () => 34,
    overscan: 12,
    scrollMargin: margin,
  });
  const drawn = rows.getVirtualItems();
  const before = (drawn[0]?.start ?? margin) - margin;
  const after = rows.getTotalSize() - ((drawn.at(-1)?.end ?? margin) - margin);
  const shown = useColumns();
  const scale: Scale = { power: 6, word: "m", digits: 2 };
  return (
    <div ref={box} className="grid-box">
      <table className="promises" aria-rowcount={lines.length + 2}>
        <caption className="out-of-sight">Promises in the frame, as filtered and ordered</caption>
        <thead>
          <tr aria-rowindex={1}>
            {shown.map(([key, name, kind]) => (
              <th
                key={key}
                scope="col"
                className={`col-${key} ${kind}`}
                aria-sort={sort.key === key ? (sort.down ? "descending" : "ascending") : undefined}
              >
                <button type="button" className="sorter" onClick={() => onSort(key)}>
                  {key === "amount" ? bindingClass : name}
                  {key === "amount" && <small> {unitHead(unit, scale)}</small>}
                  <span aria-hidden="true">{sort.key === key ? (sort.down ? " \u2193" : " \u2191") : ""}</span>
                </button>
              </th>
            ))}
          </tr>
          <tr aria-rowindex={2} className="total-row">
            <th scope="row" colSpan={shown.length - 1}>
              In all
            </th>
            <td className="number">{formatAmount(total, scale)}</td>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Spacer height={before} columns={shown.length} />}
          {drawn.map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            return line.kind === "group" ? (
              <GroupLine
                key={`group ${line.name}`}
                line={line}
                index={item.index}
                open={!closed.has(line.name)}
                columns={shown.length}
                scale={scale}
                onGroup={onGroup}
              />
            ) : (
              <RowLine
                key={line.row.id}
                row={line.row}
                index={item.index}
                shown={shown}
                bindingClass={bindingClass}
                scale={scale}
              />
            );
          })}
          {after > 0 && <Spacer height={after} columns={shown.length} />}
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ height, columns: span }: Readonly<{ height: number; columns: number }>) {
  return (
    <tr aria-hidden="true" className="spacer">
      <td colSpan={span} style={{ height }} />
    </tr>
  );
}

function GroupLine({
  line,
  index,
  open,
  columns: span,
  scale,
  onGroup,
}: Readonly<{
  line: Extract<Line, { kind: "group" }>;
  index: number;
  open: boolean;
  columns: number;
  scale: Scale;
  onGroup: (name: string) => void;
}>) {
  return (
    <tr aria-rowindex={index + 3} className="group-row">
      <th scope="rowgroup" colSpan={span - 1}>
        <button type="button" className="sorter" aria-expanded={open} onClick={() => onGroup(line.name)}>
          <span aria-hidden="true">{open ? "\u25BE" : "\u25B8"}</span> {line.name}{" "}
          <small>{formatCount(line.count)}</small>
        </button>
      </th>
      <td className="number">{formatAmount(line.amount, scale)}</td>
    </tr>
  );
}

function RowLine({
  row,
  index,
  shown,
  bindingClass,
  scale,
}: Readonly<{ row: PromiseRow; index: number; shown: typeof columns; bindingClass: BindingClass; scale: Scale }>) {
  return (
    <tr aria-rowindex={index + 3} className="promise-row">
      {shown.map(([key, , kind]) => (
        <td key={key} className={`col-${key} ${kind}`}>
          {cellOf(row, key, bindingClass, scale)}
        </td>
      ))}
    </tr>
  );
}

const unknown = <i className="muted">not known</i>;

function cellOf(row: PromiseRow, key: SortKey, bindingClass: BindingClass, scale: Scale) {
  switch (key) {
    case "announced":
      return formatDated(row.announcedOn, row.datePrecision);
    case "donor":
      return row.donorName;
    case "title":
      return (
        <Link to="/promises/$id" params={{ id: row.id }} search={keepFrame()} title={row.title} preload={false}>
          {row.title === "" ? row.code : row.title}
        </Link>
      );
    case "furthest":
      return row.furthest ?? unknown;
    case "original":
      return row.original === null ? unknown : ownQuantity(row.unit, row.original.replace(/\.00$/, ""));
    case "amount":
      return row.byClass[bindingClass] === null ? unknown : formatAmount(row.byClass[bindingClass], scale);
    case "category":
    case "unit":
      return row[key];
  }
}
