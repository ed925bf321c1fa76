import { Link } from "@tanstack/react-router";
import type { PlacedView } from "../../../src/core/views-planning.ts";
import { counted } from "../format/amounts.ts";
import { keepFrame } from "../frame/search.ts";
import { Listing, type Column } from "../parts/listing.tsx";
import { bare, windowWords } from "./words.ts";
import { NeedLink } from "./needs/list.tsx";

/** What was placed with a need, or of an offer: by whom, through where, when it is due, and by which decision. */
export function Placements({
  placements,
  of,
  file,
  need,
}: Readonly<{ placements: readonly PlacedView[]; of: "need" | "offer"; file: string; need?: string }>) {
  return (
    <section className="figure span-12" aria-labelledby="placements">
      <header className="figure-head">
        <h2 id="placements">{of === "need" ? "Who covers it" : "Where it goes"}</h2>
        <p className="figure-text">
          {textOf(placements, of)}{" "}
          {need !== undefined && placements.length > 0 && (
            <Link to="/deliveries" search={keepFrame({ need })} preload={false}>
              How far each is on its way
            </Link>
          )}
        </p>
      </header>
      {placements.length > 0 && (
        <Listing
          sortable
          caption={of === "need" ? "What is placed with this need" : "What of this offer is placed"}
          file={file}
          rows={placements}
          rowKey={(placed) => placed.id}
          columns={[...(of === "need" ? ofNeed : ofOffer), ...common]}
        />
      )}
    </section>
  );
}

function textOf(placements: readonly PlacedView[], of: "need" | "offer"): string {
  if (placements.length === 0)
    return of === "need"
      ? "Nothing is placed with this need. A plan proposes who gives what; once a part of it is accepted, it stands here."
      : "Nothing of this offer is placed yet.";
  const others = new Set(placements.map((placed) => (of === "need" ? placed.giver : placed.need)));
  return of === "need"
    ? `${counted(placements.length, "placement")} of ${counted(others.size, "giver")}.`
    : `${counted(placements.length, "placement")} with ${counted(others.size, "need")}.`;
}

const ofNeed: readonly Column<PlacedView>[] = [
  {
    key: "giver",
    label: "Giver",
    value: (placed) => placed.giverName,
    cell: (placed) => (
      <Link to="/nations/$id" params={{ id: placed.giver }} search={keepFrame()} preload={false}>
        {placed.giverName}
      </Link>
    ),
  },
  {
    key: "offer",
    label: "Offer",
    value: (placed) => placed.offer,
    cell: (placed) => (
      <Link to="/offers/$id" params={{ id: placed.offer }} search={keepFrame()} preload={false}>
        {placed.offer}
      </Link>
    ),
  },
];

const ofOffer: readonly Column<PlacedView>[] = [
  {
    key: "need",
    label: "Need",
    value: (placed) => placed.need,
    cell: (placed) => <NeedLink id={placed.need} title={placed.needTitle} />,
  },
];

const common: readonly Column<PlacedView>[] = [
  { key: "item", label: "Item", value: (placed) => placed.itemName },
  {
    key: "pieces",
    label: "Number",
    number: true,
    value: (placed) => String(placed.pieces),
    cell: (placed) => bare(placed.pieces),
  },
  { key: "hub", label: "Through", value: (placed) => placed.hubName },
  {
    key: "due",
    label: "Due",
    value: (placed) => placed.dueUntil,
    cell: (placed) => windowWords({ from: placed.dueFrom, until: placed.dueUntil }),
  },
  {
    key: "cost",
    label: "Cost",
    number: true,
    value: (placed) => placed.cost,
    cell: (placed) =>
      placed.cost === null ? (
        <span className="muted">given</span>
      ) : (
        `${placed.currency ?? ""}\u00a0${bare(placed.cost)}`
      ),
  },
  {
    key: "plan",
    label: "Plan",
    value: (placed) => placed.plan ?? "",
    cell: (placed) =>
      placed.plan !== null && (
        <Link to="/plans/$id" params={{ id: placed.plan }} search={keepFrame()} preload={false}>
          {placed.plan}
        </Link>
      ),
  },
  {
    key: "by",
    label: "By",
    value: (placed) => placed.proposal ?? placed.giver,
    cell: (placed) =>
      placed.proposal === null ? (
        "the giver itself"
      ) : (
        <Link to="/decisions/$id" params={{ id: placed.proposal }} search={keepFrame()} preload={false}>
          decision {placed.proposal}
        </Link>
      ),
  },
];
