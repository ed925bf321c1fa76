import { formatAmount, lengthOf, scaleFor, unitHead } from "../format/amounts.ts";
import { useWidth } from "./use-width.ts";

export type Bar = Readonly<{ label: string; amount: string | null; note?: string; colour?: string }>;

/** Horizontal bars with their amounts written out. With `signed`, decreases point left of a middle line. */
export function Bars({
  bars,
  unit,
  title,
  labelWidth = 150,
  signed = false,
}: Readonly<{ bars: readonly Bar[]; unit: string; title: string; labelWidth?: number; signed?: boolean }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const row = 34;
  const scale = scaleFor(bars.map((bar) => bar.amount));
  const lengths = bars.map((bar) => lengthOf(bar.amount));
  const [low, high] = [signed ? Math.min(0, ...lengths) : 0, Math.max(0, ...lengths)];
  const left = Math.min(labelWidth, width * 0.38);
  const aside = 74;
  const room = Math.max(width - left - aside * (low < 0 ? 2 : 1), 10);
  const place = (value: number) => left + (low < 0 ? aside : 0) + ((value - low) / Math.max(high - low, 1)) * room;
  return (
    <div ref={box} className="chart-box bars">
      {width > 0 && (
        <svg width={width} height={row * bars.length + 20} role="img" aria-label={title}>
          <text x={width} y={12} textAnchor="end" className="tick">
            {unitHead(unit, scale)}
          </text>
          {bars.map((bar, index) => {
            const size = lengths[index] ?? 0;
            const y = 20 + index * row;
            return (
              <g key={bar.label}>
                <text x={0} y={y + 15} className="bar-label">
                  {bar.label}
                </text>
                {bar.note !== undefined && (
                  <text x={0} y={y + 28} className="tick">
                    {bar.note}
                  </text>
                )}
                {bar.amount === null ? (
                  <text x={place(0) + 8} y={y + 15} className="stair-unknown">
                    not known
                  </text>
                ) : (
                  <>
                    <rect
                      x={Math.min(place(0), place(size))}
                      y={y + 3}
                      width={Math.max(Math.abs(place(size) - place(0)), 1)}
                      height={17}
                      className={bar.colour ?? (size < 0 ? "decrease" : "increase")}
                    />
                    <text
                      x={place(size) + (size < 0 ? -7 : 7)}
                      y={y + 16}
                      textAnchor={size < 0 ? "end" : "start"}
                      className="bar-amount"
                    >
                      {formatAmount(bar.amount, scale)}
                    </text>
                  </>
                )}
              </g>
            );
          })}
          {low < 0 && <line x1={place(0)} x2={place(0)} y1={18} y2={20 + row * bars.length} className="axis" />}
        </svg>
      )}
    </div>
  );
}
