import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "#store/database.ts";
import { instanceOf } from "#app/planning/instance.ts";
import { loadPractice } from "#app/planning/practice.ts";
import { practiceInstance, practiceSet } from "#core/planning/practice.ts";
import { demandOf } from "#core/planning/practice/needs.ts";
import { openRecord } from "../support/record.ts";

describe("a practice set", () => {
  test.each([
    ["S", 20, 100, 12],
    ["M", 200, 1_000, 24],
    ["L", 2_000, 10_000, 60],
  ] as const)("%s has %i needs and %i offers over %i months", (size, needs, offers, months) => {
    const set = practiceSet(size);
    expect([set.needs.length, set.offers.length]).toEqual([needs, offers]);
    expect(Number(set.until.slice(0, 4)) - Number(set.from.slice(0, 4)) + 1).toBe(months / 12);
    expect(new Set(set.offers.map((offer) => offer.id)).size).toBe(offers);
    expect(set.givers).toHaveLength(50);
    expect(set.givers.every((giver) => giver.name.startsWith("Practice giver"))).toBe(true);
  });

  test("is the same for the same seed, and another for another", () => {
    expect(practiceSet("M", 7)).toEqual(practiceSet("M", 7));
    expect(practiceSet("M", 8)).not.toEqual(practiceSet("M", 7));
  });

  test.each([
    ["S", "a3619ce1af3314ff"],
    ["M", "5fcf5356aa6df929"],
  ] as const)("%s stays what it was, so that figures measured on it stay comparable", (size, sha256) => {
    const { needs, offers, frame } = practiceSet(size);
    const found = createHash("sha256")
      .update(JSON.stringify([needs, offers, frame]))
      .digest("hex");
    expect(found.slice(0, 16)).toBe(sha256);
  });

  test("offers less of most kinds than is asked for, and has every condition an offer can have", () => {
    const { needs, offers, frame } = practiceSet("L");
    const demand = demandOf(needs);
    const short = [...demand].filter(([item, asked]) => {
      const offered = offers.filter((offer) => offer.item === item).reduce((sum, offer) => sum + offer.quantity, 0);
      return offered < asked;
    });
    expect(short.length / demand.size).toBeGreaterThan(0.8);
    expect(offers.some((offer) => offer.allOrNothing)).toBe(true);
    expect(offers.some((offer) => (offer.earmark?.needs.length ?? 0) > 0)).toBe(true);
    expect(new Set(offers.map((offer) => offer.consent.state))).toEqual(
      new Set(["none", "pending", "given", "refused"]),
    );
    expect(new Set(offers.map((offer) => offer.condition))).toEqual(new Set(["new", "ready", "repair"]));
    expect(offers.some((offer) => offer.years.length === 3)).toBe(true);
    const shares = frame.shares !== null && "table" in frame.shares ? frame.shares.table : [];
    expect(shares.reduce((sum, share) => sum + share.sharePpm, 0)).toBe(1_000_000);
  });
});

describe("a practice set on record", () => {
  let db: Database;
  let close: () => Promise<void>;
  const doing = { now: "2026-11-26T10:00:00Z", actor: "tester" };

  beforeAll(async () => {
    ({ db, close } = await openRecord());
  });
  afterAll(() => close());

  test("gives the same instance as without a database, and is labelled synthetic", async () => {
    const loaded = await loadPractice(db, { size: "S", seed: 1 }, doing);
    expect(loaded).toMatchObject({ book: "practice-s", needs: 20, offers: 100, givers: 50 });
    const { from, until } = loaded;
    const made = await instanceOf(db, "practice-s", { from, until, knownAt: doing.now });
    expect(made).toEqual(practiceInstance("S"));
  });

  test("is not put where a book is, and only under a name and a seed that can be", async () => {
    const load = (book: string, seed: number) => loadPractice(db, { size: "S", seed, book }, doing);
    const refused = (code: string) => expect.objectContaining({ code });
    await expect(load("worked-case", 1)).rejects.toThrow(refused("book_exists_already"));
    await expect(load("No Book", 1)).rejects.toThrow(refused("parameter_invalid"));
    await expect(load("another", 0.5)).rejects.toThrow(refused("parameter_invalid"));
  });

  test("leaves out what it is told to, and refuses days that end before they begin", async () => {
    const asked = { from: "2027-01-04", until: "2027-12-31", knownAt: doing.now };
    const made = await instanceOf(db, "practice-s", { ...asked, without: ["offer-00001"] });
    expect(made.offers.some((offer) => offer.id === "offer-00001")).toBe(false);
    const refused = (code: string) => expect.objectContaining({ code });
    await expect(instanceOf(db, "practice-s", { ...asked, without: ["nobody"] })).rejects.toThrow(
      refused("unknown_offer"),
    );
    await expect(instanceOf(db, "practice-s", { ...asked, until: "2026-01-01" })).rejects.toThrow(
      refused("plan_days_in_wrong_order"),
    );
  });

  test("before it was known there is nothing", async () => {
    const asked = { from: "2027-01-04", until: "2027-12-31", knownAt: "2026-11-25T00:00:00Z" };
    expect(await instanceOf(db, "practice-s", asked)).toMatchObject({ needs: [], offers: [], money: [] });
  });
});
