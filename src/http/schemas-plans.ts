import { z } from "zod";
import { acceptanceStates, planCauses, planGoals } from "#core/views-plan.ts";
import type * as views from "#core/views-plan.ts";
import { amount, count, day, shapeOf, text } from "./schemas.ts";

/** The shapes of plans as they are answered. Each is held to its type in core/views-plan.ts. */

const number = z.number();
const share = number.nullable().describe("From 0 to 1; null where there is none");
const bucket = count.describe("The index of a bucket");

const acceptance = shapeOf<views.Acceptance>()(
  "PlanAcceptance",
  z.object({
    state: z.enum(acceptanceStates),
    assignments: count,
    placed: count,
    proposals: z.array(z.object({ id: text, title: text, state: text })),
  }),
);

const causes = z
  .array(z.object({ offer: text, title: text, what: z.enum(planCauses) }))
  .describe("Offers that can't be had any more, the newest first");

const row = {
  id: text,
  title: text,
  book: text,
  synthetic: z.boolean(),
  goal: z.enum(planGoals),
  state: z.enum(["optimal", "limit", "preview", "cancelled"]),
  from: day,
  until: day,
  score: number.describe("Points of coverage weighted by priority: 100 where every need is met on its first day"),
  bound: number.nullable().describe("No plan has more"),
  gap: share.describe("(bound - score) / bound"),
  needs: count,
  whole: count.describe("Needs covered in full"),
  share: share.describe("Of an average need, each counting once"),
  assignments: count,
  standing: text.nullable().describe("The plan it was made from"),
  causes,
  knownAt: text,
  recordedAt: text,
  actor: text,
  acceptance,
};
const standingFields = { plan: text, lost: causes };
const planRow = shapeOf<views.PlanRow>()("PlanRow", z.object(row));

export const planList = shapeOf<views.PlanList>()(
  "PlanList",
  z.object({
    book: text,
    synthetic: z.boolean(),
    standing: z.object(standingFields).nullable().describe("The plan that stands"),
    plans: z.array(planRow),
  }),
);

const asked = shapeOf<views.PlanAsked>()(
  "PlanAsked",
  z.object({
    goal: z.enum(planGoals),
    from: day,
    until: day,
    seconds: number.nullable(),
    gap: number.nullable(),
    preview: z.boolean(),
    without: z.array(text),
    pins: z.array(z.object({ offer: text, need: text, hub: text.nullable(), quantity: count })),
    standing: text.nullable(),
    causes,
  }),
);

const need = shapeOf<views.PlanNeed>()(
  "PlanNeed",
  z.object({
    need: text,
    title: text,
    capability: text,
    priority: count,
    item: text,
    itemName: text,
    needed: count,
    covered: count,
    late: count,
    from: day,
    until: day,
    byBucket: z.array(z.object({ bucket, covered: count })),
  }),
);

const effort = { giver: text, name: text, amount, share, keyShare: share };
const problem = shapeOf<views.PlanProblem>()("PlanProblem", z.object({ code: text, says: text }));

export const planView = shapeOf<views.PlanView>()(
  "PlanView",
  z.object({
    ...row,
    currency: text,
    asked,
    goals: z.array(z.object({ goal: text, value: number, bound: number.nullable() })),
    buckets: z.array(z.object({ from: day, until: day })),
    needsCovered: z.array(need),
    classes: z.array(z.object({ priority: count, needs: count, whole: count, none: count, late: count, share })),
    flows: z.array(
      z.object({
        giver: text,
        giverName: text,
        capability: text,
        priority: count,
        stream: text,
        assignments: count,
        unvalued: count.describe("Of them, whose giver states no value"),
        value: amount.describe("As their givers state it, and what is bought at its price; in the plan's currency"),
      }),
    ),
    effort: z.array(z.object(effort)),
    gaps: z.array(z.object({ need: text, title: text, priority: count, item: text, itemName: text, missing: count })),
    unused: z.array(
      z.object({
        offer: text,
        giver: text,
        giverName: text,
        item: text,
        itemName: text,
        offered: count,
        unused: count,
        why: text,
      }),
    ),
    problems: z.array(problem),
  }),
);

const assignment = shapeOf<views.PlanAssignment>()(
  "PlanAssignment",
  z.object({
    kind: z.enum(["given", "bought"]),
    offer: text,
    giver: text,
    giverName: text,
    need: text,
    needTitle: text,
    priority: count,
    item: text,
    itemName: text,
    part: z.boolean(),
    hub: text,
    hubName: text,
    bucket,
    from: day,
    until: day,
    orderedBy: day.nullable(),
    quantity: count,
    cost: amount.nullable(),
    placed: count,
  }),
);

export const assignments = shapeOf<views.PlanAssignments>()(
  "PlanAssignments",
  z.object({
    plan: text,
    currency: text,
    synthetic: z.boolean(),
    total: count,
    assignments: z.array(assignment),
    next: text.nullable(),
  }),
);

export const planCheck = shapeOf<views.PlanCheck>()(
  "PlanCheck",
  z.object({ plan: text, checked: count, problems: z.array(problem) }),
);

export const planJob = shapeOf<views.PlanJob>()(
  "PlanJob",
  z.object({
    id: text,
    book: text,
    state: z.enum(["waiting", "running", "done", "refused", "cancelled", "failed"]),
    step: text,
    incumbent: number.nullable(),
    bound: number.nullable(),
    gap: share,
    seconds: number,
    plan: text.nullable(),
    problem: z.object({ code: text, message: text }).nullable(),
  }),
);

export const replanning = shapeOf<views.Replanning>()(
  "Replanning",
  z.object({
    ...standingFields,
    job: planJob.nullable().describe("The new plan from it; null where none was started"),
  }),
);

export const comparison = shapeOf<views.PlanComparison>()(
  "PlanComparison",
  z.object({
    a: planRow,
    b: planRow,
    score: number,
    share: number.nullable().describe("Of an average need, b less a"),
    same: count,
    changed: count,
    moved: share,
    total: count,
    changes: z.array(
      z.object({
        offer: text,
        need: text,
        item: text,
        hub: text,
        hubName: text,
        before: count,
        after: count,
        says: text,
      }),
    ),
    needs: z.array(z.object({ need: text, title: text, priority: count, needed: count, before: count, after: count })),
    classes: z.array(z.object({ priority: count, needs: count, before: share, after: share })),
    effort: z.array(z.object({ giver: text, name: text, before: amount, after: amount })),
  }),
);

export const explanation = shapeOf<views.Explanation>()(
  "PlanExplanation",
  z.object({
    plan: text,
    about: z.object({ kind: z.enum(["offer", "need"]), id: text, title: text }),
    says: z.array(text),
    figures: z.array(z.object({ name: text, value: text })),
    limits: z.array(z.object({ name: text, says: text })),
  }),
);

export const levers = shapeOf<views.LeverList>()(
  "PlanLevers",
  z.object({
    plan: text,
    levers: z.array(
      z.object({
        name: text,
        says: text,
        gain: number,
        coverage: z.array(z.object({ priority: count, gained: z.number() })),
      }),
    ),
  }),
);

export const fairness = shapeOf<views.FairnessPrice>()(
  "PlanFairness",
  z.object({
    plan: text,
    says: text,
    here: z.object({ least: share, score: number }).describe("The plan itself"),
    points: z
      .array(
        z.object({
          part: number.describe("Of the way from the most points, 0, to the fairest, 1"),
          least: number.describe("Of an average need of the least covered priority, from 0 to 1"),
          score: number,
          lost: number.describe("A part of the most points"),
        }),
      )
      .describe("In broken units. None where it is not worked out, and then `says` tells why"),
  }),
);

export const accepted = shapeOf<views.Accepted>()(
  "PlanAccepted",
  z.object({
    plan: text,
    giver: text.nullable(),
    proposal: text.nullable(),
    placements: count,
    acceptance,
  }),
);
