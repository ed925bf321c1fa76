import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy } from "react";
import type { PlanList, PlanRow } from "../../../src/core/views-plan.ts";
import { counted, formatCount } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { useAppSearch, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { Listing, type Column } from "../parts/listing.tsx";
import { Answered, Empty } from "../parts/states.tsx";
import { Acts } from "../planning/acts/acts.tsx";
import { plansQuery } from "../planning/plans/queries.ts";
import { acceptanceWords, goalWords, horizonWords, shareWords, stateOf } from "../planning/plans/words.ts";
import { Standing } from "../planning/plans/standing.tsx";
import { PlanningPages } from "../planning/subnav.tsx";

const SolveForm = lazy(async () => ({ default: (await import("../planning/plans/solve-form.tsx")).SolveForm }));

/** The plans of a book: who could give what for which need, how good each is proven to be, and what became of it. */
export function PlansPage() {
  useTitle("Plans");
  const { book = defaultBook } = useAppSearch();
  const query = useQuery(plansQuery(book));
  return (
    <>
      <PlanningPages />
      <header className="headline">
        <h1>Plans</h1>
        <p className="standfirst standfirst-kept">{query.data !== undefined && standfirst(query.data)}</p>
      </header>
      <Acts
        label="Make a plan"
        acts={[
          { name: "solve", words: "Solve a plan", form: <SolveForm book={book} plans={query.data?.plans ?? []} /> },
        ]}
      />
      <Standing book={book} />
      <Answered query={query} what="the plans" tall>
        {({ plans, standing }) =>
          plans.length === 0 ? <NoPlan /> : <Plans plans={plans} stands={standing?.plan ?? null} />
        }
      </Answered>
    </>
  );
}

function standfirst({ plans }: PlanList): string {
  const accepted = plans.filter((plan) => plan.acceptance.state === "accepted").length;
  const says = "Who gives what, when and through which hub, so that the most urgent needs are met soonest.";
  return plans.length === 0 ? says : `${says} ${counted(plans.length, "plan")} on record, ${accepted} accepted.`;
}

function NoPlan() {
  return (
    <Empty title="No plan is on record in this book.">
      <p>
        A plan is made of the{" "}
        <Link to="/needs" search={keepFrame()}>
          needs
        </Link>{" "}
        and{" "}
        <Link to="/offers" search={keepFrame()}>
          offers
        </Link>{" "}
        on record: solve one above, or with <code>npx mainstay plan solve</code>.{" "}
        <code>npx mainstay plan practice S --played</code> loads a made-up book to try it on.
      </p>
    </Empty>
  );
}

function Plans({ plans, stands }: Readonly<{ plans: readonly PlanRow[]; stands: string | null }>) {
  return (
    <section className="figure" aria-labelledby="plans">
      <header className="figure-head">
        <h2 id="plans">On record</h2>
        <p className="figure-text">
          Newest first. A plan is a proposal until a decision adopts it or givers accept their part. The gap is how far
          it can be from the best plan there is. The one that stands is the one accepted last in any part, or else the
          one solved last that is neither quick nor without some offers.
        </p>
      </header>
      <Listing caption="Plans" rows={plans} rowKey={(plan) => plan.id} columns={columnsOf(stands)} file="plans" />
    </section>
  );
}

const columnsOf = (stands: string | null): readonly Column<PlanRow>[] => [
  {
    key: "plan",
    label: "Plan",
    value: (plan) => plan.id,
    cell: (plan) => (
      <>
        <Link to="/plans/$id" params={{ id: plan.id }} search={keepFrame()} preload={false}>
          {plan.title === "" ? plan.id : plan.title}
        </Link>
        <span className="line-purpose">
          {plan.id}, {goalWords[plan.goal]}
          {plan.standing !== null && `, made from ${plan.standing}`}
          {plan.id === stands && ", stands"}
        </span>
      </>
    ),
  },
  { key: "horizon", label: "Reaches over", value: horizonWords },
  {
    key: "covered",
    label: "Of an average need",
    number: true,
    value: (plan) => (plan.share === null ? null : shareWords(plan.share)),
  },
  {
    key: "needs",
    label: "Needs in full",
    number: true,
    value: (plan) => `${formatCount(plan.whole)} of ${formatCount(plan.needs)}`,
  },
  { key: "assignments", label: "Assignments", number: true, value: (plan) => formatCount(plan.assignments) },
  { key: "state", label: "How good", value: stateOf },
  { key: "acceptance", label: "What became of it", value: (plan) => acceptanceWords(plan.acceptance) },
  { key: "made", label: "Made", value: (plan) => formatDay(plan.recordedAt) },
];
