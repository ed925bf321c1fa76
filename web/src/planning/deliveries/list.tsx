import { Link } from "@tanstack/react-router";
import type { ConsignmentRow, StatePieces } from "../../../../src/core/views-delivery.ts";
import { counted, formatCount } from "../../format/amounts.ts";
import { formatDay } from "../../format/days.ts";
import { keepFrame } from "../../frame/search.ts";
import { Listing, type Column } from "../../parts/listing.tsx";
import { countedIn, giversWords, itemsWords, stateClass, statesWords, streamNames, watchWords } from "./words.ts";

/** Consignments with where their pieces stand, when they are due, and what is the matter with them. */
export function ConsignmentsTable({
  consignments,
  file,
}: Readonly<{ consignments: readonly ConsignmentRow[]; file: string }>) {
  return (
    <>
      <StagesKey />
      <Listing caption="Consignments" file={file} rows={consignments} rowKey={(one) => one.id} columns={columns} />
    </>
  );
}

/** What the colours of the stages mean. */
export function StagesKey() {
  const names = [
    ["said", "not begun"],
    ["bound", "contracted"],
    ["placed", "on its way"],
    ["moved", "handed over"],
    ["received", "signed for"],
  ] as const;
  return (
    <p className="legend" aria-hidden="true">
      {names.map(([name, words]) => (
        <span key={name}>
          <i className={`swatch-class-${name}`} /> {words}
        </span>
      ))}
      <span>
        <i className="flow-late" /> lost, damaged or gone back
      </span>
    </p>
  );
}

/** The pieces of a consignment by stage, as parts of one bar. */
export function StagesBar({ states }: Readonly<{ states: readonly StatePieces[] }>) {
  const all = Math.max(
    states.reduce((sum, { pieces }) => sum + pieces, 0),
    1,
  );
  const parts = states.map((state, index) => ({
    ...state,
    from: states.slice(0, index).reduce((sum, { pieces }) => sum + pieces, 0),
  }));
  return (
    <svg className="line-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect width={100} height={10} className="flow-open" />
      {parts.map(({ state, pieces, from }) => (
        <rect
          key={state}
          x={(from / all) * 100}
          width={(pieces / all) * 100}
          height={10}
          className={stateClass(state)}
        />
      ))}
    </svg>
  );
}

export function ConsignmentLink({ id, title }: Readonly<{ id: string; title?: string }>) {
  return (
    <Link to="/deliveries/$id" params={{ id }} search={keepFrame()} preload={false}>
      {title === undefined || title === "" ? id : title}
    </Link>
  );
}

const columns: readonly Column<ConsignmentRow>[] = [
  {
    key: "consignment",
    label: "Consignment",
    value: (one) => one.id,
    cell: (one) => (
      <>
        <ConsignmentLink id={one.id} title={one.title} />
        <span className="line-purpose">
          {one.title === "" ? "" : `${one.id}: `}
          {itemsWords(one)}
          {one.givers.length > 0 && ` from ${giversWords(one)}`}
        </span>
      </>
    ),
  },
  {
    key: "hub",
    label: "Through",
    value: (one) => one.hubName,
    cell: (one) => (
      <span>
        {one.hubName}
        {one.carrier !== null && <span className="line-purpose">by {one.carrier}</span>}
      </span>
    ),
  },
  { key: "stream", label: "Stream", value: (one) => streamNames[one.stream] },
  {
    key: "pieces",
    label: "Pieces",
    number: true,
    value: (one) => String(one.pieces),
    cell: (one) => (
      <span>
        {formatCount(one.pieces)}
        {one.stream !== "materiel" && <span className="line-purpose">{countedIn(one.stream)}</span>}
      </span>
    ),
  },
  {
    key: "bar",
    label: "On its way",
    screenOnly: true,
    value: () => "",
    cell: (one) => <StagesBar states={one.states} />,
  },
  { key: "states", label: "Stands", value: (one) => statesWords(one.states) },
  {
    key: "due",
    label: "Due by",
    value: (one) => one.dueUntil,
    cell: (one) => <span className="nowrap">{formatDay(one.dueUntil)}</span>,
  },
  {
    key: "last",
    label: "Last reported",
    value: (one) => (one.lastEvent === null ? null : `${one.lastEvent.name} ${one.lastEvent.on}`),
    cell: (one) =>
      one.lastEvent === null ? (
        "nothing"
      ) : (
        <span>
          {one.lastEvent.name}
          <span className="line-purpose">{formatDay(one.lastEvent.on)}</span>
        </span>
      ),
  },
  {
    key: "matter",
    label: "To ask after",
    value: (one) => matterOf(one),
    cell: (one) => <span className="late">{matterOf(one)}</span>,
  },
];

function matterOf({ watch, openQueries }: ConsignmentRow): string {
  return [
    ...watch.map((kind) => watchWords[kind]),
    ...(openQueries > 0 ? [counted(openQueries, "open query", "open queries")] : []),
  ].join(", ");
}
