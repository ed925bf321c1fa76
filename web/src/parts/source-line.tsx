import { Link } from "@tanstack/react-router";
import type { SourceRef } from "../../../src/core/views.ts";
import { formatDay } from "../format/days.ts";
import { keepFrame } from "../frame/search.ts";

/** A source by name, with publisher and date, leading to its page. */
export function SourceLine({ source }: Readonly<{ source: SourceRef }>) {
  return (
    <>
      <Link to="/sources/$id" params={{ id: source.id }} search={keepFrame()}>
        {source.title}
      </Link>{" "}
      <span className="muted">
        {source.publisher}
        {source.publishedOn !== null && `, ${formatDay(source.publishedOn)}`}
      </span>
    </>
  );
}
