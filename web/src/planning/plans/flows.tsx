import { useState } from "react";
import type { PlanFlow, PlanView } from "../../../../src/core/views-plan.ts";
import { Ribbons, type Ribbon } from "../../charts/ribbons.tsx";
import { Figure } from "../../figure/figure.tsx";
import { formatCount } from "../../format/amounts.ts";
import { streamWords, useCapabilities } from "./names.ts";
import { drawnBy } from "./drawn-by.ts";

const shownGivers = 14;
const others = "Others";

/** From givers over capabilities to priorities: one stream at a time, since they are counted in different things. */
export function FlowsFigure({ plan }: Readonly<{ plan: PlanView }>) {
  const streams = [...new Set(plan.flows.map((flow) => flow.stream))];
  const [chosen, choose] = useState<string | undefined>(undefined);
  const capability = useCapabilities();
  const stream = chosen ?? streams[0];
  if (stream === undefined) return null;
  const flows = plan.flows.filter((flow) => flow.stream === stream);
  const all = flows.reduce((sum, flow) => sum + flow.pieces, 0);
  const [largest] = sums(flows, (flow) => flow.giverName);
  return (
    <Figure
      title="From givers to needs"
      className="span-12"
      text={`${formatCount(all)} ${streamWords(stream)}, most of them from ${largest?.[0] ?? "nobody"}: ${formatCount(largest?.[1] ?? 0)}.`}
      {...drawnBy(plan, streamWords(stream))}
      json={flows}
      controls={
        streams.length > 1 && (
          <div className="switch" role="group" aria-label="Stream">
            {streams.map((one) => (
              <button key={one} type="button" aria-pressed={one === stream} onClick={() => choose(one)}>
                {streamWords(one)}
              </button>
            ))}
          </div>
        )
      }
      table={{
        columns: [
          { key: "giver", label: "Giver", kind: "text" },
          { key: "capability", label: "Capability", kind: "text" },
          { key: "priority", label: "Priority", kind: "text" },
          { key: "quantity", label: "Quantity", kind: "count" },
        ],
        rows: flows.map((flow) => [
          flow.giverName,
          capability(flow.capability),
          String(flow.priority),
          String(flow.pieces),
        ]),
      }}
      note="A band is as thick as what flows through it. Parts of packages and what is bought are included."
    >
      <Ribbons
        title={`${streamWords(stream)} from givers over capabilities to priorities`}
        ribbons={ribbonsOf(flows, capability)}
      />
    </Figure>
  );
}

function sums(flows: readonly PlanFlow[], key: (flow: PlanFlow) => string): readonly (readonly [string, number])[] {
  const found = new Map<string, number>();
  for (const flow of flows) found.set(key(flow), (found.get(key(flow)) ?? 0) + flow.pieces);
  return [...found].toSorted(([one, a], [other, b]) => b - a || one.localeCompare(other));
}

/** The largest givers by name, the rest together. */
function ribbonsOf(flows: readonly PlanFlow[], capability: (id: string) => string): readonly Ribbon[] {
  const large = new Set(
    sums(flows, (flow) => flow.giverName)
      .slice(0, shownGivers)
      .map(([name]) => name),
  );
  return flows.map((flow) => ({
    path: [
      large.has(flow.giverName) ? flow.giverName : others,
      capability(flow.capability),
      `Priority ${flow.priority}`,
    ],
    amount: flow.pieces,
  }));
}
