import { Link } from "@tanstack/react-router";
import type { StatedNeed } from "../../../src/core/views.ts";
import { counted } from "../format/amounts.ts";
import { formatDay } from "../format/days.ts";
import { keepFrame } from "../frame/search.ts";

/** The needs that the recipient has stated in the book: what a contact group meets about. */
export function Needs({ needs }: Readonly<{ needs: readonly StatedNeed[] }>) {
  const days = needs.map((need) => need.asOf).toSorted();
  const last = days.at(-1);
  return (
    <section className="figure">
      <h2>Stated needs</h2>
      {last === undefined ? (
        <p className="muted">No stated need is on record in this book.</p>
      ) : (
        <p>
          <Link to="/needs" search={keepFrame()}>
            {counted(days.length, "item")}
          </Link>{" "}
          that the recipient said it needs {days.length === 1 ? "is" : "are"} on record, last of {formatDay(last)}. They
          are of the whole book: no source says which of them the group took up.
        </p>
      )}
    </section>
  );
}
