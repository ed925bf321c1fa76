import { clock, type EventType, type Procedure, type StepKind } from "./procedure.ts";

/** A step in the picture: its row from the top (how many ways it is from the start) and its place in the row, both from 0. */
export type DiagramNode = Readonly<{
  id: string;
  title: string;
  kind: StepKind;
  row: number;
  place: number;
  start: boolean;
}>;

/** A way between two steps. Ways that one transition of the procedure gives from several steps carry the same number. */
export type DiagramEdge = Readonly<{
  number: number;
  from: string;
  to: string;
  on: EventType | typeof clock;
  label: string;
  byClock: boolean;
}>;

/** A procedure as a picture: plain data, and the same in words (`legend`, one line a number). */
export type Diagram = Readonly<{
  id: string;
  title: string;
  summary: string;
  nodes: readonly DiagramNode[];
  edges: readonly DiagramEdge[];
  legend: readonly Readonly<{ number: number; label: string; text: string }>[];
}>;

/** The picture of a procedure, drawn from its steps and transitions alone. */
export function diagramOf(procedure: Procedure): Diagram {
  const rows = rowsOf(procedure);
  const places = new Map<number, number>();
  const nodes = procedure.steps.map((step): DiagramNode => {
    const row = rows.get(step.id) ?? 0;
    const place = places.get(row) ?? 0;
    places.set(row, place + 1);
    return { ...step, row, place, start: step.id === procedure.start };
  });
  const titles = new Map(procedure.steps.map((step) => [step.id, step.title]));
  const name = (id: string): string => titles.get(id) ?? id;
  return {
    id: procedure.id,
    title: procedure.title,
    summary: procedure.summary,
    nodes,
    edges: procedure.transitions.flatMap((way, index) =>
      way.from.map((from) => ({
        number: index + 1,
        from,
        to: way.to,
        on: way.on,
        label: way.says,
        byClock: way.on === clock,
      })),
    ),
    legend: procedure.transitions.map((way, index) => ({
      number: index + 1,
      label: way.says,
      text: `${way.says}: from ${way.from.map(name).join(", ")} to ${name(way.to)}`,
    })),
  };
}

function rowsOf(procedure: Procedure): ReadonlyMap<string, number> {
  const rows = new Map([[procedure.start, 0]]);
  for (const [step, row] of rows)
    for (const way of procedure.transitions)
      if (way.from.includes(step) && !rows.has(way.to)) rows.set(way.to, row + 1);
  return rows;
}
