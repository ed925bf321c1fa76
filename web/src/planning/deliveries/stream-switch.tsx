import type { Stream } from "../../../../src/core/bindingness.ts";
import { streamNames } from "./words.ts";

/** One stream at a time: what is counted differently is not added up. */
export function StreamSwitch({
  of,
  streams,
  stream,
  onChoose,
}: Readonly<{ of: string; streams: readonly Stream[]; stream: Stream; onChoose: (stream: Stream) => void }>) {
  if (streams.length < 2) return null;
  return (
    <p className="switch" role="group" aria-label={`Stream of ${of}`}>
      {streams.map((one) => (
        <button key={one} type="button" aria-pressed={one === stream} onClick={() => onChoose(one)}>
          {streamNames[one]}
        </button>
      ))}
    </p>
  );
}
