import { classMeanings, type BindingClass } from "../../../src/core/bindingness.ts";
import { formatAmount, lengthOf, scaleFor, shareOf, unitHead } from "../format/amounts.ts";
import { useWidth } from "./use-width.ts";

export type Step = Readonly<{
  class: BindingClass;
  amount: string | null;
  reason: string | null;
  partial?: string | null;
}>;

/** The five classes as a stair, from what was said down to what was received. Unknown steps are outlined, never drawn as nothing. */
export function Stair({
  steps,
  unit,
  chosen,
}: Readonly<{ steps: readonly Step[]; unit: string; chosen: BindingClass }>) {
  const [box, width] = useWidth<HTMLDivElement>();
  const narrow = width < 620;
  const row = narrow ? 92 : 60;
  const left = narrow ? 0 : 176;
  const bar = narrow ? 22 : 32;
  const top = narrow ? 28 : 6;
  const scale = scaleFor(steps.map((step) => step.amount));
  const most = Math.max(...steps.map((step) => lengthOf(step.amount)), 1);
  const room = Math.max(width - left - (narrow ? 4 : 150), 10);
  const base = steps.find((step) => step.amount !== null && !isPartial(step))?.amount ?? null;
  const length = (step: Step) => (step.amount === null ? 0 : Math.max((lengthOf(step.amount) / most) * room, 2));
  return (
    <div ref={box} className="chart-box stair" data-narrow={narrow}>
      {width > 0 && (
        <svg
          width={width}
          height={row * steps.length}
          role="img"
          aria-label={steps
            .map(
              (step) =>
                `${step.class}${isPartial(step) ? ` in part (${step.partial ?? ""})` : ""}: ${step.amount === null ? `not known, ${step.reason ?? ""}` : `${unit} ${formatAmount(step.amount, scale)} ${scale.word}`}`,
            )
            .join("; ")}
        >
          {steps.map((step, index) => {
            const y = index * row;
            const before = steps.slice(0, index).findLast((earlier) => earlier.amount !== null && !isPartial(earlier));
            const drop = before !== undefined && step.amount !== null && !isPartial(step) ? length(before) : null;
            const from = before === undefined ? 0 : steps.indexOf(before) * row + top + bar;
            const share = base === step.amount || isPartial(step) ? null : shareOf(step.amount, base);
            return (
              <g key={step.class} className={step.class === chosen ? "chosen" : undefined}>
                <text x={0} y={narrow ? y + 19 : y + 20} className="stair-name">
                  {step.class}
                </text>
                {!narrow &&
                  lines(classMeanings[step.class], 26).map((line, at) => (
                    <text key={line} x={0} y={y + 35 + at * 13} className="stair-meaning">
                      {line}
                    </text>
                  ))}
                {drop !== null && !narrow && (
                  <path d={`M${left + drop - 0.5},${from}V${y + top}H${left + length(step)}`} className="riser" />
                )}
                {step.amount === null ? (
                  <>
                    <rect
                      x={left + 0.5}
                      y={y + top + 0.5}
                      width={narrow ? width - 2 : room}
                      height={bar - 1}
                      className="unknown"
                    />
                    <text x={left + 10} y={y + top + bar / 2 + 4} className="stair-unknown">
                      not known
                      {!narrow && why(step.reason, room / 6.4 - 11)}
                    </text>
                    {narrow && <Below y={y + top + bar} text={step.reason ?? ""} width={width} />}
                  </>
                ) : (
                  <>
                    <rect
                      x={left}
                      y={y + top}
                      width={length(step)}
                      height={bar}
                      className={isPartial(step) ? `class-${step.class} partial` : `class-${step.class}`}
                    />
                    <text
                      x={narrow ? width : left + length(step) + 10}
                      y={narrow ? y + 19 : y + top + 22}
                      className="stair-amount"
                      textAnchor={narrow ? "end" : "start"}
                    >
                      {formatAmount(step.amount, scale)}
                      <tspan className="stair-unit"> {unitHead(unit, scale)}</tspan>
                      {share !== null && !narrow && (
                        <tspan className="stair-share" dx="8">
                          {share}
                        </tspan>
                      )}
                    </text>
                    {isPartial(step) && narrow && (
                      <Below y={y + top + bar} text={`in part: ${step.partial ?? ""}`} width={width} />
                    )}
                    {isPartial(step) && !narrow && (
                      <text x={left + length(step) + 10} y={y + top + 37} className="stair-unknown">
                        {shorten(`in part: ${step.partial ?? ""}`, (width - left - length(step) - 10) / 5.9)}
                      </text>
                    )}
                  </>
                )}
              </g>
            );
          })}
        </svg>
      )}
    </div>
  );
}

/** A remark under a bar on a phone, over two lines where one is too short. */
function Below({ y, text, width }: Readonly<{ y: number; text: string; width: number }>) {
  const letters = Math.floor(width / 5.9);
  return lines(text, letters).map((line, index) => (
    <text key={line} x={0} y={y + 14 + index * 14} className="stair-unknown">
      {shorten(line, letters)}
    </text>
  ));
}

function isPartial(step: Step): boolean {
  return step.partial !== undefined && step.partial !== null && step.partial !== "";
}

/** The reason after "not known": a sentence of its own after a stop, else after a colon. */
function why(reason: string | null, letters: number): string {
  if (reason === null || reason === "") return "";
  return `${/^[A-Z][a-z ]/.test(reason) ? ". " : ": "}${shorten(reason, letters)}`;
}

/** Breaks words into at most two lines of about so many letters. */
function lines(text: string, letters: number): readonly string[] {
  if (text.length <= letters) return [text];
  const cut = text.lastIndexOf(" ", letters);
  return [text.slice(0, cut), text.slice(cut + 1)];
}

function shorten(text: string, letters: number): string {
  return text.length <= letters ? text : `${text.slice(0, Math.max(letters - 1, 8)).trimEnd()}\u2026`;
}
