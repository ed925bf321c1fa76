import type { Coverage, NeedView } from "../../../../src/core/views-planning.ts";
import { CoverageLines, type CoverageLine } from "../../charts/coverage.tsx";
import { Figure } from "../../figure/figure.tsx";
import { bare, drawnWith, partOf, percentOf, quantityWords } from "../words.ts";

const steps: readonly (readonly [
  key: keyof Coverage,
  label: string,
  note: string,
  colour: "planned" | "placed" | "moved" | "confirmed",
])[] = [
  ["planned", "Planned", "by the plan that stands, what was placed before it included", "planned"],
  ["placed", "Placed", "accepted by a decision or by the giver", "placed"],
  ["moved", "Moved", "left its giver", "moved"],
  ["handedOver", "Handed over", "as the giver reports it", "moved"],
  ["confirmed", "Signed for", "as the recipient confirms it", "confirmed"],
];

/** How far one need is met, step by step: each step contains those below it. */
export function StepsFigure({ need }: Readonly<{ need: NeedView }>) {
  const { coverage } = need;
  const lines = steps.flatMap(([key, label, note, colour]): CoverageLine[] => {
    const amount = coverage[key];
    if (amount === null) return [];
    const parts = { planned: null, placed: 0, moved: 0, confirmed: 0, [colour]: partOf(coverage, key) };
    return [{ key, label, note, amount: bare(amount), parts }];
  });
  const unconfirmed = coverage.handedOver - coverage.confirmed;
  return (
    <Figure
      title="How far it is met"
      atOnce
      className="span-8"
      text={`${quantityWords(need, coverage.placed)} of ${bare(coverage.needed)} placed (${percentOf(partOf(coverage, "placed"))}), ${bare(coverage.confirmed)} signed for (${percentOf(partOf(coverage, "confirmed"))}).${
        unconfirmed > 0 ? ` ${bare(unconfirmed)} handed over by givers' reports, and not signed for.` : ""
      }`}
      {...drawnWith(need.head, need.unit)}
      rows={null}
      json={coverage}
      table={{
        columns: [
          { key: "step", label: "Step", kind: "text" },
          { key: "number", label: "Number", kind: "count" },
          { key: "of_needed", label: "Of what is needed", kind: "decimal" },
        ],
        rows: [
          ["Needed", String(coverage.needed), "100%"],
          ...steps.map(([key, label]) => {
            const amount = coverage[key];
            return [
              label,
              amount === null ? null : String(amount),
              amount === null ? null : percentOf(partOf(coverage, key)),
            ];
          }),
        ],
      }}
      note={
        need.accepts.length > 1
          ? `In ${need.itemName} or what a substitute is worth of it, rounded down.`
          : `In whole ${need.counted === "currency" ? need.unit : need.counted} of ${need.itemName}.`
      }
    >
      <CoverageLines
        lines={lines}
        title={`Needed ${bare(coverage.needed)}; ${lines.map((line) => `${line.label} ${line.amount}`).join("; ")}`}
      />
    </Figure>
  );
}
