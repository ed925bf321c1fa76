import type { PlanView } from "../../../../src/core/views-plan.ts";
import type { FigureProps } from "../../figure/props.ts";
import { formatDay } from "../../format/days.ts";

/** What a figure of a plan is drawn with. */
export function drawnBy(
  { book, id, knownAt }: Pick<PlanView, "book" | "id" | "knownAt">,
  unit: string,
): Pick<FigureProps, "frame" | "drawnWith" | "rows"> {
  return {
    frame: { book, asOf: null, knownAt, boundary: "all", basis: "as-reported", unit },
    drawnWith: [`Plan ${id}`, `of the record as known at ${formatDay(knownAt)}`],
    rows: null,
  };
}
