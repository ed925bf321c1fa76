import { lazy, Suspense, useState } from "react";
import type { Stream } from "../../../../src/core/bindingness.ts";
import type { DeliveryPicture, HubPieces, HubView } from "../../../../src/core/views-delivery-picture.ts";
import type { FigureTable } from "../../figure/data-table.tsx";
import { Figure } from "../../figure/figure.tsx";
import { formatCount } from "../../format/amounts.ts";
import { drawnWith } from "../words.ts";
import { StreamSwitch } from "./stream-switch.tsx";
import { countedIn, piecesWords, streamOrder } from "./words.ts";

// The outlines weigh more than the rest of the page.
const HubMap = lazy(async () => ({ default: (await import("../../map/hub-map.tsx")).HubMap }));

/** What stands at which hub or training centre, and what is coming to it. */
export function Hubs({ picture }: Readonly<{ picture: DeliveryPicture }>) {
  const through = picture.hubs.flatMap(({ pieces }) => pieces.map(({ stream }) => stream));
  const streams = streamOrder.filter((one) => through.includes(one));
  const [chosen, choose] = useState<Stream | undefined>(undefined);
  const stream = streams.find((one) => one === chosen) ?? streams[0];
  if (stream === undefined) return null;
  const hubs = picture.hubs.flatMap((hub): AtHub[] => {
    const pieces = hub.pieces.find((one) => one.stream === stream);
    return pieces === undefined ? [] : [{ ...hub, now: pieces }];
  });
  const mapped = hubs.flatMap(({ hub, name, latitude, longitude, now }) =>
    latitude === null || longitude === null
      ? []
      : [{ id: hub, name, latitude, longitude, size: now.standing, more: now.coming, text: hubWords(stream, now) }],
  );
  const text = textOf(stream, hubs);
  const shared = {
    title: stream === "training" ? "What goes on at which centre" : "What stands at which hub",
    className: "span-6",
    text,
    ...drawnWith(picture.head, countedIn(stream)),
    rows: null,
    json: picture.hubs,
    controls: <StreamSwitch of="Hubs" streams={streams} stream={stream} onChoose={choose} />,
    table: tableOf(hubs),
    note: noteOf(hubs.length - mapped.length),
  };
  if (mapped.length === 0) return <Figure {...shared} />;
  return (
    <Figure {...shared} reserve={420}>
      <Suspense fallback={<div className="hub-map-waiting" />}>
        <HubMap dots={mapped} recipient={picture.head.recipientName} title={text} />
      </Suspense>
    </Figure>
  );
}

type AtHub = HubView & Readonly<{ now: HubPieces }>;

function noteOf(unmapped: number): string {
  const size = "The disc is as large as what stands there, the ring as what is coming too.";
  if (unmapped === 0) return size;
  return `${size} ${unmapped === 1 ? "One more is" : `${unmapped} more are`} in the table only: nobody has said where ${unmapped === 1 ? "it is" : "they are"}.`;
}

function hubWords(stream: Stream, { waiting, coming, standing, handedOver, confirmed }: HubPieces): string {
  return `${piecesWords(stream, standing)} there, ${formatCount(coming)} coming, ${formatCount(waiting)} not begun, ${formatCount(handedOver)} handed over, ${formatCount(confirmed)} signed for`;
}

function textOf(stream: Stream, hubs: readonly AtHub[]): string {
  const sum = (key: "standing" | "coming") => hubs.reduce((total, { now }) => total + now[key], 0);
  const fullest = hubs.toSorted((one, other) => other.now.standing - one.now.standing)[0];
  const most =
    fullest === undefined || fullest.now.standing === 0
      ? ""
      : `, most of them at ${fullest.name}: ${formatCount(fullest.now.standing)}`;
  return `${piecesWords(stream, sum("standing"))} stand there now${hubs.length > 1 ? most : ""}; ${sum("coming") === 0 ? "nothing is" : `${formatCount(sum("coming"))} are`} coming.`;
}

function tableOf(hubs: readonly AtHub[]): FigureTable {
  return {
    columns: [
      { key: "hub", label: "Hub", kind: "text" },
      { key: "consignments", label: "Consignments", kind: "count" },
      { key: "not_begun", label: "Not begun", kind: "count" },
      { key: "coming", label: "Coming", kind: "count" },
      { key: "there", label: "There", kind: "count" },
      { key: "handed_over", label: "Handed over", kind: "count" },
      { key: "signed_for", label: "Signed for", kind: "count" },
    ],
    rows: hubs.map(({ name, consignments, now }) => [
      name,
      ...[consignments, now.waiting, now.coming, now.standing, now.handedOver, now.confirmed].map(String),
    ]),
  };
}
