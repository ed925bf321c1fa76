import type { Stream } from "./bindingness.ts";
import type { StatePieces, WatchKind } from "./views-delivery.ts";
import type { PlanningHead } from "./views-planning.ts";

/** The shapes of all deliveries of a book in one look. Pieces are whole numbers, as in the shapes of one delivery. */

/** What was placed and is in no consignment yet: what a new one can be made of. */
export type UncarriedRow = Readonly<{
  placement: string;
  stream: Stream;
  offer: string;
  giver: string;
  giverName: string;
  need: string;
  needTitle: string;
  priority: number;
  item: string;
  itemName: string;
  hub: string;
  hubName: string;
  pieces: number;
  dueFrom: string;
  dueUntil: string;
}>;
/** A page of it, first due first. */
export type UncarriedList = Readonly<{
  head: PlanningHead;
  asOf: string;
  items: readonly UncarriedRow[];
  total: number;
  next: string | null;
}>;

/** Pieces that go through a hub or a training centre, by how far they are; what is lost or returned is not among them. */
export type HubPieces = Readonly<{
  stream: Stream;
  waiting: number; // with their giver
  coming: number;
  standing: number; // at the hub, or in a course there
  handedOver: number;
  confirmed: number;
}>;
/** `latitude` and `longitude` are null where nobody has said where it is. */
export type HubView = Readonly<{
  hub: string;
  name: string;
  latitude: number | null;
  longitude: number | null;
  consignments: number;
  pieces: readonly HubPieces[];
}>;

/** A month of a stream. The first four are of what is due in it; `arrived`: what was handed over or signed for in it, whenever it was due. */
export type ArrivalMonth = Readonly<{
  month: string; // YYYY-MM
  stream: Stream;
  due: number; // placed, without what was lost
  carried: number; // of that: in a consignment
  handedOver: number; // of that: as the donor side reports, with what is signed for
  confirmed: number;
  arrived: number;
}>;

/** The deliveries of a book in one look. */
export type DeliveryPicture = Readonly<{
  head: PlanningHead;
  asOf: string;
  consignments: number;
  openQueries: number;
  pipeline: readonly Readonly<{
    stream: Stream;
    uncarried: number; // pieces placed that are in no consignment yet
    states: readonly (StatePieces & Readonly<{ consignments: number }>)[];
  }>[];
  watch: Readonly<Record<WatchKind, number>>; // rows of the watch
  hubs: readonly HubView[];
  months: readonly ArrivalMonth[];
}>;
