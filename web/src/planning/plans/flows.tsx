import { useState } from "react";
import type { PlanFlow, PlanView } from "../../../../src/core/views-plan.ts";
import { Ribbons, type Ribbon } from "../../charts/ribbons.tsx";
import { Figure } from "../../figure/figure.tsx";
import { counted, lengthOf, moneyWords } from "../../format/amounts.ts";
import { streamWords, useCapabilities } from "./names.ts";
import { drawnBy } from "./drawn-by.ts";
import { byName } from "../../format/order.ts";

const shownGivers = 14;
const others = "Others";

/** What bands are as thick as: what flows is worth to its givers or costs; where nobody has valued any of it, how many assignments it is. */
type Measure = Readonly<{ of: (flow: PlanFlow) => number; words: (amount: number) => string }>;

/** From givers over capabilities to priorities, one stream at a time: by value, since kinds of different things make no other sum. */
export function FlowsFigure({ plan }: Readonly<{ plan: PlanView }>) {
  const streams = [...new Set(plan.flows.map((flow) => flow.stream))];
  const [chosen, choose] = useState<string | undefined>(undefined);
  const capability = useCapabilities();
  const stream = chosen ?? streams[0];
  if (stream === undefined) return null;
  const flows = plan.flows.filter((flow) => flow.stream === stream);
  const measure = measureOf(plan, flows);
  return (
    <Figure
      title="From givers to needs"
      className="span-12"
      text={textOf(flows, measure)}
      {...drawnBy(plan, plan.currency)}
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
          { key: "value", label: `Value, ${plan.currency}`, kind: "decimal" },
          { key: "assignments", label: "Assignments", kind: "count" },
          { key: "unvalued", label: "Of them not valued", kind: "count" },
        ],
        rows: flows.map((flow) => [
          flow.giverName,
          capability(flow.capability),
          String(flow.priority),
          flow.unvalued === flow.assignments ? null : flow.value,
          String(flow.assignments),
          String(flow.unvalued),
        ]),
      }}
      note="Valued as each giver states what a piece of its own is worth; what is bought, at its price. Parts of packages are included. What was placed before the plan and what no giver has valued has no value here."
    >
      <Ribbons
        title={`${streamWords(stream)} from givers over capabilities to priorities`}
        ribbons={ribbonsOf(flows, capability, measure)}
        words={measure.words}
      />
    </Figure>
  );
}

function measureOf({ currency }: PlanView, flows: readonly PlanFlow[]): Measure {
  if (flows.every((flow) => flow.unvalued === flow.assignments))
    return { of: (flow) => flow.assignments, words: (amount) => counted(amount, "assignment") };
  return { of: (flow) => lengthOf(flow.value), words: (amount) => moneyWords(currency, amount.toFixed(2)) };
}

function textOf(flows: readonly PlanFlow[], { of, words }: Measure): string {
  const sum = (part: (flow: PlanFlow) => number) => flows.reduce((total, flow) => total + part(flow), 0);
  const [largest] = sums(flows, of);
  const [all, without] = [sum((flow) => flow.assignments), sum((flow) => flow.unvalued)];
  const most = `${words(sum(of))}, most of it from ${largest?.[0] ?? "nobody"}: ${words(largest?.[1] ?? 0)}.`;
  if (without === all) return `No giver has valued any of it. ${most}`;
  return `${most}${without === 0 ? "" : ` ${without} of ${counted(all, "assignment")} are not valued and not drawn.`}`;
}

function sums(flows: readonly PlanFlow[], of: Measure["of"]): readonly (readonly [string, number])[] {
  const found = new Map<string, number>();
  for (const flow of flows) found.set(flow.giverName, (found.get(flow.giverName) ?? 0) + of(flow));
  return [...found].toSorted(([one, a], [other, b]) => b - a || byName(one, other));
}

/** The largest givers by name, the rest together. */
function ribbonsOf(flows: readonly PlanFlow[], capability: (id: string) => string, { of }: Measure): readonly Ribbon[] {
  const large = new Set(
    sums(flows, of)
      .slice(0, shownGivers)
      .map(([name]) => name),
  );
  return flows
    .filter((flow) => of(flow) > 0)
    .map((flow) => ({
      path: [
        large.has(flow.giverName) ? flow.giverName : others,
        capability(flow.capability),
        `Priority ${flow.priority}`,
      ],
      amount: of(flow),
    }));
}
