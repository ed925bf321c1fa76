import { clock, isOpen, type EventType, type Procedure, type Step, type StepKind } from "./procedure.ts";

/**
 * A step in the picture, its row counted from 0 at the top. The steps that lead to the decision stand one under the other in column 0; those that end it
 * otherwise in column 1.
 */
export type DiagramNode = Readonly<{
  id: string;
  title: string;
  kind: StepKind;
  row: number;
  column: 0 | 1;
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
  const main = procedure.steps.filter((step) => isMain(step.kind));
  const aside = procedure.steps.filter((step) => !isMain(step.kind));
  const nodeOf = (step: Step, row: number, column: 0 | 1): DiagramNode => ({
    ...step,
    row,
    column,
    start: step.id === procedure.start,
  });
  const nodes = [
    ...main.map((step, row) => nodeOf(step, row, 0)),
    ...aside.map((step, place) => nodeOf(step, Math.max(0, main.length - aside.length) + place, 1)),
  ];
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

function isMain(kind: StepKind): boolean {
  return isOpen(kind) || kind === "adopted";
}
