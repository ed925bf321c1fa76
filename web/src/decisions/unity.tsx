import { standings, type Standing } from "../../../src/core/decisions/procedure.ts";
import type { ProposalView, UnityPoint } from "../../../src/core/views-decisions.ts";
import { useWidth } from "../charts/use-width.ts";
import { Figure } from "../figure/figure.tsx";
import { formatDay } from "../format/days.ts";
import { formatMinute, readerDay } from "../format/instants.ts";
import { countWords, eventName, placeWords, standingHeads } from "./words.ts";

// From the ground up: consent, then what is less, so that what stands against it shows at the top.
const stacked: readonly Standing[] = ["for", "silent", "abstain", "constructive-abstain", "against"];

/** How unity grew or broke: who stood where after each event, as columns, with the same as a table. */
export function Unity({ view }: Readonly<{ view: ProposalView }>) {
  const points = view.unity;
  if (points.every((point) => stacked.every((standing) => standing === "silent" || point.counts[standing] === 0)))
    return null; // nobody has ever said anything
  const ways = stacked.filter((standing) => points.some((point) => point.counts[standing] > 0));
  const text = unityText(points, view.outcome !== null);
  return (
    <Figure
      title="Unity over time"
      className="span-12"
      text={text}
      frame={{ book: view.book, asOf: null, knownAt: null, boundary: "all", basis: "as-reported", unit: "parties" }}
      drawnWith={[`As of ${formatMinute(view.now)} ${placeWords()}`, view.title, "counted in parties"]}
      rows={null}
      atOnce
      table={{
        columns: [
          { key: "at", label: "When", kind: "text" },
          { key: "event", label: "After", kind: "text" },
          { key: "round", label: "Round", kind: "count" },
          { key: "text", label: "Text", kind: "count" },
          ...standings.map((standing) => ({ key: standing, label: standingHeads[standing], kind: "count" as const })),
          { key: "met", label: "Rule met", kind: "text" },
        ],
        rows: points.map((point) => [
          formatMinute(point.at),
          eventName(point.on),
          String(point.round),
          point.textVersion === null ? null : String(point.textVersion),
          ...standings.map((standing) => String(point.counts[standing])),
          point.met ? "yes" : "no",
        ]),
      }}
    >
      <Columns points={points} ways={ways} title={`Unity over time. ${text}`} />
    </Figure>
  );
}

function unityText(points: readonly UnityPoint[], decided: boolean): string {
  const said = (point: UnityPoint) =>
    standings
      .filter((standing) => standing !== "silent" && point.counts[standing] > 0)
      .map((standing) => `${point.counts[standing]} ${countWords[standing]}`)
      .join(", ") || "nobody had said anything";
  const last = points.at(-1);
  const broke = points.filter((point) => point.on === "objection");
  const rounds = last?.round ?? 0;
  return [
    rounds > 1 ? `${rounds} rounds; positions are taken anew in each.` : "",
    ...broke.map((point) => `On ${formatDay(point.at)} the silence was broken, with ${said(point)}.`),
    last === undefined
      ? ""
      : decided
        ? `At the end: ${said(last)}.`
        : `Now: ${said(last).replace("had said", "has said")}.`,
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

const [top, bottom, height] = [20, 38, 210];

function Columns({
  points,
  ways,
  title,
}: Readonly<{ points: readonly UnityPoint[]; ways: readonly Standing[]; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const whole = Math.max(...points.map((point) => standings.reduce((sum, one) => sum + point.counts[one], 0)), 1);
  const step = Math.min(Math.max(width - 4, 10) / points.length, 72);
  const size = (number: number) => (number / whole) * (height - top - bottom);
  const days = points.map((point) => readerDay(point.at));
  const marks = markedDays(days, step);
  return (
    <div className="chart-box">
      <p className="legend" aria-hidden="true">
        {ways.map((standing) => (
          <span key={standing}>
            <i className={`standing standing-${standing}`} /> {standingHeads[standing].toLowerCase()}
          </span>
        ))}
      </p>
      <div ref={box}>
        {width > 0 && (
          <svg width={width} height={height} role="img" aria-label={title}>
            {points.map((point, index) => {
              let y = height - bottom;
              return (
                <g key={index}>
                  {ways.map((standing) => {
                    const part = size(point.counts[standing]);
                    y -= part;
                    return (
                      <rect
                        key={standing}
                        x={index * step + 1}
                        y={y + (part > 2 ? 0.5 : 0)}
                        width={Math.max(step - 2, 1)}
                        height={Math.max(part - (part > 2 ? 0.5 : 0), 0)}
                        className={`standing-${standing}`}
                      >
                        <title>{`${formatMinute(point.at)}, ${eventName(point.on).toLowerCase()}: ${point.counts[standing]} ${countWords[standing]}`}</title>
                      </rect>
                    );
                  })}
                </g>
              );
            })}
            {roundStarts(points).map(({ index, round }) => (
              <g key={round}>
                <line x1={index * step} x2={index * step} y1={4} y2={height - bottom + 5} className="axis" />
                <text x={index * step + 5} y={14} className="tick">
                  {points.length * step - index * step > 60 ? `round ${round}` : round}
                </text>
              </g>
            ))}
            <line x1={0} x2={points.length * step} y1={height - bottom} y2={height - bottom} className="axis" />
            {marks.map((index) => (
              <text key={index} x={index * step + 1} y={height - bottom + 16} className="tick">
                {shortDay(days[index] ?? "")}
              </text>
            ))}
            <text x={0} y={height - 4} className="tick">
              a column after each event, {whole} parties high
            </text>
          </svg>
        )}
      </div>
    </div>
  );
}

function roundStarts(points: readonly UnityPoint[]): readonly Readonly<{ index: number; round: number }>[] {
  return points.flatMap(({ round }, index) =>
    round > 0 && round !== points[index - 1]?.round ? [{ index, round }] : [],
  );
}

/** Where a day begins, as many as there is room to write. */
function markedDays(days: readonly string[], step: number): readonly number[] {
  const marks: number[] = [];
  days.forEach((day, index) => {
    const last = marks.at(-1);
    if (day !== days[index - 1] && (last === undefined || (index - last) * step > 52)) marks.push(index);
  });
  return marks;
}

function shortDay(day: string): string {
  return formatDay(day).replace(/^(\d+)\u00a0(\w{3})\w*\u00a0\d+$/, "$1\u00a0$2");
}
