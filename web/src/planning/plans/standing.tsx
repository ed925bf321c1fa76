import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { causesText } from "../../../../src/core/planning/causes.ts";
import type { PlanCause, PlanComparison, PlanList, PlanRow } from "../../../../src/core/views-plan.ts";
import { plansApi } from "../../api/plans.ts";
import { formatCount } from "../../format/amounts.ts";
import { keepFrame } from "../../frame/search.ts";
import { actsHere } from "../../funds/acts/act-link.tsx";
import { listed } from "../../funds/words.ts";
import { Refusal } from "../../parts/refusal.tsx";
import { Job } from "./job.tsx";
import { comparisonQuery, plansQuery } from "./queries.ts";
import { causeWords, changedWords } from "./words.ts";

/** What became of the plan that stands: which offers of it are lost, and the plan that was made anew. Nothing where all of it can still be had. */
export function Standing({ book }: Readonly<{ book: string }>) {
  const list = useQuery(plansQuery(book)).data;
  if (list === undefined) return null;
  const made = madeAnew(list);
  const open = stillLost(list, made);
  if (open.length === 0 && made === undefined) return null;
  return (
    <section className="plan-standing" aria-label="The plan that stands">
      {list.standing !== null && open.length > 0 && <Lost book={book} plan={list.standing.plan} lost={open} />}
      {made !== undefined && <MadeAnew book={book} made={made} stands={list.standing?.plan === made.id} />}
    </section>
  );
}

/** The newest plan that was made anew, from the plan that stands or standing itself now. */
function madeAnew({ plans, standing }: PlanList): PlanRow | undefined {
  return plans.find(
    (plan) => plan.causes.length > 0 && (plan.standing === standing?.plan || plan.id === standing?.plan),
  );
}

/** What is lost of the plan that stands and was not left out of the one made anew. */
function stillLost({ standing }: PlanList, made: PlanRow | undefined): readonly PlanCause[] {
  const key = ({ offer, what }: PlanCause) => `${offer} ${what}`;
  const left = new Set((made?.standing === standing?.plan ? (made?.causes ?? []) : []).map(key));
  return (standing?.lost ?? []).filter((cause) => !left.has(key(cause)));
}

function Lost({ book, plan, lost }: Readonly<{ book: string; plan: string; lost: readonly PlanCause[] }>) {
  const replan = useMutation({ mutationFn: async () => plansApi.replan(book) });
  return (
    <>
      <h2>The plan that stands has lost {lost.length === 1 ? "an offer" : "offers"}</h2>
      <p>
        <Link to="/plans/$id" params={{ id: plan }} search={keepFrame()} preload={false}>
          {plan}
        </Link>{" "}
        counts on {listed(lost.map(causeWords))}. No plan has been made without {lost.length === 1 ? "it" : "them"}.
      </p>
      {actsHere && replan.data === undefined && (
        <p className="act-ends">
          <button type="button" className="act-button" disabled={replan.isPending} onClick={() => replan.mutate()}>
            {replan.isPending ? "Sending\u2026" : "Plan anew"}
          </button>
        </p>
      )}
      <Refusal error={replan.error} />
      {replan.data !== undefined && <Job key={replan.data.id} book={book} started={replan.data} />}
    </>
  );
}

function MadeAnew({ book, made, stands }: Readonly<{ book: string; made: PlanRow; stands: boolean }>) {
  const before = made.standing ?? "";
  const found = useQuery({ ...comparisonQuery(book, before, made.id), enabled: before !== "" }).data;
  return (
    <>
      <h2>Re-planned after {causesText(made.causes)}</h2>
      <p>
        <Link to="/plans/$id" params={{ id: made.id }} search={keepFrame()} preload={false}>
          {made.id}
        </Link>{" "}
        {stands ? "stands now, in the place of" : "is a proposal against the plan that stands,"}{" "}
        <Link to="/plans/$id" params={{ id: before }} search={keepFrame()} preload={false}>
          {before}
        </Link>
        . {made.acceptance.placed === 0 ? "Nothing of it is accepted." : "Some of it is accepted."}
      </p>
      {found !== undefined && (
        <p>
          {changedWords(found)} {needsWords(found)}{" "}
          <Link
            to="/plans/$id/beside/$other"
            params={{ id: before, other: made.id }}
            search={keepFrame()}
            preload={false}
          >
            All differences
          </Link>
        </p>
      )}
    </>
  );
}

function needsWords({ needs }: PlanComparison): string {
  const less = needs.filter((need) => need.after < need.before).length;
  const more = needs.filter((need) => need.after > need.before).length;
  if (less + more === 0) return "Every need gets as much as before.";
  const parts = [
    ...(less > 0 ? [`${formatCount(less)} less`] : []),
    ...(more > 0 ? [`${formatCount(more)} more`] : []),
  ];
  const [first = ""] = parts;
  const subject = (less > 0 ? less : more) === 1 ? "need gets" : "needs get";
  return `${first.replace(" ", ` ${subject} `)}${parts.length > 1 ? ` and ${parts[1]}` : ""}.`;
}
