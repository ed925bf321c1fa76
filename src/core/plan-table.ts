import type { Column } from "./csv.ts";
import type { PlanAssignment } from "./views-plan.ts";

const column = (name: keyof PlanAssignment, kind: Column<PlanAssignment>["kind"] = "text"): Column<PlanAssignment> => ({
  name,
  kind,
  of: (row) => {
    const value = row[name];
    return typeof value === "boolean" ? String(value) : value;
  },
});

/** The assignments of a plan as a table: the columns of its CSV. */
export const assignmentColumns: readonly Column<PlanAssignment>[] = [
  ...(["kind", "offer", "giver", "giverName", "need", "needTitle"] as const).map((name) => column(name)),
  column("priority", "figure"),
  ...(["item", "itemName", "part", "hub", "hubName", "from", "until", "orderedBy"] as const).map((name) =>
    column(name),
  ),
  column("quantity", "figure"),
  column("cost", "figure"),
  column("placed", "figure"),
];
