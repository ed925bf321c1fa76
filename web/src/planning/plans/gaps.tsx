import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PlanGap, PlanView } from "../../../../src/core/views-plan.ts";
import { counted, grouped } from "../../format/amounts.ts";
import { keepFrame } from "../../frame/search.ts";
import { Listing, type Column } from "../../parts/listing.tsx";
import { Explained } from "./explained.tsx";
import { explanationQuery } from "./queries.ts";

const shownAtFirst = 10;

/** What the plan leaves open, most urgent first, and why where the reader asks. */
export function Gaps({ plan }: Readonly<{ plan: PlanView }>) {
  const [all, setAll] = useState(false);
  const [asked, ask] = useState<string | null>(null);
  const { gaps } = plan;
  const shown = all ? gaps.slice(0, 500) : gaps.slice(0, shownAtFirst);
  return (
    <section className="figure span-12" aria-labelledby="gaps">
      <header className="figure-head">
        <h2 id="gaps">What it leaves open</h2>
        <p className="figure-text">
          {gaps.length === 0
            ? "Every need is covered in full."
            : `${counted(gaps.length, "need")} not covered in full, the most urgent first. Why one is not is worked out when asked for: the plan is solved again with it forced.`}
        </p>
      </header>
      {gaps.length > 0 && (
        <Listing
          caption="What the plan leaves open"
          rows={shown}
          all={gaps}
          rowKey={(gap) => gap.need}
          columns={columnsOf(plan, asked, ask)}
          file={`${plan.id}-gaps`}
          under={(gap) => asked === gap.need && <Why plan={plan} need={gap.need} />}
        />
      )}
      {gaps.length > shown.length && (
        <p className="more tools">
          <button type="button" onClick={() => setAll(true)}>
            Show {gaps.length > 500 ? "500" : "all"}
          </button>
        </p>
      )}
    </section>
  );
}

function columnsOf(
  plan: PlanView,
  asked: string | null,
  ask: (need: string | null) => void,
): readonly Column<PlanGap>[] {
  return [
    {
      key: "need",
      label: "Need",
      value: (gap) => gap.need,
      cell: (gap) => (
        <>
          <Link to="/needs/$id" params={{ id: gap.need }} search={keepFrame()} preload={false}>
            {gap.title === "" ? gap.need : gap.title}
          </Link>
          <span className="line-purpose">{gap.itemName}</span>
        </>
      ),
    },
    { key: "priority", label: "Priority", number: true, value: (gap) => String(gap.priority) },
    {
      key: "missing",
      label: "Open",
      number: true,
      value: (gap) => String(gap.missing),
      cell: (gap) => grouped(String(gap.missing)),
    },
    {
      key: "why",
      label: "Why",
      screenOnly: true,
      value: () => "",
      cell: (gap) => (
        <button
          type="button"
          className="plain"
          aria-expanded={asked === gap.need}
          onClick={() => ask(asked === gap.need ? null : gap.need)}
        >
          Why
          <span className="out-of-sight">
            {" "}
            {plan.id} leaves {gap.need} open
          </span>
        </button>
      ),
    },
  ];
}

function Why({ plan, need }: Readonly<{ plan: PlanView; need: string }>) {
  const query = useQuery(explanationQuery(plan.book, plan.id, { need }));
  return <Explained query={query} />;
}
