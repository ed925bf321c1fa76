import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { planGoals, type PlanGoal, type PlanRow } from "../../../../src/core/views-plan.ts";
import { plansApi } from "../../api/plans.ts";
import { useChangeSearch } from "../../frame/hooks.ts";
import { Choice, Written, useFields } from "../../funds/acts/fields.tsx";
import { ActingAs } from "../../parts/acting-as.tsx";
import { Refusal } from "../../parts/refusal.tsx";
import { Job } from "./job.tsx";
import { planQuery } from "./queries.ts";
import { goalWords } from "./words.ts";

const noneStanding = [["", "none: nothing is held to"]] as const;

/** Asks for a plan of what is on record now, and follows it while it is solved. */
export function SolveForm({ book, plans }: Readonly<{ book: string; plans: readonly PlanRow[] }>) {
  const change = useChangeSearch();
  const last = plans[0];
  const [fields, set] = useFields({
    title: "",
    from: last?.from ?? "",
    until: last?.until ?? "",
    goal: "cover",
    seconds: "60",
    without: "",
    standing: "",
  });
  const [preview, setPreview] = useState(false);
  const standing = useQuery({ ...planQuery(book, fields.standing), enabled: fields.standing !== "" }).data;
  const solve = useMutation({ mutationFn: async () => plansApi.solve(book, orderOf(fields, preview)) });
  return (
    <div className="act-panel">
      <form
        aria-label="Solve a plan"
        onSubmit={(event) => {
          event.preventDefault();
          solve.mutate();
        }}
      >
        <h2>Solve a plan</h2>
        <p className="hint">
          Of the needs and offers as they stand on record now. Solving goes on in the background; nothing is placed by
          it.
        </p>
        <div className="act-fields">
          <Written label="Title" wide required={false} value={fields.title} onChange={set("title")} />
          <Written label="From" type="date" required={false} value={fields.from} onChange={set("from")} />
          <Written label="Until" type="date" required={false} value={fields.until} onChange={set("until")} />
          <Choice
            label="Goal"
            wide
            value={fields.goal}
            onChange={set("goal")}
            options={planGoals.map((goal: PlanGoal) => [goal, goalWords[goal]] as const)}
          />
          <Choice
            label="Keep to a plan that holds now"
            wide
            value={fields.standing}
            onChange={set("standing")}
            options={[...noneStanding, ...plans.map(({ id, title }) => [id, title === "" ? id : title] as const)]}
          />
          <Written
            label="Leave out offers"
            wide
            required={false}
            value={fields.without}
            onChange={set("without")}
            hint="offer-00012, offer-00040"
          />
          <Written label="Seconds at most" pattern="[0-9]{1,4}" value={fields.seconds} onChange={set("seconds")} />
          <label className="wide-field tick-field">
            <input type="checkbox" checked={preview} onChange={(event) => setPreview(event.target.checked)} />
            <span>
              Quick, without a proven bound
              <small className="muted"> for a first look: usually some per cent below the best</small>
            </span>
          </label>
          <ActingAs />
        </div>
        <p className="act-ends">
          <button type="submit" className="act-button" disabled={solve.isPending}>
            {solve.isPending ? "Sending\u2026" : solve.isSuccess ? "Solve another" : "Solve"}
          </button>
          <button type="button" className="plain" onClick={() => change({ act: undefined }, true)}>
            Close
          </button>
        </p>
      </form>
      <div className="act-aside">
        <Refusal error={solve.error} />
        {solve.data !== undefined && <Job key={solve.data.id} book={book} started={solve.data} />}
        {solve.data === undefined && standing !== undefined && (
          <p className="hint">
            What is left of {standing.title === "" ? standing.id : standing.title} is kept where that costs little, so
            that few choices change.
          </p>
        )}
      </div>
    </div>
  );
}

type Fields = Readonly<Record<"title" | "from" | "until" | "goal" | "seconds" | "without" | "standing", string>>;

function orderOf(fields: Fields, preview: boolean): Readonly<Record<string, unknown>> {
  const { title, from, until, goal, seconds, standing } = fields;
  const without = fields.without.split(/[\s,;]+/).filter((offer) => offer !== "");
  const given = { title, from, until, standing };
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== "")),
    goal,
    seconds: Number(seconds),
    preview,
    without,
  };
}
