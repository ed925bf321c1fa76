import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { PlanView } from "../../../../src/core/views-plan.ts";
import { plansApi } from "../../api/plans.ts";
import { proceduresQuery } from "../../decisions/names.ts";
import { useGroups } from "../../frame/hooks.ts";
import { keepFrame } from "../../frame/search.ts";
import { Choice, useFields } from "../../funds/acts/fields.tsx";
import { readable } from "../../funds/words.ts";
import { EntryForm } from "../../parts/entry-form.tsx";
import { touched } from "../queries.ts";

/** Opens a proposal whose text adopts the plan; adopted, all of it that is not placed yet is placed. */
export function ProposeForm({ plan }: Readonly<{ plan: PlanView }>) {
  const groups = useGroups().data ?? [];
  const procedures = new Map((useQuery(proceduresQuery).data ?? []).map((one) => [one.id, one.title] as const));
  const [fields, set] = useFields({ group: "", procedure: "" });
  return (
    <EntryForm
      title="Put it to decision"
      intro="A group adopts the plan by one of its procedures. Nothing is placed before that."
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
