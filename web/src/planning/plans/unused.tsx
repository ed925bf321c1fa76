import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PlanUnused, PlanView } from "../../../../src/core/views-plan.ts";
import { counted, grouped } from "../../format/amounts.ts";
import { keepFrame } from "../../frame/search.ts";
import { Listing, type Column } from "../../parts/listing.tsx";

const shownAtFirst = 8;

/** What is offered and not used, and why. */
export function Unused({ plan }: Readonly<{ plan: PlanView }>) {
  const [all, setAll] = useState(false);
  const { unused } = plan;
  const shown = unused.slice(0, all ? 500 : shownAtFirst);
  return (
    <section className="figure span-12" aria-labelledby="unused">
      <header className="figure-head">
        <h2 id="unused">What is left over</h2>
        <p className="figure-text">
          {unused.length === 0
            ? "All that is offered is used."
            : `Of ${counted(unused.length, "offer")} something is not used.`}
        </p>
      </header>
      {unused.length > 0 && (
        <Listing
          caption="What is left over"
          rows={shown}
          all={unused}
          rowKey={(one) => one.offer}
          columns={columns}
          file={`${plan.id}-unused`}
        />
      )}
      {unused.length > shown.length && (
        <p className="more tools">
          <button type="button" onClick={() => setAll(true)}>
            Show {unused.length > 500 ? "500" : "all"}
          </button>
        </p>
      )}
    </section>
  );
}

const columns: readonly Column<PlanUnused>[] = [
  {
    key: "offer",
    label: "Offer",
    value: (one) => one.offer,
    cell: (one) => (
      <>
        <Link to="/offers/$id" params={{ id: one.offer }} search={keepFrame()} preload={false}>
          {one.itemName}
        </Link>
        <span className="line-purpose">{one.offer}</span>
      </>
    ),
  },
  { key: "giver", label: "Giver", value: (one) => one.giverName },
  {
    key: "offered",
    label: "Offered",
    number: true,
    value: (one) => String(one.offered),
    cell: (one) => grouped(String(one.offered)),
  },
  {
    key: "unused",
    label: "Not used",
    number: true,
    value: (one) => String(one.unused),
    cell: (one) => grouped(String(one.unused)),
  },
  { key: "why", label: "Why", value: (one) => one.why },
];
