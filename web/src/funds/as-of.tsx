import { formatDay } from "../format/days.ts";
import { useAppSearch, useChangeSearch } from "../frame/hooks.ts";

/** The day on which it is judged what is late, in the address as `as_of`. */
export function AsOf({ shown, says }: Readonly<{ shown: string; says: string }>) {
  const { as_of } = useAppSearch();
  const change = useChangeSearch();
  return (
    <p className="as-of">
      <label>
        <span>As of</span>{" "}
        <input
          type="date"
          name="as_of"
          value={as_of ?? shown}
          onChange={(event) => {
            if (event.target.value !== "") change({ as_of: event.target.value }, true);
          }}
        />
      </label>
      <span className="printed"> {formatDay(shown)}</span>{" "}
      {as_of !== undefined && (
        <button type="button" className="plain" onClick={() => change({ as_of: undefined }, true)}>
          Today
        </button>
      )}{" "}
      <span className="hint">{says}</span>
    </p>
  );
}
