import type { CoalitionView, RoadmapStep } from "../../../../src/core/views-planning.ts";
import { CoverageLines, type CoverageLine } from "../../charts/coverage.tsx";
import { Figure } from "../../figure/figure.tsx";
import { counted } from "../../format/amounts.ts";
import { formatDay } from "../../format/days.ts";
import { bare, drawnWith } from "../words.ts";

/** The dated targets of a coalition, and how much of each is offered, placed and signed for by now. */
export function Roadmap({ view }: Readonly<{ view: CoalitionView }>) {
  const { roadmap } = view;
  const [first] = roadmap;
  if (first === undefined) return null;
  const next = roadmap.find((step) => step.quantity === null || (step.placed ?? 0) < step.quantity) ?? first;
  return (
    <Figure
      title="Roadmap"
      atOnce
      text={`${counted(roadmap.length, "target")}, the first that is not placed in full: ${next.title} by ${formatDay(next.on)}.`}
      {...drawnWith(view.head, "pieces")}
      rows={null}
      json={roadmap}
      table={{
        columns: [
          { key: "on", label: "By", kind: "day" },
          { key: "title", label: "Target", kind: "text" },
          { key: "item", label: "Item", kind: "text" },
          { key: "quantity", label: "Number", kind: "count" },
          { key: "needed", label: "Needed", kind: "count" },
          { key: "offered", label: "Offered", kind: "count" },
          { key: "placed", label: "Placed", kind: "count" },
          { key: "confirmed", label: "Signed for", kind: "count" },
          { key: "source", label: "Source", kind: "text" },
        ],
        rows: roadmap.map((step) => [
          step.on,
          step.title,
          step.itemName ?? "none named",
          ...[step.quantity, step.needed, step.offered, step.placed, step.confirmed].map((one) =>
            one === null ? null : String(one),
          ),
          step.source,
        ]),
      }}
      note="Against each target: what the coalition's offers hold of the kind, what of it is placed with its needs, and what the recipient signed for."
    >
      <p className="legend" aria-hidden="true">
        <span>
          <i className="swatch class-received" /> signed for
        </span>
        <span>
          <i className="swatch class-placed" /> placed
        </span>
        <span>
          <i className="swatch class-said" /> offered
        </span>
        <span>
          <i className="swatch flow-open" /> open
        </span>
      </p>
      <CoverageLines
        lines={roadmap.map(lineOf)}
        title={roadmap.map((step) => `${formatDay(step.on)}: ${step.title}, ${noteOf(step)}`).join("; ")}
      />
    </Figure>
  );
}

function lineOf(step: RoadmapStep): CoverageLine {
  const part = (of: number | null) =>
    (step.quantity ?? 0) > 0 ? Math.min((of ?? 0) / (step.quantity ?? 1), 1) * 1_000_000 : 0;
  return {
    key: `${step.on} ${step.title}`,
    label: formatDay(step.on),
    note: `${step.title}: ${noteOf(step)}`,
    amount: step.quantity === null ? "" : bare(step.quantity),
    parts: { planned: part(step.offered), placed: part(step.placed), confirmed: part(step.confirmed) },
  };
}

function noteOf({ quantity, offered, placed, confirmed }: RoadmapStep): string {
  if (quantity === null) return "no number named";
  return `${bare(offered ?? 0)} offered, ${bare(placed ?? 0)} placed, ${bare(confirmed ?? 0)} signed for`;
}
