import { useEffect, useEffectEvent, useState } from "react";
import { coarseWords, cutUp, formatInstant, readerZone, zoneCity } from "../format/instants.ts";

/** The server's clock, as told in an answer that came at a time of this machine's clock. */
export type Told = Readonly<{ now: string; receivedAt: number }>;

/** Milliseconds since 1970 by the server's clock, anew with each second of it. */
export function useServerNow({ now, receivedAt }: Told): number {
  const ahead = Date.parse(now) - receivedAt;
  const [shown, setShown] = useState(() => Date.now() + ahead);
  useEffect(() => {
    let timer = 0;
    const tick = () => {
      const at = Date.now() + ahead;
      setShown(at);
      timer = window.setTimeout(tick, 1000 - (at % 1000));
    };
    tick();
    return () => window.clearTimeout(timer);
  }, [ahead]);
  return shown;
}

/** Milliseconds until an instant by the server's clock; `onEnd` once when none are left. */
function useLeft(at: string, told: Told, onEnd: () => void): number {
  const left = Date.parse(at) - useServerNow(told);
  const over = left <= 0;
  const ended = useEffectEvent(onEnd);
  useEffect(() => {
    if (over) ended();
  }, [over, told.receivedAt]);
  return left;
}

const two = (number: number) => String(number).padStart(2, "0");

/** The clock of a silence, counting down by the server's time. */
export function SilenceClock({
  expiresAt,
  told,
  onEnd,
}: Readonly<{ expiresAt: string; told: Told; onEnd: () => void }>) {
  const left = useLeft(expiresAt, told, onEnd);
  const [days, hours, minutes, seconds] = cutUp(left);
  const zone = readerZone();
  return (
    <div className="clock">
      <p className="clock-digits" role="timer" aria-label="Time left">
        {days > 0 && (
          <>
            <b>{days}</b> <small>{days === 1 ? "day" : "days"}</small>{" "}
          </>
        )}
        <b>{two(hours)}</b>:<b>{two(minutes)}</b>:<b>{two(seconds)}</b>
      </p>
      <p className="out-of-sight" role="status">
        Silence: {coarseWords(left)}.
      </p>
      <p className="clock-until">
        {left > 0 ? "until" : "ran out at"} <time dateTime={expiresAt}>{formatInstant(expiresAt, zone)}</time>
        {zone !== "UTC" && <> in {zoneCity(zone)}</>}
        {zone !== "UTC" && <span className="muted"> · {formatInstant(expiresAt, "UTC")} UTC</span>}
        {zone === "UTC" && " UTC"}
      </p>
    </div>
  );
}

/** The time left in a row of a list. */
export function TimeLeft({ expiresAt, told, onEnd }: Readonly<{ expiresAt: string; told: Told; onEnd: () => void }>) {
  const left = useLeft(expiresAt, told, onEnd);
  const [days, hours, minutes, seconds] = cutUp(left);
  return (
    <span className="time-left" role="timer" aria-label="Time left">
      {days > 0 && `${days} ${days === 1 ? "day" : "days"} `}
      {two(hours)}:{two(minutes)}:{two(seconds)}
    </span>
  );
}
