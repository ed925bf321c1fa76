import { z } from "zod";
import type * as views from "#core/views-delivery-picture.ts";
import { head } from "./schemas-planning.ts";
import { count, day, shapeOf, stream, text } from "./schemas.ts";

/** All deliveries of a book in one look, as they are answered. Each is held to its type in core/views-delivery-picture.ts. */

const next = text.nullable().describe("The cursor of the next page");

export const uncarriedList = shapeOf<views.UncarriedList>()(
  "UncarriedList",
  z.object({
    head,
    asOf: day,
    items: z.array(
      z.object({
        placement: text,
        stream,
        offer: text,
        giver: text,
        giverName: text,
        need: text,
        needTitle: text,
        priority: count,
        item: text,
        itemName: text,
        hub: text,
        hubName: text,
        pieces: count,
        dueFrom: day,
        dueUntil: day,
      }),
    ),
    total: count,
    next,
  }),
);

const degrees = z.number().nullable().describe("Null where nobody has said where it is");
export const picture = shapeOf<views.DeliveryPicture>()(
  "DeliveryPicture",
  z.object({
    head,
    asOf: day,
    consignments: count,
    openQueries: count,
    pipeline: z.array(
      z.object({
        stream,
        uncarried: count.describe("Placed, and in no consignment yet"),
        states: z.array(z.object({ state: text, name: text, pieces: count, done: z.boolean(), consignments: count })),
      }),
    ),
    watch: z.object({ late: count, stuck: count, unconfirmed: count }),
    hubs: z.array(
      z.object({
        hub: text,
        name: text,
        latitude: degrees,
        longitude: degrees,
        consignments: count,
        pieces: z.array(
          z.object({ stream, waiting: count, coming: count, standing: count, handedOver: count, confirmed: count }),
        ),
      }),
    ),
    months: z.array(
      z.object({
        month: text.describe("YYYY-MM"),
        stream,
        due: count,
        carried: count,
        handedOver: count,
        confirmed: count,
        arrived: count.describe("Handed over or signed for in the month, whenever it was due"),
      }),
    ),
  }),
);
