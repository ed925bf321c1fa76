import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { PlanAssignment, PlanView } from "../../../../src/core/views-plan.ts";
import { assignmentsFile } from "../../api/plans.ts";
import { grouped, moneyWords } from "../../format/amounts.ts";
import { useAppSearch, useChangeSearch } from "../../frame/hooks.ts";
import { keepFrame } from "../../frame/search.ts";
import { Listing, type Column } from "../../parts/listing.tsx";
import { Answered } from "../../parts/states.tsx";
import { More } from "../filters.tsx";
import { windowWords } from "../words.ts";
import { Explained } from "./explained.tsx";
import { assignmentsQuery, explanationQuery } from "./queries.ts";

/** Every line of the plan: who gives or buys what for which need, when and through which hub. */
export function Assignments({ plan }: Readonly<{ plan: PlanView }>) {
  const { giver } = useAppSearch();
  const change = useChangeSearch();
  const [asked, ask] = useState<string | null>(null);
  const query = useInfiniteQuery(assignmentsQuery(plan.book, plan.id, { giver }));
  const turn = (key: string) => ask(asked === key ? null : key);
  return (
    <section className="figure span-12" id="assignments" aria-labelledby="lines">
      <header className="figure-head">
        <h2 id="lines">Assignments</h2>
        <p className="figure-text">Who gives what for which need, when it is there, and through which hub.</p>
        <div className="figure-controls tools">
          <label>
            Giver{" "}
            <select value={giver ?? ""} onChange={(event) => change({ giver: event.target.value || undefined }, true)}>
              <option value="">all</option>
              {plan.effort.map((one) => (
                <option key={one.giver} value={one.giver}>
                  {one.name}
                </option>
              ))}
            </select>
          </label>
          <a href={assignmentsFile(plan.book, plan.id)} download>
            All as CSV
          </a>
        </div>
      </header>
      <Answered query={query} what="the assignments">
        {({ pages }) => (
          <>
            <Listing
              caption="Assignments"
              rows={pages.flatMap((page) => page.assignments)}
              rowKey={keyOf}
              columns={columnsOf(plan, asked, turn)}
              under={(line) => asked === keyOf(line) && <Why plan={plan} offer={line.offer} />}
            />
            <More
              shown={pages.reduce((sum, page) => sum + page.assignments.length, 0)}
              total={pages[0]?.total ?? 0}
              what="assignments"
              waiting={query.isFetchingNextPage}
              onMore={() => void query.fetchNextPage()}
            />
          </>
        )}
      </Answered>
    </section>
  );
}

function keyOf({ offer, need, item, hub, bucket, orderedBy }: PlanAssignment): string {
  return [offer, need, item, hub, bucket, orderedBy].join("|");
}

function Why({ plan, offer }: Readonly<{ plan: PlanView; offer: string }>) {
  return <Explained query={useQuery(explanationQuery(plan.book, plan.id, { offer }))} />;
}

function columnsOf(
  plan: PlanView,
  asked: string | null,
  turn: (key: string) => void,
): readonly Column<PlanAssignment>[] {
  return [
    {
      key: "offer",
      label: "What",
      value: (line) => line.offer,
      cell: (line) => (
        <>
          <Link to="/offers/$id" params={{ id: line.offer }} search={keepFrame()} preload={false}>
            {line.itemName}
          </Link>
          <span className="line-purpose">
            {line.offer}
            {line.kind === "bought" &&
              `, bought for ${moneyWords(plan.currency, line.cost)}, ordered by ${line.orderedBy ?? "then"}`}
          </span>
        </>
      ),
    },
    { key: "giver", label: "Giver", value: (line) => line.giverName },
    {
      key: "quantity",
      label: "Quantity",
      number: true,
      value: (line) => String(line.quantity),
      cell: (line) => grouped(String(line.quantity)),
    },
    {
      key: "need",
      label: "For",
      value: (line) => line.need,
      cell: (line) => (
        <>
          <Link to="/needs/$id" params={{ id: line.need }} search={keepFrame()} preload={false}>
            {line.needTitle === "" ? line.need : line.needTitle}
          </Link>
          <span className="line-purpose">
            priority {line.priority}
            {line.part && ", part of its package"}
          </span>
        </>
      ),
    },
    { key: "there", label: "There", value: (line) => windowWords(line) },
    { key: "hub", label: "Through", value: (line) => line.hubName },
    {
      key: "placed",
      label: "Placed",
      number: true,
      value: (line) => String(line.placed),
      cell: (line) => grouped(String(line.placed)),
    },
    {
      key: "why",
      label: "Why",
      screenOnly: true,
      value: () => "",
      cell: (line) => (
        <button type="button" className="plain" aria-expanded={asked === keyOf(line)} onClick={() => turn(keyOf(line))}>
          Why<span className="out-of-sight"> {line.offer} goes there</span>
        </button>
      ),
    },
  ];
}
