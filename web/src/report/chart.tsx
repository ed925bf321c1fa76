import { drawingOf, tableIn, type Shape } from "../../../src/core/foresight/report/drawing.ts";
import type { PledgeReport, ReportChart } from "../../../src/core/views-report.ts";
import { useWidth } from "../charts/use-width.ts";
import type { FigureColumn, FigureTable } from "../figure/data-table.tsx";
import { Figure } from "../figure/figure.tsx";
import { formatDay } from "../format/days.ts";
import { basisWords } from "../frame/search.ts";

const enlarged = 1.4; // what is drawn for paper, on a screen
const narrowest = 240; // points

/** A chart of the report in the frame of every figure: its table beside it, to cite and to save. */
export function ChartOf({ report, chart }: Readonly<{ report: PledgeReport; chart: ReportChart }>) {
  const { asOf, knownAt, frame, boundaryName } = report;
  return (
    <Figure
      title={`${chart.number}. ${chart.title}`}
      text={chart.text}
      frame={frame}
      sources={report.sources.length}
      drawnWith={[
        `As of ${formatDay(asOf)}`,
        `known at ${formatDay(knownAt)}`,
        `boundary ${boundaryName}`,
        `valued ${basisWords(frame.basis, formatDay)}`,
      ]}
      table={figuresOf(report, chart)}
      rows={null}
      atOnce
    >
      <Drawing report={report} chart={chart} />
    </Figure>
  );
}

function Drawing({ report, chart }: Readonly<{ report: PledgeReport; chart: ReportChart }>) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const { width: across, height, shapes } = drawingOf(report, chart, Math.max(narrowest, width / enlarged));
  const said = `${chart.title}. ${chart.text} The figures are in the table.`;
  return (
    <div ref={frame}>
      <svg className="report-drawing" viewBox={`0 0 ${across} ${height}`} role="img" aria-label={said}>
        {shapes.map((shape, place) => (
          <Drawn key={place} shape={shape} />
        ))}
      </svg>
    </div>
  );
}

function Drawn({ shape }: Readonly<{ shape: Shape }>) {
  const className = `report-${shape.ink}`;
  switch (shape.kind) {
    case "rect":
      return <rect className={className} x={shape.x} y={shape.y} width={shape.width} height={shape.height} />;
    case "line":
      return (
        <line
          className={className}
          x1={shape.x1}
          y1={shape.y1}
          x2={shape.x2}
          y2={shape.y2}
          strokeWidth={shape.thickness}
        />
      );
    case "text":
      return (
        <text
          className={className}
          x={shape.x}
          y={shape.y}
          fontSize={shape.size}
          textAnchor={shape.anchor}
          fontWeight={shape.bold ? 600 : 400}
        >
          {shape.text}
        </text>
      );
  }
}

/** What the chart is drawn from, to the smallest part. */
function figuresOf(report: PledgeReport, chart: ReportChart): FigureTable {
  const table = tableIn(report, chart.table);
  const places = chart.columns.map((id) => table.columns.findIndex((one) => one.id === id));
  return {
    columns: [
      { key: "name", label: table.nameHead, kind: "text" },
      ...places.map((place): FigureColumn => {
        const column = table.columns[place];
        const percent = column?.kind === "percent";
        return {
          key: column?.id ?? "",
          label: percent ? `${column.head}, %` : (column?.head ?? ""),
          kind: percent ? "decimal" : "amount",
        };
      }),
    ],
    rows: chart.rows.flatMap((id) => {
      const row = table.rows.find((one) => one.id === id);
      return row === undefined ? [] : [[row.name, ...places.map((place) => row.cells[place]?.value ?? null)]];
    }),
  };
}
