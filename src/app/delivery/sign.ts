import { eventOf } from "#core/delivery/chain.ts";
import { donorReported, recipientConfirmed, standIn, sumWhere } from "#core/delivery/fold.ts";
import { MainstayError } from "#core/errors.ts";
import type { Signed, SignView } from "#core/views-delivery.ts";
import type { Database } from "#store/database.ts";
import { dayOf, type Clock } from "../clock.ts";
import { cutOf } from "../planning/cut.ts";
import { nameOfKind } from "../planning/said.ts";
import { requireCarried, type Carried } from "./carried.ts";
import { openLink, type SignedFor } from "./links.ts";
import { receiveAt } from "./receive.ts";
import { sceneOf } from "./scene.ts";

/** What the phone page shows. @throws MainstayError sign_link_unknown, sign_link_over */
export async function signView(db: Database, clock: Clock, token: string): Promise<SignView> {
  return viewOf(db, clock, await openLink(db, token, clock()));
}

async function viewOf(db: Database, clock: Clock, { book, consignment, link }: SignedFor): Promise<SignView> {
  const cut = await cutOf(db, book, undefined);
  const carried = await requireCarried(db, cut.bookNo, consignment);
  const scene = await sceneOf(db, cut, [carried], dayOf(clock()));
  const { title, synthetic, recipientName } = cut.head;
  return {
    consignment,
    title: carried.title,
    bookTitle: title,
    synthetic,
    recipientName,
    hubName: scene.hubName(carried.hub),
    carrier: carried.carrier,
    expiresAt: link.expiresAt,
    seen: String(scene.last.get(carried.no)?.no ?? ""),
    lines: linesToSign(carried),
    openQueries: scene.queries.filter((query) => query.settled === null).length,
  };
}

function linesToSign({ chain, linesNow }: Carried): SignView["lines"] {
  const { from } = eventOf(chain, "confirm");
  return linesNow
    .filter(({ standing }) => standing.size > 0)
    .map(({ line, item, giverName, standing, steps, said }) => {
      const most = standIn(standing, from);
      const awaiting = donorReported(chain, steps) === null ? most : (standing.get(chain.handedOver) ?? 0n);
      return {
        line,
        itemName: nameOfKind(item),
        giverName,
        carried: Number(sumWhere(standing, () => true)),
        awaiting: Number(awaiting),
        most: Number(most),
        confirmed: Number(recipientConfirmed(chain, steps, said) ?? 0n),
      };
    });
}

/** What is signed for on a phone. `name`: who signs, where it says so; `seen`: the consignment's last event on the page. */
export type Signature = Readonly<{
  lines: readonly Readonly<{ line: number; pieces: number }>[];
  seen: string;
  name?: string | undefined;
  on?: string | undefined;
  note?: string | undefined;
}>;

/**
 * Signs for what a link is good for. What was signed for already, on another phone or by a second press, is not signed for twice.
 * @throws MainstayError sign_link_unknown, sign_link_over, consignment_changed, those of receiveAt
 */
export async function sign(db: Database, clock: Clock, token: string, signature: Signature): Promise<Signed> {
  const now = clock();
  const opened = await openLink(db, token, now);
  const { book, consignment, link } = opened;
  const name = signature.name?.trim() ?? "";
  const actor = name === "" ? `phone, link ${link.id}` : `${name} (phone, link ${link.id})`;
  const { lines, seen, on, note } = signature;
  if (seen === "") throw new MainstayError("parameter_invalid", "nothing", { field: "seen" });
  const order = { lines, seen, on, reason: note, evidence: `Signed on a phone by link ${link.id}` };
  const { confirmed, queries } = await receiveAt(db, book, consignment, order, { now, actor });
  return {
    view: await viewOf(db, clock, opened),
    signed: Number(confirmed),
    queries: queries.map(({ id, says }) => ({ id, says })),
  };
}
