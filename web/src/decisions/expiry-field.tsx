import { useQuery } from "@tanstack/react-query";
import { useId } from "react";
import { api } from "../api/client.ts";
import { cutUp, formatInstant, fromField, readerZone, toField, zoneCity } from "../format/instants.ts";
import { useServerNow, type Told } from "./clock.tsx";

const hours = [24, 48, 72] as const;

/** When a silence runs out: day and time by the reader's clocks, said in UTC beside it. */
export function ExpiryField({
  label,
  value,
  onChange,
  told,
  procedure,
  after,
}: Readonly<{
  label: string;
  value: string;
  onChange: (value: string) => void;
  told: Told;
  procedure: string;
  /** The expiry so far, which a new one has to be later than. */
  after?: string | null;
}>) {
  const id = useId();
  const usual = useQuery({
    queryKey: ["procedure", procedure, undefined],
    queryFn: ({ signal }) => api.procedure(procedure, undefined, signal),
  }).data?.deadline;
  const now = useServerNow(told);
  const at = fromField(value);
  const zone = readerZone();
  const inHours = (number: number) => {
    const start = after == null ? now : Date.parse(after);
    // To the next whole minute, as the field has no seconds.
    onChange(toField(new Date(Math.ceil((start + number * 3_600_000) / 60_000) * 60_000).toISOString()));
  };
  return (
    <div className="form-field form-expiry">
      <label htmlFor={id}>
        {label}, by the clocks of {zoneCity(zone)}
      </label>
      <span className="expiry-row">
        <input
          id={id}
          type="datetime-local"
          required
          value={value}
          min={after == null ? undefined : toField(after)}
          aria-describedby={`${id}hint`}
          onChange={(event) => onChange(event.target.value)}
        />
        {hours.map((number) => (
          <button key={number} type="button" onClick={() => inHours(number)}>
            {after == null ? "in " : "+ "}
            {number} h
          </button>
        ))}
      </span>
      <p id={`${id}hint`} className="hint">
        {at !== null && (
          <>
            That is <b>{formatInstant(at, "UTC")} UTC</b>
            {zone !== "Europe/Brussels" && `, ${formatInstant(at, "Europe/Brussels")} in Brussels`}
            {restWords(Date.parse(at) - now)}.
          </>
        )}
        {usual != null && <> {usual.says}</>}
      </p>
    </div>
  );
}

function restWords(milliseconds: number): string {
  if (milliseconds <= 0) return "; that is past";
  const [days, hour, minutes] = cutUp(milliseconds);
  if (days > 0) return `; in ${days} d ${hour} h`;
  return `; in ${hour} h ${minutes} min`;
}
