import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import type { PlanView } from "../../../src/core/views-plan.ts";
import { counted, formatCount } from "../format/amounts.ts";
import { useAppSearch, useTitle } from "../frame/hooks.ts";
import { defaultBook, keepFrame } from "../frame/search.ts";
import { Answered } from "../parts/states.tsx";
import { Acceptance } from "../planning/plans/acceptance.tsx";
import { Assignments } from "../planning/plans/assignments.tsx";
import { Beside } from "../planning/plans/beside.tsx";
import { ClassesFigure } from "../planning/plans/classes.tsx";
import { EffortFigure } from "../planning/plans/effort.tsx";
import { Fairness } from "../planning/plans/fairness.tsx";
import { FlowsFigure } from "../planning/plans/flows.tsx";
import { Gaps } from "../planning/plans/gaps.tsx";
import { Levers } from "../planning/plans/levers.tsx";
import { planQuery } from "../planning/plans/queries.ts";
import { TimelineFigure } from "../planning/plans/timeline.tsx";
import { Unused } from "../planning/plans/unused.tsx";
import { averagePpm, gapWords, goalWords, horizonWords, needCounts, proofWords } from "../planning/plans/words.ts";
import { PlanningPages } from "../planning/subnav.tsx";
import { percentOf } from "../planning/words.ts";

/** One plan: what it covers and leaves open, who gives what, who bears it, how good it is proven to be, and what became of it. */
export function PlanPage() {
  const { id = "" } = useParams({ strict: false });
  const { book = defaultBook } = useAppSearch();
  const query = useQuery(planQuery(book, id));
  useTitle(query.data?.title || id);
  return (
    <>
      <PlanningPages />
      <Answered query={query} what="the plan" tall alone>
        {(plan) => <Plan plan={plan} />}
      </Answered>
    </>
  );
}

function Plan({ plan }: Readonly<{ plan: PlanView }>) {
  return (
    <article>
      <header className="headline">
        <p className="kicker">
          <Link to="/plans" search={keepFrame()}>
            Plans
          </Link>{" "}
          {"\u00b7"} {plan.id} {plan.synthetic && <strong className="synthetic">Synthetic</strong>}
        </p>
        <h1>{plan.title === "" ? plan.id : plan.title}</h1>
        <p className="standfirst">
          {horizonWords(plan)}: {goalWords[plan.goal]}. {proofWords(plan)}
        </p>
      </header>
      <Facts plan={plan} />
      <Problems plan={plan} />
      <Acceptance plan={plan} />
      <div className="grid">
        <ClassesFigure plan={plan} />
        <EffortFigure plan={plan} />
        <TimelineFigure plan={plan} />
        <div className="span-4 plan-aside">
          <Levers plan={plan} />
          <Fairness plan={plan} />
        </div>
        <FlowsFigure plan={plan} />
        <Gaps plan={plan} />
        <Assignments plan={plan} />
        <Unused plan={plan} />
        <Beside plan={plan} />
      </div>
    </article>
  );
}

function Facts({ plan }: Readonly<{ plan: PlanView }>) {
  const { whole, part, none } = needCounts(plan);
  const without = plan.asked.without.length;
  return (
    <dl className="plan-facts">
      <div>
        <dt>Of an average need</dt>
        <dd>{percentOf(averagePpm(plan.needsCovered))}</dd>
      </div>
      <div>
        <dt>Needs</dt>
        <dd>
          {whole} <small>in full</small> {part} <small>in part</small> {none} <small>not at all</small>
        </dd>
      </div>
      <div>
        <dt>From the best there is</dt>
        <dd>
          {plan.gap === null ? "" : <small>at most </small>}
          {gapWords(plan.gap)}
        </dd>
      </div>
      <div>
        <dt>Assignments</dt>
        <dd>{formatCount(plan.assignments)}</dd>
      </div>
      {plan.standing !== null && (
        <div>
          <dt>Keeps to</dt>
          <dd>
            <Link to="/plans/$id" params={{ id: plan.standing }} search={keepFrame()}>
              {plan.standing}
            </Link>
          </dd>
        </div>
      )}
      {without > 0 && (
        <div>
          <dt>Leaves out</dt>
          <dd>{counted(without, "offer")}</dd>
        </div>
      )}
    </dl>
  );
}

/** What a checker that knows nothing of the solver found. */
function Problems({ plan: { problems } }: Readonly<{ plan: PlanView }>) {
  if (problems.length === 0)
    return (
      <p className="hint">
        Checked by a program that does not know how it was made: every limit, window, earmark and package is kept.
      </p>
    );
  return (
    <div className="refusal" role="alert">
      <p>
        <strong>This plan does not keep its limits.</strong>
      </p>
      <ul>
        {problems.map(({ code, says }) => (
          <li key={says}>
            {says} <code>{code}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
