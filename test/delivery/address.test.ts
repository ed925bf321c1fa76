import { afterAll, beforeAll, expect, test } from "vitest";
import { newConsignment } from "#app/delivery/load.ts";
import type { SignLinkMade } from "#core/views-delivery.ts";
import { buildServer } from "../../src/http/server.ts";
import { addressHere } from "../../web/src/planning/deliveries/words.ts";
import { needOf, offerOf, openPlaced, placedBook, placingOf } from "../support/placements.ts";
import { doingOn } from "./support.ts";

// Where a code to sign by leads to.

let record: Awaited<ReturnType<typeof openPlaced>>;
beforeAll(async () => {
  record = await openPlaced({
    needs: [needOf({ id: "ambulances" })],
    offers: [offerOf({ id: "vans" })],
    placements: [placingOf({ id: "P-1", offer: "vans", need: "ambulances" })],
  });
  const lines = [{ placement: "P-1", pieces: null }];
  await newConsignment(record.db, placedBook, { id: "C-1", title: "Vans", lines }, doingOn("2026-02-01"));
});
afterAll(async () => record.close());

test.each([
  ["https://desk.example", "https://desk.example", /^https:\/\/desk\.example\/sign\//],
  [undefined, null, /^http:\/\/localhost:80\/sign\//],
])("configured as %s, codes lead there where nothing else is said", async (address, told, made) => {
  const app = await buildServer({ db: record.db, pagesFolder: "/nowhere", version: "0.0.0-test", address });
  expect((await app.inject("/api/v1/address")).json()).toEqual({ address: told });
  const url = `/api/v1/planning/${placedBook}/consignments/C-1/links`;
  const link = async (payload: object) => (await app.inject({ method: "POST", url, payload })).json<SignLinkMade>();
  expect((await link({})).address).toMatch(made);
  expect((await link({ address: "https://other.example/" })).address).toMatch(/^https:\/\/other\.example\/sign\//);
  await app.close();
});

test.each([
  ["http://desk.example:4870/deliveries/C-1", "http://desk.example:4870"],
  ["http://192.168.1.20:4870/", "http://192.168.1.20:4870"],
  ["http://127.0.0.1:4870/", ""],
  ["http://localhost:4870/", ""],
  ["http://[::1]:4870/", ""],
])("a page opened as %s proposes %j", (opened, proposed) => {
  expect(addressHere(new URL(opened))).toBe(proposed);
});
