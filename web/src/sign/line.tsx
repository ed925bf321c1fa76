import type { SignView } from "../../../src/core/views-delivery.ts";

export type LineToSign = SignView["lines"][number];

const most = 1_000_000_000_000;

/** One line with its count: less, more, or typed. */
export function CountedLine({
  line,
  pieces,
  onCount,
}: Readonly<{ line: LineToSign; pieces: number; onCount: (pieces: number) => void }>) {
  const name = `${line.itemName} from ${line.giverName}`;
  const set = (next: number) => onCount(Math.min(most, Math.max(0, next)));
  return (
    <li className="sign-line">
      <h2 id={`line-${line.line}`}>
        {line.itemName} <span>from {line.giverName}</span>
      </h2>
      <div className="sign-count" role="group" aria-labelledby={`line-${line.line}`}>
        <button type="button" aria-label={`One less: ${name}`} disabled={pieces === 0} onClick={() => set(pieces - 1)}>
          {"\u2212"}
        </button>
        <input
          inputMode="numeric"
          aria-label={`Received: ${name}`}
          value={pieces}
          onFocus={(event) => event.target.select()}
          onChange={(event) => set(Number(event.target.value.replaceAll(/\D/g, "").slice(0, 12)))}
        />
        <button type="button" aria-label={`One more: ${name}`} onClick={() => set(pieces + 1)}>
          +
        </button>
      </div>
      <p className="sign-says">{differenceOf(line, pieces)}</p>
    </li>
  );
}

/** What a count means beside what was reported. */
function differenceOf({ awaiting, confirmed }: LineToSign, pieces: number): string {
  const before = confirmed === 0 ? "" : ` ${confirmed} were signed for before.`;
  if (pieces === awaiting) return `${awaiting} reported.${before}`;
  const change = pieces < awaiting ? `${awaiting - pieces} fewer` : `${pieces - awaiting} more`;
  return `${awaiting} reported, ${change}: a question opens that both sides see.${before}`;
}
