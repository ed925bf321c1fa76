import { Link } from "@tanstack/react-router";
import type { BindingClass } from "../../../src/core/bindingness.ts";
import type { PromiseRow } from "../../../src/core/views.ts";
import { formatAmount, scaleFor, unitHead } from "../format/amounts.ts";
import { formatDated } from "../format/days.ts";
import { ownQuantity } from "../format/quantity.ts";
import { keepFrame } from "../frame/search.ts";

type ListProps = Readonly<{
  rows: readonly PromiseRow[];
  unit: string;
  bindingClass: BindingClass | null;
  /** Adds the quantity in each promise's own unit: pieces for the items of a package. */
  inOwnUnit?: boolean;
}>;

/** A short table of promises; the class named, else the furthest that each states. */
export function PromiseList({ rows, unit, bindingClass, inOwnUnit = false }: ListProps) {
  const amountOf = (row: PromiseRow) =>
    bindingClass === null ? (row.furthest === null ? null : row.byClass[row.furthest]) : row.byClass[bindingClass];
  const scale = scaleFor(rows.map(amountOf));
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label="Table of promises">
      <table>
        <thead>
          <tr>
            <th scope="col">Announced</th>
            <th scope="col">What</th>
            <th scope="col" className="optional">
              Category
            </th>
            {inOwnUnit && (
              <th scope="col" className="number">
                In its own unit
              </th>
            )}
            <th scope="col" className="number">
              {bindingClass ?? "furthest"} <small>{unitHead(unit, scale)}</small>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>{formatDated(row.announcedOn, row.datePrecision)}</td>
              <th scope="row">
                <Link to="/promises/$id" params={{ id: row.id }} search={keepFrame()} preload={false}>
                  {row.title === "" ? row.code : row.title}
                </Link>
              </th>
              <td className="optional">{row.category}</td>
              {inOwnUnit && (
                <td className="number" data-unknown={row.original === null}>
                  {ownQuantity(row.unit, row.original)}
                </td>
              )}
              <td className="number" data-unknown={amountOf(row) === null}>
                {formatAmount(amountOf(row), scale, 2)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
