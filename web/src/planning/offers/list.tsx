import { Link } from "@tanstack/react-router";
import type { OfferRow } from "../../../../src/core/views-planning.ts";
import { lengthOf } from "../../format/amounts.ts";
import { formatDay } from "../../format/days.ts";
import { keepFrame } from "../../frame/search.ts";
import { Listing, type Column } from "../../parts/listing.tsx";
import { bare, conditionOf, consentWords, countedWords, unusedWords } from "../words.ts";

/** Offers with what of each is placed and left, and why what is left can't be planned with. */
export function OffersTable({
  offers,
  caption,
  file,
}: Readonly<{ offers: readonly OfferRow[]; caption: string; file?: string }>) {
  return (
    <>
      <OfferKey />
      <Listing
        caption={caption}
        rows={offers}
        rowKey={(offer) => offer.id}
        columns={columns}
        {...(file === undefined ? {} : { file })}
      />
    </>
  );
}

/** What the colours of an offer's bar mean. */
export function OfferKey() {
  return (
    <p className="legend" aria-hidden="true">
      <span>
        <i className="swatch class-received" /> signed for
      </span>
      <span>
        <i className="swatch class-moved" /> on its way or handed over
      </span>
      <span>
        <i className="swatch class-placed" /> placed
      </span>
      <span>
        <i className="swatch flow-open" /> left
      </span>
    </p>
  );
}

/** How much of an offer is placed, moved and signed for. */
export function OfferBar({ offer }: Readonly<{ offer: OfferRow }>) {
  const part = (amount: string) => Math.min((lengthOf(amount) / Math.max(lengthOf(offer.quantity), 1)) * 100, 100);
  return (
    <svg className="line-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect width={100} height={10} className="flow-open" />
      <rect width={part(offer.placed)} height={10} className="class-placed" />
      <rect width={part(offer.moved)} height={10} className="class-moved" />
      <rect width={part(offer.confirmed)} height={10} className="class-received" />
    </svg>
  );
}

const amount = (key: "quantity" | "placed" | "left" | "confirmed", label: string): Column<OfferRow> => ({
  key,
  label,
  number: true,
  value: (offer) => offer[key],
  cell: (offer) => bare(offer[key]),
});

const columns: readonly Column<OfferRow>[] = [
  {
    key: "offer",
    label: "Offer",
    width: "22%",
    value: (offer) => offer.title,
    cell: (offer) => (
      <>
        <Link to="/offers/$id" params={{ id: offer.id }} search={keepFrame()} preload={false}>
          {offer.title === "" ? offer.itemName : offer.title}
        </Link>
        <span className="line-purpose">{particulars(offer)}</span>
      </>
    ),
  },
  {
    key: "giver",
    label: "Giver",
    value: (offer) => offer.giverName,
    cell: (offer) => (
      <Link to="/nations/$id" params={{ id: offer.giver }} search={keepFrame()} preload={false}>
        {offer.giverName}
      </Link>
    ),
  },
  {
    key: "from",
    label: "Can leave",
    value: (offer) => offer.from,
    cell: (offer) => (
      <span className="offer-window">
        {formatDay(offer.from)} <span className="muted">to {formatDay(offer.until)}</span>
      </span>
    ),
  },
  {
    key: "bar",
    label: "Used",
    screenOnly: true,
    value: () => "",
    cell: (offer) => <OfferBar offer={offer} />,
  },
  { key: "counted", label: "In", value: (offer) => countedWords(offer) },
  amount("quantity", "Offered"),
  amount("placed", "Placed"),
  amount("confirmed", "Signed for"),
  amount("left", "Left"),
  {
    key: "unused",
    label: "Why not used",
    value: (offer) => unusedWords(offer),
    cell: (offer) =>
      offer.unused === null ? <span className="muted">can be planned with</span> : <Unused offer={offer} />,
  },
];

function Unused({ offer }: Readonly<{ offer: OfferRow }>) {
  const done = offer.unused?.code === "all-placed";
  return <span className={done ? "muted" : "unused"}>{unusedWords(offer)}</span>;
}

function particulars(offer: OfferRow): string {
  return [
    ...(offer.title === "" || offer.title === offer.itemName ? [] : [offer.itemName]),
    conditionOf(offer),
    ...(offer.consent.state === "none" ? [] : [`consent ${consentWords[offer.consent.state]}`]),
    ...(offer.allOrNothing ? ["all or nothing"] : []),
    ...(offer.restricted ? ["with conditions"] : []),
    ...(offer.coalitionName === null ? [] : [offer.coalitionName]),
  ].join(", ");
}
