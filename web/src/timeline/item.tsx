import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { MilestoneRow } from "../../../src/core/views-milestones.ts";
import { formatDated, formatDay } from "../format/days.ts";
import { useAppSearch, useChangeSearch } from "../frame/hooks.ts";
import { Answered } from "../parts/states.tsx";
import { stating } from "./acts/panel.tsx";
import { Detail } from "./detail.tsx";
import { milestoneQuery } from "./queries.ts";
import { chanceWords, kindWords, shiftWords, standingWords } from "./words.ts";

/** A milestone in the timeline: its day, what it is, how it stands; opened, all that is known of it. */
export function Item({ row, book }: Readonly<{ row: MilestoneRow; book: string }>) {
  const { milestone, act } = useAppSearch();
  const change = useChangeSearch();
  const opened = milestone === row.id;
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (opened) place.current?.scrollIntoView({ block: "nearest" });
  }, [opened]);
  const detail = `detail-${row.id.replaceAll(/[^A-Za-z0-9-]/g, "-")}`;
  const day = row.state === "met" ? (row.happenedOn ?? row.on) : row.on;
  const precision = row.state === "met" && row.happenedOn !== null ? "day" : row.precision;
  return (
    <li ref={place} data-state={row.state} className="milestone">
      <time dateTime={day}>{formatDated(day, precision)}</time>
      <div>
        <h4>
          <button
            type="button"
            className="milestone-title"
            aria-expanded={opened}
            aria-controls={detail}
            onClick={() =>
              // A form that is open belongs to the milestone that is; the one for a new one stays.
              change({ milestone: opened ? undefined : row.id, act: act === stating ? act : undefined }, true)
            }
          >
            {row.title}
          </button>
        </h4>
        <p className="milestone-line">
          <b className="milestone-state">{standingWords(row)}</b> <Facts row={row} />
        </p>
        {row.why.map((why) => (
          <p key={why} className="milestone-why">
            {why}
          </p>
        ))}
        <div id={detail} hidden={!opened}>
          {opened && <Opened id={row.id} book={book} />}
        </div>
      </div>
    </li>
  );
}

function Facts({ row }: Readonly<{ row: MilestoneRow }>) {
  const moved = shiftWords(row);
  const facts = [
    kindWords[row.kind],
    row.owner?.name ?? row.groupName,
    row.fundTitle,
    moved === null ? null : `${moved}, first ${formatDay(row.firstOn)}`,
    row.probability === null ? null : `${chanceWords(row.probability)} to be met in time`,
  ];
  return <span className="muted">{facts.filter((one) => one !== null).join(" \u00b7 ")}</span>;
}

function Opened({ id, book }: Readonly<{ id: string; book: string }>) {
  const { known_at } = useAppSearch();
  const query = useQuery(milestoneQuery(book, id, known_at));
  return (
    <Answered query={query} what="the milestone">
      {(milestone) => <Detail milestone={milestone} />}
    </Answered>
  );
}
