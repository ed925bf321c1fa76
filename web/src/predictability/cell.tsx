import type { IndicatorFigure } from "../../../src/core/views-predictability.ts";
import { valueWords } from "./words.ts";

const width = 46;

/** A figure in a table: its value, with a small bar where it is a part of a hundred; pressed, it shows what it is and the rows behind it. */
export function FigureCell({
  figure,
  isPart,
  label,
  pressed,
  onOpen,
}: Readonly<{
  figure: IndicatorFigure | undefined;
  isPart: boolean;
  label: string;
  pressed: boolean;
  onOpen: () => void;
}>) {
  const value = figure?.value ?? null;
  const reason = figure?.reason ?? null;
  return (
    <button
      type="button"
      className={value === null ? "indicator-cell none" : "indicator-cell"}
      aria-pressed={pressed}
      aria-label={`${label}: ${valueWords(figure)}`}
      title={reason ?? undefined}
      onClick={onOpen}
    >
      {isPart && value !== null && <Part percent={Number(value)} />}
      <span>{valueWords(figure)}</span>
    </button>
  );
}

function Part({ percent }: Readonly<{ percent: number }>) {
  return (
    <svg className="indicator-part" width={width} height={8} aria-hidden="true">
      <rect className="whole" width={width} height={8} />
      <rect className="part" width={(Math.min(Math.max(percent, 0), 100) / 100) * width} height={8} />
    </svg>
  );
}
