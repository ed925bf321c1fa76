import { useState } from "react";
import type { Stream } from "../../../../src/core/bindingness.ts";
import type { ArrivalMonth, DeliveryPicture } from "../../../../src/core/views-delivery-picture.ts";
import { ArrivalColumns } from "../../charts/arrivals.tsx";
import { Figure } from "../../figure/figure.tsx";
import { formatCount } from "../../format/amounts.ts";
import { formatPeriod } from "../../format/days.ts";
import { drawnWith } from "../words.ts";
import { StreamSwitch } from "./stream-switch.tsx";
import { countedIn, piecesWords, streamNames, streamOrder } from "./words.ts";

/** What is due by month, how much of that is there, and what arrived in the month itself. */
export function Arrivals({ picture }: Readonly<{ picture: DeliveryPicture }>) {
  const streams = streamOrder.filter((one) => picture.months.some(({ stream }) => stream === one));
  const [chosen, choose] = useState<Stream | undefined>(undefined);
  const stream = streams.find((one) => one === chosen) ?? streams[0];
  const months = picture.months.filter((month) => month.stream === stream);
  if (stream === undefined) return null;
  const text = textOf(stream, months, picture.asOf);
  return (
    <Figure
      title="What is due, and what is there"
      className="span-6"
      text={text}
      {...drawnWith(picture.head, countedIn(stream))}
      rows={null}
      json={picture.months}
      controls={<StreamSwitch of="Arrivals" streams={streams} stream={stream} onChoose={choose} />}
      table={{
        columns: [
          { key: "month", label: "Due in", kind: "period" },
          { key: "stream", label: "Stream", kind: "text" },
          { key: "due", label: "Due", kind: "count" },
          { key: "in_consignments", label: "Of that in a consignment", kind: "count" },
          { key: "handed_over", label: "Handed over", kind: "count" },
          { key: "signed_for", label: "Signed for", kind: "count" },
          { key: "arrived_in_month", label: "Arrived in the month", kind: "count" },
        ],
        rows: months.map((one) => [
          one.month,
          streamNames[one.stream],
          ...[one.due, one.carried, one.handedOver, one.confirmed, one.arrived].map(String),
        ]),
      }}
      note="By the month by whose end each piece is due; what is lost is due no more. The mark is what arrived in the month, whenever it was due."
    >
      <ArrivalColumns months={months} asOf={picture.asOf} unit={countedIn(stream)} title={text} />
    </Figure>
  );
}

function textOf(stream: Stream, months: readonly ArrivalMonth[], asOf: string): string {
  const now = asOf.slice(0, 7);
  const past = months.filter(({ month }) => month < now);
  const sum = (of: readonly ArrivalMonth[], key: "due" | "handedOver" | "confirmed") =>
    of.reduce((total, one) => total + one[key], 0);
  const next = months.find(({ month, due, handedOver }) => month >= now && due > handedOver);
  const before =
    past.length === 0 || sum(past, "due") === 0
      ? "Nothing was due before this month."
      : `Of ${piecesWords(stream, sum(past, "due"))} due before this month ${formatCount(sum(past, "handedOver"))} are handed over and ${formatCount(sum(past, "confirmed"))} signed for.`;
  return next === undefined
    ? before
    : `${before} Next: ${formatCount(next.due - next.handedOver)} by the end of ${formatPeriod(next.month)}.`;
}
