import { createHash, randomBytes } from "node:crypto";
import { MainstayError } from "#core/errors.ts";
import { present } from "#core/present.ts";
import type { SignLinkMade, SignLinkView } from "#core/views-delivery.ts";
import { inTransaction, type Database } from "#store/database.ts";
import { insertLink, linkByHash, linksOf, withdrawLink } from "#store/delivery/links.ts";
import { lockPlanning } from "#store/planning/placements.ts";
import { cutOf } from "../planning/cut.ts";
import { requireCarried } from "./carried.ts";
import type { Doing } from "./enact.ts";
import { linkView } from "./link-view.ts";
import { deliveryPolicy } from "./policy.ts";

/** 256 random bits: nobody guesses one. */
const secretBytes = 32;
const secretForm = /^[A-Za-z0-9_-]{43}$/;
const longestDays = 365;

/** `address`: where the phone finds the pages, such as https://desk.example; `days`: for how long the link is good. */
export type LinkOrder = Readonly<{ address: string; days?: number | undefined }>;

/**
 * Makes a link by which a phone signs for a consignment without a login. Its secret is told here and kept nowhere.
 * @throws MainstayError unknown_book, unknown_consignment, parameter_invalid
 */
export async function makeLink(
  db: Database,
  book: string,
  consignment: string,
  order: LinkOrder,
  doing: Doing,
): Promise<SignLinkMade> {
  const cut = await cutOf(db, book, undefined);
  const days = order.days ?? deliveryPolicy().watch.linkDays;
  if (!Number.isInteger(days) || days < 1 || days > longestDays)
    throw new MainstayError("parameter_invalid", `${days}, not 1 to ${longestDays}`, { field: "days" });
  const token = randomBytes(secretBytes).toString("base64url");
  const address = signAddress(order.address, token);
  const expiresAt = new Date(Date.parse(doing.now) + days * 86_400_000).toISOString();
  return inTransaction(db, async (trx) => {
    const carried = await requireCarried(trx, cut.bookNo, consignment);
    const made = { consignmentNo: carried.no, hash: hashOf(token), madeAt: doing.now, expiresAt, actor: doing.actor };
    const no = await insertLink(trx, made);
    const link = present(
      (await linksOf(trx, carried.no)).find((one) => one.no === no),
      "the link made",
    );
    return { link: linkView(link, doing.now), consignment, token, address, svg: await qrSvg(address) };
  });
}

/** The address that a phone opens. @throws MainstayError parameter_invalid */
export function signAddress(base: string, token: string): string {
  if (!URL.canParse(base) || !/^https?:$/.test(new URL(base).protocol))
    throw new MainstayError(
      "parameter_invalid",
      `${JSON.stringify(base)}, not an address such as https://desk.example`,
      {
        field: "address",
      },
    );
  return `${base.replace(/\/+$/, "")}/sign/${token}`;
}

/** Loaded when a code is drawn: commands that draw none start without it. */
const drawer = async () => (await import("qrcode")).default;

/** A code to scan as SVG. */
export async function qrSvg(address: string): Promise<string> {
  return (await drawer()).toString(address, { type: "svg", errorCorrectionLevel: "M", margin: 2 });
}

/** A code to scan as PNG. */
export async function qrPng(address: string): Promise<Uint8Array> {
  return (await drawer()).toBuffer(address, { type: "png", errorCorrectionLevel: "M", margin: 2, width: 512 });
}

/** A code to scan in a terminal. */
export async function qrText(address: string): Promise<string> {
  return (await drawer()).toString(address, { type: "utf8", errorCorrectionLevel: "L", margin: 2 });
}

function hashOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}

/** Which consignment a link signs for. */
export type SignedFor = Readonly<{ book: string; consignment: string; link: SignLinkView }>;

/**
 * What a secret opens, at an instant.
 * @throws MainstayError sign_link_unknown, sign_link_over
 */
export async function openLink(db: Database, token: string, now: string): Promise<SignedFor> {
  const found = secretForm.test(token) ? await linkByHash(db, hashOf(token)) : undefined;
  if (found === undefined) throw new MainstayError("sign_link_unknown");
  const link = linkView(found, now);
  if (link.state !== "live")
    throw new MainstayError("sign_link_over", link.state === "expired" ? `it ended at ${link.expiresAt}` : "withdrawn");
  return { book: found.book, consignment: found.consignment, link };
}

/**
 * Withdraws a link; one that is no longer good stays so.
 * @throws MainstayError unknown_book, unknown_consignment, sign_link_unknown
 */
export async function endLink(
  db: Database,
  book: string,
  consignment: string,
  link: string,
  doing: Doing,
): Promise<void> {
  const cut = await cutOf(db, book, undefined);
  await inTransaction(db, async (trx) => {
    await lockPlanning(trx, cut.bookNo);
    const carried = await requireCarried(trx, cut.bookNo, consignment);
    const found = (await linksOf(trx, carried.no)).find((one) => String(one.no) === link);
    if (found === undefined) throw new MainstayError("sign_link_unknown", JSON.stringify(link), { field: "link" });
    await withdrawLink(trx, found.no, doing.now, doing.actor);
  });
}
