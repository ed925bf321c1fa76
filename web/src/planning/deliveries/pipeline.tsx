import { Link } from "@tanstack/react-router";
import type { CSSProperties } from "react";
import type { DeliveryPicture } from "../../../../src/core/views-delivery-picture.ts";
import type { FigureTable } from "../../figure/data-table.tsx";
import { Figure } from "../../figure/figure.tsx";
import { counted, formatCount } from "../../format/amounts.ts";
import type { AppSearch } from "../../frame/search.ts";
import { drawnWith } from "../words.ts";
import { countedIn, piecesWords, stateClass, streamNames } from "./words.ts";

/** So many stages have room on half of the page. */
const halfWide = 5;

type StreamLine = DeliveryPicture["pipeline"][number];
type Stage = Readonly<{
  state: string;
  name: string;
  pieces: number;
  consignments: number | null; // null: in none
}>;

/** Where everything is on its way: for each stream its stages as columns, with the pieces that stand there. */
export function Pipeline({ picture }: Readonly<{ picture: DeliveryPicture }>) {
  const { pipeline, head } = picture;
  return (
    <Figure
      title="Where it is on its way"
      className="span-12"
      atOnce
      drawing={false}
      text={textOf(picture)}
      {...drawnWith(head, "pieces")}
      rows={null}
      json={pipeline}
      table={tableOf(pipeline)}
      note="Each piece stands in one stage. A stage leads to the consignments that have pieces in it."
    >
      <div className="pipelines">
        {pipeline.map((line) => (
          <StreamStages key={line.stream} line={line} />
        ))}
      </div>
    </Figure>
  );
}

function stagesOf({ uncarried, states }: StreamLine): readonly Stage[] {
  const waiting = { state: "", name: "In no consignment yet", pieces: uncarried, consignments: null };
  return [...(uncarried > 0 ? [waiting] : []), ...states];
}

function textOf({ pipeline }: DeliveryPicture): string {
  const parts = pipeline.map(({ stream, uncarried, states }) => {
    const all = states.reduce((sum, { pieces }) => sum + pieces, uncarried);
    const there = states.filter(({ state }) => stateClass(state) === "class-received");
    const signed = there.reduce((sum, { pieces }) => sum + pieces, 0);
    return `${streamNames[stream]}: ${formatCount(signed)} of ${piecesWords(stream, all)} signed for`;
  });
  return `${parts.join("; ")}.`;
}

function StreamStages({ line }: Readonly<{ line: StreamLine }>) {
  const { stream } = line;
  const stages = stagesOf(line);
  const most = Math.max(...stages.map(({ pieces }) => pieces), 1);
  return (
    <section aria-label={streamNames[stream]} data-long={stages.length > halfWide}>
      <h3>
        {streamNames[stream]} <small className="muted">{countedIn(stream)}</small>
      </h3>
      <ol className="pipeline">
        {stages.map((stage) => (
          <li key={stage.state} data-trouble={stateClass(stage.state) === "flow-late"}>
            <span className="pipeline-bar" aria-hidden="true">
              <span
                className={stage.state === "" ? "flow-open" : `swatch-${stateClass(stage.state)}`}
                style={partOf(stage.pieces, most)}
              />
            </span>
            <b>{formatCount(stage.pieces)}</b> <StageName stream={stream} stage={stage} />
            {stage.consignments !== null && (
              <span className="muted">in {counted(stage.consignments, "consignment")}</span>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** How long a bar is, for the style sheet: it lies on a phone and stands elsewhere. */
function partOf(pieces: number, most: number): CSSProperties {
  return { "--part": `${Math.max((pieces / most) * 100, 2)}%` } as CSSProperties;
}

function StageName({ stream, stage }: Readonly<{ stream: StreamLine["stream"]; stage: Stage }>) {
  if (stage.consignments === null) return <span>{stage.name}</span>;
  return (
    <Link
      to="."
      hash="list"
      search={(previous: AppSearch) => ({ ...previous, stream, state: stage.state })}
      aria-label={`${stage.name}: the consignments`}
    >
      {stage.name}
    </Link>
  );
}

function tableOf(pipeline: DeliveryPicture["pipeline"]): FigureTable {
  return {
    columns: [
      { key: "stream", label: "Stream", kind: "text" },
      { key: "stage", label: "Stage", kind: "text" },
      { key: "pieces", label: "Pieces", kind: "count" },
      { key: "counted_in", label: "Counted in", kind: "text" },
      { key: "consignments", label: "Consignments", kind: "count" },
    ],
    rows: pipeline.flatMap((line) =>
      stagesOf(line).map(({ name, pieces, consignments }) => [
        streamNames[line.stream],
        name,
        String(pieces),
        countedIn(line.stream),
        String(consignments ?? 0),
      ]),
    ),
  };
}
