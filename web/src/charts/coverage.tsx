import type { Coverage } from "../../../src/core/views-planning.ts";
import { partOf } from "../planning/words.ts";
import { useWidth } from "./use-width.ts";

/** What of a whole is planned, placed and so on, in millionths of it; null where not known. Each contains those after it. */
export type Parts = Readonly<{
  planned: number | null;
  placed: number;
  moved?: number;
  /** As givers report it: a mark on the bar, where there is anything. */
  handedOver?: number;
  confirmed: number;
}>;

/** The parts of a need, for its bar. */
export function partsOf(coverage: Coverage): Parts {
  return {
    planned: coverage.planned === null ? null : partOf(coverage, "planned"),
    placed: partOf(coverage, "placed"),
    moved: partOf(coverage, "moved"),
    confirmed: partOf(coverage, "confirmed"),
  };
}

const whole = 1_000_000;

/** A bar for a cell of a table: the need as an empty bar, filled with what is planned, placed, moved and signed for. */
export function CoverageBar({ parts }: Readonly<{ parts: Parts }>) {
  return (
    <svg className="line-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect width={100} height={10} className="flow-open" />
      {fills(parts).map(([name, part]) => (
        <rect key={name} width={part / 10_000} height={10} className={`class-${name}`} />
      ))}
    </svg>
  );
}

function fills({ planned, placed, moved, confirmed }: Parts): readonly (readonly [name: string, part: number])[] {
  return [
    ["said", planned ?? 0],
    ["placed", placed],
    ["moved", moved ?? 0],
    ["received", confirmed],
  ];
}

/** What the colours of a coverage bar mean. */
export function CoverageKey({ planned, marked = false }: Readonly<{ planned: boolean; marked?: boolean }>) {
  const names: readonly (readonly [string, string])[] = [
    ["received", "signed for"],
    ["moved", "on its way or handed over"],
    ["placed", "placed"],
    ...(planned ? [["said", "planned"] as const] : []),
  ];
  return (
    <p className="legend" aria-hidden="true">
      {names.map(([name, words]) => (
        <span key={name}>
          <i className={`swatch class-${name}`} /> {words}
        </span>
      ))}
      <span>
        <i className="swatch flow-open" /> open
      </span>
      {marked && (
        <span>
          <i className="handed-over-key" /> handed over, as givers report
        </span>
      )}
    </p>
  );
}

export type CoverageLine = Readonly<{ key: string; label: string; note: string; amount: string; parts: Parts }>;

/** One bar a line, all of the same length: the whole of what is needed, and how far it is met. */
export function CoverageLines({ lines, title }: Readonly<{ lines: readonly CoverageLine[]; title: string }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const narrow = width < 620;
  const left = narrow ? 0 : 180;
  const row = narrow ? 66 : 52;
  const aside = Math.max(...lines.map((line) => line.amount.length * 7.5), 40) + 14;
  const room = Math.max(width - left - aside, 10);
  return (
    <div ref={box} className="chart-box">
      {width > 0 && (
        <svg width={width} height={lines.length * row} role="img" aria-label={title}>
          {lines.map((line, index) => {
            const y = index * row + (narrow ? 20 : 2);
            return (
              <g key={line.key}>
                <text x={0} y={narrow ? y - 6 : y + 16} className="bar-label">
                  {line.label}
                </text>
                <rect x={left} y={y} width={room} height={22} className="flow-open" />
                {fills(line.parts).map(([name, part]) => (
                  <rect
                    key={name}
                    x={left}
                    y={y}
                    width={(part / whole) * room}
                    height={22}
                    className={`class-${name}`}
                  />
                ))}
                {(line.parts.handedOver ?? 0) > 0 && (
                  <rect
                    x={left + ((line.parts.handedOver ?? 0) / whole) * room - 1}
                    y={y - 3}
                    width={2}
                    height={28}
                    className="handed-over"
                  />
                )}
                <text x={width} y={y + 16} textAnchor="end" className="bar-amount">
                  {line.amount}
                </text>
                <text x={left} y={y + 36} className="tick">
                  {line.note}
                </text>
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}
