import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { enteringByHand, type EnteredBy } from "#app/planning/by-hand.ts";
import { needView } from "#app/planning/need-views.ts";
import { changeNeed, withdrawNeed } from "#app/planning/needs.ts";
import { offerView } from "#app/planning/offer-views.ts";
import { changeOffer, consentToOffer, withdrawOffer } from "#app/planning/offers.ts";
import { makeOffer, stateNeed } from "#app/planning/one-record.ts";
import { replanningAfter } from "#app/planning/replan.ts";
import type { OfferChanged } from "#core/views-planning.ts";
import {
  consentGiven,
  needChange,
  newNeed,
  newOffer,
  offerChange,
  offerWithdrawn,
  withReason,
} from "../planning-input.ts";
import { write } from "../route.ts";
import * as shapes from "../schemas-planning.ts";
import type { PlanningDesk } from "./plans.ts";
import type { SolvingDesk } from "./solving-desk.ts";

const tag = "planning";
const word = z.string().min(1).max(200);
const ofBook = z.object({ book: word });
const ofOne = ofBook.extend({ id: word });

/** Entering, changing and withdrawing one need or offer. */
export function planningWriteRoutes(app: FastifyInstance, desk: SolvingDesk): void {
  needWrites(app, desk);
  offerWrites(app, desk);
}

type Body = Readonly<{
  source?: string | undefined;
  publisher?: string | undefined;
  published?: string | undefined;
  url?: string | undefined;
  actor?: string | undefined;
}>;

/** A body's own fields, and apart from them where it comes from and who enters it. */
function parted<B extends Body>(body: B, { clock, actor: user }: PlanningDesk) {
  const { source, publisher, published, url, actor = user, ...rest } = body;
  const by: EnteredBy = { source, publisher, published, url, actor, now: clock() };
  return { rest, by };
}

function needWrites(app: FastifyInstance, desk: PlanningDesk): void {
  const { db } = desk;
  write(app, {
    url: "/planning/:book/needs",
    tag,
    summary: "States a need under an id that is not taken",
    params: ofBook,
    body: newNeed,
    answer: shapes.need,
    handler: async ({ book }, body) => {
      const { rest, by } = parted(body, desk);
      await stateNeed(db, book, rest, await enteringByHand(db, book, by));
      return needView(db, { book, id: rest.id });
    },
  });
  write(app, {
    url: "/planning/:book/needs/:id/changes",
    tag,
    summary: "Changes a need by a further version, with a reason",
    params: ofOne,
    body: needChange,
    answer: shapes.need,
    handler: async ({ book, id }, body) => {
      const { rest, by } = parted(body, desk);
      const { reason, ...change } = rest;
      await changeNeed(db, book, id, change, await enteringByHand(db, book, { ...by, reason }));
      return needView(db, { book, id });
    },
  });
  write(app, {
    url: "/planning/:book/needs/:id/withdrawal",
    tag,
    summary: "Withdraws a need, with a reason",
    params: ofOne,
    body: withReason,
    answer: shapes.need,
    handler: async ({ book, id }, body) => {
      const { rest, by } = parted(body, desk);
      await withdrawNeed(db, book, id, await enteringByHand(db, book, { ...by, reason: rest.reason }));
      return needView(db, { book, id });
    },
  });
}

function offerWrites(app: FastifyInstance, desk: SolvingDesk): void {
  const { db, clock } = desk;
  write(app, {
    url: "/planning/:book/offers",
    tag,
    summary: "Makes an offer under an id that is not taken",
    params: ofBook,
    body: newOffer,
    answer: shapes.offer,
    handler: async ({ book }, body) => {
      const { rest, by } = parted(body, desk);
      await makeOffer(db, book, rest, await enteringByHand(db, book, by));
      return offerView(db, clock, { book, id: rest.id });
    },
  });
  write(app, {
    url: "/planning/:book/offers/:id/changes",
    tag,
    summary: "Changes an offer by a further version, with a reason",
    params: ofOne,
    body: offerChange,
    answer: shapes.offerChanged,
    handler: async ({ book, id }, body) => {
      const { rest, by } = parted(body, desk);
      const { reason, replan, ...change } = rest;
      await changeOffer(db, book, id, change, await enteringByHand(db, book, { ...by, reason }));
      return changed(desk, { book, id, actor: by.actor, replan });
    },
  });
  write(app, {
    url: "/planning/:book/offers/:id/withdrawal",
    tag,
    summary: "Withdraws an offer, with a reason; what is placed of it can't be withdrawn",
    params: ofOne,
    body: offerWithdrawn,
    answer: shapes.offerChanged,
    handler: async ({ book, id }, body) => {
      const { rest, by } = parted(body, desk);
      await withdrawOffer(db, book, id, await enteringByHand(db, book, { ...by, reason: rest.reason }));
      return changed(desk, { book, id, actor: by.actor, replan: rest.replan });
    },
  });
  write(app, {
    url: "/planning/:book/offers/:id/consent",
    tag,
    summary: "Puts on record that the third party consents to an offer, or refuses",
    params: ofOne,
    body: consentGiven,
    answer: shapes.offerChanged,
    handler: async ({ book, id }, body) => {
      const { rest, by } = parted(body, desk);
      const entering = await enteringByHand(db, book, { ...by, reason: rest.reason });
      await consentToOffer(db, book, id, rest.state, entering);
      return changed(desk, { book, id, actor: by.actor, replan: rest.replan });
    },
  });
}

type Changed = Readonly<{ book: string; id: string; actor: string; replan: boolean | undefined }>;

/** The offer as it is now, and the plan made anew where the one that stands counted on it. */
async function changed(
  { db, clock, plans }: SolvingDesk,
  { book, id, actor, replan = true }: Changed,
): Promise<OfferChanged> {
  const replanning = await replanningAfter(db, { book, actor, offer: id }, replan ? plans : null);
  return { ...(await offerView(db, clock, { book, id })), replanning };
}
