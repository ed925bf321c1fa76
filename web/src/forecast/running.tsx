import type { Followed } from "./use-followed.ts";
import { Refusal } from "../parts/refusal.tsx";

/** How far a forecast is, with a way to stop it; why there is none, with a way to try again. */
export function Running<T>({ followed, what }: Readonly<{ followed: Followed<T>; what: string }>) {
  const { progress, error, isStopped, stop, again } = followed;
  if (progress !== null) {
    const percent = Math.round(progress.done * 100);
    return (
      <div className="forecast-running" role="status">
        <label>
          <span>
            {what}: {progress.step.toLowerCase()}, {percent}&nbsp;%
          </span>
          <progress max={100} value={percent} />
        </label>
        <button type="button" onClick={stop}>
          Stop
        </button>
      </div>
    );
  }
  if (error === null && !isStopped) return null;
  return (
    <div className="forecast-running">
      {error === null ? <p role="status">{what} was stopped.</p> : <Refusal error={error} />}
      <button type="button" onClick={again}>
        Try again
      </button>
    </div>
  );
}
