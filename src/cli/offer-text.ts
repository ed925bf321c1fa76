import type { OfferList, OfferRow, OfferView } from "#core/views-planning.ts";
import { headText, placedText } from "./need.ts";
import { plural, unitWord } from "./counted.ts";
import { groupDigits, tableText, type Column } from "./output.ts";
import { historyText } from "./records.ts";

const columns: readonly Column<OfferRow>[] = [
  { title: "offer", cell: (row) => row.id },
  { title: "giver", cell: (row) => row.giverName },
  { title: "what", cell: (row) => row.itemName },
  { title: "offered", cell: (row) => groupDigits(row.quantity), right: true },
  { title: "placed", cell: (row) => groupDigits(row.placed), right: true },
  { title: "left", cell: (row) => groupDigits(row.left), right: true },
  { title: "", cell: (row) => unitWord(row, row.left) },
  { title: "from", cell: (row) => row.from },
  { title: "until", cell: (row) => row.until },
  { title: "why not planned with", cell: (row) => row.unused?.says ?? "" },
];

export function offerListText({ head, items, total, open, waiting, withdrawn }: OfferList): string {
  if (total === 0)
    return `No such offer is on record in ${head.book}. Enter some: npx mainstay offer template offers.xlsx, then npx mainstay offer import offers.xlsx --book ${head.book}\n`;
  return [
    headText(head, `${total} ${total === 1 ? "offer" : "offers"} to ${head.recipientName}`),
    tableText(columns, items),
    `Can be planned with ${open}, waiting for a consent ${waiting}, withdrawn ${withdrawn}.\n`,
  ].join("\n");
}

export function offerText(offer: OfferView): string {
  const { head, unused, source, valuation } = offer;
  return [
    `${offer.title} (${offer.id})`,
    headText(head, `Offered by ${offer.giverName} to ${head.recipientName}`),
    `${groupDigits(offer.quantity)} ${unitWord(offer, offer.quantity)} of ${offer.itemName}, from ${offer.from} to ${offer.until}${conditionText(offer)}.`,
    `Placed ${groupDigits(offer.placed)}, moved ${groupDigits(offer.moved)}, signed for ${groupDigits(offer.confirmed)}; ${groupDigits(offer.left)} left.`,
    ...(unused === null ? [] : [`${unused.says}.`]),
    ...offer.years.map(({ year, amount }) => `From ${year}: ${groupDigits(amount)} ${offer.unit}.`),
    ...limitsText(offer),
    ...(valuation === null
      ? []
      : [
          `One is worth ${groupDigits(valuation.amount)} ${valuation.currency}: ${valuation.method}; ${valuation.source}.`,
        ]),
    ...(offer.note === "" ? [] : [offer.note]),
    `Stands in the ledger as the promise ${offer.promise}. Source: ${source.title}, ${source.publisher}.`,
    "",
    ...(offer.placements.length === 0 ? [] : [placedText(offer.placements)]),
    historyText(offer.history),
  ].join("\n");
}

function conditionText({ condition, repairDays }: OfferView): string {
  return condition === "repair" ? `, after ${plural(repairDays, "day")} of repair` : condition === "new" ? ", new" : "";
}

function limitsText({
  earmark,
  caveat,
  excludes,
  hubNames,
  allOrNothing,
  consent,
  coalitionName,
  fund,
}: OfferView): string[] {
  const only = [...(earmark?.capabilities ?? []), ...(earmark?.needs ?? [])];
  return [
    only.length === 0 ? "" : `Only for ${only.join(", ")}.`,
    caveat === "" ? "" : `Caveat: ${caveat}.`,
    excludes.length === 0 ? "" : `Not for or through ${excludes.join(", ")}.`,
    hubNames === null ? "" : `Reaches ${hubNames.join(", ")}.`,
    allOrNothing ? "All or nothing." : "",
    consent.state === "given" ? `${consent.of} consents.` : "",
    coalitionName === null ? "" : `Given through ${coalitionName}.`,
    fund === null ? "" : `Given through the fund ${fund}.`,
  ].filter((line) => line !== "");
}
