"use no memo";
import { Link } from "@tanstack/react-router";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import type { BindingClass } from "../../../src/core/bindingness.ts";
import type { PromiseRow } from "../../../src/core/views.ts";
import { formatAmount, formatCount, grouped, unitHead, type Scale } from "../format/amounts.ts";
import { formatDated } from "../format/days.ts";
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

/** The promises as a table that only draws the lines in view; the page scrolls, the head stays. */
export function PromiseGrid({ lines, sort, bindingClass, unit, total, closed, onSort, onGroup }: GridProps) {
  const box = useRef<HTMLDivElement>(null);
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => setMargin(box.current?.offsetTop ?? 0), []);
  const rows = useWindowVirtualizer({ count: lines.length, estimateSize: () => 34, overscan: 12, scrollMargin: margin });
  const drawn = rows.getVirtualItems();
  const before = (drawn[0]?.start ?? margin) - margin;
  const after = rows.getTotalSize() - ((drawn.at(-1)?.end ?? margin) - margin);
  const scale: Scale = { power: 6, word: "m", digits: 2 };
  return (
    <div ref={box} className="grid-box">
      <table className="promises" aria-rowcount={lines.length + 2}>
        <caption className="out-of-sight">Promises in the frame, as filtered and ordered</caption>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map(([key, name, kind]) => (
              <th key={key} scope="col" className={`col-${key} ${kind}`} aria-sort={sort.key === key ? (sort.down ? "descending" : "ascending") : undefined}>
                <button type="button" className="sorter" onClick={() => onSort(key)}>
                  {key === "amount" ? bindingClass : name}
                  {key === "amount" && <small> {unitHead(unit, scale)}</small>}
                  <span aria-hidden="true">{sort.key === key ? (sort.down ? " \u2193" : " \u2191") : ""}</span>
                </button>
              </th>
            ))}
          </tr>
          <tr aria-rowindex={2} className="total-row">
            <th scope="row" colSpan={6}>
              In all
            </th>
            <td className="number">{formatAmount(total, scale)}</td>
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Spacer height={before} />}
          {drawn.map((item) => {
            const line = lines[item.index];
            if (line === undefined) return null;
            return line.kind === "group" ? (
              <GroupLine key={`group ${line.name}`} line={line} index={item.index} open={!closed.has(line.name)} scale={scale} onGroup={onGroup} />
            ) : (
              <RowLine key={line.row.id} row={line.row} index={item.index} bindingClass={bindingClass} scale={scale} />
            );
          })}
          {after > 0 && <Spacer height={after} />}
        </tbody>
      </table>
    </div>
  );
}

function Spacer({ height }: Readonly<{ height: number }>) {
  return (
    <tr aria-hidden="true" className="spacer">
      <td colSpan={7} style={{ height }} />
    </tr>
  );
}

function GroupLine({ line, index, open, scale, onGroup }: Readonly<{ line: Extract<Line, { kind: "group" }>; index: number; open: boolean; scale: Scale; onGroup: (name: string) => void }>) {
  return (
    <tr aria-rowindex={index + 3} className="group-row">
      <th scope="rowgroup" colSpan={6}>
        <button type="button" className="sorter" aria-expanded={open} onClick={() => onGroup(line.name)}>
          <span aria-hidden="true">{open ? "\u25BE" : "\u25B8"}</span> {line.name} <small>{formatCount(line.count)}</small>
        </button>
      </th>
      <td className="number">{formatAmount(line.amount, scale)}</td>
    </tr>
  );
}

function RowLine({ row, index, bindingClass, scale }: Readonly<{ row: PromiseRow; index: number; bindingClass: BindingClass; scale: Scale }>) {
  const amount = row.byClass[bindingClass];
  return (
    <tr aria-rowindex={index + 3} className="promise-row">
      <td className="col-announced">{formatDated(row.announcedOn, row.datePrecision)}</td>
      <td className="col-donor">{row.donorName}</td>
      <td className="col-category">{row.category}</td>
      <td className="col-title">
        <Link to="/promises/$id" params={{ id: row.id }} search={keepFrame()} title={row.title} preload={false}>
          {row.title === "" ? row.code : row.title}
        </Link>
      </td>
      <td className="col-furthest">{row.furthest ?? "not known"}</td>
      <td className="number col-original">
        {row.original === null ? <i className="muted">not known</i> : `${row.unit} ${grouped(row.original.replace(/\.00$/, ""))}`}
      </td>
      <td className="number col-amount">{amount === null ? <i className="muted">not known</i> : formatAmount(amount, scale)}</td>
    </tr>
  );
}

