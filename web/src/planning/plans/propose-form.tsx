import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Group } from "../../../../src/core/views.ts";
import type { PlanView } from "../../../../src/core/views-plan.ts";
import { plansApi } from "../../api/plans.ts";
import { proceduresQuery } from "../../decisions/names.ts";
import { calendarQuery } from "../../decisions/queries.ts";
import { useGroups } from "../../frame/hooks.ts";
import { keepFrame } from "../../frame/search.ts";
import { Choice, useFields } from "../../funds/acts/fields.tsx";
import { readable } from "../../funds/words.ts";
import { EntryForm } from "../../parts/entry-form.tsx";
import { touched } from "../queries.ts";

/**
 * The groups that could decide on a plan: those whose members of today give some of it, regions aside, which only sort the nations; and those that have had
 * something to decide in the book.
 */
function useDeciders(plan: PlanView): readonly Group[] {
  const groups = useGroups().data ?? [];
  const proposals = useQuery(calendarQuery(plan.book)).data?.proposals ?? [];
  const deciding = new Set(proposals.map((proposal) => proposal.group));
  const giving = new Set(plan.flows.map((flow) => flow.giver));
  return groups.filter(
    ({ slug, kind, members }) =>
      deciding.has(slug) || (kind !== "region" && members.some(({ party, to }) => to === null && giving.has(party))),
  );
}

/** Opens a proposal whose text adopts the plan; adopted, all of it that is not placed yet is placed. */
export function ProposeForm({ plan }: Readonly<{ plan: PlanView }>) {
  const groups = useDeciders(plan);
  const procedures = new Map((useQuery(proceduresQuery).data ?? []).map((one) => [one.id, one.title] as const));
  const [fields, set] = useFields({ group: "", procedure: "" });
  return (
    <EntryForm
      title="Put it to decision"
      intro="A group adopts the plan by one of its procedures. Nothing is placed before that. Those are named whose members give some of it, or that have had something to decide in this book."
      button="Open the proposal"
      asked={`${fields.group} decides on ${plan.id} by ${procedures.get(fields.procedure) ?? fields.procedure}.`}
      touches={[...touched, "decisions"]}
      words={readable}
      send={() => plansApi.propose(plan.book, plan.id, fields)}
      done={(proposal) => (
        <>
          <h3>Opened.</h3>
          <p>
            <Link to="/decisions/$id" params={{ id: proposal.id }} search={keepFrame()}>
              Go to the proposal
            </Link>
          </p>
        </>
      )}
    >
      <Choice
        label="Who decides"
        wide
        value={fields.group}
        onChange={set("group")}
        options={groups.map((one) => [one.slug, one.name] as const)}
      />
      <Choice
        label="By which procedure"
        wide
        value={fields.procedure}
        onChange={set("procedure")}
        options={[...procedures]}
      />
    </EntryForm>
  );
}
