import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { enteringByHand } from "#app/planning/by-hand.ts";
import { putFrame } from "#app/planning/frame.ts";
import { entering } from "../planning-input.ts";
import { write } from "../route.ts";
import * as shapes from "../schemas-planning-data.ts";
import type { PlanningDesk } from "./plans.ts";

const ofBook = z.object({ book: z.string().min(1).max(200) });
const body = z.strictObject({
  frame: z.record(z.string().max(100), z.unknown()).describe("The whole of it: the field `frame` of what GET answers"),
  ...entering,
});

/** Entering capacities, prices and shares of a book. */
export function planningFrameRoutes(app: FastifyInstance, { db, clock, actor: user }: PlanningDesk): void {
  write(app, {
    url: "/planning/:book/frame",
    tag: "planning",
    summary: "Enters capacities, prices and shares that plans of a book are made with, in place of those before",
    params: ofBook,
    body,
    answer: shapes.frame,
    handler: async ({ book }, { frame, actor = user, ...source }) =>
      putFrame(db, book, frame, await enteringByHand(db, book, { ...source, actor, now: clock() })),
  });
}
