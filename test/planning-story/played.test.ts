import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { playPractice, type PracticePlayed } from "#app/planning/played/story.ts";
import type { ConsignmentList, QueryList, WatchList } from "#core/views-delivery.ts";
import type { PlanList } from "#core/views-plan.ts";
import type { NeedList } from "#core/views-planning.ts";
import { deliveryPicture } from "#app/delivery/picture.ts";
import { rowsOf, sql } from "#store/database.ts";
import { openStory, type Story } from "./support.ts";

const now = "2026-11-26T09:00:00Z";
const long = 240_000; // of a busy machine

let story: Story;
let played: PracticePlayed;
beforeAll(async () => {
  story = await openStory(now);
  played = await story.json<PracticePlayed>("plan practice S --played");
}, long);
afterAll(() => story.close());

const json = async <T>(line: string): Promise<T> => story.json<T>(`${line} --book practice-s`);

describe("a practice set with what became of it", () => {
  test("lies in a synthetic book, half a year of it behind today", async () => {
    expect(played).toMatchObject({ book: "practice-s", from: "2026-05-25", needs: 20, offers: 100 });
    const { head } = await json<NeedList>("need list");
    expect(head.synthetic).toBe(true);
  });

  test("has two plans, the second of them adopted by the made-up group", async () => {
    const { plans } = await json<PlanList>("plan list");
    expect(plans.map(({ id, acceptance: { state, placed } }) => [id, state, placed])).toEqual([
      ["second", "accepted", played.placements],
      ["first", "open", 0],
    ]);
    expect(plans[0]?.acceptance.proposals).toMatchObject([{ id: played.proposal, state: "adopted" }]);
  });

  test("has deliveries in every state, some signed for", async () => {
    const { items, pipeline } = await json<ConsignmentList>("deliver list");
    expect(items.length).toBe(played.consignments);
    const states = pipeline.flatMap((one) => one.states.filter(({ pieces }) => pieces > 0).map(({ state }) => state));
    expect(states).toEqual(
      expect.arrayContaining(["contracted", "dispatched", "handed-over", "confirmed", "in-use", "lost", "damaged"]),
    );
    expect(states).toEqual(expect.arrayContaining(["started", "deployed"]));
    const stated = await json<NeedList>("need list");
    expect(stated.items.filter(({ coverage }) => coverage.confirmed > 0).length).toBeGreaterThan(3);
    expect(stated.items.filter(({ coverage }) => coverage.confirmed < coverage.placed).length).toBeGreaterThan(3);
  });

  test("has one query that was settled and one that is open", async () => {
    const { items } = await json<QueryList>("deliver query list --state all");
    expect(
      items
        .map(({ state, settled }) => [state, settled?.outcome])
        .toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
    ).toEqual([
      ["open", undefined],
      ["settled", "recipient"],
    ]);
  });

  test("has something late, something stuck and something unconfirmed, and something in no consignment yet", async () => {
    const { late, stuck, unconfirmed, items } = await json<WatchList>("deliver watch");
    expect(Math.min(late, stuck, unconfirmed)).toBeGreaterThan(0);
    expect(items.some(({ kind, consignment }) => kind === "late" && consignment === null)).toBe(true);
    const picture = await deliveryPicture(story.db, () => now, { book: "practice-s" });
    expect(picture.pipeline.some(({ uncarried }) => uncarried > 0)).toBe(true);
  });

  test("says nothing of days to come", async () => {
    const [{ late } = { late: true }] = await rowsOf<{ late: boolean }>(
      story.db,
      sql`select bool_or(known_at >= ${now} or on_day > ${now.slice(0, 10)}) as late from delivery_event`,
    );
    expect(late).toBe(false);
  });

  test("is refused where its book is there, and changes nothing", async () => {
    const { code, err } = await story.run("plan practice S --played");
    expect([code, err]).toEqual([1, expect.stringContaining('"practice-s"')]);
    const { items } = await json<ConsignmentList>("deliver list");
    expect(items.length).toBe(played.consignments);
  });

  test("is not there at all when it was cancelled on the way", async () => {
    const order = { size: "S", seed: 2, book: "cancelled" } as const;
    const signal = AbortSignal.abort();
    await expect(playPractice(story.db, () => now, order, { signal })).rejects.toMatchObject({
      code: "plan_cancelled",
    });
    expect((await story.run("need list --book cancelled")).err).toContain("There is no book");
  });
});
