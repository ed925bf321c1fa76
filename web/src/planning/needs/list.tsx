import { Link } from "@tanstack/react-router";
import type { Coverage, NeedRow } from "../../../../src/core/views-planning.ts";
import { CoverageBar, CoverageKey, partsOf } from "../../charts/coverage.tsx";
import { formatDay } from "../../format/days.ts";
import { keepFrame } from "../../frame/search.ts";
import { Listing, type Column } from "../../parts/listing.tsx";
import { bare, countedWords } from "../words.ts";

/** Needs with how far each is met, in the order they come. `file`: the name of the CSV of the rows shown. */
export function NeedsTable({
  needs,
  planned,
  caption,
  file,
}: Readonly<{ needs: readonly NeedRow[]; planned: boolean; caption: string; file?: string }>) {
  return (
    <>
      <CoverageKey planned={planned} />
      <Listing
        caption={caption}
        rows={needs}
        rowKey={(need) => need.id}
        columns={columnsOf(
          planned,
          needs.some((need) => need.coverage.placed > 0),
        )}
        {...(file === undefined ? {} : { file })}
      />
    </>
  );
}

export function NeedLink({ id, title }: Readonly<{ id: string; title: string }>) {
  return (
    <Link to="/needs/$id" params={{ id }} search={keepFrame()} preload={false}>
      {title === "" ? id : title}
    </Link>
  );
}

/** `begun`: something is placed, so that a need with nothing stands out. */
function columnsOf(planned: boolean, begun: boolean): readonly Column<NeedRow>[] {
  const step = (key: keyof Coverage, label: string): Column<NeedRow> => ({
    key,
    label,
    number: true,
    value: (need) => String(need.coverage[key] ?? ""),
    cell: (need) => (
      <span className={begun && key === "placed" && need.coverage.placed === 0 ? "late" : undefined}>
        {need.coverage[key] === null ? "not planned" : bare(need.coverage[key])}
      </span>
    ),
  });
  return [
    {
      key: "need",
      label: "Need",
      value: (need) => need.title,
      cell: (need) => (
        <>
          <NeedLink id={need.id} title={need.title} />
          {need.state === "withdrawn" && <span className="ended"> withdrawn</span>}
          <span className="line-purpose">{particulars(need)}</span>
        </>
      ),
    },
    { key: "priority", label: "Priority", number: true, value: (need) => String(need.priority) },
    {
      key: "until",
      label: "Wanted by",
      value: (need) => need.until,
      cell: (need) => <span className="nowrap">{formatDay(need.until)}</span>,
    },
    {
      key: "bar",
      label: "Met so far",
      screenOnly: true,
      value: () => "",
      cell: (need) => <CoverageBar parts={partsOf(need.coverage)} />,
    },
    { key: "counted", label: "In", value: (need) => countedWords(need) },
    step("needed", "Needed"),
    ...(planned ? [step("planned", "Planned")] : []),
    step("placed", "Placed"),
    step("moved", "Moved"),
    step("confirmed", "Signed for"),
  ];
}

function particulars(need: NeedRow): string {
  return [
    need.itemName,
    ...(need.substitutes > 0
      ? [need.substitutes === 1 ? "or one substitute" : `or one of ${need.substitutes} substitutes`]
      : []),
    ...(need.parts > 0 ? [need.parts === 1 ? "with one more part" : `with ${need.parts} more parts`] : []),
    ...(need.place === null ? [] : [`at ${need.placeName ?? need.place}`]),
    ...(need.coalitionName === null ? [] : [need.coalitionName]),
  ].join(", ");
}
