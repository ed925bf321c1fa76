import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "#store/database.ts";
import { openBook } from "#app/books.ts";
import { importFrame, planningFrame } from "#app/planning/frame.ts";
import { instanceOf } from "#app/planning/instance.ts";
import { enterOffers } from "#app/planning/offers.ts";
import { sourceByWords } from "#app/planning/source.ts";
import { offerOf } from "../support/placements.ts";
import { buildServer } from "../../src/http/server.ts";
import { openRecord } from "../support/record.ts";

const frame = {
  currency: "EUR",
  wayDays: 5,
  hubs: [
    {
      id: "north",
      name: "North",
      latitude: 54.1,
      longitude: 22.9,
      tonnesPerWeek: 120.5,
      placesPerWeek: 0,
    },
  ],
  transport: [{ year: 2026, tonnes: 5000 }],
  market: [{ item: "ambulance", price: "90000.00", leadDays: 60, perMonth: 10, source: "a price list" }],
  assumptions: [{ item: "ambulance", massKg: 4000, courseDays: null, source: "a planner" }],
  shares: null as unknown,
  roadmap: [
    {
      coalition: "coalition-demining",
      on: "2026-12-31",
      title: "Half",
      item: "demining-vehicle",
      quantity: 20,
      source: "s",
    },
  ],
};
const entering = {
  source: sourceByWords({ title: "Capacities", publisher: "Nobody" }),
  knownAt: "2026-01-02T00:00:00Z",
  actor: "tester",
};

describe("capacities, prices and shares of a book", () => {
  let db: Database;
  let close: () => Promise<void>;
  const put = (changed: object, knownAt = entering.knownAt) => {
    const bytes = new TextEncoder().encode(JSON.stringify({ ...frame, ...changed }));
    return importFrame(db, "capacities", { bytes, fileName: "frame.json" }, { ...entering, knownAt });
  };

  beforeAll(async () => {
    ({ db, close } = await openRecord());
    await openBook(db, { slug: "capacities", title: "Capacities", recipient: "ukr", synthetic: true });
  });
  afterAll(() => close());

  test("without any, one hub takes all", async () => {
    const { version, frame: found } = await planningFrame(db, "capacities");
    expect(version).toBe(0);
    expect(found.hubs).toMatchObject([{ id: "any", tonnesPerWeek: null, placesPerWeek: null }]);
  });

  test("what goes in comes out again, as a further version each time, and earlier ones stay known", async () => {
    expect(await put({})).toMatchObject({ version: 1, frame });
    expect(await put({ wayDays: 7 }, "2026-02-01T00:00:00Z")).toMatchObject({ version: 2 });
    expect((await planningFrame(db, "capacities", "2026-01-15T00:00:00Z")).frame.wayDays).toBe(5);
    const last = await planningFrame(db, "capacities");
    expect(last).toMatchObject({ version: 2, frame: { ...frame, wayDays: 7 }, source: { title: "Capacities" } });
  });

  const [hub] = frame.hubs;
  const market = frame.market[0];
  const table = (...sharePpm: number[]) => ({
    table: sharePpm.map((ppm, at) => ({ party: ["pol", "deu"][at], sharePpm: ppm })),
  });
  test.each([
    ["planning_frame_invalid", "currency", { currency: "euro" }],
    ["planning_frame_invalid", "hubs", { hubs: [] }],
    ["planning_frame_invalid", "hubs[0].tonnesPerWeek", { hubs: [{ ...hub, tonnesPerWeek: -1 }] }],
    ["planning_frame_invalid", "hubs", { hubs: [hub, hub] }],
    ["planning_frame_invalid", "market[0].price", { market: [{ ...market, price: "90.000,00" }] }],
    ["planning_frame_invalid", "shares.table", { shares: table(500_000, 400_000) }],
    ["planning_frame_invalid", "surprise", { surprise: 1 }],
    ["unknown_item_kind", "market[0].item", { market: [{ ...market, item: "trebuchet" }] }],
    ["unknown_item_kind", "assumptions[0].item", { assumptions: [{ ...frame.assumptions[0], item: "trebuchet" }] }],
    ["unknown_item_kind", "roadmap[0].item", { roadmap: [{ ...frame.roadmap[0], item: "trebuchet" }] }],
    ["unknown_coalition", "roadmap[0].coalition", { roadmap: [{ ...frame.roadmap[0], coalition: "nato" }] }],
    ["unknown_party", "shares.table[0].party", { shares: { table: [{ party: "atlantis", sharePpm: 1_000_000 }] } }],
    ["unknown_key", "key", { shares: { key: "no-key", year: 2026 } }],
  ])("%s in %s is refused, and nothing is entered", async (code, field, changed) => {
    const before = (await planningFrame(db, "capacities")).version;
    const place = expect.objectContaining({ field: expect.stringContaining(field) });
    await expect(put(changed, "2026-03-01T00:00:00Z")).rejects.toThrow(expect.objectContaining({ code, place }));
    expect((await planningFrame(db, "capacities")).version).toBe(before);
  });

  test("a version from before the last is refused", async () => {
    const refused = expect.objectContaining({ code: "version_out_of_order" });
    await expect(put({}, "2026-01-01T00:00:00Z")).rejects.toThrow(refused);
  });

  test("over the API too, with who says so; what is wrong is a problem with its field", async () => {
    const clock = () => "2026-02-15T00:00:00Z";
    const app = await buildServer({ db, pagesFolder: "/nowhere", version: "0.0.0", clock });
    const post = (payload: object) => app.inject({ method: "POST", url: "/api/v1/planning/capacities/frame", payload });
    const done = await post({ frame: { ...frame, wayDays: 9 }, source: "Talks", publisher: "A ministry" });
    expect(done.statusCode).toBe(200);
    expect(done.json()).toMatchObject({ version: 3, frame: { wayDays: 9 }, source: { title: "Made up: Talks" } });
    const refused = await post({ frame: { ...frame, wayDays: -1 } });
    expect([refused.statusCode, refused.json()]).toMatchObject([
      400,
      { code: "planning_frame_invalid", place: "wayDays" },
    ]);
    const got = await app.inject("/api/v1/planning/capacities/frame");
    expect(got.json()).toEqual(done.json());
    await app.close();
  });

  test("shares come as agreed, or by a key among its members, and add up to the whole", async () => {
    await enterOffers(db, "capacities", [offerOf({ id: "A", giver: "jpn" })], {
      ...entering,
      knownAt: "2026-03-01T00:00:00Z",
    });
    const shares = async (given: object, knownAt: string) => {
      await put({ shares: given }, knownAt);
      const asked = { from: "2026-03-01", until: "2026-12-31", knownAt };
      return (await instanceOf(db, "capacities", asked)).givers;
    };
    expect(await shares(table(700_000, 300_000), "2026-04-01T00:00:00Z")).toEqual([
      { id: "deu", name: "Germany", sharePpm: 300_000 },
      { id: "jpn", name: "Japan", sharePpm: 0 },
      { id: "pol", name: "Poland", sharePpm: 700_000 },
    ]);
    const byKey = await shares({ key: "nato-by-gdp", year: 2023 }, "2026-05-01T00:00:00Z");
    expect(byKey.reduce((sum, giver) => sum + giver.sharePpm, 0)).toBe(1_000_000);
    expect(byKey.find((giver) => giver.id === "usa")?.sharePpm).toBeGreaterThan(400_000);
    expect(byKey.find((giver) => giver.id === "jpn")?.sharePpm).toBe(0);
  });
});
