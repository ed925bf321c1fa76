import type { ReactNode } from "react";
import type { Group, Milestone } from "../../../src/core/views.ts";
import { formatDated, formatDay } from "../format/days.ts";
import { useAppSearch } from "../frame/hooks.ts";
import { SourceLine } from "../parts/source-line.tsx";
import { DecisionOf } from "./words.tsx";
import { inOrder } from "../format/order.ts";

type Event = Readonly<{ on: string; day: string; what: string; from: ReactNode }>;

/** The group's milestones, and when it came under another or another under it, oldest first. */
export function History({ group, milestones }: Readonly<{ group: Group; milestones: readonly Milestone[] }>) {
  const { as_of = "9999" } = useAppSearch();
  const events: readonly Event[] = [
    ...milestones
      .filter((milestone) => milestone.group === group.slug && milestone.on <= as_of)
      .map((milestone) => ({
        on: milestone.on,
        day: formatDated(milestone.on, milestone.precision),
        what: milestone.title,
        from: <SourceLine source={milestone.source} />,
      })),
    ...[
      ...group.under.map((takeover) => [takeover, `It comes under ${takeover.name}`, `It is its own again`] as const),
      ...group.formats.map(
        (takeover) => [takeover, `${takeover.name} comes under it`, `${takeover.name} is its own again`] as const,
      ),
    ].flatMap(([takeover, begins, ends]) => {
      const from = <DecisionOf takeover={takeover} />;
      const { until } = takeover;
      return [
        { on: takeover.from, day: formatDay(takeover.from), what: `${begins}.`, from },
        ...(until === null ? [] : [{ on: until, day: `After ${formatDay(until)}`, what: `${ends}.`, from }]),
      ];
    }),
  ];
  if (events.length === 0) return null;
  return (
    <section className="figure">
      <h2>History</h2>
      <ol className="chain milestones">
        {events
          .toSorted((a, b) => inOrder(a.on, b.on))
          .map((event) => (
            <li key={`${event.on} ${event.what}`}>
              <p>
                <b>{event.day}</b>
              </p>
              <p>{event.what}</p>
              <p className="hint">{event.from}</p>
            </li>
          ))}
      </ol>
    </section>
  );
}
