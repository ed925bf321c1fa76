import { Link } from "@tanstack/react-router";
import type { Takeover } from "../../../src/core/views.ts";
import { formatDay } from "../format/days.ts";
import { keepFrame } from "../frame/search.ts";

/** "from 1 January 2025", and to when where it has ended; nothing where neither day is on record. */
export function spanWords({ from, until }: Readonly<{ from: string | null; until: string | null }>): string {
  return [
    ...(from === null ? [] : [`from ${formatDay(from)}`]),
    ...(until === null ? [] : [`to ${formatDay(until)}`]),
  ].join(" ");
}

/** The decision of a takeover by its title, leading to its page. */
export function DecisionOf({ takeover }: Readonly<{ takeover: Takeover }>) {
  return (
    <Link to="/decisions/$id" params={{ id: takeover.decision }} search={keepFrame()} preload={false}>
      {"\u201c"}
      {takeover.title}
      {"\u201d"}
    </Link>
  );
}
