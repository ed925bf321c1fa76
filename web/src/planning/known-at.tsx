import { formatDay } from "../format/days.ts";
import { useAppSearch, useChangeSearch } from "../frame/hooks.ts";
import { Empty } from "../parts/states.tsx";

/** The day at whose end the record is shown, in the address as `known_at`: what was said later is left out. */
export function KnownAt() {
  const { known_at } = useAppSearch();
  const change = useChangeSearch();
  return (
    <p className="as-of">
      <label>
        <span>Known at</span>{" "}
        <input
          type="date"
          name="known_at"
          value={known_at?.slice(0, 10) ?? ""}
          onChange={(event) => {
            const day = event.target.value;
            if (day === "" || Number(day.slice(0, 4)) >= 1990) change({ known_at: day || undefined }, true);
          }}
        />
      </label>
      <span className="printed"> {known_at === undefined ? "latest" : formatDay(known_at)}</span>{" "}
      {known_at !== undefined && (
        <button type="button" className="plain" onClick={() => change({ known_at: undefined }, true)}>
          Latest
        </button>
      )}{" "}
      <span className="hint">
        {known_at === undefined ? "Everything on record." : "What was said after that day is left out."}
      </span>
    </p>
  );
}

/** Nothing was on record by a day. */
export function NotKnownYet({ what, day }: Readonly<{ what: "need" | "offer"; day: string }>) {
  const change = useChangeSearch();
  return (
    <Empty title={`No ${what} was known by ${formatDay(day)}.`}>
      <p>
        <button type="button" className="plain" onClick={() => change({ known_at: undefined }, true)}>
          Show what is known now
        </button>
        , or choose a later day above.
      </p>
    </Empty>
  );
}
