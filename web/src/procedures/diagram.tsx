import { useMemo } from "react";
import { diagramSvg } from "../../../src/core/decisions/diagram-svg.ts";
import type { Diagram } from "../../../src/core/decisions/diagram.ts";

/** The picture of a procedure, drawn here so that it takes the page's colours. It scrolls sideways where the screen is narrower. */
export function ProcedureDiagram({ diagram }: Readonly<{ diagram: Diagram }>) {
  // Every text in the drawing is escaped where it is drawn.
  const drawn = useMemo(() => ({ __html: diagramSvg(diagram) }), [diagram]);
  return (
    <div
      className="procedure-diagram"
      tabIndex={0}
      role="region"
      aria-label={`Diagram: ${diagram.title}`}
      dangerouslySetInnerHTML={drawn}
    />
  );
}
