import { z } from "zod";
import type { FrameView } from "#app/planning/frame.ts";
import type * as views from "#core/views-planning.ts";
import { amount, count, day, shapeOf, sourceRef, stream, text } from "./schemas.ts";

/** The shapes of what needs and offers are stated in and plans are made with. */

const instant = text.describe("An instant in UTC");
export const counted = z.enum(["pieces", "places", "post-months", "currency"]);

export const items = shapeOf<views.ItemList>()(
  "ItemList",
  z.object({
    validFrom: day,
    capabilities: z.array(z.object({ id: text, title: text })),
    kinds: z.array(
      z.object({
        id: text,
        name: text,
        stream,
        capability: text,
        capabilityTitle: text,
        counted,
        massKg: z.number().nullable().describe("Of one piece; null where no figure is public"),
        volumeM3: z.number().nullable(),
        courseDays: z.number().nullable(),
        source: text,
        unit: text.describe("The code of its unit in the ledger"),
      }),
    ),
  }),
);

export const frame = shapeOf<FrameView>()(
  "PlanningFrame",
  z.object({
    book: text,
    version: count.describe("0 where none was entered"),
    knownAt: instant.nullable(),
    source: sourceRef.nullable(),
    frame: z.object({
      currency: text,
      wayDays: count.describe("From leaving its giver to being there"),
      hubs: z.array(
        z.object({
          id: text,
          name: text,
          latitude: z.number().nullable(),
          longitude: z.number().nullable(),
          tonnesPerWeek: z.number().nullable(),
          placesPerWeek: z.number().nullable(),
        }),
      ),
      transport: z.array(z.object({ year: count, tonnes: z.number() })),
      market: z.array(z.object({ item: text, price: amount, leadDays: count, perMonth: z.number(), source: text })),
      assumptions: z.array(
        z.object({ item: text, massKg: z.number().nullable(), courseDays: z.number().nullable(), source: text }),
      ),
      shares: z
        .union([
          z.object({ key: text, year: count }),
          z.object({ table: z.array(z.object({ party: text, sharePpm: count })) }),
        ])
        .nullable(),
      roadmap: z.array(
        z.object({
          coalition: text,
          on: day,
          title: text,
          item: text.nullable(),
          quantity: count.nullable(),
          source: text,
        }),
      ),
    }),
  }),
);
