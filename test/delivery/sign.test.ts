import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { FastifyInstance } from "fastify";
import { endLink, makeLink } from "#app/delivery/links.ts";
import { enterEvent } from "#app/delivery/event.ts";
import { newConsignment } from "#app/delivery/load.ts";
import type { ConsignmentView, Signed, SignView } from "#core/views-delivery.ts";
import type { Database } from "#store/database.ts";
import { buildServer } from "../../src/http/server.ts";
import { needOf, offerOf, openPlaced, placedBook, placingOf } from "../support/placements.ts";
import { doingOn, stands } from "./support.ts";

let db: Database;
let app: FastifyInstance;
let close: () => Promise<void>;
let now = "2026-03-10T12:00:00.000Z";
beforeAll(async () => {
  const placed = await openPlaced({
    needs: [needOf({ id: "ambulances" })],
    offers: [offerOf({ id: "gift" })],
    placements: ["A", "B", "C"].map((id) => placingOf({ id, offer: "gift", need: "ambulances" })),
  });
  ({ db } = placed);
  app = await buildServer({ db, pagesFolder: "/nowhere", version: "0.0.0-test", clock: () => now });
  close = async () => {
    await app.close();
    await placed.close();
  };
  for (const id of ["A", "B", "C"]) {
    const lines = [{ placement: id, pieces: 10 }];
    await newConsignment(db, placedBook, { id, title: id, on: "2026-03-01", lines }, doingOn("2026-03-01"));
    await enterEvent(db, placedBook, id, { event: "dispatch", on: "2026-03-02" }, doingOn("2026-03-02"));
    await enterEvent(db, placedBook, id, { event: "hand-over", on: "2026-03-05" }, doingOn("2026-03-05"));
  }
});
afterAll(() => close());

const linkTo = async (id: string) =>
  makeLink(db, placedBook, id, { address: "https://desk.example/" }, { now, actor: "test" });

/** A phone somewhere: another machine, at the public name of a server. */
const phone = { remoteAddress: "203.0.113.7", headers: { host: "desk.example", "content-type": "application/json" } };
const asked = async <T>(path: string) => {
  const reply = await app.inject({ method: "GET", url: `/api/v1/sign/${path}`, ...phone });
  return { status: reply.statusCode, body: reply.json<T>(), headers: reply.headers };
};
const sent = async <T>(token: string, body: unknown, headers: Record<string, string> = {}) => {
  const reply = await app.inject({
    method: "POST",
    url: `/api/v1/sign/${token}`,
    ...phone,
    headers: { ...phone.headers, ...headers },
    payload: JSON.stringify(body),
  });
  return { status: reply.statusCode, body: reply.json<T & { code?: string }>() };
};

test("a phone sees what is there, signs for less, and cannot sign for it twice", async () => {
  const { token, address } = await linkTo("A");
  expect(address).toBe(`https://desk.example/sign/${token}`);
  const { body: view, headers } = await asked<SignView>(token);
  expect(headers["cache-control"]).toBe("no-store");
  expect(view).toMatchObject({
    consignment: "A",
    synthetic: true,
    lines: [{ line: 1, awaiting: 10, most: 10, confirmed: 0 }],
  });
  const signature = { lines: [{ line: 1, pieces: 7 }], seen: view.seen, name: "Olena" };
  const { status, body } = await sent<Signed>(token, signature);
  expect([status, body.signed, body.queries.length]).toEqual([200, 7, 1]);
  expect(body.view.lines).toMatchObject([{ awaiting: 3, confirmed: 7 }]);
  expect((await sent(token, signature)).body.code).toBe("consignment_changed");
  expect(await stands(db, "A")).toBe("7 confirmed, 3 handed-over");
});

test("two phones that sign at once sign once", async () => {
  const [one, other] = [await linkTo("B"), await linkTo("B")];
  const { seen } = (await asked<SignView>(one.token)).body;
  const all = await Promise.all(
    [one, other, one, other].map(async ({ token }) => sent(token, { lines: [{ line: 1, pieces: 10 }], seen })),
  );
  expect(all.map(({ status }) => String(status)).toSorted()).toEqual(["200", "409", "409", "409"]);
  expect(await stands(db, "B")).toBe("10 confirmed");
});

describe("what a link does not open", () => {
  test.each([
    "x",
    "A".repeat(43),
    "%27%20or%201=1%20--%20%27%20or%201=1%20--%20%27%20or%201=1",
    "..%2f..%2f..%2fetc%2fpasswd0000000000000000000000",
    "%00".repeat(43),
  ])("a made-up secret %s", async (token) => {
    const { status, body } = await asked<{ code: string }>(token);
    expect([404, 400]).toContain(status);
    expect(["sign_link_unknown", "parameter_invalid", "unknown_address"]).toContain(body.code);
  });

  test("one that has ended, or was withdrawn", async () => {
    const { token, link } = await linkTo("C");
    const before = now;
    now = "2026-04-09T12:00:00.000Z";
    expect((await asked<{ code: string }>(token)).body.code).toBe("sign_link_over");
    now = before;
    await endLink(db, placedBook, "C", link.id, { now, actor: "test" });
    const { status, body } = await sent(token, { lines: [{ line: 1, pieces: 1 }], seen: "1" });
    expect([status, body.code]).toEqual([410, "sign_link_over"]);
    await expect(endLink(db, placedBook, "A", link.id, { now, actor: "test" })).rejects.toMatchObject({
      code: "sign_link_unknown",
    });
    expect(await stands(db, "C")).toBe("10 handed-over");
  });

  test.each([
    [{ lines: [] }, "parameter_invalid"],
    [{ lines: [{ line: 1, pieces: -1 }] }, "parameter_invalid"],
    [{ lines: [{ line: 1, pieces: 1.5 }] }, "parameter_invalid"],
    [{ lines: [{ line: 1, pieces: 1e300 }] }, "parameter_invalid"],
    [{ lines: [{ line: 9, pieces: 1 }] }, "unknown_consignment_line"],
    [{ lines: [{ line: 1, pieces: 1 }], name: "a\0b" }, "parameter_invalid"],
    [{ lines: [{ line: 1, pieces: 1 }], on: "tomorrow" }, "invalid_date"],
    [{ lines: [{ line: 1, pieces: 1 }], actor: "somebody else" }, "parameter_invalid"],
  ])("a body %o", async (body, code) => {
    const { token } = await linkTo("C");
    const { seen } = (await asked<SignView>(token)).body;
    expect((await sent(token, { seen, ...body })).body.code).toBe(code);
    expect(await stands(db, "C")).toBe("10 handed-over");
  });

  test.each([[{ origin: "https://elsewhere.example" }], [{ "sec-fetch-site": "cross-site" }]])(
    "a page of another site: %o",
    async (headers) => {
      const { token } = await linkTo("C");
      const { seen } = (await asked<SignView>(token)).body;
      const { status, body } = await sent(token, { lines: [{ line: 1, pieces: 1 }], seen }, headers);
      expect([status, body.code]).toEqual([403, "writing_refused"]);
    },
  );

  test("any other write", async () => {
    const reply = await app.inject({
      method: "POST",
      url: `/api/v1/planning/${placedBook}/consignments/C/events`,
      ...phone,
      payload: JSON.stringify({ event: "lose", reason: "Mischief" }),
    });
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([403, "writing_refused"]);
  });

  test("a consignment of another book or name by its code to scan", async () => {
    const { token } = await linkTo("C");
    const code = async (id: string, kind: string) =>
      app.inject({ method: "GET", url: `/api/v1/planning/${placedBook}/consignments/${id}/qr.${kind}?token=${token}` });
    expect((await code("A", "svg")).statusCode).toBe(404);
    expect((await code("C", "svg")).body).toMatch(/^<svg /);
    expect((await code("C", "png")).rawPayload.subarray(1, 4).toString()).toBe("PNG");
  });
});

test("no secret is in the database or in what the API shows of a consignment", async () => {
  const { token } = await linkTo("C");
  const reply = await app.inject({ method: "GET", url: `/api/v1/planning/${placedBook}/consignments/C` });
  expect(reply.json<ConsignmentView>().links.length).toBeGreaterThan(0);
  expect(reply.body).not.toContain(token);
});

test("whoever tries often is slowed down", async () => {
  const from = { ...phone, remoteAddress: "203.0.113.99" };
  const codes: number[] = [];
  for (let tried = 0; tried < 122; tried += 1)
    codes.push((await app.inject({ method: "GET", url: "/api/v1/sign/guess", ...from })).statusCode);
  expect([codes[0], codes[119], codes[120], codes[121]]).toEqual([404, 404, 429, 429]);
});
